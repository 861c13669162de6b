"""Sending and serving papers."""
