"""Pressure on a debtor: restriction of consumption, detention."""
