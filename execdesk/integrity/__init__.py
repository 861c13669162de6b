"""Incidents, what must hold over the merged state, the history of a case."""
