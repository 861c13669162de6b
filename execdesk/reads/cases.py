"""Cases as lists and pages show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from execdesk.access.possible import can
from execdesk.access.session import Session
from execdesk.approval.offering import next_steps
from execdesk.approval.paper import AWAITED
from execdesk.approval.who import Who, who_decides
from execdesk.casefile.kinds import property_kinds
from execdesk.casefile.lookup import case_of, rows_of
from execdesk.casefile.recovered import standing
from execdesk.casefile.same import rows_of_things
from execdesk.casefile.steps import Step
from execdesk.casefile.view import CaseView
from execdesk.casework.control.answers import RESULT_WORDS
from execdesk.casework.control.facts import Holdings, taken_by
from execdesk.casework.control.steps import kinds_in, things_under, views_in
from execdesk.casework.control.views import MeasureView
from execdesk.drafting.replacing import to_replace
from execdesk.law.closing import closing_node
from execdesk.law.words import amount_in_list
from execdesk.reads.caselist import rows_for
from execdesk.reads.caserows import CaseRow as CaseRow
from execdesk.reads.caserows import DocumentRow as DocumentRow
from execdesk.reads.caserows import MeasureRow as MeasureRow
from execdesk.reads.caserows import MoneyRow as MoneyRow
from execdesk.reads.caserows import PartyRow as PartyRow
from execdesk.reads.caserows import ReplyRow as ReplyRow
from execdesk.reads.caserows import RequestRow as RequestRow
from execdesk.reads.caserows import ThingRow as ThingRow
from execdesk.reads.money import money_of
from execdesk.reads.othercases import SIDES, OtherCaseRow, other_cases
from execdesk.reads.searching import Searched, searched_in
from execdesk.reads.things import things_of
from execdesk.reads.trail import TrailRow, trail_of
from execdesk.records.approvals import REQUEST_MOVES, PaperApproval, PaperState, Request
from execdesk.records.cases import Party
from execdesk.records.ledgers import LedgerRow
from execdesk.records.measures import AssistReply, MeasureRelease
from execdesk.records.money import Claiming
from execdesk.records.papers import DOCUMENT_MOVES, SIGNED, Document, Printing, Service
from execdesk.service.methods import methods


@dataclass(frozen=True)
class CasePage:
    """Everything the case page shows."""

    case: CaseRow
    cause: str
    kind: str
    basis: str
    basis_effective_on: date | None
    obligation: str
    principal_fen: int | None
    interest_fen: int | None
    costs_fen: int | None
    fee_fen: int | None
    group_reason: str
    clerk: str
    assignment_reason: str
    origin: str
    closing_source: str
    paper_suffix: dict[str, int]
    warnings: tuple[str, ...]
    remarks: str
    parties: tuple[PartyRow, ...]
    measures: tuple[MeasureRow, ...]
    documents: tuple[DocumentRow, ...]
    requests: tuple[RequestRow, ...]
    trail: tuple[TrailRow, ...]
    closing_node: str = ""
    opening_recovered_fen: int | None = None
    money: tuple[MoneyRow, ...] = ()
    things: tuple[ThingRow, ...] = ()
    thing_kinds: tuple[tuple[str, str], ...] = ()
    searched: Searched = Searched()
    others: tuple[OtherCaseRow, ...] = ()

    def lines(self) -> list[str]:
        """The page as text, for the command line."""
        c = self.case
        found = [f"{c.number}  {c.state_words}  {self.cause}", f"{c.group_name}（{self.group_reason}） 承办 {c.judge or '未分案'} 书记员 {self.clerk or '—'}"]
        found += [f"{p.side}：{p.name} {p.id_no} {'、'.join(p.special)}" for p in self.parties]
        found += [f"标的 {amount_in_list(c.claim_fen) if c.claim_fen is not None else '未查'} 元"]
        found += [f"到账 {m.received_on} {m.words} {amount_in_list(m.stands_fen)} 元 {m.bank_ref}" for m in self.money]
        found += [f"财产 {t.kind_name} {t.words} {'、'.join(name for name, _ in t.owners)}" for t in self.things]
        found += [f"另案 {o.number} {o.name}（{o.side}）{o.state_words} 在控 {o.held} 项" for o in self.others]
        found += [f"线索 {c.given_on} {c.text}：{c.state_words}" for c in self.searched.clues]
        found += [f"查询 {q.sent_on} {q.debtor} {q.request_no}：{'，'.join(f'{head} {what}' for head, what in q.heads)}" for q in self.searched.queries]
        found += [f"申报 {r.debtor}：{r.state_words} {r.result}".rstrip() for r in self.searched.reports]
        found += [f"措施 {m.title}：{m.state_words} {m.ends_on or ''} {m.ruling_end}" for m in self.measures]
        found += [f"文书 {d.title} {d.number} {d.state_words}" for d in self.documents]
        found += [f"报批 {r.title} {r.state_words} {r.level_name}" for r in self.requests]
        return found


def case_page(session: Session, number: str) -> CasePage:
    """One case with everything on its page."""
    return page_of(CaseView.of(session, number))


def case_and_steps(session: Session, number: str) -> tuple[CasePage, tuple[Step, ...]]:
    """One case with everything on its page, and what can be done in it: over the same rows."""
    view = CaseView.of(session, number)
    return page_of(view), next_steps(view)


def steps_in(session: Session, number: str) -> tuple[Step, ...]:
    """What can be done in a case, and who approves it."""
    return next_steps(CaseView.of(session, number))


def who_decides_in(session: Session, number: str, matter: str, target: str = "") -> Who:
    """Who decides a matter of a case today."""
    return who_decides(session, case_of(number), matter, target=target)


def page_of(view: CaseView) -> CasePage:
    """Everything on the page of a case, over rows that the next steps look at too."""
    session, case = view.session, view.case
    clerk, given = view.assigned("clerk"), next((row for row in view.assignments if row.role == "judge"), None)
    things = rows_of_things([p.id for p in view.debtors], [measure.property for measure in view.measures])
    view.once("control.things", lambda: {row.id: row for row in things})
    measures = tuple(_measure(view, one) for one in views_in(view))
    origins = rows_of(LedgerRow, case.id) if case.origin == "ledger" else []
    return CasePage(
        case=rows_for(session, [case.id])[case.id], cause=case.cause, kind=case.kind, basis=case.basis_no or "", basis_effective_on=case.basis_effective_on,
        obligation=case.obligation or "", principal_fen=case.principal_fen, interest_fen=case.interest_fen, costs_fen=case.costs_fen,
        fee_fen=case.fee_fen, group_reason=case.group_reason or "", clerk=clerk.name if clerk else "",
        assignment_reason=given.reason if given else "", origin=case.origin, closing_source=case.closing_source or "",
        paper_suffix=dict(case.last_paper_suffix or {}), warnings=tuple(w["text"] for row in origins for w in (row.warnings or [])),
        remarks=case.remarks or "", parties=tuple(_party(session, p) for p in view.parties), measures=measures,
        documents=tuple(_document(view, d) for d in view.documents), requests=tuple(_request(view, r) for r in view.requests),
        trail=trail_of(session, case.id), closing_node=closing_node(session.law, case.kind, case.filed_on), opening_recovered_fen=case.opening_recovered_fen,
        money=money_of(session, case.id), things=things_of(session, case.id, things, measures),
        thing_kinds=tuple((kind.id, kind.name) for kind in property_kinds(session.resources).all), searched=searched_in(view), others=other_cases(view),
    )


def _party(session: Session, party: Party) -> PartyRow:
    subjects = session.authority.data.subjects
    return PartyRow(
        party.id, SIDES[party.side], party.name, party.kind, party.id_kind or "", party.id_no or "", party.address or "", party.phone or "",
        tuple(subjects[k].name for k in party.special or [] if k in subjects), party.special_source or "", party.sex or "",
        party.ethnicity or "", party.occupation or "", party.born_on, party.representative or "", party.representative_post or "", party.agent or "",
    )


def _measure(view: CaseView, one: MeasureView) -> MeasureRow:
    """A measure with its days as they stand today."""
    measure, owner, thing, of = one.measure, view.party(one.measure.party), things_under(view)[one.measure.property], kinds_in(view)[one.measure.id]
    replies = sorted((row for row in view.rows(AssistReply) if row.measure == measure.id), key=lambda row: row.received_on)
    holdings = view.once("control.holdings", lambda: Holdings(view.measures, taken_by(claimed_in(view), view.rows(MeasureRelease))))
    return MeasureRow(
        id=measure.id, title=one.title, owner=owner.name if owner else "", kind=measure.kind, term_kind=measure.term_kind or "",
        property=measure.property, kind_name=of.name, unit_words=of.unit, reply_words=of.reply, pays=of.pays.word if of.pays else "", release=of.release,
        deduct_matter=of.pays.matter if of.pays else "",
        identifiers=tuple((each.label, thing.identifiers[each.name]) for each in of.identifiers if thing.identifiers.get(each.name)),
        amount_fen=holdings.ordered_fen(measure), held_fen=holdings.held_fen(measure), state=one.state.state,
        state_words=one.words, ordered_on=measure.ordered_on, served_on=measure.served_on, effective_on=measure.effective_on,
        end_printed=measure.end_printed, end_told=measure.end_told, ends_on=one.state.ends_on, days_left=one.state.days_left,
        ruling_end=one.ruling_end, ends=one.ends, rank=measure.rank, version=measure.version, released_on=measure.released_on,
        months=measure.months, assisting_unit=measure.assisting_unit or "", replies=tuple(_reply(row) for row in replies), gone=one.gone,
    )


def claimed_in(view: CaseView) -> list[tuple[Claiming, int]]:
    """The claimings of the case that count, with what stands of each; worked out once."""
    found: list[tuple[Claiming, int]] = view.once("money.standing", lambda: standing([view.case.id]))
    return found


def _reply(row: AssistReply) -> ReplyRow:
    words = RESULT_WORDS[row.result] + (f"第 {row.rank} 位" if row.rank else "")
    return ReplyRow(row.received_on, words, row.controlled_fen, row.ends_on, row.receipt_no or "", row.handler or "", row.reason or "")


def _document(view: CaseView, document: Document) -> DocumentRow:
    services = sorted((row for row in view.rows(Service) if row.document == document.id), key=lambda row: row.served_on)
    return DocumentRow(
        document.id, document.type_id, document.title, document.number or "", document.addressee or "", document.state,
        f"{DOCUMENT_MOVES.words[document.state]}{_awaited(view, next((r for r in view.requests if r.id == document.request), None))}", document.signed_on, document.request, document.measure, document.pages,
        tuple(f"{row.recipient} {methods(view.session.resources)[row.method].name} {row.served_on}" for row in services),
        sum(row.document == document.id for row in view.rows(Printing)), document.version, tuple(_ways(view, document, bool(services))),
    )


def _ways(view: CaseView, document: Document, served: bool) -> Iterator[str]:
    """What ends a paper before it goes out, for its signer, and what stands in its place, for those of the request."""
    me = view.session.me.id
    if document.state in SIGNED and document.signer == me and not served:
        yield "document.void"
    request = next((row for row in view.requests if row.id == document.request), None)
    if request is not None and can(request, "document.replace") and me in (request.applicant, view.judge.id if view.judge else "") and document in to_replace(view.documents):
        yield "document.replace"


def _awaited(view: CaseView, request: Request | None) -> str:
    """What is said of a request, and of a paper issued under it, that was approved on paper and is not confirmed yet."""
    waits = request is not None and any(
        row.state == PaperState.ENTERED and (row.request, row.content_hash) == (request.id, request.content_hash) for row in view.rows(PaperApproval)
    )
    return AWAITED if waits else ""


def _request(view: CaseView, request: Request) -> RequestRow:
    levels = view.session.authority.data.levels
    return RequestRow(
        request.id, request.matter, request.title, request.state, f"{REQUEST_MOVES.words[request.state]}{_awaited(view, request)}",
        levels[request.level].name if request.level else "", view.people[request.applicant].name, request.note or "", request.version,
    )
