"""Copies for paper: which pages, counted in the journal; the approval sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from execdesk.access.session import Session, posts_on
from execdesk.approval.deciding import head_text
from execdesk.approval.paper import awaited_words, code_of, named_in, provisional_of, sheet_of
from execdesk.approval.requests import documents_of, grounds_of, request_of
from execdesk.approval.standing import ruling_for
from execdesk.casefile.lookup import case_of
from execdesk.court.glyphs import drawn, with_glyphs
from execdesk.documents.assemble import assemble, fill, unfilled
from execdesk.documents.content import Content, PageMarks
from execdesk.documents.facts import ApprovalFacts, DecisionFacts, ServedFacts, ServiceFacts
from execdesk.documents.slots import body_date
from execdesk.documents.texts import DocType
from execdesk.drafting.casefacts import facts_of
from execdesk.drafting.drafts import document_of
from execdesk.issue.keeping import pages_of
from execdesk.law.articles import cite
from execdesk.law.refusal import Refusal, WayOn
from execdesk.law.words import amount_in_ruling
from execdesk.records.approvals import Decision, PaperApproval, Request
from execdesk.records.base import new_id
from execdesk.records.cases import Party
from execdesk.records.papers import Document, DocumentState, Printing
from execdesk.records.people import Delegation, Person
from execdesk.store.clock import COURT_TIME

KIND_WORDS = {
    "approve": "批准", "return": "退回", "comment": "意见", "refer": "层报", "sign_issue": "签发", "withdraw": "撤回",
    "confirm": "确认纸面批准", "deny": "否认纸面批准",
}


@dataclass(frozen=True)
class Copy:
    """Pages ready for the printer."""

    pdf: bytes
    title: str
    ordinal: int


def copy_for(session: Session, document: str, kind: str = "sealed_copy") -> Copy:
    """The pages of one kind of copy: the very bytes kept, or the same frozen pages without the seal picture."""
    row = document_of(document)
    pdf = pages_of(row)
    if kind == "wet_seal":
        pdf = session.pdf.wet_copy(pdf)
    count = Printing.select().where(Printing.document == row.id).count()
    return Copy(pdf, f"{row.number or row.title}", count)


def approval_sheet(session: Session, request: str) -> bytes:
    """The approval sheet of a request as PDF: level, clause, phrase, reason, every word given, content hash, chain head."""
    row = request_of(request)
    content = _form(session, row.case, _bearing(session, "approval_sheet"), approval=approval_facts(session, row))
    return drawn(session, content, PageMarks(sample=session.demo)).pdf


def paper_sheet(session: Session, request: str) -> bytes:
    """The coded sheet on which a request is approved by hand; the drafts it is about are printed as samples beside it.

    Raises:
        Refusal: ``request.state`` where it was not printed as the request stands (:func:`execdesk.approval.actions.paper.print_sheet`).
    """
    row = request_of(request)
    sheet = sheet_of(row)
    if sheet is None:
        raise Refusal(f"「{row.title}」还没有纸面报批单，请先打印纸面报批单。", code="request.state", ways=(WayOn("打印纸面报批单", "paper.print"),))
    named = named_in(session, row, case_of(row.case))
    facts = replace(
        approval_facts(session, row), code=code_of(row), party=named.party_words, printed_on=body_date(sheet.asked_on),
        amount=f"{amount_in_ruling(named.amount)}" if named.amount is not None else "无",
    )
    return drawn(session, _form(session, row.case, _bearing(session, "paper_request"), approval=facts), PageMarks(sample=session.demo)).pdf


def service_receipt(session: Session, documents: list[str], recipient: str, method: str = "") -> bytes:
    """A 送达回证 for one recipient, listing the documents; the rest is written by hand."""
    rows = [document_of(d) for d in documents]
    case = case_of(rows[0].case)
    party = Party.get_or_none(Party.case == case.id, Party.name == recipient, Party.struck.is_null())
    served = tuple(ServedFacts(f"{r.number or ''}{r.title}") for r in rows)
    facts = ServiceFacts(recipient, served, (party.address or "") if party else "", method)
    content = _form(session, case.id, _bearing(session, "service_receipt"), service=facts)
    return drawn(session, content, PageMarks(sample=session.demo)).pdf


def hand_form(session: Session, case: str, type_id: str) -> bytes:
    """A form that is filled in by hand, with what the case tells; one printed of an approval bears what was said to the last request in
    a matter that it serves.

    Raises:
        Refusal: ``document.blank`` where the case or the court has not told what it prints.
    """
    kind = session.catalogue.type(type_id)
    asked = Request.select().where(Request.case == case, Request.matter.in_(kind.matters), Request.struck.is_null()).order_by(Request.id.desc()).first()
    told = {"approval": approval_facts(session, asked)} if asked is not None and kind.way == "sheet" else {}
    return drawn(session, _form(session, case, kind, **told), PageMarks(sample=session.demo)).pdf


def _of_court(content: Content, names: Iterable[str]) -> tuple[WayOn, ...]:
    """Where the court's own data are filled in, if some are missing."""
    lacking = any(content.facts.get(name, {}).get("path", "").startswith("court.") for name in names)
    return (WayOn("填写本院信息", "court.change"),) if lacking else ()


def _bearing(session: Session, trait: str) -> DocType:
    return session.catalogue.draftable(session.day, trait=trait)


