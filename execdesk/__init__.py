"""The desk of a county court's enforcement bureau."""
