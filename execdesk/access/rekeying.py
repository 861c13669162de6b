"""A new data key for the store, without the one who left: at once, or at the next start if other windows hold it open."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from execdesk.access import places, slots
from execdesk.records.journal import Meta
from execdesk.store.database import EncryptedDatabase, encrypt_anew
from execdesk.store.store import Store, on_store

_DUE = "rekey_due"


@on_store
def rekey_if_due(store: Store) -> bool:
    """Re-key a store whose re-keying had to wait; whether it has its new key now. Never refuses."""
    if store.meta(_DUE) is None or store.folder is None:
        return False
    if slots.damaged(places.slots_file(store.folder)):
        return False
    return _rekey(store, store.folder)


@on_store
def shut_out(store: Store, account: str) -> None:
    """Take the slot away and re-key; where another window holds the store open, the next start re-keys it."""
    if store.folder is None:
        return
    file = places.slots_file(store.folder)
    if account in slots.names(file) or account in slots.damaged(file):
        slots.remove(file, account)
    store.set_meta(_DUE, "1")
    if not slots.damaged(file):
        _rekey(store, store.folder)


def _rekey(store: Store, folder: Path) -> bool:
    base, files = store.base, store.files.base
    if not isinstance(base, EncryptedDatabase) or not isinstance(files, EncryptedDatabase):
        return False
    store.files.make()
    try:
        if not _alone(base) or not _alone(files):
            return False
        if base.key != files.key:  # one was encrypted anew before, the other could not be
            give_key([files], store.data_key)
            slots.finish_rekey(places.slots_file(folder))
        slots.rekey(places.slots_file(folder), slots.new_data_key(), lambda key: give_key((base, files), key))
    finally:
        for each in (base, files):
            each.connection().pragma("journal_mode", "wal")
    Meta.delete().where(Meta.key == _DUE).execute()
    return True


def give_key(bases: Iterable[EncryptedDatabase], key: bytes) -> None:
    """Encrypt anew, one file after the other, those that have not the key yet; each is left whole with its old or its new key."""
    for base in bases:
        if base.key != key:
            encrypt_anew(base.connection(), key)
            base.key = key


def _alone(base: EncryptedDatabase) -> bool:
    """Whether no other connection holds the store: only then can the rollback journal take over from the log, and the new
    key be written in one transaction that a power cut undoes."""
    try:
        return str(base.connection().pragma("journal_mode", "delete")) == "delete"
    except Exception:  # locked by another connection
        return False
