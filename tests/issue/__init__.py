"""Tests of issuing and of the numbers taken."""
