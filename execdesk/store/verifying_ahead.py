"""Judging lines in runs, while the caller reads on: what the walk along the lines and the taking in have in common."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import Generic, TypeVar

from execdesk.store.line import Entry
from execdesk.store.signatures import Faults, LineVerifier, Verify
from execdesk.store.verifying import Checker

N = TypeVar("N")


class Verifications(Generic[N]):
    """The faults of lines, asked for in runs and told some runs later. Close it in the end: other processes may be helping."""

    def __init__(self, verify: Verify) -> None:
        self._verify = verify
        self._checker = Checker()
        self._running: deque[tuple[Sequence[N], Callable[[], Faults]]] = deque()

    @property
    def breaches(self) -> Mapping[str, str]:
        """The lines asked about so far that have no effect, with the reason as the end of a sentence."""
        found: Mapping[str, str] = getattr(self._verify, "breaches", {})
        return found

    @property
    def faulty(self) -> Set[str]:
        """Those of the lines asked about so far of which it was plain at once that they are not what they say."""
        found: Set[str] = getattr(self._verify, "faulty", frozenset())
        return found

    def ask(self, names: Sequence[N], entries: Sequence[Entry]) -> None:
        """Begin to judge some lines, in the order of taking in, under the names by which their faults are to be told."""
        if isinstance(self._verify, LineVerifier):
            self._running.append((names, self._verify.begin(entries, self._checker)))
        else:
            faults = [self._verify(entry) for entry in entries]
            self._running.append((names, lambda: faults))

    def faults(self, leave: int = 0) -> Iterator[tuple[N, str]]:
        """The lines with a fault, of all runs but the latest few."""
        while len(self._running) > leave:
            names, answer = self._running.popleft()
            yield from ((name, fault) for name, fault in zip(names, answer(), strict=True) if fault)

    def close(self) -> None:
        """Judge no more."""
        self._running.clear()
        self._checker.close()
