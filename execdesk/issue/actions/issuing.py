"""Issuing, cosigning, sealing and voiding documents."""

from __future__ import annotations

from datetime import date

from execdesk.access.consenting import deciding_key, require_consented, sealing_key
from execdesk.access.duty import require_may
from execdesk.access.possible import require_possible
from execdesk.access.register import action
from execdesk.access.session import Session, holders_of
from execdesk.court.glyphs import drawn
from execdesk.documents.assemble import fill, leftovers
from execdesk.documents.content import Content
from execdesk.drafting.assembly import assembly_of, checks_on
from execdesk.drafting.drafts import (
    case_row,
    content_hash,
    document_of,
    frozen,
)
from execdesk.drafting.fitting import require_adopted
from execdesk.drafting.taking import number_for, take
from execdesk.issue.differing import differences
from execdesk.issue.effects import happened
from execdesk.issue.gates import require_gates, require_open, require_standing_signer
from execdesk.issue.issuing import Prepared, marks_for, numbers_of
from execdesk.issue.keeping import keep, next_state, pages_of, signed_fields, signers
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.approvals import Request, RequestState
from execdesk.records.cases import Case
from execdesk.records.papers import SIGNED, Document, DocumentState, NumberState, Service, TakenNumber
from execdesk.store.act import Act, Changes, StaleRecord


@action("document.issue", "签发", Field("document", "文书", "row"))
def issue(session: Session, *, document: str) -> Changes:
    """Issue one document in one act of its signer: checks, number, pages, signature, keeping.

    Everything is asked once before, with the pages rehearsed, and the gates once more inside the act, where nobody can come
    between. Raises Refusal ``document.…``, ``approval.lapsed`` (which is recorded), ``number.…``, ``store.restored``, ``journal.incident``.
    """
    row = document_of(document)
    case = case_row(row)
    request = Request.get_or_none(Request.id == row.request) if row.request else None
    require_open(session, case)
    content = _approved_content(session, row, request, case)
    _require_signer(session, row, request, case, content)
    prepared = _prepare(session, row, case, content, session.day)  # the rehearsal: nothing is written yet
    with session.act("document.issue", case=case.id) as act:
        fresh = act.get(Document, row.id, row.version)
        here = act.get(Case, case.id)
        require_gates(session, fresh, Request.get_or_none(Request.id == row.request), here)
        if content_hash(assembly_of(session, fresh, act.day).content) != fresh.content_hash:
            raise StaleRecord(f"《{fresh.title}》")
        number = number_for(session, fresh, here, act.day)
        if number != prepared.number or act.day != prepared.content.signed_on:
            prepared = _prepare(session, fresh, here, content, act.day)
        _write(session, act, fresh, prepared)
    return act.changes


def _write(session: Session, act: Act, row: Document, prepared: Prepared) -> None:
    fields = [s.field for s in signers(prepared.content)]
    reason = f"签发{row.title}"
    pdf = session.pdf.sign(prepared.pdf, fields[0], deciding_key(session), certify=True, reason=reason, at=act.at)
    digest = keep(session, act, row, pdf, "signed", None)
    take(session, act, row, prepared.number)
    number = prepared.number
    act.change(
        row,
        state=next_state(prepared.content, 1),
        number=number.number if number else None,
        suffix=number.suffix if number else None,
        signed_on=act.day,
        signer=session.me.id,
        pages=prepared.rendered.pages,
        fields=fields,
        file=digest,
    )
    happened(session, act, row, "issued", act.day)
    _close_request(act, row)


@action("document.cosign", "会签", Field("document", "文书", "row"))
def cosign(session: Session, *, document: str) -> Changes:
    """The next signature of a panel or of the statutory signer; each is an act of its holder that adds a revision."""
    row = document_of(document)
    require_possible(row, "document.cosign", f"《{row.title}》", "document.state")
    content = frozen(row)
    done = signed_fields(session, row)
    waiting = [s for s in signers(content) if s.field not in done]
    mine = next((s for s in waiting if s.person == session.me.id), None)
    if mine is None:
        raise Refusal(f"本文书待{'、'.join(s.name for s in waiting)}签名，不能由您签。", code="document.signer")
    require_open(session, case_row(row))
    with session.act("document.cosign", case=row.case) as act:
        fresh = act.get(Document, row.id, row.version)
        reason = f"签署{fresh.title}"
        pdf = session.pdf.sign(pages_of(fresh), mine.field, deciding_key(session), certify=False, reason=reason, at=act.at)
        digest = keep(session, act, fresh, pdf, "cosigned", fresh.file)
        act.change(fresh, file=digest, state=next_state(content, 1 + len(done)))
    return act.changes


