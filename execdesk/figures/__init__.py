"""Figures of the bureau's work: one function an indicator, each with the lists behind its numerator and denominator."""
