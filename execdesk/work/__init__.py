"""Verbs of the bureau: one verb, one function, one act."""