def _form(session: Session, case: str, kind: DocType, **facts: Any) -> Content:
    """A form of a case, filled for today; it is made anew each time and never issued. Refusal ``document.blank`` where something is not told."""
    catalogue = session.catalogue
    blank = Document(id=new_id(), case=case, type_id=kind.id, title="", series="", state=DocumentState.DRAFT, inputs={}, request=None)
    known = replace(facts_of(session, blank, session.day), **facts)
    content = assemble(kind, catalogue.text(kind.id, session.day), known, session.law, session.day)
    if left := unfilled(content):
        words = f"《{kind.title}》还不能打印：缺{'、'.join(left.values())}。请先补登案件；本院的地址、电话、账户由院长或者局长填写。"
        raise Refusal(words, code="document.blank", ways=_of_court(content, left))
    return with_glyphs(session, fill(content, "", session.day))


def approval_facts(session: Session, row: Request) -> ApprovalFacts:
    """A request as the approval sheet shows it; the ruling is that of the decision, else of today."""
    decisions = list(Decision.select().where(Decision.request == row.id, Decision.struck.is_null()).order_by(Decision.at, Decision.id))
    last = next((d for d in reversed(decisions) if d.kind == "approve"), None)
    ruling = ruling_for(session, row, last.on if last else session.day)
    tokens = [t for t in ruling.basis if not t.startswith("p:")]
    subjects = session.authority.data.subjects
    return ApprovalFacts(
        matter=_matter(ruling.name, close(row.title)), level=ruling.level_name, article=ruling.article, phrase=ruling.phrase, reason=ruling.reason,
        submitted_by=Person.get_by_id(row.applicant).name, submitted_at=_moment(row.submitted_at) if row.submitted_at else "尚未提交",
        subject=subjects[row.subject].name if row.subject != "ordinary" else "", grounds=grounds_words(session, row),
        basis=_basis(session, tokens, last.on if last else session.day), documents="、".join(d.title for d in documents_of(row.id)),
        conflict="兜底冲突，由局长决定" if ruling.conflict else "", decisions=tuple(_decision(session, d) for d in decisions),
        content_hash=row.content_hash or "", chain_head=decisions[-1].chain_head if decisions else head_text(session.store),
        state=_standing(session, row),
    )


def _standing(session: Session, row: Request) -> str:
    """The state of a request on its sheet; one approved on paper and not yet confirmed says so."""
    paper = provisional_of(row)
    return row.state_words if paper is None else f"{row.state_words}。{awaited_words(session, paper)}"


def _matter(name: str, title: str) -> str:
    """The matter and what exactly is asked, said once where they are the same."""
    return name if title == name else f"{name}：{title}"


def grounds_words(session: Session, row: Request) -> str:
    """事实理由 of the sheet: what the applicant gave, and what the drafts say of facts, ground and reasons; its title where there is nothing."""
    found = [grounds_of(row)]
    for document in documents_of(row.id):
        inputs = document.inputs or {}
        told = [inputs.get("found_facts"), _ground(session, document), inputs.get("cause_of_release"), inputs.get("reasoning")]
        found += [str(words).strip() for words in told if words]
    clean = [words.strip().rstrip("。；") for words in dict.fromkeys(found) if words.strip()]
    return f"{'。'.join(clean)}。" if clean else close(row.title)


def close(title: str) -> str:
    """A title of the lists as paper writes it: no blank beside a hanzi."""
    return re.sub(r"(?<=[\u3000-\u9fff]) | (?=[\u3000-\u9fff])", "", title)


def _ground(session: Session, document: Document) -> str:
    """The ground chosen for a document, in the words of its text."""
    chosen = (document.inputs or {}).get("ground")
    slot = session.catalogue.text(document.type_id, session.day).slots.get("ground") if chosen else None
    if slot is None or chosen is None:
        return ""
    return str(dict(zip(slot.options, slot.labels or slot.options, strict=False)).get(chosen, chosen))


def _basis(session: Session, topics: list[str], on: Any) -> str:
    """Topics of the concordance as citations; a topic says in which statute it stands."""
    found = []
    for topic in topics:
        for prefix in ("CPL", "INT"):
            try:
                found.append(cite(session.law, [f"{prefix}:{topic}"], on))
                break
            except Refusal:
                continue
    return "、".join(found)


def _decision(session: Session, decision: Decision) -> DecisionFacts:
    letter = Delegation.get_or_none(Delegation.id == decision.delegation) if decision.delegation else None
    if decision.on_paper:
        return _on_paper(session, decision)
    return DecisionFacts(
        stage=_stage(decision), name=Person.get_by_id(decision.person).name, post=decision.post,
        outcome=KIND_WORDS.get(decision.kind, decision.kind), opinion=decision.opinion or "", at=_moment(decision.at),
        delegation=f"授权书{letter.letter}" if letter else "", clause=decision.article,
    )


def _on_paper(session: Session, decision: Decision) -> DecisionFacts:
    """An approval on paper: the hand is the approver's, the word in the journal that of who entered it."""
    paper = PaperApproval.get_by_id(decision.paper_approval)
    names = session.organisation.posts
    who = [(Person.get_by_id(row).name, next((names[held.post].name for held in posts_on(row, decision.on)), "")) for row in paper.approvers]
    outcome = f"{KIND_WORDS[decision.kind]}（凭纸批，{paper.state_words}，{Person.get_by_id(paper.entered_by).name}录入）"
    return DecisionFacts(
        "纸面批准", who[-1][0], "、".join(f"{post}{name}" for name, post in who[:-1]) + who[-1][1], outcome, decision.opinion or "", body_date(decision.on), "", decision.article,
    )


def _stage(decision: Decision) -> str:
    """Whose opinion a row of the sheet holds: 承办人意见 for what the judge decides in his own case, else that of the post."""
    request = Request.get_by_id(decision.request)
    return "承办人意见" if decision.person == request.applicant else f"{decision.post}意见"


def _moment(at: Any) -> str:
    """A moment as documents write it: 2017年8月1日9时30分."""
    here = at.astimezone(COURT_TIME)
    return f"{body_date(here.date())}{here.hour}时{here.minute:02d}分"
