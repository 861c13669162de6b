"""The statement by which the court's root brings 院长 or 局长 into office: who, which post, from when, by which paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from execdesk.access.certificates import Issued
from execdesk.access.files import canonical
from execdesk.law.refusal import WayOn

APPOINT = WayOn("凭任命文件就任", "post.appoint")
_KIND = "execdesk appointment 1"


def sign_appointment(root: Issued, post: Mapping[str, Any]) -> str:
    """The root's signature, hexadecimal, over the values of a post, its row id among them, as the journal writes them."""
    return root.key.sign(_statement(post), ec.ECDSA(SHA256())).hex()


def is_appointed(root: x509.Certificate, post: Mapping[str, Any]) -> bool:
    """Whether the root signed for the values of a post."""
    public = root.public_key()
    if not post.get("appointment") or not post.get("root_signature") or not isinstance(public, ec.EllipticCurvePublicKey):
        return False
    try:
        public.verify(bytes.fromhex(post["root_signature"]), _statement(post), ec.ECDSA(SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def _statement(post: Mapping[str, Any]) -> bytes:
    return canonical({"kind": _KIND, **{name: str(post[name]) for name in ("id", "person", "post", "starts_on", "appointment")}})
