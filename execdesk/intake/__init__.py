"""What comes from outside: ledgers."""
