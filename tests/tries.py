"""How often the tests try what is left to chance: a little in ``make test``, more in ``make prove``, most in ``make slow``.

``EXECDESK_PROOF`` says which: empty, ``bounded`` or ``unbounded``.
"""

from __future__ import annotations

import os

PROOF = os.environ.get("EXECDESK_PROOF", "")
EXAMPLES = {"": 0.25, "bounded": 5, "unbounded": 50}[PROOF]
TIMES = {"": 1, "bounded": 1, "unbounded": 10}[PROOF]


def examples(some: int) -> int:
    """How many examples a property is tried on: a quarter of ``some`` every day, five times as many in ``make prove``."""
    return round(some * EXAMPLES)


def times(bounded: int) -> int:
    """How often a long proof is tried, where ``bounded`` is what ``make prove`` does."""
    return bounded * TIMES
