"""The clause behind a screen: a paragraph of the plan, an article with the figures taken from it, or a figure with its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from execdesk.access.session import Session
from execdesk.law.articles import cite
from execdesk.law.articletables import ArticlePlace, UnknownToken, parse_token, table_of
from execdesk.law.book import LawBook
from execdesk.law.datafile import read_plain
from execdesk.law.numerals import article_in_words
from execdesk.law.plan import clause_words
from execdesk.law.refusal import Refusal
from execdesk.law.ruletexts import figure_of
from execdesk.law.sheets import UNCONFIRMED, validity_text
from execdesk.law.values import DatedValue

SCREEN, VALUE = "screen:", "value:"
ANYWHERE = "window"


@dataclass(frozen=True)
class ClauseText:
    """A clause for reading: heading, where it stands, its paragraphs, whether confirmed, words on its use."""

    title: str
    source: str
    paragraphs: tuple[str, ...]
    confirmed: bool = True
    notes: tuple[str, ...] = ()


def clause_text(session: Session, topic: str) -> ClauseText:
    """The clause of a topic: ``clause:6.3`` or ``6.3`` for the plan, ``INT:control_term`` for an article table or a
    document, ``value:KEY`` for a figure, ``screen:ID`` (or nothing) for what the list of screens names.

    Raises:
        Refusal: ``clause.unknown``, ``law.unknown`` where nothing knows the topic.
    """
    token = topic.strip()
    if not token or token.startswith(SCREEN):
        token = screen_topic(session.resources, token.removeprefix(SCREEN))
    if token.startswith(VALUE):
        return _of_value(session, token.removeprefix(VALUE))
    token = token.removeprefix("clause:").removeprefix("plan.")
    return _of_plan(session, token) if token[:1].isdigit() else _of_article(session, token)


def screen_topic(resources: Path, screen: str) -> str:
    """The topic of a screen by its id, else of what it belongs to (``form.measure.reply``, ``form.measure``, ``form``)."""
    known = screens(resources)
    while screen and screen not in known:
        screen = screen.rpartition(".")[0]
    return known[screen or ANYWHERE]


@lru_cache(maxsize=2)
def screens(resources: Path) -> dict[str, str]:
    """Every screen that has a clause of its own."""
    return read_plain(resources / "screens" / "clauses.toml", lambda data: dict(data["clauses"]))


def _of_article(session: Session, token: str) -> ClauseText:
    """An article as it stands today; on a day that has it not, what the other versions say."""
    law, day = session.law, session.day
    try:
        places = parse_token(token, law.tables, law.sources)
    except UnknownToken as error:
        raise Refusal(f"{error}。请在「法规参数」中查找条文。", code="law.unknown") from error
    try:
        title, source = cite(law, [token], day), f"按 {day} 有效的文本"
    except Refusal as refusal:
        title, source = _name(law, places[0].head), refusal.text
    subject = [table.topics[place.topic].name for place in places if (table := table_of(law.tables, place.head)) is not None]
    every = [value for key in law.values for value in law.history(key) if _rests_on(law, value, places)]
    found = [value for value in every if _covers(value, day)] or every
    figures = [f"{value.name or value.key}：{figure_of(value)}（{validity_text(value)}）{_mark(value)}" for value in found]
    notes = [*(value.note for value in found if value.note), *_versions(law, token)]
    return ClauseText(title, source, (*subject, *figures) or ("本条没有数值参数，请查阅原文。",), all(v.confirmed for v in found), tuple(notes))


def _rests_on(law: LawBook, value: DatedValue, places: tuple[ArticlePlace, ...]) -> bool:
    """Whether a figure comes from one of these articles, of whichever paragraph."""
    for token in value.articles:
        for own in parse_token(token, law.tables, law.sources):
            if any(own.head == place.head and own.topic == place.topic and own.first == place.first for place in places):
                return True
    return False


def _name(law: LawBook, head: str) -> str:
    table = table_of(law.tables, head)
    return f"《{table.name}》" if table is not None else law.sources[head].cited_title


def _versions(law: LawBook, token: str) -> list[str]:
    """Which number the article bears in each version of its statute; when a document of one version is in force."""
    found = []
    for place in parse_token(token, law.tables, law.sources):
        table = table_of(law.tables, place.head)
        if table is None:
            source = law.sources[place.head]
            found.append(f"{source.doc_no}，{source.span}施行")
            continue
        topic = table.topics[place.topic]
        numbers = [
            f"{source.span}{article_in_words(number) if (number := topic.articles.get(name)) else '没有这一条'}{'' if topic.confirmed.get(name, True) else f'（{UNCONFIRMED}）'}"
            for name, source in table.versions.items()
        ]
        found.append(f"条号：{'；'.join(numbers)}")
    return list(dict.fromkeys(found))


def _of_value(session: Session, key: str) -> ClauseText:
    """A figure with its source: for rules that rest on no article of a table."""
    history = session.law.history(key)
    now = next((value for value in history if _covers(value, session.day)), history[-1])
    lines = [f"{figure_of(value)}（{validity_text(value)}；{value.source}）{_mark(value)}" for value in (now, *(v for v in reversed(history) if v is not now))]
    return ClauseText(now.name or now.key, now.source, tuple(lines), now.confirmed, (now.note,) if now.note else ())


def _of_plan(session: Session, number: str) -> ClauseText:
    table, head = session.authority, session.authority.data.plan
    text = table.plan.clause(number)
    if not text:
        raise Refusal(f"方案没有「{number}」这一条。", code="clause.unknown")
    names = [row.name for row in table.choosable() if row.plan_article == number]
    notes = (f"按本款审批的事项：{'、'.join(names)}",) if names else ()
    return ClauseText(f"{head.doc_no}{clause_words(number)}", f"《{head.title}》· {head.effective} 起施行", (text,), True, notes)


def _mark(value: DatedValue) -> str:
    return f"（{value.corrected_by}）" if value.corrected_by else "" if value.confirmed else f"（{UNCONFIRMED}）"


def _covers(value: DatedValue, on: date) -> bool:
    return (value.valid_from or date.min) <= on <= (value.valid_to or date.max)
