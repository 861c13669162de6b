"""A desk's own key, kept inside its encrypted store, for acts without a person; and trust in the root of line 1."""

from __future__ import annotations

from execdesk.access.certificates import read_pem
from execdesk.access.session_keys import DeskSigner
from execdesk.access.trust import Trust
from execdesk.law.refusal import Refusal
from execdesk.records.court import Court
from execdesk.store.store import Store, on_store

_LINE_KEY = "desk_key"


def keep_desk_key(store: Store, signer: DeskSigner) -> None:
    """Put the private key into the store's local settings."""
    store.set_meta(_LINE_KEY, signer.private_bytes().hex())


def desk_signer(store: Store) -> DeskSigner:
    """The key that signs the closed list of acts; refuses with ``access.desk_key`` where this store has none."""
    kept = store.meta(_LINE_KEY)
    if kept is None:
        raise Refusal("本库没有本机钥匙，不能记录开库、恢复等事项。请从本机的备份恢复。", code="access.desk_key")
    return DeskSigner(bytes.fromhex(kept))


@on_store
def trust_of(store: Store) -> Trust:
    """Trust in the root that stands in line 1 of this store, and in those named after a loss."""
    court = Court.select().get()
    return Trust(*read_pem(court.root_certificate))
