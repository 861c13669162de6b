"""The lawful way out where somebody wrote at this desk what he had not the authority for: what his lines did to the rows is taken back, here as
on every other desk, and the incidents about them are settled in the same act. The lines stay in the journal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from execdesk.access.desk_keys import trust_of
from execdesk.access.duty import require_may
from execdesk.access.providers import Words, consent
from execdesk.access.register import act_words
from execdesk.access.session import Session
from execdesk.integrity.incidents import HARMLESS, TAMPER, WITHOUT_EFFECT
from execdesk.integrity.inwords import change_words, paper_words
from execdesk.law.refusal import Refusal
from execdesk.records.incidents import Incident, IncidentState
from execdesk.records.journal import Line
from execdesk.records.people import Person
from execdesk.store.act import Act
from execdesk.store.line import Entry
from execdesk.store.primed import places_in_breach, prime
from execdesk.store.signatures import LineVerifier
from execdesk.store.striking import Rejudged, strike_out

MAY = ("countersign", "ratify")
_ABOUT = (TAMPER, HARMLESS, WITHOUT_EFFECT)
_NAMED = 20  # lines that the act's own line names; those that follow from them are found by judging


class _Looked(Exception):
    """Enough is seen: nothing is kept."""


def taken_back(session: Session, act: Act, incident: str) -> Rejudged:
    """Take back, inside an open act, what the lines that open incidents name did by no right, and what was built on them; settle those incidents.

    Raises:
        Refusal: ``access.duty``; ``incident.state``; ``breach.none`` where the line it names has its effect by right, ``journal.incident`` where a
            line after it is not what it says.
    """
    outcome = _strike(session, _first(session, incident))
    session.memory.pop("line_judge", None)  # it has learnt lines that have no effect
    named = "、".join(entry.ref for entry, _ in outcome.lost[:_NAMED]) + ("等" if len(outcome.lost) > _NAMED else "")
    for row in _about({entry.ref for entry, _ in outcome.lost}):
        act.change(row, state=IncidentState.SETTLED, settled_by=session.me.id, settled_note=f"{act.reason.rstrip('。')}。越权写下的内容已撤去。")
    act.reason = f"{act.reason}（撤去 {named}）"
    return outcome


@consent("breach.undo")
def undoing_words(session: Session, values: Mapping[str, Any]) -> Words:
    """What would become of lines, rows and papers; nothing is kept."""
    first, outcome = _first(session, str(values["incident"])), None
    with suppress(_Looked), session.store.transaction():
        outcome = _strike(session, first)
        raise _Looked
    assert outcome is not None
    return (
        *(("不生效的留痕", f"{_line_words(entry)}：{why}") for entry, why in outcome.lost), *(("恢复生效的留痕", _line_words(entry)) for entry in outcome.regained),
        *(("会改动", words) for words in map(change_words, outcome.rows)), *(("已签发的文书", words) for words in filter(None, map(paper_words, outcome.rows))),
        ("以后", "越权的留痕原样保留；应当办的，由有权的人重新办理"),
    )


def may_be_undone(session: Session) -> frozenset[str]:
    """The open incidents (row ids) that are about a line whose rows stand here."""
    void = places_in_breach()
    return frozenset(row.id for row in _open_about() if (place := _place(row)) and place not in void) if session.store.closed_reason is None else frozenset()


def _first(session: Session, incident: str) -> int:
    """The place of the first line that an open incident names, from which on all are judged anew."""
    require_may(session, MAY, "撤去越权写入的内容")
    row = Incident.get_or_none(Incident.id == incident)
    if row is None or row.state != IncidentState.OPEN:
        raise Refusal("该事件已经办结，或者找不到。请刷新。", code="incident.state")
    if row.id not in may_be_undone(session):
        raise _nothing()
    return min(_place(Incident.get_by_id(one)) for one in may_be_undone(session))


def _nothing() -> Refusal:
    return Refusal("该事件说的不是越权写入的留痕，没有可撤去的内容。查明后请「办结」。", code="breach.none")


def _strike(session: Session, first: int) -> Rejudged:
    def judge_from(place: int) -> LineVerifier:
        return prime(session.store.base, trust_of(session.store).judge(session.organisation.posts, session.authority), place - 1)

    outcome = strike_out(session.store, first, judge_from)
    if not outcome.lost and not outcome.regained:
        raise _nothing()
    return outcome


def _open_about() -> Iterator[Incident]:
    yield from Incident.select().where(Incident.kind.in_(_ABOUT), Incident.state == IncidentState.OPEN, Incident.struck.is_null()).order_by(Incident.id)


def _about(lines: set[str]) -> list[Incident]:
    return [row for row in _open_about() if row.place in lines]


def _place(incident: Incident) -> int:
    """The place of the line that an incident names; 0 where it names none."""
    chain, _, number = str(incident.place).rpartition(":")
    site, _, incarnation = chain.rpartition(".")
    if not (site.isalpha() and incarnation.isdigit() and number.isdigit()):
        return 0
    return int(Line.select(Line.taken).where(Line.site == site, Line.incarnation == int(incarnation), Line.number == int(number)).scalar() or 0)


def _line_words(entry: Entry) -> str:
    person = Person.get_or_none(Person.id == entry.data["person"])
    return f"{entry.ref}「{act_words(entry.data['act'])}」，{person.name if person else '本机'}写下"