@action("document.seal", "加盖院印", Field("document", "文书", "row"))
def seal(session: Session, *, document: str) -> Changes:
    """The keeper of the seal adds the last revision: 待盖章 → 已印发."""
    row = document_of(document)
    require_may(session, "seal", "加盖院印")
    require_possible(row, "document.seal", f"《{row.title}》", "document.state")
    key = sealing_key(session)
    require_open(session, case_row(row))
    with session.act("document.seal", case=row.case) as act:
        fresh = act.get(Document, row.id, row.version)
        pdf = session.pdf.seal(pages_of(fresh), key, session.court.name, sample=session.demo, at=act.at)
        act.change(fresh, file=keep(session, act, fresh, pdf, "sealed", fresh.file), state=DocumentState.ISSUED)
    return act.changes


@action(
    "document.wet_seal", "登记湿印",
    Field("document", "文书", "choice", options="unsealed", start="document"),
    Field("note", "说明", "long", hint="何时由何人在纸件上盖章"),
)
def wet_seal(session: Session, *, document: str, note: str) -> Changes:
    """A desk without a seal keeper records that the printed copy was sealed by hand."""
    row = document_of(document)
    require_may(session, ("undertake", "print"), "登记湿印")
    require_possible(row, "document.wet_seal", f"《{row.title}》", "document.state")
    keepers = [p.name for p in holders_of("seal_keeper", session.day, session.store.site)]
    if keepers:
        raise Refusal(f"本处有印章管理员（{'、'.join(keepers)}），请由其加盖院印，不用登记湿印。", code="document.wet_seal")
    if not note.strip():
        raise Refusal("请写明何人何处盖的印。", code="document.wet_seal")
    with session.act("document.wet_seal", case=row.case, reason=note) as act:
        act.change(act.get(Document, row.id, row.version), state=DocumentState.ISSUED)
    return act.changes


@action(
    "document.void", "作废文书",
    Field("document", "文书", "choice", options="voidable", start="document"), Field("reason", "原因", "long"),
    button="作废", note="只能作废还没有送达的文书，由签发人办理。文号随之作废，不再使用；报批事项的批准不变，作废后可以重制。", done="已作废，可以重制。",
)
def void_document(session: Session, *, document: str, reason: str) -> Changes:
    """Declare an issued document void before it has gone out: its number stays taken for ever, void with this cause.

    Raises:
        Refusal: ``document.served`` once it was served: then it is set right by a document of its own.
    """
    row = document_of(document)
    case = case_row(row)
    require_may(session, ("sign_documents", "sign_order"), "作废文书")
    if row.signer != session.me.id:
        raise Refusal("作废文书由签发人办理。", code="document.signer")
    require_possible(row, "document.void", f"《{row.title}》", "document.state")
    if not reason.strip():
        raise Refusal("请写明作废的原因。", code="document.reason")
    if Service.select().where(Service.document == row.id, Service.struck.is_null()).exists():
        raise Refusal(f"《{row.title}》已经送达，不能作废。请以裁定补正或者撤销。", code="document.served")
    _require_nothing_names_it(session, row)
    with session.act("document.void", case=case.id, reason=reason) as act:
        fresh = act.get(Document, row.id, row.version)
        act.change(fresh, state=DocumentState.VOID)
        for taken in TakenNumber.select().where(TakenNumber.document == row.id, TakenNumber.state == NumberState.USED):
            act.change(taken, state=NumberState.VOID, cause=reason.strip())
        happened(session, act, fresh, "void", act.day)
        request = act.get(Request, row.request) if row.request else None
        if request is not None and request.state == RequestState.USED:  # what was approved still lacks its paper
            act.change(request, state=RequestState.APPROVED)
    return act.changes


