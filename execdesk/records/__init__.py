"""Tables, one file per subject; data, no rules."""
