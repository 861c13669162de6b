"""Tests of the bureau's verbs."""
