"""The first line of a restored store: its new incarnation begins when somebody first sits down at it, whose certificate signs with the desk."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from execdesk.records.base import canonical
from execdesk.store.act import open_act
from execdesk.store.findings import Fault
from execdesk.store.line import INCARNATION, Cosigner, Signer
from execdesk.store.store import Store, on_store

_FOUND = "restored.found"
_RESTORED = "restored"  # local: from which backup, and after which line, the incarnation begins


@contextmanager
def signed_by(store: Store, signer: Signer) -> Iterator[None]:
    """A block whose acts another key signs; who is signed in is the same before and after."""
    before, store.signer = store.signer, signer
    try:
        yield
    finally:
        store.signer = before


def note_restored(store: Store, reason: str, found: Sequence[str] = ()) -> None:
    """Remember for what ``reason`` the incarnation of a restored store begins, and what was wrong with its chain when it was backed up."""
    store.set_meta(_RESTORED, reason)
    store.set_meta(_FOUND, canonical(list(found)))


def faults_restored(store: Store) -> tuple[Fault, ...]:
    """What was wrong with the chain of a restored store, until its incarnation has begun."""
    told = store.meta(_FOUND)
    if not told or store.head.number:
        return ()
    return tuple(Fault("head", f"备份 {number}", f"备份时已查出：{text}", chain=True) for number, text in enumerate(json.loads(told), 1))


@on_store
def begin_restored(store: Store, desk: Callable[[], Signer], person: Callable[[], Cosigner]) -> None:
    """Write the first line of a restored store's incarnation, signed by the desk's key and by the person who sits down; a store that has
    begun its chain is left as it is, and neither is asked."""
    reason = store.meta(_RESTORED)
    if reason is None or store.head.number:
        return
    with signed_by(store, desk()), open_act(store, INCARNATION, reason=reason, cosigner=person()):
        pass


__all__ = ["begin_restored", "faults_restored", "note_restored", "signed_by"]
