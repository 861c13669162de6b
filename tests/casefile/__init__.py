"""Tests of cases, their terms and the board."""
