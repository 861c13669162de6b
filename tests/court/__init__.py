"""Tests of the court's corrections of law and adopted types."""
