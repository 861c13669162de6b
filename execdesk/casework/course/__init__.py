"""The course of a case: its terms, suspension and resumption, closing."""
