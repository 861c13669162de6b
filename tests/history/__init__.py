"""Stores as releases left them, which every later program opens."""
