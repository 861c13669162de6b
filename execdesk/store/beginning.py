"""The first line of a restored store: its new incarnation begins when somebody first sits down at it, whose certificate signs with the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from execdesk.store.act import open_act
from execdesk.store.line import INCARNATION, Cosigner, Signer
from execdesk.store.store import Store, on_store

_RESTORED = "restored"  # local: from which backup, and after which line, the incarnation begins


@contextmanager
def signed_by(store: Store, signer: Signer) -> Iterator[None]:
    """A block whose acts another key signs; who is signed in is the same before and after."""
    before, store.signer = store.signer, signer
    try:
        yield
    finally:
        store.signer = before


def note_restored(store: Store, reason: str) -> None:
    """Remember for what ``reason`` the incarnation of a restored store begins."""
    store.set_meta(_RESTORED, reason)


@on_store
def begin_restored(store: Store, desk: Callable[[], Signer], person: Callable[[], Cosigner]) -> None:
    """Write the first line of a restored store's incarnation, signed by the desk's key and by the person who sits down; a store that has
    begun its chain is left as it is, and neither is asked."""
    reason = store.meta(_RESTORED)
    if reason is None or store.head.number:
        return
    with signed_by(store, desk()), open_act(store, INCARNATION, reason=reason, cosigner=person()):
        pass


__all__ = ["begin_restored", "note_restored", "signed_by"]
