"""Property of debtors: what is found, whose it is, which rows are one thing."""
