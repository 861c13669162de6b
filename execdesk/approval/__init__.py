"""Requests, panels, decisions, letters in use, proof."""
