"""A door, and a read, put their session's store in context, from any thread; a read is one look."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from execdesk.access.door import Door, Read
from execdesk.access.session import Session
from execdesk.desk import Desk
from execdesk.reads import Reads
from execdesk.reads.imports import ImportSession
from execdesk.records.base import in_context
from execdesk.records.court import Court
from execdesk.store.look import looking


class Hall(Door):
    def __init__(self, session: Session) -> None:
        self.session = session

    @property
    def name(self) -> str:
        return str(Court.select().get().name)

    def asked(self, suffix: str, *, twice: bool = False) -> str:
        """What it says."""
        return (self.name + suffix) * (2 if twice else 1)


def test_methods_and_properties_find_their_store_from_any_thread(sit: Callable[..., Session]) -> None:
    door = Hall(sit("clerk"))
    in_context.set(None)
    name = door.name
    assert name and door.asked("！", twice=True) == f"{name}！{name}！" and Hall.asked.__doc__ == "What it says."
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: (door.name, in_context.get())).result() == (name, None)
    assert in_context.get() is None


def test_all_that_a_window_holds_is_a_door_and_nothing_it_answers_is_lazy() -> None:
    doors = set(_below(Door))
    assert {Desk, ImportSession} <= doors
    lazy = [f"{door.__name__}.{name}" for door in {*doors, Reads} for name, member in vars(door).items() if inspect.isgeneratorfunction(_asked(member))]
    assert not lazy, "an answer that still asks would ask outside the block"


def test_a_read_finds_its_store_from_any_thread_and_asks_nothing_twice(sit: Callable[..., Session]) -> None:
    def named(session: Session, suffix: str, *, kept: list[bool]) -> str:
        """What it says."""
        kept.append(looking())
        return str(session.court.name) + suffix

    class Room:
        def __init__(self, session: Session) -> None:
            self.session = session

        name = Read(named)

    room, kept = Room(sit("clerk")), list[bool]()
    in_context.set(None)
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: (room.name("！", kept=kept), in_context.get())).result() == (room.name("！", kept=kept), None)
    assert kept == [True, True] and not looking() and Room.name.function is named


def test_every_public_name_of_the_reads_is_a_read() -> None:
    assert all(isinstance(member, Read) for name, member in vars(Reads).items() if not name.startswith("_"))


def _asked(member: object) -> object:
    found = member.fget if isinstance(member, property) else member.function if isinstance(member, Read) else member
    return inspect.unwrap(found) if callable(found) else found


def _below(base: type) -> list[type]:
    return [found for one in base.__subclasses__() for found in (one, *_below(one))]
