"""Who signed a line: keys learnt from the lines themselves, in their order, down from the root in line 1."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.x509 import load_pem_x509_certificate

from execdesk.store.line import DESK_ACTS, Change, Entry

# Judges the statement by which a certificate vouches for a session key: (session row, certificate row or None) → fault.
Binding = Callable[[dict[str, Any], dict[str, Any] | None], str | None]


@dataclass
class LineJudge:
    """Judges signatures of lines in the total order; feed it every line once."""

    binding: Binding
    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)  # public key → session row
    certificates: dict[str, dict[str, Any]] = field(default_factory=dict)
    sites: dict[str, str] = field(default_factory=dict)  # site code → desk key

    def __call__(self, entry: Entry) -> str | None:
        self._learn_keys(entry)
        fault = self._signature_fault(entry) or self._cosignature_fault(entry)
        if fault is None:
            self._learn_rest(entry)
        return fault

    def _learn_keys(self, entry: Entry) -> None:
        """A sitting's key and a desk's key are told by the very line they sign first."""
        for change in entry.changes:
            if change.table == "SessionKey" and change.new and entry.data["act"] == "session.open":
                self.sessions.setdefault(change.values["public"], {"id": change.row, **change.values})
            if change.table == "Site" and change.values.get("key") and entry.data["act"] in DESK_ACTS:
                self.sites.setdefault(change.values.get("code", change.row), change.values["key"])

    def _learn_rest(self, entry: Entry) -> None:
        for change in entry.changes:
            if change.table == "Certificate":
                self.certificates.setdefault(change.row, {"id": change.row}).update(change.values)
            elif change.table == "Site" and change.values.get("key"):
                self.sites.setdefault(change.values.get("code", change.row), change.values["key"])

    def _signature_fault(self, entry: Entry) -> str | None:
        data = entry.data
        if not data["person"]:
            return self._desk_fault(entry)
        session = self.sessions.get(data["key"])
        if session is None:
            return "的签名钥匙没有登录凭证"
        if session["person"] != data["person"]:
            return "的签名钥匙属于另一个人"
        if data["act"] == "session.open":
            fault = self.binding(session, self.certificates.get(session["certificate"] or ""))
            if fault:
                return fault
        elif self._revoked_before(session, entry):
            return "签名所用证书在此之前已吊销"
        return _ed25519_fault(data["key"], entry)

    def _desk_fault(self, entry: Entry) -> str | None:
        data = entry.data
        if data["act"] not in DESK_ACTS:
            return "由本机钥匙签名，但该事项须由人签名"
        if self.sites.get(data["site"]) != data["key"]:
            return "不是本机钥匙所签"
        return _ed25519_fault(data["key"], entry)

    def _revoked_before(self, session: dict[str, Any], entry: Entry) -> bool:
        certificate = self.certificates.get(session["certificate"] or "", {})
        revoked = certificate.get("revoked_at")
        return revoked is not None and datetime.fromisoformat(revoked) < datetime.fromisoformat(entry.data["at"])

    def _cosignature_fault(self, entry: Entry) -> str | None:
        told = entry.data.get("with")
        if told is None:
            return None if entry.cosignature is None else "附有来历不明的第二人签名"
        if entry.cosignature is None:
            return "缺第二人签名"
        certificate = self.certificates.get(told["certificate"]) or _carried(entry, told["certificate"])
        if certificate is None or certificate["person"] != told["person"]:
            return "第二人的证书不明"
        public = load_pem_x509_certificate(certificate["pem"].encode()).public_key()
        assert isinstance(public, ec.EllipticCurvePublicKey)
        try:
            public.verify(
                entry.cosignature, bytes.fromhex(entry.hash), ec.ECDSA(utils.Prehashed(hashes.SHA256()))
            )
        except InvalidSignature:
            return "第二人签名不符"
        return None


def _carried(entry: Entry, certificate: str) -> dict[str, Any] | None:
    found = [c for c in entry.changes if c.table == "Certificate" and c.row == certificate]
    return dict(found[0].values) if found else None


def _ed25519_fault(key: str, entry: Entry) -> str | None:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(entry.signature, bytes.fromhex(entry.hash))
    except (InvalidSignature, ValueError):
        return "签名不符：内容被重算，或不是本人所签"
    return None


__all__ = ["Binding", "Change", "LineJudge"]
