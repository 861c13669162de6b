"""Tests of incidents and invariants."""
