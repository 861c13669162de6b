"""Rows in any state: for tests that begin in the middle, and for a program that asks no table of moves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from execdesk.access.session import Session
from execdesk.integrity.incidents import as_desk
from execdesk.store.act import Act, open_act
from execdesk.store.store import Store


@contextmanager
def at_will(place: Session | Store, name: str, **more: Any) -> Iterator[Act]:
    """An act that writes states as it likes."""
    store = place if isinstance(place, Store) else place.store
    store.ruled = False
    try:
        with open_act(store, name, **more) as act:
            yield act
    finally:
        store.ruled = True


@contextmanager
def set_right(session: Session, case: str | None = None) -> Iterator[Act]:
    """Facts that no act changes, put otherwise with effect: as an upgrade of the program does it, signed by the desk."""
    with as_desk(session), session.act("store.migration", case=case) as act:
        yield act
