"""Pages and parts of the case tab."""
