"""What a person does with control: propose a measure, renew, release, have money sent, record what the unit answered."""
