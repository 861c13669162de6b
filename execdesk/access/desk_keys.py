"""A desk's own keys, kept inside its encrypted store: the line key for acts without a person, the issuing key."""

from __future__ import annotations

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from execdesk.access.certificates import Issued, read_pem
from execdesk.access.session_keys import DeskSigner
from execdesk.access.trust import Trust
from execdesk.law.refusal import Refusal
from execdesk.records.court import Court, Site
from execdesk.store.store import Store, on_store

_LINE_KEY = "desk_key"
_ISSUING_KEY = "issuing_key"


def keep_desk_keys(store: Store, signer: DeskSigner, issuing: Issued) -> None:
    """Put both private keys into the store's local settings."""
    store.set_meta(_LINE_KEY, signer.private_bytes().hex())
    store.set_meta(_ISSUING_KEY, _pem_of(issuing.key))


def desk_signer(store: Store) -> DeskSigner:
    """The key that signs the closed list of acts; refuses with ``access.desk_key`` where this store has none."""
    kept = store.meta(_LINE_KEY)
    if kept is None:
        raise Refusal("本库没有本机钥匙，不能记录开库、恢复等事项。请从本机的备份恢复。", code="access.desk_key")
    return DeskSigner(bytes.fromhex(kept))


@on_store
def issuing_key(store: Store) -> Issued:
    """The key with which this desk issues certificates, its certificate and the root."""
    kept, site = store.meta(_ISSUING_KEY), Site.get_or_none(Site.code == store.site)
    if kept is None or site is None or site.certificate is None:
        raise Refusal("本机没有签发证书的钥匙，请在县院本部签发。", code="access.issuing_key")
    key = serialization.load_pem_private_key(kept.encode(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return Issued(key, read_pem(site.certificate)[0], (trust_of(store).root,))


@on_store
def trust_of(store: Store) -> Trust:
    """Trust in the root that stands in line 1 of this store."""
    court = Court.select().get()
    return Trust(read_pem(court.root_certificate)[0])


def _pem_of(key: ec.EllipticCurvePrivateKey) -> str:
    plain = serialization.NoEncryption()  # the store's own pages are encrypted
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain).decode()
