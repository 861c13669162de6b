"""Who signed a line: keys learnt from the lines themselves, in their order, down from the root in line 1.

A judgement depends on the line and on those it had seen, never on what else has arrived: a certificate counts as revoked for a
line only if its writer had the revocation before him. A line that is not what it says has a **fault** and is not taken in; one that
its writer signed without the authority for it is **in breach**: kept, without effect.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.x509 import load_pem_x509_certificate

from execdesk.records.people import CertificateState
from execdesk.store.line import DESK_ACTS, INCARNATION, Change, Entry
from execdesk.store.linerules import LineRules
from execdesk.store.verifying import Checker, holds, statement

Verify = Callable[[Entry], "str | None"]  # the fault of a line as the end of a sentence, or None

# Judges the statement by which a certificate vouches for a session key: (session row, certificate row or None) → fault.
Binding = Callable[[dict[str, Any], "dict[str, Any] | None"], "str | None"]

OPENING = "session.open"
SEALING = "document.seal"
# Tables whose rows say who may sign, or what others may do; the lines that touch them are few.
TEACHING = frozenset({"Court", "Site", "Certificate", "SessionKey", "Post", "Delegation", "LawCorrection", "Adoption", "Glyph", "TextCorrection", "Panel", "PaperApproval"})
UNSIGNED = "签名不符：内容被重算，或不是本人所签"

Faults = list["str | None"]
Ref = tuple[str, int]  # a line: its chain, its number


class AuthorityRules(Protocol):
    """Judges whether the writer of a line may bring about what it says; fed with the lines that tell who may."""

    def learn(self, entry: Entry) -> None:
        """Take what a line with effect tells."""

    def breach(self, entry: Entry, certified: Callable[[], Collection[str]], waiting: Collection[str] = ()) -> str | None:
        """Why a line has no effect; ``certified`` tells the persons known to hold a certificate, ``waiting`` are those whose
        certificate behind this line waits for 院长 to consent."""


@dataclass
class LineVerifier:
    """Judges signatures of lines in an order in which each follows those it had seen; feed it every line once.

    ``root`` is the fingerprint the founding line must carry. ``vouched`` judges the certificate of a second person (row,
    moment); ``site_vouched`` judges the row of a desk that introduces itself. Without the latter only desks that a trusted line
    named are believed. ``authority`` tells who may write the rows on which authority rests, ``rules`` who may write any row, and which states rows may take.
    """

    binding: Binding
    root: str | None = None
    vouched: Callable[[dict[str, Any], datetime], str | None] | None = None
    site_vouched: Callable[[dict[str, Any]], str | None] | None = None
    authority: AuthorityRules | None = None
    rules: LineRules | None = None
    valid_until: Callable[[dict[str, Any]], str] | None = None  # up to which moment a certificate (row) is valid, as lines write moments
    breaches: dict[str, str] = field(default_factory=dict)  # line → why it has no effect
    faulty: set[str] = field(default_factory=set)  # lines that are found at once not to be what they say: nothing of them is to be written
    sessions: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)  # (person, public key) → session row
    certificates: dict[str, dict[str, Any]] = field(default_factory=dict)
    sites: dict[str, set[str]] = field(default_factory=dict)  # site code → its keys
    _codes: dict[str, str] = field(default_factory=dict)  # site row → code
    making: dict[str, Ref] = field(default_factory=dict)  # certificate → the line with effect that made it
    revoking: dict[str, list[Ref]] = field(default_factory=dict)  # certificate → lines that revoke it
    consenting: dict[str, list[Ref]] = field(default_factory=dict)  # certificate made to wait for 院长 → lines by which he consents
    _ends: dict[str, str] = field(default_factory=dict)
    _learnt: set[str] = field(default_factory=set)
    _void: set[str] = field(default_factory=set)  # certificates that a line in breach issued

    def __call__(self, entry: Entry) -> str | None:
        return self.many([entry])[0]

    def many(self, entries: Sequence[Entry]) -> Faults:
        """The faults of lines in their order."""
        return self.begin(entries, Checker(helped=False))()

    def begin(self, entries: Sequence[Entry], checker: Checker) -> Callable[[], Faults]:
        """Judge lines in their order. The signatures of those that tell no keys are the checker's matter, at its own pace."""
        faults: Faults = [self._shape_fault(entry) for entry in entries]
        later: list[int] = []
        if self.rules is not None:
            self.rules.begin([entry for entry, fault in zip(entries, faults, strict=True) if fault is None], self.breaches)
        for position, entry in enumerate(entries):
            if faults[position] is not None:
                continue
            faults[position] = self._meaning_fault(entry)
            if faults[position] is not None:
                self.faulty.add(entry.ref)
                continue
            breach = self._breach(entry)
            if breach is not None:
                self.breaches[entry.ref] = breach
            elif self.rules is not None:
                self.rules.learn(entry)
            if not entry.tables.isdisjoint(TEACHING):
                faults[position] = None if holds(_statement(entry)) else UNSIGNED
                if faults[position] is None:
                    self.learn(entry, breach is None)
            else:
                later.append(position)
        answer = checker.begin([_statement(entries[p]) for p in later])

        def collect() -> Faults:
            for position, true in zip(later, answer(), strict=True):
                faults[position] = None if true else UNSIGNED
            return faults

        return collect

    def warrant(self, entries: Sequence[Entry]) -> str | None:
        """Why lines of one act that are about to be written would have no effect; nothing is learnt of them."""
        if self.rules is not None:
            self.rules.begin(entries, self.breaches, written=False)
        for entry in entries:
            if (breach := self._breach(entry)) is not None:
                return breach
            if self.rules is not None:
                self.rules.learn(entry)
        return None

    def learn(self, entry: Entry, effective: bool = True) -> None:
        """Take the keys that a line tells, without judging it: for lines that were judged before.

        A line in breach still tells whose key signs what follows, so that this is found in breach too and not taken for a forgery.
        """
        if entry.hash in self._learnt:
            return
        self._learnt.add(entry.hash)
        for change in entry.changes:
            if change.table == "Certificate":
                self._learn_certificate(entry, change, effective)
            elif change.table == "Site" and effective:
                code = self._codes.setdefault(change.row, change.values.get("code", ""))
                if change.values.get("key"):
                    self.sites.setdefault(code, set()).add(change.values["key"])
            elif change.table == "SessionKey" and entry.data["act"] == OPENING and change.new:
                session = {"id": change.row, **change.values, "chain": entry.chain}
                self.sessions.setdefault((session["person"], session["public"]), session)
        if effective and self.authority is not None:
            self.authority.learn(entry)

    def _learn_certificate(self, entry: Entry, change: Change, effective: bool) -> None:
        if not effective:
            if change.new and change.row not in self.making:  # a row named like a certificate that stands takes nothing from it
                self.certificates.setdefault(change.row, {"id": change.row, **change.values})
                self._void.add(change.row)
            return
        if change.new:
            self._void.discard(change.row)
            self.making.setdefault(change.row, (entry.chain, entry.number))
            if change.values.get("state") == CertificateState.AWAITING:
                self.consenting.setdefault(change.row, [])
        elif change.values.get("state") == CertificateState.VALID and change.row in self.consenting:
            self.consenting[change.row].append((entry.chain, entry.number))
        self.certificates.setdefault(change.row, {"id": change.row}).update(change.values)
        if change.values.get("revoked_at"):
            self.revoking.setdefault(change.row, []).append((entry.chain, entry.number))

    def made(self) -> list[dict[str, Any]]:
        """The certificates that lines with effect have made, revoked ones too."""
        return [row for name, row in self.certificates.items() if name not in self._void]

    # -- whether it has effect -----------------------------------------------------------------------------------------

    def _breach(self, entry: Entry) -> str | None:
        """Why a line that is what it says has no effect."""
        data = entry.data
        session = self.sessions.get((data["person"], data["key"])) or (self._opened_by(entry) if data["act"] == OPENING else None)
        used = [("签名所用证书", session["certificate"])] if session else []
        if "with" in data:
            used.append(("第二人的证书", data["with"]["certificate"]))
        for whose, row in used:
            if row in self.revoking and (self.certificate_for(entry, row) or {}).get("revoked_at"):
                return f"{whose}在此之前已吊销"
            if row in self._void:
                return f"{whose}没有经两人签发"
        if session and self.valid_until is not None and data["at"] > self._end_of(entry, session["certificate"]):
            return "签名所用证书已过有效期"
        waiting = self._waiting(entry, [row for _, row in used])
        without = self.authority.breach(entry, self._certified, waiting) if self.authority is not None else None
        return without or (self.rules.breach(entry) if self.rules is not None else None)

    def _end_of(self, entry: Entry, certificate: str) -> str:
        """Up to which moment a certificate lets its person sign lines."""
        if certificate not in self._ends:
            row = self.certificate_for(entry, certificate)
            self._ends[certificate] = self.valid_until(row) if row is not None and self.valid_until is not None else ""
        return self._ends[certificate]

    def awaits(self, entry: Entry, row: str) -> bool:
        """Whether 院长 had not consented to a certificate (row id) yet, as far as the writer of a line knew."""
        return row in self.consenting and not any(entry.follows(ref) for ref in self.consenting[row])

    def _waiting(self, entry: Entry, used: Sequence[str]) -> set[str]:
        """Whose certificate behind a line waits; of him who seals also that of the seal, where he has no other."""
        found = {self.certificates[row]["person"] for row in used if self.awaits(entry, row)}
        if entry.data["act"] == SEALING and self.consenting:
            seals = [row for row, one in self.certificates.items() if one.get("purpose") == "seal" and one["person"] == entry.data["person"]]
            known = [row for row in seals if row in self.making and entry.follows(self.making[row])]
            usable = [row for row in known if not (self.certificate_for(entry, row) or {}).get("revoked_at")]
            found |= {entry.data["person"]} if usable and all(self.awaits(entry, row) for row in usable) else set()
        return found

    def _certified(self) -> set[str]:
        return {certificate["person"] for certificate in self.certificates.values() if "person" in certificate}

    # -- what a line says about itself ---------------------------------------------------------------------------------

    def _shape_fault(self, entry: Entry) -> str | None:
        if not entry.intact:
            return "内容与其校验值不符，有字节被改动"
        try:
            _ = entry.touched
        except (ValueError, TypeError):
            return "不成其为留痕，被整条改写"
        return None

    def _meaning_fault(self, entry: Entry) -> str | None:
        fault = self._first_fault(entry) if entry.number == 1 else None
        fault = fault or (self._session_fault(entry) if entry.data["person"] else self._desk_fault(entry))
        return fault or self._cosignature_fault(entry)

    def _session_fault(self, entry: Entry) -> str | None:
        data = entry.data
        opening = data["act"] == OPENING
        told = self._opened_by(entry) if opening else None
        session = told or self.sessions.get((data["person"], data["key"]))
        if session is None:
            someone_else = any(key == data["key"] for _, key in self.sessions)
            return "的签名钥匙属于另一个人" if someone_else else "的签名钥匙没有登录凭证"
        if not opening:
            return None if session["chain"] == entry.chain else "的登录凭证属于另一条链，不是为本席位这一代签的"
        if session["site"] != data["site"] or session["opened_at"] != data["at"]:
            return "的登录凭证写的席位或时间与本条不同"
        if sum(change.table == "SessionKey" for change in entry.changes) > 1:
            return "一次登录写了几份登录凭证"
        certificate = self.certificate_for(entry, session["certificate"])
        return self.binding(session, certificate and {**certificate, "revoked_at": None})  # what is revoked is in breach

    def _first_fault(self, entry: Entry) -> str | None:
        """What may begin a chain: the founding or joining of a desk; a session at a desk that is registered; a later incarnation with a line
        of the desk that says so and that a person signed too, so that nobody else takes its numbers."""
        data = entry.data
        if data["incarnation"] > 1:
            if data["act"] != INCARNATION or data["person"]:
                return "自立新的一代，而不是由本席位恢复时写下"
            return None if "with" in data else "自立新的一代，没有在场的人用证书签名"
        return None if not data["person"] or data["site"] in self._codes.values() else "所属席位没有经本院登记"

    def _opened_by(self, entry: Entry) -> dict[str, Any] | None:
        """The session that a line opens: the key that signs the line itself, for the person it names."""
        for change in entry.changes:
            values = change.values
            if change.table == "SessionKey" and change.new and values["public"] == entry.data["key"]:
                return {"id": change.row, **values, "chain": entry.chain} if values["person"] == entry.data["person"] else None
        return None

    def certificate_for(self, entry: Entry, row: str | None) -> dict[str, Any] | None:
        """A certificate as the writer of a line knew it: revoked only if the revocation lay before him, whatever the clocks say."""
        found = self.certificates.get(row or "") or _carried(entry, row or "")
        if found is None or not found.get("revoked_at"):
            return found
        knew = any(entry.follows(ref) for ref in self.revoking.get(row or "", []))
        return found if knew else {**found, "revoked_at": None, "state": CertificateState.VALID, "reason": None}

    def _desk_fault(self, entry: Entry) -> str | None:
        data = entry.data
        if data["act"] not in DESK_ACTS:
            return "由本机钥匙签名，但该事项须由人签名"
        if data["key"] in self.sites.get(data["site"], ()):
            return None
        own = [c.values for c in entry.changes if c.table == "Site" and c.values.get("code") == data["site"]]
        if not any(values.get("key") == data["key"] for values in own):
            return "不是本机钥匙所签"
        if not self.sites:
            return self._founding_fault(entry)
        if self.site_vouched is None or data["site"] in self.sites:
            return "的本机钥匙没有经本院登记"
        return self.site_vouched(own[0])

    def _founding_fault(self, entry: Entry) -> str | None:
        """The very first line makes the court and its root."""
        courts = [c.values for c in entry.changes if c.table == "Court"]
        if entry.number != 1 or entry.height != 1:
            return "不是开库的第一条，却自立本机钥匙"
        if self.root is not None and self.root not in {c.get("root_fingerprint") for c in courts}:
            return "所载证书根不是本院的证书根"
        return None

    def _cosignature_fault(self, entry: Entry) -> str | None:
        told = entry.data.get("with")
        if told is None:
            return None if entry.cosignature is None else "附有来历不明的第二人签名"
        if entry.cosignature is None:
            return "缺第二人签名"
        certificate = self.certificate_for(entry, told["certificate"])
        if certificate is None or certificate["person"] != told["person"] or told["person"] == entry.data["person"]:
            return "第二人的证书不明"
        fault = self.vouched(certificate, datetime.fromisoformat(entry.data["at"])) if self.vouched else None
        return fault or _ecdsa_fault(certificate["pem"], entry.cosignature, entry)


def _carried(entry: Entry, certificate: str) -> dict[str, Any] | None:
    found = [c for c in entry.changes if c.table == "Certificate" and c.row == certificate]
    return {"id": certificate, **found[0].values} if found else None


def _ecdsa_fault(pem: str, signature: bytes, entry: Entry) -> str | None:
    try:
        public = load_pem_x509_certificate(pem.encode()).public_key()
        if not isinstance(public, ec.EllipticCurvePublicKey):
            return "第二人的证书不能签名"
        public.verify(signature, bytes.fromhex(entry.hash), ec.ECDSA(utils.Prehashed(hashes.SHA256())))
    except (InvalidSignature, ValueError):
        return "第二人签名不符"
    return None


def _statement(entry: Entry) -> bytes:
    return statement(entry.data["key"], entry.hash, entry.signature)


__all__ = ["OPENING", "TEACHING", "Binding", "Change", "Faults", "LineVerifier", "Verify", "AuthorityRules"]
