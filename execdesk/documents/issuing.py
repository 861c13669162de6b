"""Issue: approved content becomes numbered, signed pages kept in the store; then further signatures, then the seal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from execdesk.access.duty import require_may
from execdesk.access.sitting import Sitting
from execdesk.documents.assemble import fill
from execdesk.documents.content import Content, PageMarks, Rendered
from execdesk.documents.drafting import assemble_now, case_row, content_hash, document_of, frozen
from execdesk.documents.gates import require_gates
from execdesk.documents.numbers import Numbered, check_entered, next_letter, next_suffix
from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.approvals import Request
from execdesk.records.cases import Case
from execdesk.records.journal import Blob
from execdesk.records.papers import Document, KeptFile, Measure, TakenNumber
from execdesk.store.act import Act, Changes
from execdesk.work.verbs import verb


@dataclass(frozen=True)
class Prepared:
    """Pages rehearsed before the write begins: content filled, rendered, archived with empty fields."""

    content: Content
    number: Numbered | None
    rendered: Rendered
    pdf: bytes


@verb("document.issue", "签发", document="文书")
def issue(sitting: Sitting, *, document: str) -> Changes:
    """Issue one document in one act of its signer: checks, number, pages, signature, keeping.

    Raises Refusal ``document.state``, ``approval.lapsed`` (which is recorded), ``number.…``, ``document.signer``, ``store.restored``.
    """
    row = document_of(document)
    case = case_row(row)
    content = _approved_content(sitting, row, case)
    _require_signer(sitting, content)
    prepared = _prepare(sitting, row, case, content, sitting.day)  # the rehearsal: nothing is written yet
    with sitting.act("document.issue", case=case.id) as act:
        fresh = act.get(Document, row.id, row.version)
        number = _number_for(sitting, fresh, act.get(Case, case.id), act.day)
        if number != prepared.number or act.day != prepared.content.signed_on:
            prepared = _prepare(sitting, fresh, case, content, act.day)
        first = _fields(content)[0] if _fields(content) else None
        pdf = (
            prepared.pdf
            if first is None
            else sitting.tools.pen.sign(
                prepared.pdf, first, sitting.key, certify=True, reason=f"签发{fresh.title}", at=act.at
            )
        )
        _keep(sitting, act, fresh, pdf, "signed", None)
        if number is not None:
            act.add(
                TakenNumber(
                    case=case.id,
                    series=fresh.series,
                    suffix=number.suffix,
                    number=number.number,
                    document=fresh.id,
                    state="used",
                )
            )
        act.change(
            fresh,
            state=_next_state(content, 1),
            number=number.number if number else None,
            suffix=number.suffix if number else None,
            signed_on=act.day,
            signer=sitting.me.id,
            pages=prepared.rendered.pages,
            fields=list(_fields(content)),
            file=_sha(pdf),
        )
        _issued_measure(act, fresh, content)
        _close_request(act, fresh)
    assert act.changes is not None
    return act.changes


@verb("document.cosign", "会签", document="文书")
def cosign(sitting: Sitting, *, document: str) -> Changes:
    """The next signature of a panel or of the statutory signer; each is an act of its holder that adds a revision."""
    row = document_of(document)
    content = frozen(row)
    if row.state != "to_cosign":
        raise Refusal(f"《{row.title}》{STATES.get(row.state, row.state)}，不在会签。", code="document.state")
    waiting = [
        s
        for s in (*content.signature.signatories, *content.signature.invisible)
        if s.field not in signed_fields(sitting, row)
    ]
    mine = next((s for s in waiting if s.person == sitting.me.id), None)
    if mine is None:
        raise Refusal(f"本文书待{'、'.join(s.name for s in waiting)}签名，不能由您签。", code="document.signer")
    with sitting.act("document.cosign", case=row.case) as act:
        fresh = act.get(Document, row.id, row.version)
        pdf = sitting.tools.pen.sign(
            pages_of(fresh), mine.field, sitting.key, certify=False, reason=f"签署{fresh.title}", at=act.at
        )
        _keep(sitting, act, fresh, pdf, "cosigned", fresh.file)
        act.change(fresh, file=_sha(pdf), state=_next_state(content, 1 + len(signed_fields(sitting, row))))
    assert act.changes is not None
    return act.changes


@verb("document.seal", "加盖院印", document="文书")
def seal(sitting: Sitting, *, document: str) -> Changes:
    """The keeper of the seal adds the last revision: 待盖章 → 已印发."""
    row = document_of(document)
    require_may(sitting, "seal", "加盖院印")
    if row.state != "to_seal":
        raise Refusal(f"《{row.title}》{STATES.get(row.state, row.state)}，不能盖章。", code="document.state")
    if sitting.seal is None:
        raise Refusal("本机没有可用的院印钥匙，请由印章管理员办理，或登记湿印。", code="access.no_seal")
    with sitting.act("document.seal", case=row.case) as act:
        fresh = act.get(Document, row.id, row.version)
        pdf = sitting.tools.pen.seal(pages_of(fresh), sitting.seal, sitting.court.name, sample=sitting.demo, at=act.at)
        _keep(sitting, act, fresh, pdf, "sealed", fresh.file)
        act.change(fresh, file=_sha(pdf), state="issued")
    assert act.changes is not None
    return act.changes


@verb("document.wet_seal", "登记湿印", document="文书", note="说明")
def wet_seal(sitting: Sitting, *, document: str, note: str) -> Changes:
    """A desk without a seal keeper records that the printed copy was sealed by hand."""
    row = document_of(document)
    require_may(sitting, ("undertake", "print"), "登记湿印")
    if row.state != "to_seal":
        raise Refusal(f"《{row.title}》{STATES.get(row.state, row.state)}，不能登记湿印。", code="document.state")
    if not note.strip():
        raise Refusal("请写明何人何处盖的印。", code="document.wet_seal")
    with sitting.act("document.wet_seal", case=row.case, reason=note) as act:
        act.change(act.get(Document, row.id, row.version), state="issued")
    assert act.changes is not None
    return act.changes


STATES = {
    "draft": "草稿",
    "submitted": "待签发",
    "to_cosign": "待会签",
    "to_seal": "待盖章",
    "issued": "已印发",
    "void": "已作废",
    "lapsed": "批准已失效",
}


def pages_of(document: Document) -> bytes:
    """The kept pages of a document: the one truth for screen and printer."""
    blob = Blob.get_or_none(Blob.sha256 == document.file) if document.file else None
    if blob is None:
        raise Refusal(f"《{document.title}》还没有签发的文件。", code="document.no_file")
    return bytes(blob.data)


def _approved_content(sitting: Sitting, row: Document, case: Case) -> Content:
    """The approved content, if the facts still give it; else the approval lapses, by an act, naming what differs."""
    if row.state != "submitted":
        raise Refusal(f"《{row.title}》{STATES.get(row.state, row.state)}，不能签发。", code="document.state")
    request = Request.get_or_none(Request.id == row.request) if row.request else None
    require_gates(sitting, row, request, case)
    approved = frozen(row)
    now = assemble_now(sitting, row, sitting.day)
    if content_hash(now) == row.content_hash:
        return approved
    differing = differences(approved, now)
    if request is not None:
        with sitting.act("request.lapse", case=case.id, reason=f"内容已变：{'；'.join(differing)}") as act:
            fresh = act.get(Request, request.id)
            act.change(fresh, state="lapsed", note=f"签发时内容已变：{'；'.join(differing)}")
            for document in Document.select().where(Document.request == request.id, Document.state == "submitted"):
                act.change(act.get(Document, document.id), state="draft")
    raise Refusal(
        f"《{row.title}》的批准已失效：{'；'.join(differing)}。请核对后重新提交。",
        code="approval.lapsed",
        ways=(WayOn("打开草稿", f"document.draft:{row.id}"),),
    )


def differences(approved: Content, now: Content) -> list[str]:
    """What differs between two contents, by the names of the filled values, else by the paragraph."""
    found = []
    for name, fact in now.facts.items():
        old = approved.facts.get(name, {}).get("value", "")
        if old != fact["value"]:
            found.append(f"{fact['label']}由「{old or '空'}」变为「{fact['value'] or '空'}」")
    if not found and approved.body != now.body:
        found.append("正文与批准时不同")
    return found or ["落款或附件与批准时不同"]


def _require_signer(sitting: Sitting, content: Content) -> None:
    """Whoever issues must be the first signatory; types without a printed signer are signed by the judge in charge."""
    signers = (*content.signature.signatories, *content.signature.invisible)
    if signers and signers[0].person != sitting.me.id:
        first = signers[0]
        raise Refusal(f"本文书由{first.label}{first.name}署名签发，不能由您签发。", code="document.signer")


def _prepare(sitting: Sitting, row: Document, case: Case, content: Content, day: date) -> Prepared:
    number = _number_for(sitting, row, case, day)
    filled = fill(
        content, number.number if number else content.number if "⟦" not in content.number else "", day, numbers_of(row)
    )
    marks = PageMarks(sample=sitting.demo, seal_text=sitting.court.name)
    rendered = sitting.tools.pen.renderer.render(filled, marks)
    return Prepared(filled, number, rendered, sitting.tools.pen.archive(rendered))


def numbers_of(row: Document) -> dict[str, str]:
    """Numbers of the documents of the same submission, by type."""
    if not row.request:
        return {}
    found = Document.select().where(Document.request == row.request, Document.number.is_null(False))
    return {d.type_id: d.number or "" for d in found}


def _number_for(sitting: Sitting, row: Document, case: Case, day: date) -> Numbered | None:
    """The number the document will take; none for papers without a number."""
    series = sitting.tools.catalogue.series(row.type_id, day)
    if series is None:
        return None
    taken = TakenNumber.select().where(TakenNumber.series == row.series, TakenNumber.struck.is_null())
    if series.form == "suffix":
        if case.provisional:
            raise Refusal(f"{case.number} 由本处登记，尚未得到本部确认，不能取文号。", code="number.provisional")
        if case.held_by != sitting.store.site:
            raise Refusal(f"{case.number} 由{case.held_by}持有，本处不能取文号。", code="number.held_elsewhere")
        last = (case.last_paper_suffix or {}).get(row.series)
        used = [t.suffix for t in taken.where(TakenNumber.case == case.id)]
        return next_suffix(series, case.number, used, last_on_paper=last, from_ledger=case.origin == "ledger")
    if series.form == "entered":
        text = str((row.inputs or {}).get("sanction_number", ""))
        number = check_entered(series, text, court_code=sitting.court.code, on=day, taken=[t.number for t in taken])
        return Numbered(number, 0)
    yearly = [t.suffix for t in taken if f"〔{day.year}〕" in t.number]
    return next_letter(series, sitting.store.site, day, yearly)


def _fields(content: Content) -> list[str]:
    return [s.field for s in (*content.signature.signatories, *content.signature.invisible)]


def signed_fields(sitting: Sitting, row: Document) -> list[str]:
    """Fields signed so far, in order."""
    count = KeptFile.select().where(KeptFile.document == row.id, KeptFile.kind.in_(["signed", "cosigned"])).count()
    return list(row.fields or [])[:count]


def _next_state(content: Content, signed: int) -> str:
    if signed < len(_fields(content)):
        return "to_cosign"
    return "to_seal" if content.signature.seal else "issued"


def _sha(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def _keep(sitting: Sitting, act: Act, document: Document, pdf: bytes, kind: str, before: str | None) -> None:
    digest = act.keep_file(pdf)
    earlier = KeptFile.get_or_none(KeptFile.document == document.id, KeptFile.sha256 == before) if before else None
    act.add(
        KeptFile(
            document=document.id,
            sha256=digest,
            size=len(pdf),
            kind=kind,
            before=earlier.id if earlier else None,
            person=sitting.me.id,
            at=act.at,
        )
    )


def _issued_measure(act: Act, document: Document, content: Content) -> None:
    """The ruling orders the measure: its day of order and printed end are those of the signed paper."""
    if not document.measure or document.series != "ruling":
        return
    from execdesk.work.measures import ordered_by

    ordered_by(act, act.get(Measure, document.measure), document)


def _close_request(act: Act, document: Document) -> None:
    """A request is used once all its documents are issued."""
    if not document.request:
        return
    rest = Document.select().where(
        Document.request == document.request,
        Document.id != document.id,
        Document.state == "submitted",
        Document.struck.is_null(),
    )
    if not rest.exists():
        act.change(act.get(Request, document.request), state="used")


def marks_for(sitting: Sitting, **more: Any) -> PageMarks:
    """Marks of a rendering in this store."""
    return PageMarks(sample=sitting.demo, seal_text=sitting.court.name, **more)
