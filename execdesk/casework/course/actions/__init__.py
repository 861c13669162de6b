"""What is done in the course of a case."""
