"""Rows in any state: for tests that begin in the middle, and for a program that asks no table of moves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from execdesk.access.session import Session
from execdesk.integrity.incidents import as_desk
from execdesk.records.base import Journaled, plain
from execdesk.store.act import Act, open_act
from execdesk.store.converting import CONVERTERS, Converter, convert
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


class SetRight:
    """Facts that no act changes, put otherwise with effect: as an upgrade of the program does it whose function says so."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch, self._count = patch, 0

    def registered(self, model: type[Journaled], row: str, **values: Any) -> str:
        """The name of an upgrade that puts one row otherwise."""
        self._count += 1
        name = f"9{self._count:03}_set_right"
        told = {field: plain(model._meta.fields[field], value) for field, value in values.items()}
        converter = Converter((model.__name__,), lambda table, one, before: told if one == row else {})
        self._patch.setitem(CONVERTERS, name, converter)
        return name

    def __call__(self, session: Session, model: type[Journaled], row: str, **values: Any) -> None:
        """Put a row otherwise, in a line signed by the desk and whoever sits there."""
        assert session.key is not None
        name = self.registered(model, row, **values)
        with as_desk(session), session.act("store.migration", reason=name, cosigner=session.key.as_cosigner()) as act:
            convert(act, [name])
