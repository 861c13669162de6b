"""The rows that a test asks for itself, outside acts and doors: of which store."""

from __future__ import annotations

from execdesk.access.session import Session
from execdesk.desk import Desk
from execdesk.records.base import in_context
from execdesk.store.files import Files, files_of
from execdesk.store.store import Store


def look_at(what: Store | Session | Desk) -> None:
    """From here to the end of the test, or until it looks at another, tables mean this store."""
    store = what.session.store if isinstance(what, Desk) else what.store if isinstance(what, Session) else what
    in_context.set(store.base)


def kept() -> Files:
    """The kept files of the store looked at."""
    base = in_context.get()
    assert base is not None
    return files_of(base)
