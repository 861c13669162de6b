"""Where work on a store begins: what puts the session's store in context, a class with all it offers or one function."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar, overload

from execdesk.store.look import Look

if TYPE_CHECKING:
    from execdesk.access.session import Session

P = ParamSpec("P")
R = TypeVar("R")


class Door:
    """What a window, a command or a worker calls, from whatever thread. Nothing that a method answers may still query lazily.

    A subclass has a ``session``; each of its public methods and properties runs with that session's store in context. Methods
    that make the object itself (``@classmethod``) are left alone.
    """

    session: Session

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for name, member in list(vars(cls).items()):
            if name.startswith("_"):
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


class HasSession(Protocol):
    """What holds the session a read asks."""

    @property
    def session(self) -> Session: ...


class Read(Generic[P, R]):
    """A function of a session as a method of who holds one: with its store in context and in one look, in which nothing is asked
    twice. What it answers may not query lazily."""

    def __init__(self, function: Callable[Concatenate[Session, P], R]) -> None:
        self.function = function

    @overload
    def __get__(self, holder: None, _owner: type) -> Read[P, R]: ...

    @overload
    def __get__(self, holder: HasSession, _owner: type) -> Callable[P, R]: ...

    def __get__(self, holder: HasSession | None, _owner: type) -> Read[P, R] | Callable[P, R]:
        if holder is None:
            return self
        session = holder.session

        def read(*args: P.args, **values: P.kwargs) -> R:
            with session.store.reading(), Look():
                return self.function(session, *args, **values)

        return read


def unsigned(function: Callable[P, R]) -> Callable[Concatenate[Session, P], R]:
    """A function that needs the store in context and nobody in particular, in the shape :class:`Read` asks for."""

    @wraps(function)
    def asked(_session: Session, /, *args: P.args, **values: P.kwargs) -> R:
        return function(*args, **values)

    return asked
