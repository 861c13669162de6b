"""Document texts for the window: their versions with who worded which, as lines to edit, as pages, and what differs between any two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from execdesk.access.courttexts import shipped_texts
from execdesk.access.duty import duties
from execdesk.access.register import act_words
from execdesk.access.session import Session, everybody
from execdesk.court.glyphs import drawn, with_glyphs
from execdesk.court.texts import (
    checked_text,
    corrections_of,
    edited,
    key_in_force,
    last_key,
    lines_behind,
    naming_of,
    released_of,
    text_of_correction,
    worded,
)
from execdesk.documents.content import PageMarks
from execdesk.documents.courttexts import CourtText
from execdesk.documents.difference import LinePair, line_pairs
from execdesk.documents.facts import CaseFacts, Facts, Official, PartyFacts, StaffFacts
from execdesk.documents.specimen import specimen
from execdesk.documents.textlines import Naming, PartLine, lines_of, text_of
from execdesk.documents.texts import TextVersion
from execdesk.drafting.casefacts import court_facts
from execdesk.law.refusal import Refusal
from execdesk.law.values import Sheet, SheetStep
from execdesk.records.court import WORDING, TextCorrection, TextState
from execdesk.store.clock import COURT_TIME
from execdesk.store.store import utc

_SIDES = ("申请执行人", "被执行人", "第三人")


@dataclass(frozen=True)
class VersionRow:
    """One version of a text: its ``key``, what it is called, who worded it when by which act, what he said of it. ``correction`` is the
    row it belongs to, empty for a shipped one; ``before`` the key of the version whose words it changed."""

    key: str
    words: str
    person: str
    at: str
    act: str
    reason: str
    correction: str = ""
    before: str = ""


@dataclass(frozen=True)
class CorrectionShown:
    """A correction with how far it is, and what the person signed in may do about it."""

    id: str
    state: str
    state_words: str
    course: str
    valid_from: date
    source: str
    reason: str
    key: str
    mine: bool
    may_release: bool
    fault: str = ""


@dataclass(frozen=True)
class TextDesk:
    """The page of one type. ``now`` is the key of the version in force; ``notice`` what a person should know of it before anything else."""

    type_id: str
    title: str
    now: str
    versions: tuple[VersionRow, ...]
    corrections: tuple[CorrectionShown, ...]
    may_word: bool
    why_not: str
    slots: tuple[str, ...]
    concepts: tuple[str, ...]
    notice: str = ""

    @property
    def open(self) -> tuple[CorrectionShown, ...]:
        """Those on their way."""
        return tuple(one for one in self.corrections if one.state in (TextState.DRAFT, TextState.PROPOSED, TextState.RELEASED))


@dataclass(frozen=True)
class DifferenceRow:
    """One line in both versions, either of which may lack it; ``rule`` says what else changed with it."""

    mark: str
    pair: LinePair
    rule: str = ""

    @property
    def changed(self) -> bool:
        """Whether anything of it differs."""
        return self.pair.changed or bool(self.rule)


@dataclass(frozen=True)
class Difference:
    """Two versions side by side."""

    old: str
    new: str
    rows: tuple[DifferenceRow, ...]

    @property
    def changed(self) -> int:
        """How many lines differ."""
        return sum(row.changed for row in self.rows)

    @property
    def words(self) -> str:
        """How many, in words."""
        return f"{self.changed} 处不同" if self.changed else "逐字相同"


@dataclass(frozen=True)
class EditedShown:
    """A text while it is edited: its pages, what differs from the version in force, or why it cannot be read (``fault``)."""

    pdf: bytes
    difference: Difference | None
    fault: str = ""


def text_desk(session: Session, type_id: str) -> TextDesk:
    """Everything the page of a type shows beside lines and pages."""
    day, may = session.day, duties(session)
    naming, title = naming_of(session, type_id, day), session.catalogue.type(type_id).title
    mine = bool(may & set(WORDING)) and "adopt" not in may
    why = "" if mine else "您是采用的人，由他人起草和核对" if "adopt" in may else "由系统管理员、执行法官起草和核对"
    return TextDesk(
        type_id, title, key_in_force(session, type_id), tuple(_versions(session, type_id)), tuple(_shown(session, row, mine) for row in reversed(corrections_of(type_id))),
        mine, why, tuple(dict.fromkeys(naming.label(name) for name in naming.known)), tuple(naming.concepts.all()), _notice(session, type_id),
    )


def _notice(session: Session, type_id: str) -> str:
    """What a person should know of the text before anything else."""
    if fault := session.catalogue.faults.get(type_id):
        return f"本院的正文自 {fault[0]} 起不能用：{fault[1]}"
    row, _, _number = key_in_force(session, type_id).partition("/")
    base = next((one.base for one in corrections_of(type_id) if one.id == row), "")
    shipped = {text.id: text.version for text in shipped_texts(session).texts.get(type_id, ())}
    renewed = shipped.get(base.partition("#")[0], base) != base
    return "本院更正之后，随程序提供的正文有变，请对照差异，需要的另行更正。" if renewed else ""


def _versions(session: Session, type_id: str) -> Iterator[VersionRow]:
    """Every version, the shipped ones first, then as they were written."""
    for text in shipped_texts(session).texts.get(type_id, ()):
        yield VersionRow(text.version, f"随程序提供，{text.valid_from} 起", "", "", "", text.source)
    people = {row: person.name for row, person in everybody().people.items()}
    for row in corrections_of(type_id):
        before = row.base
        for number, (line, values) in enumerate(lines_behind(row.id), 1):
            who, at, key = people.get(line.person, ""), utc(line.at).astimezone(COURT_TIME).strftime("%Y-%m-%d %H:%M"), f"{row.id}/{number}"
            words = f"本院第 {number} 稿，{who} {at[:10]}（{row.state_words}）"
            yield VersionRow(key, words, who, at, act_words(line.act), str(values.get("reason", row.reason)), row.id, before)
            before = key


def _shown(session: Session, row: TextCorrection, may: bool) -> CorrectionShown:
    people = {key: person.name for key, person in everybody().people.items()}
    told = [f"{people.get(row.proposed_by, '')}起草"]
    told += [f"{people.get(row.released_by, '')} {row.released_on} 核对"] if row.released_by else []
    told += [f"{people.get(row.approved_by, '')} {row.approved_on} {'采用' if row.state == TextState.EFFECTIVE else '未采用'}"] if row.approved_by else []
    mine = row.proposed_by == session.me.id
    fault = ""
    try:
        text_of_correction(session, row, row.valid_from)
    except Refusal as refusal:
        fault = refusal.text
    return CorrectionShown(
        row.id, row.state, row.state_words, "，".join(told), row.valid_from, row.source, row.reason, last_key(row), mine, may and not mine, fault,
    )


# -- as lines ----------------------------------------------------------------------------------------------------------


def text_lines(session: Session, type_id: str, key: str) -> tuple[PartLine, ...]:
    """A version as lines to edit.

    Raises:
        Refusal: ``text.version`` where there is none of that key.
    """
    found = worded(session, type_id, key)
    return lines_of(found.written, _naming(session, type_id, found.day))


def text_words(session: Session, type_id: str, key: str) -> str:
    """A version as one text to edit."""
    return text_of(text_lines(session, type_id, key))


def _naming(session: Session, type_id: str, day: date) -> Naming:
    shipped = shipped_texts(session).texts[type_id]
    on = day if any(text.in_force(day) for text in shipped) else shipped[-1].valid_from
    return naming_of(session, type_id, on)


# -- differences -------------------------------------------------------------------------------------------------------


def text_difference(session: Session, type_id: str, old: str, new: str) -> Difference:
    """What differs between any two versions of a type."""
    before, after = worded(session, type_id, old), worded(session, type_id, new)
    naming = _naming(session, type_id, after.day)
    return _difference(before.words, lines_of(before.written, naming), after.words, lines_of(after.written, naming))


def _difference(before: str, old: tuple[PartLine, ...], after: str, new: tuple[PartLine, ...]) -> Difference:
    rows = []
    for pair in line_pairs([line.words for line in old], [line.words for line in new]):
        was = old[pair.old_at] if pair.old_at is not None else None
        now = new[pair.new_at] if pair.new_at is not None else None
        rule = ""
        if was is not None and now is not None and was.rest != now.rest:
            rule = f"{was.rule or '总是印'} → {now.rule or '总是印'}" if was.rule != now.rule else "排法有变"
        rows.append(DifferenceRow((now or was).mark, pair, rule))  # type: ignore[union-attr]
    return Difference(before, after, tuple(rows))


def adoption_difference(session: Session, type_id: str) -> Difference | None:
    """What the court's own text that waits for 局长 changes of the one in force; ``None`` where none waits."""
    row = released_of(type_id)
    return difference_of(session, row) if row is not None else None


