"""Whose the files of this store are: chosen at set-up, kept inside the store, so that a folder that was opened wider is found so."""

from __future__ import annotations

from execdesk.access import places
from execdesk.store.permissions import Owners, protect
from execdesk.store.store import Store

_GROUP = "files.group"


def keep_owners(store: Store, owners: Owners) -> None:
    """Remember the choice of set-up."""
    store.set_meta(_GROUP, owners.group)


def protect_files(store: Store) -> list[str]:
    """Give the files to their owners alone; what is to be told at the start, where they were found wider or cannot be set."""
    if store.folder is None:
        return []
    return protect(store.folder, Owners(store.meta(_GROUP) or ""), places.OF_WINDOW)
