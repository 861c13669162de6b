"""How much each row of the speed table takes on: what the targets speak of, a quick look, and the least that still goes every way."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """Counts of what is worked through; ``memory`` has the lines of the short and the long package, none where it is not measured."""

    ends: int  # control ends
    sheets: int  # interest sheets
    tables: int  # days on which the whole approval table is decided
    drawn: int  # pages rendered
    archived: int  # pages archived
    issued: int  # documents issued and sealed
    hostile: int  # rows of the hostile ledger
    cases: int  # of the store the window is shown on; the act of the window needs the first 37
    frames: int  # of the list going by from its first row to its last
    acts: int
    lines: int  # of the package taken in
    tries: int  # of taking in, of which the quickest counts
    memory: tuple[int, ...]
    replayed: int  # lines


FULL = Size(100_000, 10_000, 3, 60, 20, 10, 4_000, 100_000, 900, 200, 10_000, 3, (2_000, 20_000), 200_000)
QUICK = Size(10_000, 1_000, 3, 60, 20, 3, 400, 5_000, 300, 200, 1_000, 3, (), 5_000)
LEAST = Size(100, 10, 1, 1, 1, 1, 40, 40, 10, 2, 20, 1, (20,), 40)
