"""Drafts: made, filled with what the case does not know, frozen when submitted; the facts a case lends to its papers."""
