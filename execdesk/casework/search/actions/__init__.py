"""What a person does in the search for property."""
