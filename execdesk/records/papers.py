"""Documents, their kept files and numbers, service, prints."""

from __future__ import annotations

from peewee import CharField, IntegerField, TextField

from execdesk.records.base import DayField, Journaled, JsonField, MomentField, belongs_to, refers_to
from execdesk.records.charge import DRAFTING, KEEPING
from execdesk.records.moves import ANY, NEW, Moves, moves, stays
from execdesk.records.owners import TableOwners, makes, writes


class DocumentState:
    """How far a document is on its way to paper."""

    DRAFT, SUBMITTED, TO_COSIGN, TO_SEAL, ISSUED, VOID = "draft", "submitted", "to_cosign", "to_seal", "issued", "void"


_S = DocumentState
SIGNATURES = ("signed", "cosigned")  # kinds of kept files that a person signed
UNSIGNED = (_S.DRAFT, _S.SUBMITTED)
SIGNED = (_S.TO_COSIGN, _S.TO_SEAL, _S.ISSUED)  # numbered and signed, so that it counts
UNFINISHED = (_S.TO_COSIGN, _S.TO_SEAL)  # signed, and somebody's hand is still missing
DOCUMENT_MOVES = Moves(
    {_S.DRAFT: "草稿", _S.SUBMITTED: "待签发", _S.TO_COSIGN: "待会签", _S.TO_SEAL: "待盖章", _S.ISSUED: "已印发", _S.VOID: "已作废"},
    moves(NEW, _S.DRAFT, ANY, DRAFTING),
    stays(_S.DRAFT, "document.fill", DRAFTING),
    moves(_S.DRAFT, _S.SUBMITTED, "request.submit", ("applicant", "case_judge")),
    moves(_S.SUBMITTED, _S.DRAFT, "request.return", ("decider", "above"), "unused"),
    moves(_S.SUBMITTED, _S.DRAFT, "request.withdraw", ("applicant", "case_judge"), "unused"),
    moves(_S.SUBMITTED, _S.DRAFT, "request.lapse", ("signer", "case_judge"), "content_differs"),
    moves(_S.SUBMITTED, _S.DRAFT, "party.special", KEEPING),
    moves(_S.SUBMITTED, _S.DRAFT, "provisional.annul", "ratify", "unused"),
    moves(_S.SUBMITTED, _S.DRAFT, "paper.deny", ("paper_approver", "ratify"), "unused"),
    moves(UNSIGNED, _S.VOID, "request.void", ("applicant", "case_judge"), "unused"),
    moves(_S.SUBMITTED, _S.TO_COSIGN, "document.issue", "signer", "more_signers"),
    moves(_S.SUBMITTED, _S.TO_SEAL, "document.issue", "signer", "last_signer"),
    stays(_S.TO_COSIGN, "document.cosign", "cosigner", "more_signers"),
    moves(_S.TO_COSIGN, _S.TO_SEAL, "document.cosign", "cosigner", "last_signer"),
    moves(_S.TO_SEAL, _S.ISSUED, "document.seal", "seal"),
    moves(_S.TO_SEAL, _S.ISSUED, "document.wet_seal", ("undertake", "print"), "no_keeper"),
    stays(SIGNED, "document.print", ("print", "undertake", "draft", "seal", "register_service")),
    stays(_S.ISSUED, "service.record", "register_service"),
    moves(SIGNED, _S.VOID, "document.void", "signer", "unserved"),
    moves(NEW, _S.SUBMITTED, "document.replace", ("applicant", "case_judge")),
    moves(_S.SUBMITTED, _S.DRAFT, "document.replace", ("applicant", "case_judge")),
)


class NumberState:
    """A number once taken: in use, void, or found on paper."""

    USED, VOID, PAPER = "used", "void", "paper"


_N = NumberState
NUMBER_MOVES = Moves(
    {_N.USED: "已用", _N.VOID: "作废", _N.PAPER: "纸上已用"},
    moves(NEW, _N.USED, "document.issue", "signer"),
    moves(NEW, _N.PAPER, "store.clear_restored", "correct_law"),
    moves(_N.USED, _N.VOID, "document.void", "signer", "unserved"),
)


OF_SIGNING = "number suffix signed_on signer pages fields file"
AS_VOIDED = ("title", "addressee", "series", "measure", "content", "content_hash", "inputs", "text_version", "law_hash", "corrects")  # of a paper that stands unchanged for a void one
FREEZING = "state content content_hash inputs text_version law_hash"


