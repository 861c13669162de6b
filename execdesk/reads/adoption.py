"""采用文书 for the window: every type with a text, where it stands, what is unconfirmed in it, and the sheet to print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from execdesk.access.duty import duties
from execdesk.access.session import Session
from execdesk.court.adopting import adoption_of, pending_of, unconfirmed_of, version_of
from execdesk.documents.adoption import Unconfirmed
from execdesk.documents.assemble import assemble, preview
from execdesk.documents.content import PageMarks
from execdesk.documents.facts import CaseFacts, Facts, Official, PartyFacts, StaffFacts
from execdesk.documents.texts import DocType
from execdesk.drafting.casefacts import court_facts
from execdesk.law.book import LawBook
from execdesk.law.refusal import Refusal
from execdesk.law.values import Sheet, SheetStep
from execdesk.records.court import Adoption, ProposalState
from execdesk.records.people import Person

_SIDES = ("申请执行人", "被执行人")
KINDS = {"text": "正文", "parties": "当事人栏", "series": "编号", "article": "条文序号", "value": "数值"}


class TypeState:
    """Where a type stands; outdated is what was prepared and has changed since, confirmed what needs no adoption."""

    ADOPTED, PENDING, OUTDATED, OPEN, CONFIRMED = "adopted", "pending", "outdated", "open", "confirmed"


_T = TypeState
STATES = {_T.ADOPTED: "已采用", _T.PENDING: "待局长批准", _T.OUTDATED: "准备后有变", _T.OPEN: "待采用", _T.CONFIRMED: "全部已核实"}
TO_PREPARE = (_T.OPEN, _T.OUTDATED)


@dataclass(frozen=True)
class AdoptionItem:
    """One thing nobody has checked; ``law_key`` where it is a figure that can be corrected."""

    kind_words: str
    words: str
    source: str
    law_key: str = ""


@dataclass(frozen=True)
class AdoptionRow:
    """A type and where it stands, one of :class:`TypeState`."""

    type_id: str
    title: str
    version: str
    state: str
    state_words: str
    course: str
    items: tuple[AdoptionItem, ...]
    adoption: str = ""
    mine: bool = False


@dataclass(frozen=True)
class AdoptionDesk:
    """The page. ``demo``: a demonstration store counts as adopted, so nothing waits for it."""

    rows: tuple[AdoptionRow, ...]
    may_prepare: bool
    may_approve: bool
    demo: bool


def adoption_desk(session: Session) -> AdoptionDesk:
    """Types that have a text on this day, in the order of the catalogue."""
    day, may, rows = session.day, duties(session), []
    for kind in session.catalogue.types:
        try:
            session.catalogue.text(kind.id, day)
        except Refusal:
            continue
        rows.append(_row(session, kind, day))
    return AdoptionDesk(tuple(rows), "prepare_adoption" in may, "adopt" in may, session.demo)


def adoption_sheet(session: Session, type_id: str) -> Sheet:
    """What the court adopts, as a sheet to print and sign beside: text, every unconfirmed item with its source, who decided."""
    kind = session.catalogue.type(type_id)
    row = _row(session, kind, session.day)
    inputs = (("文书", row.title), ("文本", f"{row.version} · {version_of(session.catalogue.text(type_id, session.day)).rpartition('#')[2]}"), ("状态", f"{row.state_words}{f'（{row.course}）' if row.course else ''}"), ("日期", session.day.isoformat()))
    steps = tuple(SheetStep(item.kind_words, item.words, "未经核实", item.source) for item in row.items)
    result = f"未经核实的内容共 {len(steps)} 项" if steps else "没有未经核实的内容"
    return Sheet(f"采用文书：{row.title}", inputs, steps, result)


def adoption_pages(session: Session, type_id: str) -> bytes:
    """How a type reads on paper, every place open that a case fills; a draft without number, signature and seal."""
    kind, text, day = session.catalogue.type(type_id), session.catalogue.text(type_id, session.day), session.day
    judge, president = (Official("", "", post, judge=True) for post in ("审判员", "院长"))
    facts = Facts(court_facts(session), CaseFacts("", ""), tuple(PartyFacts(role, "natural", "") for role in _SIDES), StaffFacts(judge, president=president))
    content = preview(assemble(kind, text, facts, session.law, day), day).content
    return session.pdf.render(content, PageMarks(draft=True)).pdf


def _row(session: Session, kind: DocType, day: date) -> AdoptionRow:
    text = session.catalogue.text(kind.id, day)
    found = unconfirmed_of(session, kind.id, day)
    items = tuple(_item(one, session.law) for one in found)
    effective, waiting = adoption_of(session, kind.id, day), pending_of(kind.id)
    title, version = kind.style_2016 or kind.title, f"{text.valid_from} 起的文本"
    if effective is not None:
        return AdoptionRow(kind.id, title, version, _T.ADOPTED, STATES[_T.ADOPTED], f"{_name(effective.approved_by)} {effective.approved_on} 批准", items)
    if not items:
        return AdoptionRow(kind.id, title, version, _T.CONFIRMED, STATES[_T.CONFIRMED], "不需要采用", items)
    if waiting is not None:
        now = (version_of(text), [_plain(one) for one in found])
        state = _T.PENDING if (waiting.text_version, waiting.unconfirmed) == now else _T.OUTDATED
        course = f"{_name(waiting.proposed_by)}准备"
        return AdoptionRow(kind.id, title, version, state, STATES[state], course, items, waiting.id, waiting.proposed_by == session.me.id)
    return AdoptionRow(kind.id, title, version, _T.OPEN, STATES[_T.OPEN], _earlier(kind.id), items)


def _item(one: Unconfirmed, book: LawBook) -> AdoptionItem:
    known = book.sources.get(one.source)
    source = f"《{known.title}》{known.doc_no}" if known else one.source
    return AdoptionItem(KINDS[one.kind], one.words, source, one.key if one.kind == "value" else "")


def _plain(one: Unconfirmed) -> dict[str, str]:
    return {"kind": one.kind, "key": one.key, "words": one.words, "source": one.source}


def _earlier(type_id: str) -> str:
    """What became of the last adoption: no longer covering, or refused."""
    query = Adoption.select().where(Adoption.type_id == type_id, Adoption.state != ProposalState.PROPOSED, Adoption.struck.is_null())
    last = query.order_by(Adoption.id.desc()).first()
    if last is None:
        return ""
    return f"{last.approved_on} 采用过，此后文本或数据有变" if last.state == ProposalState.EFFECTIVE else f"{last.approved_on} 未批准"


def _name(person: str | None) -> str:
    found = Person.get_or_none(Person.id == person) if person else None
    return found.name if found else ""
