"""What is done with a request: proposing, submitting, deciding, panels, ratifying."""
