"""What must hold over measures and their papers: one first in rank, one release, one renewal of a term, no order beyond what is held.

Each is told once: the act that would break it is refused, and what two desks broke together is found when their lines have met.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from execdesk.access.session import Session
from execdesk.casefile.recovered import sent_fen
from execdesk.casefile.same import same_things
from execdesk.casework.control.facts import controlled_now, line_of
from execdesk.casework.control.sending import sending_rulings, unsent_fen
from execdesk.casework.control.views import kind_of, measure_title, views_of
from execdesk.law.words import amount_in_list
from execdesk.records.approvals import Request, RequestState
from execdesk.records.cases import Case
from execdesk.records.measures import HELD, AssistReply, Measure, MeasureRelease, MeasureState
from execdesk.records.money import Claiming
from execdesk.records.papers import Document, DocumentState
from execdesk.store import rows
from execdesk.store.invariants import Broken, invariant

_GIVEN_UP = (RequestState.WITHDRAWN, RequestState.VOID)
_RENEWING = (MeasureState.PROPOSED, MeasureState.ORDERED, MeasureState.LIVE)


def _pairs(found: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Rows in the order of their ids, each with the first of them."""
    first, *others = sorted(found, key=lambda row: row.id)
    yield from ((first, other) for other in others)


def _rows(model: Any, where: Any, written: Iterable[str] | None, field: Any) -> Iterator[Any]:
    """The rows of a table that some ids concern by a field, or all of them."""
    query = model.select().where(where, model.struck.is_null())
    if written is None:
        yield from query.order_by(model.id)
        return
    for some in rows.batches(sorted(written)):
        yield from query.where(field.in_(some)).order_by(model.id)


def _measures_of_papers(written: frozenset[str] | None) -> set[str] | None:
    """The measures that some papers, or papers of some requests, go with."""
    if written is None:
        return None
    found: set[str] = set()
    for some in rows.batches(sorted(written)):
        query: Any = Document.select(Document.measure).where(Document.id.in_(some) | Document.request.in_(some), Document.measure.is_null(False))
        found |= {measure for (measure,) in query.tuples()}
    return found


def standing(papers: Iterable[Document]) -> list[Document]:
    """Papers that are not void and whose request has not been given up."""
    found = [row for row in papers if row.state != DocumentState.VOID]
    requests = {row.request for row in found if row.request}
    given_up: set[str] = set()
    for some in rows.batches(sorted(requests)):
        query: Any = Request.select(Request.id).where(Request.id.in_(some), Request.state.in_(_GIVEN_UP))
        given_up |= {row for (row,) in query.tuples()}
    return [row for row in found if row.request not in given_up]


def _releases(session: Session, measures: set[str] | None) -> list[Document]:
    kinds = [kind.id for kind in session.catalogue.bearing("releases_control")]
    return standing(_rows(Document, Document.type_id.in_(kinds), measures, Document.measure))


@invariant("measure.first_twice", Measure)
def one_first(session: Session, written: frozenset[str] | None) -> Iterator[Broken]:
    """Of the measures that hold one thing on the day, whatever their case, one is the first."""
    first = (Measure.state.in_(HELD)) & (Measure.rank == 1) & Measure.renewed_from.is_null()
    things = None if written is None else {row.property for row in _rows(Measure, first, written, Measure.id)}
    found: dict[str, list[Measure]] = defaultdict(list)
    for row in _rows(Measure, first, None if things is None else same_things(things), Measure.property):
        found[min(same_things([row.property])) if things is not None else row.property].append(row)
    for measures in found.values():
        if len(measures) > 1:
            held = [one.measure for one in views_of(session, measures, session.day) if not one.gone and kind_of(session, one.measure).waiting]
            yield from (_two_first(one, other) for one, other in (_pairs(held) if held else ()))


def _two_first(one: Measure, other: Measure) -> Broken:
    text = (
        f"{other.words}已由{Case.get_by_id(one.case).number}控制在先（{one.state_words}），{Case.get_by_id(other.case).number}不能再作首封。"
        "请作废后一报批，按轮候重新提出（轮候序位从 2 起）；在先的已解除的，先登记解除通知的送达。"
    )
    return Broken((one.id, other.id), text, other.case)


@invariant("measure.released_twice", Document, Request)
def one_release(session: Session, written: frozenset[str] | None) -> Iterator[Broken]:
    """A measure is released as a whole once."""
    found: dict[str, list[Document]] = defaultdict(list)
    for row in _releases(session, _measures_of_papers(written)):
        if row.measure and (row.inputs or {}).get("scope") != "partial":
            found[row.measure].append(row)
    for measure, papers in found.items():
        for one, other in _pairs(papers):
            text = f"{measure_title(Measure.get_by_id(measure))}已提出全部解除（{one.number or '尚未签发'}），不能再提一次。请办理在先的报批，或者先撤回、作废它。"
            yield Broken(tuple(x for x in (one.id, other.id, one.request, other.request) if x), text, other.case)


