"""Founding a court in the window: its pages, its tables to paste into, the passwords of those present, the envelope."""
