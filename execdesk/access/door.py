"""Where work on a store begins: a class whose public methods and properties each run with its session's store in context."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from execdesk.access.session import Session


class Door:
    """What a window, a command or a worker calls, from whatever thread. Nothing that a method answers may still query lazily.

    A subclass has a ``session``. Methods that make the object itself (``@classmethod``) are left alone.
    """

    session: Session
    LEFT_ALONE: ClassVar[frozenset[str]] = frozenset()  # names that need no store

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for name, member in list(vars(cls).items()):
            if name.startswith("_") or name in cls.LEFT_ALONE:
                continue
            if isinstance(member, property) and member.fget is not None:
                setattr(cls, name, property(_inside(member.fget), member.fset, doc=member.__doc__))
            elif callable(member) and not isinstance(member, type):
                setattr(cls, name, _inside(member))


def _inside(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def inside(self: Door, /, *args: Any, **values: Any) -> Any:
        with self.session.store.reading():
            return function(self, *args, **values)

    return inside
