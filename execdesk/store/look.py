"""A look: a block of reading in which what was asked once is not asked again. Whatever is written ends what it remembers."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from typing import Any, TypeVar

from peewee import Database

from execdesk.records.base import in_context

T = TypeVar("T")
_Memory = tuple[Database | None, dict[Hashable, Any]]
_look: ContextVar[_Memory | None] = ContextVar("execdesk.look", default=None)


class Look:
    """``with Look():`` on the store in context; within another look of the same store it is part of that one."""

    __slots__ = ("_before",)

    def __enter__(self) -> None:
        found = _look.get()
        base = in_context.get()
        inside = found is not None and found[0] is base
        self._before: Token[_Memory | None] | None = None if inside else _look.set((base, {}))

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            _look.reset(self._before)


def looking() -> bool:
    """Whether what is asked now of the store in context would be remembered."""
    found = _look.get()
    return found is not None and found[0] is in_context.get()


def seen(key: Hashable, ask: Callable[[], T]) -> T:
    """What ``ask`` answers; within a look it is asked once for each ``key``. Whoever gets the answer leaves it as it is."""
    found = _look.get()
    if found is None or found[0] is not in_context.get():
        return ask()
    memory = found[1]
    if key not in memory:
        memory[key] = ask()
    answer: T = memory[key]
    return answer


@contextmanager
def no_look() -> Iterator[None]:
    """A block of writing: within it everything is asked as it stands, and what was seen before is forgotten."""
    found = _look.get()
    before = _look.set(None)
    try:
        yield
    finally:
        _look.reset(before)
        if found is not None:
            found[1].clear()
