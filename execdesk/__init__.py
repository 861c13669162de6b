"""The desk of a county court's enforcement bureau."""

__version__ = "0.1.0"
