"""The nodes of a case by name: every ``deadline.*`` figure of the book, what starts it and whose term it is.

A party's term rolls over rest days. A term of the court does not (convention): the desk warns on the last workday
before it. The figure itself always comes from the book, in the version of the starting day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from execdesk.law.closing import closing_nodes
from execdesk.law.days import Span, add_days, add_months, day_text
from execdesk.law.nodetable import NODES, Node
from execdesk.law.periods import (
    NOT_PUBLISHED,
    UNITS,
    PeriodEnd,
    Workdays,
    counting_basis,
    excluded_inputs,
    last_workday,
    period_end,
)
from execdesk.law.refusal import Refusal
from execdesk.law.values import DatedValue, Sheet, SheetStep

if TYPE_CHECKING:
    from execdesk.law.book import LawBook

PREFIX = "deadline."
PUBLICATION = "public_notice_service"


@dataclass(frozen=True)
class Due:
    """When a node is due: ``due`` itself is not overdue; ``warn_on`` is the last workday on or before it."""

    node: str
    title: str
    nominal: date
    due: date
    warn_on: date
    rolled: bool
    note: str
    basis: tuple[DatedValue, ...]
    sheet: Sheet


def nodes(book: LawBook) -> tuple[Node, ...]:
    """All nodes of the book in its order; a new figure appears here under its own key until it is given a title."""
    return tuple(_node(book, key.removeprefix(PREFIX)) for key in book.values if key.startswith(PREFIX) or key in NODES)


def _node(book: LawBook, name: str) -> Node:
    return NODES.get(name) or Node(name, book.history(_key(book, name))[0].name or name, "起算事由发生之日")


def due(
    book: LawBook,
    node: str,
    start: date,
    calendar: Workdays,
    *,
    excluded: Sequence[Span] = (),
    length: int | None = None,
) -> Due:
    """The due day of ``node`` counted from ``start`` (not counted itself).

    ``length`` is wanted where the law leaves the figure to the court's own paper. Refusal ``node.unknown``,
    ``node.not_a_term`` for rules without a length, ``node.length`` where a length is missing, ``law.not_in_force``.
    """
    name = node.removeprefix(PREFIX)
    if PREFIX + name not in book.values and not (name in book.values and name in NODES):
        raise Refusal(f"没有名为「{node}」的期限节点，可用「law list」查看全部节点。", code="node.unknown")
    entry, figure = _node(book, name), book.value(_key(book, name), start)
    count = _length(entry, figure, length)
    if entry.way == "before":
        return _backwards(entry, figure, start, count, calendar)
    roll, from_start, readings = entry.side == "party", False, tuple[DatedValue, ...]()
    if name == PUBLICATION:
        readings = (book.value("service.publication_roll", start),)
        roll = readings[0].value == "逢休息日顺延"
    if excluded and name in closing_nodes(book):
        readings = (book.value("closing.stop_on_filing_day", start),)
        from_start = readings[0].value == "立案当日计入"
    end = period_end(start, count, figure.unit, calendar, roll=roll, excluded=excluded, from_start=from_start)
    basis = (figure, *counting_basis(book, figure.unit, end.nominal, roll=roll), *readings)
    return _due(book, entry, basis, start, end, calendar, excluded_inputs(excluded))


def requery_days(book: LawBook, closed_on: date) -> tuple[date, ...]:
    """The days by which a case closed for lack of property must be queried again, for the years the rules fix."""
    every = book.value("deadline.tnr.requery", closed_on).value
    years = book.value("deadline.tnr.requery_years", closed_on).value
    return tuple(add_months(closed_on, months) for months in range(every, years * 12 + 1, every))


def requery_sheet(book: LawBook, closed_on: date) -> tuple[tuple[date, ...], Sheet]:
    """:func:`requery_days` as a sheet, a line for each day."""
    days = requery_days(book, closed_on)
    basis = tuple(book.value(PREFIX + key, closed_on) for key in ("tnr.requery", "tnr.requery_years"))
    steps = tuple(
        SheetStep(f"第{number}次", f"每{basis[0].value}个月一次", day_text(day)) for number, day in enumerate(days, 1)
    )
    inputs = (("终结本次执行程序之日", day_text(closed_on)),)
    return days, Sheet("终本后查询日", inputs, steps, f"共{len(days)}次，至{day_text(days[-1])}", basis)


def _key(book: LawBook, name: str) -> str:
    return PREFIX + name if PREFIX + name in book.values else name


def _length(entry: Node, figure: DatedValue, length: int | None) -> int:
    if (figure.unit not in UNITS and entry.way != "before") or (
        figure.value is not None and not isinstance(figure.value, int)
    ):
        raise Refusal(f"「{entry.title}」不是可以推算的期限：{figure.source}。请按该条办理。", code="node.not_a_term")
    if figure.value is None:
        if length is None:
            raise Refusal(f"「{entry.title}」的长短由法院在文书中确定，请填写天数。", code="node.length")
        return length
    if length is not None and length != figure.value:
        raise Refusal(f"「{entry.title}」为{figure.value}{_unit(figure)}，不能另行指定。", code="node.length")
    return int(figure.value)


def _due(
    book: LawBook, entry: Node, basis: tuple[DatedValue, ...], start: date, end: PeriodEnd, calendar: Workdays,
    deducted: tuple[tuple[str, str], ...],
) -> Due:  # fmt: skip
    warn_on, published = last_workday(end.due, calendar)
    steps = list(end.steps)
    if entry.side == "court":
        if not published:
            working = NOT_PUBLISHED
        elif warn_on == end.due:
            working = "届满日是工作日"
        else:
            working = "本院期限不顺延，应在届满前的最后一个工作日办结"
        steps.append(SheetStep("提醒日", working, day_text(warn_on)))
        basis += (book.value("daycount.no_roll_for_court_internal", end.nominal),)
    note = "" if published and end.published else NOT_PUBLISHED
    after = add_days(end.due, 1)
    words = f"{day_text(after)}起" if entry.way == "after" else day_text(end.due)
    result = f"{entry.result} {words}" + (f"（{note}）" if note else "")
    sheet = Sheet(entry.title, ((entry.starts, day_text(start)), *deducted), tuple(steps), result, basis)
    return Due(entry.name, entry.title, end.nominal, end.due, warn_on, end.rolled, note, basis, sheet)


def _unit(figure: DatedValue) -> str:
    """The unit in words; days before an event are days."""
    return UNITS.get(figure.unit, UNITS["day"])


def _backwards(entry: Node, figure: DatedValue, start: date, count: int, calendar: Workdays) -> Due:
    """A day counted back: look-back dates and leads before an end."""
    day = add_months(start, -count) if figure.unit == "month" else add_days(start, -count)
    warn_on, published = last_workday(day, calendar)
    steps = (SheetStep("往前推算", f"{day_text(start)}往前{count}{_unit(figure)}", day_text(day), figure.source),)
    sheet = Sheet(entry.title, ((entry.starts, day_text(start)),), steps, f"{entry.result} {day_text(day)}", (figure,))
    return Due(entry.name, entry.title, day, day, warn_on, False, "" if published else NOT_PUBLISHED, (figure,), sheet)
