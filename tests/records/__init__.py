"""Tests of the tables and the moves of their states."""