class Document(Journaled):
    """An official document from draft to issue. ``content`` is the approved text with slots; pages are kept files."""

    WORDS = "文书"
    case = belongs_to("Case")
    request = refers_to("Request", null=True)
    measure = refers_to("Measure", null=True)
    type_id = CharField(max_length=48)
    title = CharField(max_length=64)
    addressee = CharField(max_length=128, null=True)
    series = CharField(max_length=24)
    state = CharField(max_length=16, index=True)
    text_version = CharField(max_length=64, null=True)
    inputs = JsonField()
    content = JsonField(null=True)
    content_hash = CharField(max_length=64, null=True)
    number = CharField(max_length=64, null=True, index=True)
    suffix = IntegerField(null=True)
    signed_on = DayField(null=True)
    signer = refers_to("Person", null=True)
    pages = IntegerField(null=True)
    fields = JsonField(null=True)
    file = CharField(max_length=64, null=True)
    law_hash = CharField(max_length=64, null=True)
    corrects = refers_to("Document", null=True)
    replaces = refers_to("Document", null=True, verbose_name="所代替的作废文书")  # declared void before it went out, in the same request

    MOVES = DOCUMENT_MOVES
    FACTS = {
        "issue": ("state", "number", "suffix", "signed_on", "signer", "pages", "fields", "file"),
        "content": ("content", "content_hash", "inputs", "text_version"),
    }
    OWNERS = TableOwners(
        makes(ANY, blank=f"content content_hash {OF_SIGNING} replaces"),
        makes("document.replace", blank=OF_SIGNING, when="of_voided"),
        writes("document.fill", "inputs addressee"),
        writes("request.submit", FREEZING, when="glyphs_released"),
        writes("panel.designate", FREEZING, "designate_panel", when="unsigned glyphs_released"),
        writes("request.return request.withdraw request.lapse request.void party.special provisional.annul paper.deny document.replace", "state"),
        writes("document.issue", f"state {OF_SIGNING}", own="signer", day="signed_on", when="approved_and_kept"),
        writes("document.cosign document.seal", "state file", when="kept_by_it"),
        writes("document.wet_seal", "state", when="no_keeper"),
        writes("document.void", "state"),
        moves=DOCUMENT_MOVES,
    )


class KeptFile(Journaled):
    """One kept revision of a document: what its bytes are and which came before."""

    WORDS = "留存文件"
    document = belongs_to("Document")
    sha256 = CharField(max_length=64, index=True)
    size = IntegerField()
    kind = CharField(max_length=16)  # signed | cosigned | sealed | wet_seal | scan
    before = refers_to("KeptFile", null=True)
    person = refers_to("Person")
    at = MomentField()

    OWNERS = TableOwners(
        makes("document.issue", "signer", own="person", at="at", only={"kind": "signed"}, when="by_digest"),
        makes("document.cosign", "cosigner", own="person", at="at", only={"kind": "cosigned"}, when="by_digest"),
        makes("document.seal", "seal", own="person", at="at", only={"kind": "sealed"}, when="by_digest"),
    )


class TakenNumber(Journaled):
    """A number once taken: used by a document, or void with its cause. Suffix 0 is the bare number.

    ``year`` is set in series that run by the year; the next number is read from the end of an index.
    """

    WORDS = "文号"
    case = belongs_to("Case", null=True)
    series = CharField(max_length=24)
    suffix = IntegerField()
    number = CharField(max_length=64, index=True)
    year = IntegerField(null=True)
    document = refers_to("Document", null=True)
    state = CharField(max_length=16)
    cause = TextField(null=True)

    MOVES = NUMBER_MOVES

    OWNERS = TableOwners(
        makes("document.issue", blank="cause"),
        makes("store.clear_restored"),
        writes("document.void", "state cause"),
        moves=NUMBER_MOVES,
    )

    class Meta:
        indexes = ((("series", "number"), False), (("case", "series", "suffix"), False), (("series", "year", "suffix"), False))


class Service(Journaled):
    """Service of a document on somebody: method, day, person who served."""

    WORDS = "送达"
    document = belongs_to("Document")
    recipient = CharField(max_length=128)
    method = CharField(max_length=16)
    served_on = DayField()
    served_by = refers_to("Person")
    note = TextField(null=True)

    OWNERS = TableOwners(
        makes("service.record", "register_service", when="signed_paper"),
    )


class Printing(Journaled):
    """Copies and reprints of a document, counted."""

    WORDS = "打印登记"
    document = belongs_to("Document")
    kind = CharField(max_length=16)  # original | sealed_copy | duplicate | wet_seal
    copies = IntegerField()
    ordinal = IntegerField()
    person = refers_to("Person")
    at = MomentField()

    OWNERS = TableOwners(
        makes("document.print", ("print", "undertake", "draft", "seal", "register_service"), own="person", at="at", when="signed_paper"),
    )
