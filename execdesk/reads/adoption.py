"""采用文书 for the window: every type with a text, where it stands, what is unconfirmed in it, and the sheet to print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from execdesk.access.duty import duties
from execdesk.access.session import Session
from execdesk.court.adopting import adoption_of, pending_of, still_so, text_to_adopt, unconfirmed_of
from execdesk.court.texts import released_of, shipped_text
from execdesk.documents.adoption import Unconfirmed
from execdesk.documents.texts import DocType
from execdesk.law.book import LawBook
from execdesk.law.refusal import Refusal
from execdesk.law.values import Sheet, SheetStep
from execdesk.reads.texts import pages_of_text
from execdesk.records.court import Adoption, ProposalState
from execdesk.records.people import Person

KINDS = {"text": "正文", "parties": "当事人栏", "series": "编号", "article": "条文序号", "value": "数值"}


class TypeState:
    """Where a type stands; outdated is what was prepared and has changed since, confirmed what needs no adoption, broken a text of the
    court's own that the program does not take any more."""

    ADOPTED, PENDING, OUTDATED, OPEN, CONFIRMED, BROKEN = "adopted", "pending", "outdated", "open", "confirmed", "broken"


_T = TypeState
STATES = {_T.ADOPTED: "已采用", _T.PENDING: "待局长批准", _T.OUTDATED: "准备后有变", _T.OPEN: "待采用", _T.CONFIRMED: "全部已核实", _T.BROKEN: "本院正文不能用"}
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
    worded: bool = False  # a text of the court's own waits


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
            text_to_adopt(session, kind.id, day)
        except Refusal as refusal:
            if kind.id in session.catalogue.faults:
                rows.append(AdoptionRow(kind.id, kind.style_2016 or kind.title, "", _T.BROKEN, STATES[_T.BROKEN], refusal.text, ()))
            continue
        rows.append(_row(session, kind, day))
    return AdoptionDesk(tuple(rows), "prepare_adoption" in may, "adopt" in may, session.demo)


def adoption_sheet(session: Session, type_id: str) -> Sheet:
    """What the court adopts, as a sheet to print and sign beside: text, every unconfirmed item with its source, who decided."""
    kind = session.catalogue.type(type_id)
    row = _row(session, kind, session.day)
    inputs = (("文书", row.title), ("文本", f"{row.version} · {text_to_adopt(session, type_id, session.day).version.rpartition('#')[2]}"), ("状态", f"{row.state_words}{f'（{row.course}）' if row.course else ''}"), ("日期", session.day.isoformat()))
    steps = tuple(SheetStep(item.kind_words, item.words, "未经核实", item.source) for item in row.items)
    result = f"未经核实的内容共 {len(steps)} 项" if steps else "没有未经核实的内容"
    return Sheet(f"采用文书：{row.title}", inputs, steps, result)


def adoption_pages(session: Session, type_id: str) -> bytes:
    """How what would be adopted reads on paper: every piece, each place that a case fills by its label."""
    return pages_of_text(session, text_to_adopt(session, type_id, session.day), session.day)


def _row(session: Session, kind: DocType, day: date) -> AdoptionRow:
    text = text_to_adopt(session, kind.id, day)
    found = unconfirmed_of(session, kind.id, max(day, text.valid_from), text)
    items = tuple(_item(one, session.law) for one in found)
    worded = released_of(kind.id)
    effective, waiting = None if worded else adoption_of(session, kind.id, day), pending_of(kind.id)
    title, version = kind.style_2016 or kind.title, f"{text.valid_from} 起的文本{'（本院更正）' if text.valid_from != shipped_text(session, kind.id, day).valid_from or worded else ''}"
    if effective is not None:
        return AdoptionRow(kind.id, title, version, _T.ADOPTED, STATES[_T.ADOPTED], f"{_name(effective.approved_by)} {effective.approved_on} 批准", items)
    if not found:
        return AdoptionRow(kind.id, title, version, _T.CONFIRMED, STATES[_T.CONFIRMED], "不需要采用", items)
    if waiting is not None:
        state = _T.PENDING if still_so(session, waiting, day) else _T.OUTDATED
        course = f"{_name(worded.proposed_by)}起草，{_name(worded.released_by)}核对" if worded else f"{_name(waiting.proposed_by)}准备"
        hands = {waiting.proposed_by} | ({worded.proposed_by, worded.released_by} if worded else set())
        return AdoptionRow(kind.id, title, version, state, STATES[state], course, items, waiting.id, session.me.id in hands, worded is not None)
    return AdoptionRow(kind.id, title, version, _T.OPEN, STATES[_T.OPEN], _earlier(kind.id), items, worded=worded is not None)


def _item(one: Unconfirmed, book: LawBook) -> AdoptionItem:
    known = book.sources.get(one.source)
    source = f"《{known.title}》{known.doc_no}" if known else one.source
    return AdoptionItem(KINDS[one.kind], one.words, source, one.key if one.kind == "value" else "")


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
