"""What a signed file is worth here: its bytes, and for each signature the line that keeps it, the certificate, the person, the field.

A signature counts only if a line with effect keeps the file as it was when that signature was made, and if the certificate, as the writer
of that line knew it, had been made by a line, was not revoked, was in its term at the line's moment, is of the purpose of the field and of
the person whom the document names there. What a signer says of time is not asked. A file that no line here keeps is never valid; it is
called forged only where something in it is wrong, for the line may be at another desk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from cryptography import x509

from execdesk.access.certificates import der, read_pem, serial, subject_of
from execdesk.access.chain import verify_chain
from execdesk.access.desk_keys import trust_of
from execdesk.access.session import Session
from execdesk.documents.filling import claims_of
from execdesk.documents.pdfservice import PdfFacts, PdfRead, PdfVerdict, SignatureFacts, SignatureVerdict
from execdesk.documents.slots import body_date
from execdesk.drafting.claims import no_longer_proved
from execdesk.drafting.drafts import case_row, document_of, frozen
from execdesk.drafting.lent import FactsWanted
from execdesk.integrity.history import KeptByLine, kept_by_line, line_verifier
from execdesk.issue.keeping import pages_of, signers
from execdesk.law.refusal import Refusal
from execdesk.records.papers import Document
from execdesk.records.people import CertificateState, Person
from execdesk.store.chains import line_at
from execdesk.store.clock import COURT_TIME
from execdesk.store.files import digest_of
from execdesk.store.line import Entry
from execdesk.store.store import utc

ABSENT = "本席位没有此件"
LONGEST_PDF = 50 * 1024**2  # bytes of a file from outside; our own have some 100 kB
_NUMBER = re.compile(r"[（(][12]\d{3}[）)][^，。；：、（）()〔〕]{1,24}?号(?:之[一二三四五六七八九十百]+)?|[\u4e00-\u9fff]{2,8}〔[12]\d{3}〕\d+号")


def verdict_on(session: Session, document: str) -> PdfVerdict:
    """The verdict on the kept file of a document.

    Raises:
        Refusal: ``document.no_file``, ``document.file_damaged`` as :func:`execdesk.issue.keeping.pages_of`.
    """
    row = document_of(document)
    return _Judgement(session, pages_of(row), row).verdict()


def verdict_of(session: Session, pdf: bytes, read: PdfRead | None = None) -> PdfVerdict:
    """The verdict on any file; never raises for a bad one. ``read`` is what a helper read of one from outside."""
    return _Judgement(session, pdf, read=read).verdict()


@dataclass
class _Judgement:
    """One file before the journal of this desk; ``named``: the document whose file it is said to be."""

    session: Session
    pdf: bytes
    named: Document | None = None
    read: PdfRead | None = None
    absent: list[str] = field(default_factory=list)  # certificates whose making another desk may hold
    asked: dict[str, KeptByLine | None] = field(default_factory=dict)

    @cached_property
    def facts(self) -> PdfFacts:
        return self.read.facts if self.read else self.session.pdf.examine(self.pdf)

    @cached_property
    def kept(self) -> KeptByLine | None:
        """The line that keeps these very bytes."""
        return self._keeping(digest_of(self.pdf))

    @cached_property
    def revisions(self) -> dict[str, KeptByLine | None]:
        """The lines that keep the file as of each signature."""
        return {one.revision: self._keeping(one.revision) for one in self.facts.signatures}

    def _keeping(self, digest: str) -> KeptByLine | None:
        if digest not in self.asked:
            self.asked[digest] = kept_by_line(self.session, digest)
        return self.asked[digest]

    @cached_property
    def document(self) -> Document | None:
        """The document it is a file of: by the lines that keep it or a part of it, else by its number."""
        for found in (self.kept, *self.revisions.values()):
            if found is not None and not found.fault:
                return Document.get_or_none(Document.id == found.document)
        return self.named or self._by_number()

    def _by_number(self) -> Document | None:
        text = self.read.words if self.read else self.session.pdf.text(self.pdf) if self.facts.signatures else ""
        words = "".join(text.split()) if self.facts.signatures else ""
        own = _NUMBER.search(words)
        if own is None:
            return None
        alike = Document.select().where(Document.number == own.group(), Document.file.is_null(False)).order_by(Document.id)
        return next((row for row in alike if row.title in words[: own.start()]), None)  # several series may give one number

    def verdict(self) -> PdfVerdict:
        if self.facts.unreadable:
            return PdfVerdict(False, f"文件已损坏或被改动，签名无法核验（{self.facts.unreadable}）。请勿采用，重新取得原件。")
        if not self.facts.signatures:
            return PdfVerdict(False, "文件没有电子签名，不能证明出自本院。", pending=self.facts.pending)
        judged = [(one, self._signature(one)) for one in self.facts.signatures]
        faults = [*(f"{who(one)}：{'；'.join(found)}" for one, found in judged if found), *self.facts.faults, *self._of_file()]
        held = self.kept is not None and not self.kept.fault
        valid = held and not faults
        text = f"签名无效，请勿采用：{'；'.join(faults)}。" if faults else self._valid() if valid else self._not_held()
        return PdfVerdict(valid, text, tuple(self._told(one, found) for one, found in judged), self.facts.pending, held, not held and not faults)

    def _of_file(self) -> Iterator[str]:
        """What is wrong with the place of the file in the journal."""
        if self.kept is not None:
            if self.kept.fault:
                yield f"留存它的留痕不成立：{self.kept.fault.rstrip('。')}"
            elif self.named is not None and self.kept.document != self.named.id:
                yield "留存的是另一份文书的文件"
        elif self.document is not None and self.document.file:
            yield f"与本席位留存的《{self.document.title}》{self.document.number or ''}不是同一个文件"

    def _valid(self) -> str:
        assert self.kept is not None
        line = self.kept.entry
        waiting = f"，尚待{'、'.join(_field_name(one) for one in self.facts.pending)}" if self.facts.pending else ""
        return f"共{len(self.facts.signatures)}个签名，全部有效，文件于{_day(line)}留存（留痕第 {line.number} 条），其后未被改动{waiting}。{self._unproved()}"

    def _unproved(self) -> str:
        """What the paper claims and the case, as it is recorded now, does not bear out: the signatures hold all the same."""
        row = self.document
        if row is None or row.content is None or row.signed_on is None:
            return ""
        wanted = FactsWanted(self.session, row, case_row(row), dict(row.inputs or {}), row.signed_on)
        found = no_longer_proved(wanted, claims_of(frozen(row)))
        return f"但文书所述的事实，现有案件记录不支持：{'；'.join(one.lacking for one in found)}。请核对案件，必要时补正。" if found else ""

    def _not_held(self) -> str:
        desks = other_desks(self.session)
        reason = f"{'；'.join(self.absent)}。" if self.absent else ""
        if not desks:
            return f"{ABSENT}：没有任何留痕留存过它，签名再完整也不能证明出自本院，请勿采用。{reason}"
        return f"{ABSENT}：没有任何留痕留存过它，不能说有效，也不能说是伪造。{reason}{'；'.join(desks)}。请向该席位核对，或取得其数据后再验。"

    def _told(self, one: SignatureFacts, faults: list[str]) -> SignatureVerdict:
        line = self._line(one)
        verb = "盖章" if one.seal else "签名"
        when = f"于{_moment(line)}" if line else ""
        fine = "内容完整，证书有效" if line else "内容完整，但没有留痕可以证明签名的时间"
        note = self._concurrent(one, line)
        said = f"{who(one)}{when}{verb}，" + ("；".join(faults) if faults else fine + note) + "。"
        return SignatureVerdict(one.field, one.name, one.post, line.at if line else None, line is not None and not faults, said)

    def _line(self, one: SignatureFacts) -> Entry | None:
        found = self.revisions[one.revision]
        return found.entry if found is not None and not found.fault else None

    # -- one signature ---------------------------------------------------------------------------------------------------

    def _signature(self, one: SignatureFacts) -> list[str]:
        if one.faults:
            return list(one.faults)
        line, row = self._line(one), self._certificate(one)
        out = [] if row else list(self._without_row(one))
        if row is not None:
            out += [*_of_purpose(one, row), *self._of_person(one, row), *(self._at_line(line, row) if line else self._revoked_since(row))]
        if line is None and self.kept is not None:
            out.append("带有这次签名的文件没有留存过")
        return out

    def _certificate(self, one: SignatureFacts) -> dict[str, Any] | None:
        """The row that a line with effect made for this very certificate."""
        number = serial(x509.load_der_x509_certificate(one.certificate))
        alike = (row for row in line_verifier(self.session).made() if row["serial"] == number)
        return next((row for row in alike if der(read_pem(row["pem"])[0]) == one.certificate), None)

    def _without_row(self, one: SignatureFacts) -> Iterator[str]:
        """Why a certificate does not count that no line here made; nothing where its making may lie at another desk."""
        site = self._issued_at(one)
        if site is None:
            yield "证书不是本院签发，来源不可信"
        elif site == self.session.store.site or site not in self.session.organisation.sites:
            yield "证书没有经两人签发并记入本院留痕，不能采信"
        else:
            self.absent.append(f"{who(one)}的证书由{self.session.organisation.sites[site].name}签发，本席位没有签发它的留痕")

    def _issued_at(self, one: SignatureFacts) -> str | None:
        """The desk whose issuing certificate stands above this one under a root of the court; ``None`` if none does."""
        leaf, *above = (x509.load_der_x509_certificate(data) for data in (one.certificate, *one.chain))
        for issuer in above:
            for root in trust_of(self.session.store).roots:
                begun = max(each.not_valid_before_utc for each in (leaf, issuer, root))
                try:
                    verify_chain(leaf, [issuer], root, begun)
                except Refusal:
                    continue
                return subject_of(issuer).post
        return None

    def _of_person(self, one: SignatureFacts, row: dict[str, Any]) -> Iterator[str]:
        """The person whom the document names in this field must be the holder of the certificate."""
        if one.seal or row["purpose"] != "person" or self.document is None or self.document.content is None:
            return
        named = next((each for each in signers(frozen(self.document)) if each.field == one.field), None)
        if named is None:
            yield f"文书没有设「{one.field}」这个签名位置"
        elif named.person != row["person"]:
            yield f"此处应由{named.label}{named.name}签名，用的却是{_name(row['person'])}的证书"

    def _at_line(self, line: Entry, row: dict[str, Any]) -> Iterator[str]:
        """The certificate as the writer of the line knew it, and the writer himself."""
        judge = line_verifier(self.session)
        if not line.follows(judge.making[row["id"]]):
            yield "文件留存之后证书才签发"
        if judge.awaits(line, row["id"]):
            yield "文件留存时，院长还没有同意这张证书"
        known = judge.certificate_for(line, row["id"]) or row
        if known.get("revoked_at"):
            yield f"证书在文件留存之前已于{body_date(utc(known['revoked_at']).astimezone(COURT_TIME).date())}撤销"
        term = read_pem(row["pem"])[0]
        if not term.not_valid_before_utc <= line.at <= term.not_valid_after_utc:
            yield f"文件于{_day(line)}留存，证书那时不在有效期内"
        if line.data["person"] != row["person"]:
            yield f"这次签名由{_name(line.data['person'])}留存，不是证书的持有人{_name(row['person'])}"

    def _revoked_since(self, row: dict[str, Any]) -> Iterator[str]:
        if row.get("state") == CertificateState.REVOKED and row.get("revoked_at"):
            yield f"证书已于{body_date(utc(row['revoked_at']).astimezone(COURT_TIME).date())}撤销，没有留痕证明签名在此之前"

    def _concurrent(self, one: SignatureFacts, line: Entry | None) -> str:
        """A revocation at another desk that had not seen the line, and that the line had not seen: 院长 ratifies or annuls."""
        row = self._certificate(one)
        for chain, number in line_verifier(self.session).revoking.get(row["id"], []) if row and line else []:
            revoking = line_at(chain, number)
            if line is not None and revoking is not None and not line.follows((chain, number)) and not revoking.knew(line):
                return "（证书在另一处被撤销，与这次签名互不知晓，待院长追认）"
        return ""


def other_desks(session: Session) -> list[str]:
    """How old the data of each other desk are here, in words."""
    latest: dict[str, Any] = {}
    for chain, head in session.store.ends().items():
        site = chain.rpartition(".")[0]
        latest[site] = max(filter(None, (latest.get(site), head.at)), default=None)
    out = []
    for desk in session.organisation.sites.values():
        if desk.code != session.store.site:
            at = latest.get(desk.code)
            out.append(f"本席位从未取得{desk.name}的数据" if at is None else f"{desk.name}的数据截至{_age(session, at)}")
    return out


def _age(session: Session, at: Any) -> str:
    day = at.astimezone(COURT_TIME).date()
    days = (session.day - day).days
    return f"{body_date(day)}（{f'{days}天前' if days > 0 else '今天'}）"


def who(one: SignatureFacts) -> str:
    """Whom the certificate names."""
    return f"{one.name}（{one.post}）" if one.post else one.name


def _field_name(name: str) -> str:
    return "盖院印" if name == "CourtSeal" else f"「{name}」签名"


def _of_purpose(one: SignatureFacts, row: dict[str, Any]) -> Iterator[str]:
    if one.seal and row["purpose"] != "seal":
        yield "院印位置上用的是个人证书，不是院印证书"
    if not one.seal and row["purpose"] != "person":
        yield "签名位置上用的是院印证书，不是个人证书"


def _name(person: str) -> str:
    found = Person.get_or_none(Person.id == person)
    return found.name if found else f"记录 {person}"


def _day(line: Entry) -> str:
    return body_date(line.at.astimezone(COURT_TIME).date())


def _moment(line: Entry) -> str:
    here = line.at.astimezone(COURT_TIME)
    return f"{body_date(here.date())}{here.hour}时{here.minute:02d}分"