def _require_nothing_names_it(session: Session, row: Document) -> None:
    """A notice bears the number of the ruling it was issued with: it is declared void first."""
    leading = session.catalogue.leading
    if row.series not in leading or not row.request:
        return
    signed = Document.select().where(Document.request == row.request, Document.struck.is_null(), Document.state.in_(SIGNED), Document.id != row.id)
    if naming := next((paper for paper in signed if paper.series not in leading), None):
        raise Refusal(f"《{naming.title}》写有本文书的文号，请先作废《{naming.title}》；它已送达的，本文书也不能作废。", code="document.order")


def _approved_content(session: Session, row: Document, request: Request | None, case: Case) -> Content:
    """The approved content, if the facts still give it; else the approval lapses, by an act, naming what differs."""
    require_possible(row, "document.issue", f"《{row.title}》", "document.state")
    require_gates(session, row, request, case)
    assert request is not None
    require_adopted(session, row.type_id, session.day)
    approved = frozen(row)
    made = assembly_of(session, row, session.day)
    differing = differences(approved, made.content) if content_hash(made.content) != row.content_hash else []
    stops = [f"{c.label}，{c.sentence}" for c in checks_on(session, made) if c.state == "stop"]
    if differing or stops:
        _lapse(session, request, case, [*differing, *(() if differing else stops)])
        raise Refusal(
            f"《{row.title}》的批准已失效：{'；'.join([*differing, *(() if differing else stops)])}。请核对后重新提交。",
            code="approval.lapsed",
            ways=(WayOn("打开草稿", f"document.draft:{row.id}"),),
        )
    return approved


def _lapse(session: Session, request: Request, case: Case, differing: list[str]) -> None:
    from execdesk.approval.requests import with_grounds

    with session.act("request.lapse", case=case.id, reason=f"内容已变：{'；'.join(differing)}") as act:
        fresh = act.get(Request, request.id)
        act.change(fresh, state=RequestState.LAPSED, note=with_grounds(fresh, f"签发时内容已变：{'；'.join(differing)}"))
        for document in Document.select().where(Document.request == request.id, Document.state == DocumentState.SUBMITTED):
            act.change(act.get(Document, document.id), state=DocumentState.DRAFT)


def _require_signer(session: Session, row: Document, request: Request | None, case: Case, content: Content) -> None:
    """Whoever issues must be the first signatory; types without a printed signer are signed by the judge in charge."""
    found = signers(content)
    if not found:
        raise Refusal(f"《{row.title}》是填写用的表格，不签发，打印后填写。", code="document.form")
    if found[0].person != session.me.id:
        raise Refusal(f"本文书由{found[0].label}{found[0].name}署名签发，不能由您签发。", code="document.signer")
    if session.demo and {s.name for s in found} & {holder.name for holder in session.organisation.holders}:
        raise Refusal("演示库的文书不得由方案载明的任职人员署名。", code="document.demo_signer")
    if session.key is None:
        raise Refusal("签名钥匙尚未解锁，请重新登录。", code="access.locked")
    require_consented(session, session.key.certificate)
    assert request is not None
    require_standing_signer(session, row, request, case, session.day)


def _prepare(session: Session, row: Document, case: Case, content: Content, day: date) -> Prepared:
    number = number_for(session, row, case, day)
    filled = fill(
        content, number.number if number else content.number if "⟦" not in content.number else "", day, numbers_of(row)
    )
    if left := leftovers(filled):
        raise Refusal(f"《{row.title}》里还有没填的地方：{'、'.join(left)}。请改正后重新提交。", code="document.leftover")
    pages = drawn(session, filled, marks_for(session))
    return Prepared(filled, number, pages, session.pdf.archive(pages))


def _close_request(act: Act, document: Document) -> None:
    """A request is used once all its documents are issued."""
    rest = Document.select().where(
        Document.request == document.request,
        Document.id != document.id,
        Document.state.in_([DocumentState.DRAFT, DocumentState.SUBMITTED]),
        Document.struck.is_null(),
    )
    if not rest.exists():
        act.change(act.get(Request, document.request), state=RequestState.USED)