def difference_of(session: Session, row: TextCorrection) -> Difference:
    """What a correction changes of the text in force."""
    type_id = row.type_id
    naming, now = _naming(session, type_id, max(row.valid_from, session.day)), worded(session, type_id, key_in_force(session, type_id))
    return _difference(now.words, lines_of(now.written, naming), f"本院更正，{row.valid_from} 起", lines_of(row.body, naming))


def sheet_of(title: str, found: Difference) -> Sheet:
    """A difference as a sheet to print: each changed line before and after."""
    steps = []
    for row in found.rows:
        if row.changed:
            words = f"原：{row.pair.old if row.pair.old is not None else '（无）'}\n改：{row.pair.new if row.pair.new is not None else '（删去）'}"
            steps.append(SheetStep(f"【{row.mark}】", words + (f"\n{row.rule}" if row.rule else ""), "", ""))
    return Sheet(f"正文对照：{title}", (("原文本", found.old), ("新文本", found.new)), tuple(steps), found.words)


# -- pages -------------------------------------------------------------------------------------------------------------


def pages_of_text(session: Session, text: TextVersion, on: date) -> bytes:
    """How a text reads on paper: every piece, each place that a case fills by its label; a draft without number, signature and seal."""
    judge, president = (Official("（姓名）", "", post, judge=True) for post in ("审判员", "院长"))
    parties = tuple(PartyFacts(role, "natural", "（姓名）") for role in _SIDES)
    facts = Facts(court_facts(session), CaseFacts("（案号）", "（案由）"), parties, StaffFacts(judge, president=president, clerk="（姓名）"))
    content = specimen(session.catalogue.type(text.type_id), text, facts, session.law, max(on, text.valid_from))
    return drawn(session, with_glyphs(session, content), PageMarks(draft=True, sample=session.demo)).pdf


def text_pages(session: Session, type_id: str, key: str) -> bytes:
    """The pages of a version.

    Raises:
        Refusal: ``text.version``; ``text.wrong`` where it does not fit the program any more.
    """
    for text in shipped_texts(session).texts.get(type_id, ()):
        if text.version == key:
            return pages_of_text(session, text, text.valid_from)
    found = worded(session, type_id, key)
    return pages_of_text(session, checked_text(session, CourtText(type_id, found.day, "本院", "", found.written)), found.day)


def text_edited(session: Session, type_id: str, key: str, words: str, valid_from: date | None, against: str = "") -> EditedShown:
    """A text as it is typed, begun from a version, beside another (``against``, else the one in force); nothing is written."""
    day = valid_from or session.day
    try:
        made, text = edited(session, type_id, worded(session, type_id, key).written, words, day, "本院", "更正")
        naming, now = _naming(session, type_id, day), worded(session, type_id, against or key_in_force(session, type_id))
        found = _difference(now.words, lines_of(now.written, naming), "正在更正的正文", lines_of(made.written, naming))
        return EditedShown(pages_of_text(session, text, day), found)
    except Refusal as refusal:
        return EditedShown(b"", None, refusal.text)
