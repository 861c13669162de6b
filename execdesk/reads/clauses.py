"""The clause behind a screen: a paragraph of the plan, or an article with the figures taken from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from execdesk.access.sitting import Sitting
from execdesk.law.articles import cite
from execdesk.law.plan import clause_words
from execdesk.law.refusal import Refusal
from execdesk.law.ruletexts import figure_of
from execdesk.law.sheets import validity_text
from execdesk.law.values import DatedValue


@dataclass(frozen=True)
class ClauseText:
    """A clause for reading: heading, where it stands, its paragraphs, whether confirmed, words on its use."""

    title: str
    source: str
    paragraphs: tuple[str, ...]
    confirmed: bool = True
    notes: tuple[str, ...] = ()


def clause_text(sitting: Sitting, topic: str) -> ClauseText:
    """The clause of a topic: ``clause:6.3`` or ``6.3`` for the plan, ``INT:control_term`` for an article table.

    Raises:
        Refusal: ``clause.unknown`` where neither knows the topic.
    """
    token = topic.removeprefix("clause:").removeprefix("plan.").strip()
    if not token:
        raise Refusal("这里没有对应的条文。请先选中一项再按 F1。", code="clause.unknown")
    if token[0].isdigit():
        return _of_plan(sitting, token)
    words = cite(sitting.law, [token], sitting.day)
    found = [value for key in sitting.law.values for value in sitting.law.history(key) if token in value.articles and _covers(value, sitting.day)]
    figures = tuple(f"{value.name or value.key}：{figure_of(value)}（{validity_text(value)}）" for value in found)
    notes = tuple(value.note for value in found if value.note)
    source = f"按 {sitting.day} 有效的文本"
    return ClauseText(words, source, figures or ("本条没有数值参数，请查阅原文。",), all(v.confirmed for v in found), notes)


def _of_plan(sitting: Sitting, number: str) -> ClauseText:
    table, head = sitting.authority, sitting.authority.data.plan
    text = table.plan.clause(number)
    if not text:
        raise Refusal(f"方案没有「{number}」这一条。", code="clause.unknown")
    names = [row.name for row in table.choosable() if row.plan_article == number]
    notes = (f"按本款审批的事项：{'、'.join(names)}",) if names else ()
    return ClauseText(f"{head.doc_no}{clause_words(number)}", f"《{head.title}》· {head.effective} 起施行", (text,), True, notes)


def _covers(value: DatedValue, on: date) -> bool:
    return (value.valid_from or date.min) <= on <= (value.valid_to or date.max)