@invariant("measure.renewed_twice", Measure, Request)
def one_renewal(_session: Session, written: frozenset[str] | None) -> Iterator[Broken]:
    """A term is renewed once."""
    renewing = Measure.renewed_from.is_null(False) & Measure.state.in_(_RENEWING)
    asked = None if written is None else set(written) | (_measures_of_papers(written) or set())
    old = None if asked is None else {row.renewed_from for row in _rows(Measure, renewing, asked, Measure.id)}
    found: dict[str, list[Measure]] = defaultdict(list)
    for row in _rows(Measure, renewing, old, Measure.renewed_from):
        found[row.renewed_from].append(row)
    for measures in (several for several in found.values() if len(several) > 1):
        goes_on = [row for row in measures if standing(Document.select().where(Document.measure == row.id, Document.struck.is_null()))]
        for one, other in _pairs(goes_on) if goes_on else ():
            requests = [row.request for row in Document.select().where(Document.measure.in_([one.id, other.id])) if row.request]
            text = f"{measure_title(one)}的同一期限已提出续行，不能再提一次。请办理在先的报批，或者先撤回、作废它。"
            yield Broken((one.id, other.id, *sorted(set(requests))), text, other.case)


@invariant("measure.ordered", Document, Request)
def no_order_beyond_what_is_held(session: Session, written: frozenset[str] | None) -> Iterator[Broken]:
    """What is ordered to be sent, and to be set free in part, and has not been yet, is no more than what is under control."""
    asked = _measures_of_papers(written)
    kinds = [kind.id for trait in ("orders_transfer", "releases_control") for kind in session.catalogue.bearing(trait)]
    concerned = {row.measure for row in _rows(Document, Document.type_id.in_(kinds) & Document.measure.is_null(False), asked, Document.measure)}
    for measure in _rows(Measure, Measure.state.in_(HELD), concerned, Measure.id):
        held, papers = controlled_now(measure), open_orders(session, measure)
        total = sum(fen for _, fen in papers)
        if held is not None and total > held:
            ids = sorted({part for paper, _ in papers for part in (paper.id, paper.request) if part})
            text = (
                f"{measure_title(measure)}现控制 {amount_in_list(held)} 元，在办的划拨（提取）和部分解除合计 {amount_in_list(total)} 元，超过控制的金额。"
                "请先作废或者改小其中一件；已签发的，请等款项到账、解除送达后再提。"
            )
            yield Broken(tuple(ids), text, measure.case)


def open_orders(session: Session, measure: Measure) -> list[tuple[Document, int]]:
    """The papers by which money under a measure is to be sent or set free in part and has not been yet, each with its sum in fen."""
    pays = kind_of(session, measure).pays
    sending = standing(sending_rulings(session, measure, pays.word)) if pays else []
    left, found = unsent_fen(measure, sending), []
    for paper in reversed(sending):  # what has come in went to the first signed
        part = min(left, int((paper.inputs or {}).get("amount_fen", 0)))
        left -= part
        found += [(paper, part)] if part else []
    for paper in _releases(session, {row.id for row in line_of(measure)}):
        inputs = paper.inputs or {}
        if inputs.get("scope") == "partial" and not _set_free(paper):
            found.append((paper, int(inputs.get("amount_fen", 0))))
    return found


def _set_free(paper: Document) -> bool:
    """Whether a release in part has been served, by whichever of its papers."""
    papers = Document.select(Document.id).where(Document.request == paper.request)
    return bool(MeasureRelease.select().where(MeasureRelease.document.in_(papers), MeasureRelease.struck.is_null()).exists())


@invariant("transfer.ruled", Claiming)
def nothing_booked_beyond_its_ruling(session: Session, written: frozenset[str] | None) -> Iterator[Broken]:
    """What is booked as sent under a measure is no more than rulings order; of a measure from a ledger they stand on paper."""
    booked = {row.measure for row in _rows(Claiming, Claiming.measure.is_null(False), written, Claiming.id)}
    for row in sorted(booked):
        measure = Measure.get_by_id(row)
        pays = kind_of(session, measure).pays
        if measure.origin == "ledger" or pays is None:
            continue
        line = [one.id for one in line_of(measure)]
        ruled = sum(int((paper.inputs or {}).get("amount_fen", 0)) for paper in sending_rulings(session, measure, pays.word) if paper.signed_on)
        if (sent := sent_fen(line)) > ruled:
            ids = sorted(one.id for one in Claiming.select(Claiming.id).where(Claiming.measure.in_(line), Claiming.struck.is_null()))
            text = f"{measure_title(measure)}登记到账 {amount_in_list(sent)} 元，超过签发的{pays.word}裁定合计 {amount_in_list(ruled)} 元。请核对银行流水，登记重复的冲正。"
            yield Broken(tuple(ids), text, measure.case)


@invariant("reply.released", AssistReply)
def no_answer_after_the_release(_session: Session, written: frozenset[str] | None) -> Iterator[Broken]:
    """What a unit answers after it released holds nothing: the answer to the release itself."""
    telling = (AssistReply.controlled_fen > 0) | AssistReply.ends_on.is_null(False) | (AssistReply.result == "waiting")
    for answer in _rows(AssistReply, telling & (AssistReply.result != "transferred"), written, AssistReply.id):
        measure = Measure.get_by_id(answer.measure)
        if measure.state == MeasureState.RELEASED and measure.released_on is not None and answer.received_on > measure.released_on:
            text = (
                f"{measure_title(measure)}已于 {measure.released_on} 解除，{answer.received_on} 收到的回执不能再说控制着。"
                "是解除的回执的，办理结果选「已办理控制」，实控金额填 0，在原因中写明；收到日期写错的，请改正。"
            )
            yield Broken((answer.id,), text, measure.case)
