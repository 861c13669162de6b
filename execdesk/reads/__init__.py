"""Rows for screens and commands: one query makes small frozen rows; nothing here writes."""
