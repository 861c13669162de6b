"""Catalogue, content, numbers, issue, sign, seal, keep."""
