"""Terms of control measures: first term, renewal, carry-over from preservation, and the state on any day.

The start day counts as day one, the end is never rolled over rest days, and of several recorded ends the earliest rules.
Sources: 民诉法解释 2015第487条/2022第485条 and 第168条; 查扣冻规定 2004第28—30条/2020第26—27条; 财产保全规定 第17、18条.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from execdesk.law.days import add_days, add_months, day_text
from execdesk.law.lookup import in_force
from execdesk.law.refusal import Refusal
from execdesk.law.values import DatedValue, Sheet, SheetStep

if TYPE_CHECKING:
    from execdesk.law.book import LawBook

TERM = "control.term."
OLD_COMMON = "control.term.immovable_or_other"  # one term for both kinds until 2015-02-03


@dataclass(frozen=True)
class ControlKind:
    """A kind of controlled property: its words and the keys its longest term may stand under."""

    title: str
    keys: tuple[str, ...]


MEASURES = {"freeze": "冻结", "seize": "查封", "impound": "扣押", "withhold": "扣留"}  # kinds of measure
KINDS = {
    "bank_deposit": ControlKind("冻结银行存款", (TERM + "bank_deposit",)),
    "movable": ControlKind("查封、扣押动产", (TERM + "movable",)),
    "immovable": ControlKind("查封不动产", (TERM + "immovable", OLD_COMMON)),
    "other_right": ControlKind("冻结其他财产权", (TERM + "other_right", OLD_COMMON)),
}


@dataclass(frozen=True)
class ControlEnd:
    """``ends_on`` is the last day on which the measure holds, until 24:00."""

    ends_on: date
    months: int
    basis: tuple[DatedValue, ...]
    sheet: Sheet


def control_end(book: LawBook, kind: str, start: date, months: int | None = None) -> ControlEnd:
    """The end of a first term that takes effect on ``start``; without ``months`` the longest the law allows that day."""
    longest = longest_term(book, kind, start)
    return _end(
        book, kind, start, longest.value, months, (longest,), "控制期限", (("起始日（计入）", day_text(start)),)
    )


def longest_term(book: LawBook, kind: str, on: date) -> DatedValue:
    """The longest term of ``kind`` in months on ``on``; Refusal ``control.kind`` or ``law.not_in_force``."""
    if kind not in KINDS:
        raise Refusal(f"「{kind}」不是控制措施的种类，可用：{'、'.join(KINDS)}。", code="control.kind")
    first, *others = KINDS[kind].keys
    for key in others:
        found = in_force(book, key, on)
        if found is not None:
            return found
    return book.value(first, on)


def renewal_end(
    book: LawBook, kind: str, old_end: date, served_on: date, months: int | None = None, *, first_months: int | None = None
) -> ControlEnd:
    """The end of a renewal that runs from the day after ``old_end``.

    It must be served on the assisting unit on or before ``old_end``; later the measure has lapsed (Refusal
    ``control.lapsed``). Its longest term is that of a first term, until 2015-02-03 half of ``first_months``, the first term
    as it was set, or of the longest, as the court reads it (法释〔2004〕15号 第29条).
    """
    if served_on > old_end:
        raise Refusal(
            f"原措施已于{day_text(old_end)}届满失效，{day_text(served_on)}送达的续行不能接续，"
            "请重新采取措施并核对顺位。", code="control.lapsed",
        )  # fmt: skip
    longest, rule = longest_term(book, kind, served_on), book.value("control.renewal.max", served_on)
    cap, halved = _renewal_cap(book, longest, rule, served_on, first_months)
    start = add_days(old_end, 1)
    inputs = (("原期限届满日", day_text(old_end)), ("续行送达日", day_text(served_on)))
    basis = (longest, rule, *halved, book.value("convention.renewal_start", served_on))
    return _end(book, kind, start, cap, months, basis, "续行期限", inputs)


def _renewal_cap(
    book: LawBook, longest: DatedValue, rule: DatedValue, on: date, first_months: int | None
) -> tuple[int, tuple[DatedValue, ...]]:
    """The longest renewal in months, and the reading behind it where there are two."""
    if not rule.value.startswith("half_of_"):
        return int(longest.value), ()
    reading = book.value("control.renewal.half_of", on)
    base = longest.value if reading.value == "最长期限" or first_months is None else min(first_months, longest.value)
    return base // 2, (reading,)


def carried_over(
    book: LawBook, kind: str, preserved_on: date, turned_on: date, months: int | None = None
) -> ControlEnd:
    """The end of a preservation that became an enforcement measure on ``turned_on``: the original term runs on."""
    rule = book.value("control.preservation_to_execution", turned_on)
    end = control_end(book, kind, preserved_on, months)
    step = SheetStep(
        "保全转执行", f"{day_text(turned_on)}自动转为执行措施，期限连续计算", day_text(end.ends_on), rule.source
    )
    inputs = (*end.sheet.inputs, ("转为执行措施之日", day_text(turned_on)))
    if turned_on > end.ends_on:
        raise Refusal(
            f"保全措施已于{day_text(end.ends_on)}届满失效，不能转为执行措施，请重新采取措施。", code="control.lapsed"
        )
    sheet = Sheet("保全转执行的控制期限", inputs, (*end.sheet.steps, step), end.sheet.result, (*end.basis, rule))
    return ControlEnd(end.ends_on, end.months, sheet.basis, sheet)


@dataclass(frozen=True)
class ControlFacts:
    """What is recorded of a measure; ``ends`` are all recorded ends: computed, printed, in the receipt."""

    effective_on: date | None
    waiting_since: date | None = None
    ends: tuple[date, ...] = ()
    released_on: date | None = None
    disposed_on: date | None = None


class OnDay:
    """Where a measure stands on a day."""

    WAITING, PENDING, LIVE, DUE = "waiting", "pending", "live", "due"
    LAPSED, RELEASED, DISPOSED = "lapsed", "released", "disposed"


IN_EFFECT = (OnDay.LIVE, OnDay.DUE)
_WORDS = {
    OnDay.WAITING: "轮候", OnDay.PENDING: "未生效", OnDay.LIVE: "有效", OnDay.DUE: "有效", OnDay.LAPSED: "已失效", OnDay.RELEASED: "已解除",
    OnDay.DISPOSED: "已处分",
}


@dataclass(frozen=True)
class ControlState:
    """``state`` is one of :class:`OnDay`; ``days_left`` 0 on the last day itself.

    What became of a measure by another act, whatever the day: renewed, transferred, or late for a renewal served after the old end.
    """

    state: str
    ends_on: date | None
    days_left: int | None
    by_act: str = ""

    @property
    def words(self) -> str:
        """The state as a list shows it; ``by_act`` is what it is called that another act brought about."""
        if self.by_act:
            return self.by_act
        if self.in_effect and self.days_left is not None:
            return "今日届满" if self.days_left == 0 else f"剩余{self.days_left}天"
        return _WORDS[self.state]

    @property
    def in_effect(self) -> bool:
        """Whether the measure holds the thing on that day."""
        return self.state in IN_EFFECT


def state_on(facts: ControlFacts, day: date, within: int) -> ControlState:
    """The state on ``day``; due where the end is at most ``within`` days away. Whatever ended it first counts."""
    ends_on = min(facts.ends, default=None)
    lapsed_on = add_days(ends_on, 1) if ends_on else None
    endings = ((facts.released_on, OnDay.RELEASED), (facts.disposed_on, OnDay.DISPOSED), (lapsed_on, OnDay.LAPSED))
    past = sorted((on, state) for on, state in endings if on is not None and on <= day)
    if past:
        return ControlState(past[0][1], ends_on, None)
    if facts.effective_on is None or facts.effective_on > day:
        waits = facts.waiting_since is not None and facts.waiting_since <= day
        return ControlState(OnDay.WAITING if waits else OnDay.PENDING, ends_on, None)
    if ends_on is None:
        return ControlState(OnDay.LIVE, None, None)
    left = (ends_on - day).days
    return ControlState(OnDay.DUE if left <= within else OnDay.LIVE, ends_on, left)


def waiting_end(
    book: LawBook, kind: str, waiting_since: date, effective_on: date, months: int | None = None
) -> ControlEnd:
    """The end of a waiting measure from the day it takes effect; registries may count from ``waiting_since`` (shown)."""
    rules = (
        book.value("control.waiting.auto_effective", effective_on),
        book.value("control.waiting.term_start", effective_on),
    )
    end = control_end(book, kind, effective_on, months)
    early = add_days(add_months(waiting_since, end.months), -1)
    steps = (*end.sheet.steps, SheetStep("登记机构可能自轮候登记之日计算", "按较早者提醒", day_text(early), rules[1].source))
    inputs = (("轮候登记日", day_text(waiting_since)), ("生效日", day_text(effective_on)))
    sheet = Sheet("轮候查封的期限", inputs, steps, f"末日 {day_text(end.ends_on)}，提醒按 {day_text(min(early, end.ends_on))}",
                  (*end.basis, *rules))  # fmt: skip
    return ControlEnd(end.ends_on, end.months, sheet.basis, sheet)


def _end(
    book: LawBook, kind: str, start: date, cap: int, months: int | None, basis: tuple[DatedValue, ...], title: str,
    inputs: tuple[tuple[str, str], ...],
) -> ControlEnd:  # fmt: skip
    chosen = cap if months is None else months
    if not 1 <= chosen <= cap:
        raise Refusal(
            f"{KINDS[kind].title}的期限应为1至{cap}个月，不能定为{chosen}个月（{basis[0].source}）。",
            code="control.term",
        )
    after = add_months(start, chosen)
    ends_on = add_days(after, -1)
    steps = (
        SheetStep("期满", f"{day_text(start)}起{chosen}个月（上限{cap}个月）", day_text(after), basis[0].source),
        SheetStep("末日", "前一日，二十四时届满，不因休息日顺延", day_text(ends_on)),
    )
    full = (
        *basis,
        book.value("convention.control_end", start),
        *filter(None, [in_force(book, "control.expiry.no_holiday_roll", start)]),
    )
    sheet = Sheet(
        title,
        (("种类", KINDS[kind].title), *inputs, ("期限", f"{chosen}个月")),
        steps,
        f"末日 {day_text(ends_on)}",
        full,
    )
    return ControlEnd(ends_on, chosen, full, sheet)
