"""The lists that the board answers, one module each."""
