"""What the court does with its own rules: correcting law data, adopting documents."""
