"""Tests of the rows for screens."""
