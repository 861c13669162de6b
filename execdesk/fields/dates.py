"""Days as ledgers write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from execdesk.fields.cells import Answer, Cell, CellDecision, Note, Option, Refused, Value, compact
from execdesk.law.refusal import Refusal
from execdesk.law.words import parse_date_words

FIRST, LAST = date(1980, 1, 1), date(2079, 12, 31)  # days a ledger may speak of; serial numbers outside are no days
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)  # serial 0 of the two calendars of spreadsheets
_FULL = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号.]?(?:[T上下]?午?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?")
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d{1,2})([-./年])(\d{1,2})[-./月](\d{1,2})[日号.]?")
_LAST_YEAR = re.compile(r"(\d{1,2})([-./])(\d{1,2})[-./](\d{4})")
_NO_YEAR = re.compile(r"(\d{1,2})月(\d{1,2})[日号]?")
_WEEKDAY = re.compile(r"\(?(?:星期|周)[一二三四五六日天]\)?$")
_DASHES = str.maketrans("–—－", "---")
_NO_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})月?")


@dataclass(frozen=True)
class Window:
    """The days a column can plausibly hold, and other days of the row or its neighbours as witnesses."""

    earliest: date = FIRST
    latest: date = LAST
    year: int | None = None
    witnesses: tuple[tuple[str, date], ...] = ()

    def holds(self, day: date) -> bool:
        """Whether ``day`` lies within the plausible span."""
        return self.earliest <= day <= self.latest


def read_date(cell: Cell, window: Window | None = None, *, date1904: bool = False) -> Answer[date]:
    """The day in ``cell``. Two readings and a missing part are questions; a day that does not exist is refused."""
    window = window or Window()
    value = cell.value
    if isinstance(value, datetime):
        return _in_range(value.date(), cell.text, (Note("date.time", f"「{cell.text}」只取日期。"),))
    if isinstance(value, date):
        return _in_range(value, cell.text)
    if isinstance(value, bool) or value is None:
        return _unreadable(cell.text)
    if isinstance(value, int | float):
        return _number(value, cell.text, date1904)
    return read_date_text(value, window, date1904=date1904)


def read_date_text(raw: str, window: Window | None = None, *, date1904: bool = False) -> Answer[date]:
    """The day written in ``raw``: 2017.8.1, 2017年8月1日, 20170801, 42783, 二〇一七年八月一日, 17.8.1, 3/5/17 …"""
    window = window or Window()
    text = _WEEKDAY.sub("", compact(raw)).translate(_DASHES)
    if found := _FULL.fullmatch(text) or _EIGHT.fullmatch(text):
        return _exact(int(found[1]), int(found[2]), int(found[3]), raw)
    if re.fullmatch(r"\d{5}(?:\.0+)?", text):
        return _number(float(text), raw, date1904)
    if found := _SHORT.fullmatch(text):
        return _two_digit_year(found, raw, window)
    if found := _LAST_YEAR.fullmatch(text):
        return _choose(_year_last(int(found[1]), int(found[3]), int(found[4])), raw, window)
    if found := _NO_YEAR.fullmatch(text):
        return _without_year(int(found[1]), int(found[2]), raw, window)
    if found := _NO_DAY.fullmatch(text):
        return CellDecision("date.no_day", f"「{raw}」只有年月，缺日，请填写完整日期。", ())
    try:
        return _in_range(parse_date_words(text), raw)
    except Refusal:
        return _unreadable(raw)


def _exact(year: int, month: int, day: int, raw: str) -> Answer[date]:
    found = _make(year, month, day)
    if found is None:
        return Refused("date.not_exist", f"「{raw}」这一天不存在，请核对后改正。")
    return _in_range(found, raw)


def _number(value: float, raw: str, date1904: bool) -> Answer[date]:
    """A serial number of days, or eight digits kept as a number."""
    whole = int(value)
    if 10_000_000 <= whole <= 99_999_999 and whole == value:
        return _exact(whole // 10_000, whole // 100 % 100, whole % 100, raw)
    if not 0 < whole < 100_000:
        return _unreadable(raw)
    day = (_EPOCH_1904 if date1904 else _EPOCH) + timedelta(days=whole)
    return _in_range(day, raw)


def _in_range(day: date, raw: str, notes: tuple[Note, ...] = ()) -> Answer[date]:
    if not FIRST <= day <= LAST:
        return Refused("date.out_of_range", f"「{raw}」读作 {day}，不在 {FIRST.year} 至 {LAST.year} 年之间，请核对。")
    return Value(day, notes)


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _two_digit_year(found: re.Match[str], raw: str, window: Window) -> Answer[date]:
    """17.8.1 is year first, as Chinese is written; 3/5/17 may come from a spreadsheet in another language."""
    first, sign, second, third = int(found[1]), found[2], int(found[3]), int(found[4])
    if sign in ".年":
        day = _make(2000 + first, second, third)
        if day is None:
            return Refused("date.not_exist", f"「{raw}」这一天不存在，请核对后改正。")
        return Value(day, (Note("date.two_digit_year", f"「{raw}」的年份只有两位，读作 {day}。"),))
    readings = _year_last(first, second, 2000 + third)
    if (day := _make(2000 + first, second, third)) is not None:
        readings = [*readings, ("年/月/日", day)]
    return _choose(readings, raw, window)


def _year_last(first: int, second: int, year: int) -> list[tuple[str, date]]:
    pairs = (("月/日/年", _make(year, first, second)), ("日/月/年", _make(year, second, first)))
    return [(order, day) for order, day in pairs if day is not None]


def _choose(readings: Iterable[tuple[str, date]], raw: str, window: Window) -> Answer[date]:
    every = list(readings)
    days = {day: order for order, day in reversed(every)}
    likely = {day: order for day, order in days.items() if window.holds(day)}
    if not days:
        return Refused("date.not_exist", f"「{raw}」怎么读都不是一个存在的日期，请核对后改正。")
    if len(days) == 1:
        ((day, order),) = days.items()
        return Value(day, (Note("date.order", f"「{raw}」按{order}读作 {day}。"),))
    chosen = sorted((likely or days).items())
    options = tuple(Option(f"take:{day}", f"读作 {day}", day, _ground(day, order, window)) for day, order in chosen)
    told = "、".join(f"{day}" for day, _ in chosen)
    if len(chosen) == 1:
        return CellDecision("date.two_readings", f"「{raw}」按本表年份应读作 {told}，请确认。", options, options[0].key)
    proposal = _nearest(chosen, window)
    return CellDecision("date.two_readings", f"「{raw}」可读作 {told}，请选定。", options, proposal)


def _ground(day: date, order: str, window: Window) -> str:
    parts = [f"按{order}读"]
    for label, witness in window.witnesses:
        gap = (witness - day).days
        parts.append(f"与{label} {witness} " + ("同日" if gap == 0 else f"相差 {abs(gap)} 天"))
    return "；".join(parts)


def _nearest(days: list[tuple[date, str]], window: Window) -> str:
    """The reading that all witnesses are nearest to; none if they disagree or there are none."""
    best = {min(days, key=lambda pair: abs((witness - pair[0]).days))[0] for _, witness in window.witnesses}
    return f"take:{best.pop()}" if len(best) == 1 else ""


def _without_year(month: int, day: int, raw: str, window: Window) -> Answer[date]:
    if _make(2000, month, day) is None:
        return Refused("date.not_exist", f"「{raw}」这一天不存在，请核对后改正。")
    found = _make(window.year, month, day) if window.year else None
    if found is None:
        return CellDecision("date.no_year", f"「{raw}」没有年份，请填写完整日期。", ())
    option = Option(f"take:{found}", f"读作 {found}", found, f"本表为 {window.year} 年台账")
    return CellDecision("date.no_year", f"「{raw}」没有年份，请确认。", (option,), option.key)


def _unreadable(raw: str) -> Answer[date]:
    return Refused("date.unreadable", f"「{raw}」不是日期，请按「2017-08-01」填写。")
