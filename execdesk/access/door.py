"""Where work on a store begins: a class whose public methods and properties each run with its session's store in context."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import TYPE_CHECKING, Any, ClassVar

from execdesk.store.look import Look

if TYPE_CHECKING:
    from execdesk.access.session import Session


class Door:
    """What a window, a command or a worker calls, from whatever thread. Nothing that a method answers may still query lazily.

    A subclass has a ``session``. Methods that make the object itself (``@classmethod``) are left alone.
    """

    session: Session
    ONE_LOOK: ClassVar[bool] = False  # whether each method is one look, in which nothing is asked twice

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for name, member in list(vars(cls).items()):
            if name.startswith("_"):
                continue
            if isinstance(member, property) and member.fget is not None:
                setattr(cls, name, property(cls._inside(member.fget), member.fset, doc=member.__doc__))
            elif callable(member) and not isinstance(member, type):
                setattr(cls, name, cls._inside(member))

    @classmethod
    def _inside(cls, function: Callable[..., Any]) -> Callable[..., Any]:
        block = Look if cls.ONE_LOOK else nullcontext

        @wraps(function)
        def inside(self: Door, /, *args: Any, **values: Any) -> Any:
            with self.session.store.reading(), block():
                return function(self, *args, **values)

        return inside
