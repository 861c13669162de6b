"""Days as ledgers write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

from execdesk.fields.cells import Answer, Cell, CellDecision, Note, Option, Refused, Value, compact, tidy
from execdesk.law.refusal import Refusal
from execdesk.law.words import parse_date_words, parse_number_words

FIRST, LAST = date(1980, 1, 1), date(2079, 12, 31)  # days a ledger may speak of; serial numbers outside are no days
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)  # serial 0 of the two calendars of spreadsheets
_FULL = re.compile(
    r"(\d{4})[-./年、,](\d{1,2})[-./月、,](\d{1,2})[日号.]?"
    r"(?:[T上下]?午?(?P<time>\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(?P<time>(?:[01]\d|2[0-3])[0-5]\d[0-5]\d))?")
_SPACED = re.compile(r"(\d{4}) (\d{1,2}) (\d{1,2})")
_BEHIND = re.compile(r"(\d{4}[-./年]\d{1,2}[-./月]\d{1,2}[日号]?)([\u4e00-\u9fff()]{1,12})")  # words behind a day
_PLAIN_WORDS = re.compile(r"(?:生效|立案|收案|结案|分案|起|上午|下午|早上|晚上|晚)")  # these change nothing about which day it is
_NUMERALS = "0-9〇零○OＯo一二三四五六七八九"
_MIXED = re.compile(rf"([{_NUMERALS}]{{4}})年([0-9一二三四五六七八九十]{{1,2}})月([0-9一二三四五六七八九十廿卅]{{1,3}})[日号]?")
_DIGITS = str.maketrans("〇零○OＯo一二三四五六七八九", "000000123456789")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_JAVA = re.compile(rf"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)({'|'.join(_MONTHS)})(\d{{2}})(\d{{2}}:\d{{2}}:\d{{2}})([A-Z]{{2,4}}|GMT[+-]\d{{2}}:?\d{{2}})(\d{{4}})")
_MILLISECONDS = re.compile(r"\d{12,13}")
_BEIJING = timezone(timedelta(hours=8))
_ZONES = {"CST": _BEIJING, "Z": UTC, "UTC": UTC, "GMT": UTC}  # CST on a Chinese machine is Chinese time
_NOISE = timedelta(milliseconds=500)  # so near to midnight it is midnight
_NIGH = time(23, 59)  # from here on a day without hours was likely cut off 43 seconds early, as web exports do
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
        return _moment(value, cell.text)
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
        return _with_time(found, raw)
    if found := _SPACED.fullmatch(tidy(raw)):
        return _exact(int(found[1]), int(found[2]), int(found[3]), raw)
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text) or _MILLISECONDS.fullmatch(text):
        return _number(float(text), raw, date1904)
    if (found := _JAVA.fullmatch(text)) or (found := _BEHIND.fullmatch(text)) or (found := _MIXED.fullmatch(text)):
        return _spoken(found, raw, window)
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
    if 10**11 <= whole < 10**13 and whole == value:
        return _milliseconds(whole, raw)
    if not 0 < whole < 100_000:
        return _unreadable(raw)
    return _moment(datetime.combine(_EPOCH_1904 if date1904 else _EPOCH, time()) + timedelta(days=value), raw)


def _moment(at: datetime, raw: str) -> Answer[date]:
    """The day of a moment: a breath before midnight is midnight, the last minute of a day may be the next day cut off early."""
    day, after = at.date(), at.date() + timedelta(days=1)
    midnight = datetime.combine(after, time())
    if midnight - at <= _NOISE:
        return _in_range(after, raw)
    if at.time() >= _NIGH:
        options = (
            Option(f"take:{after}", f"读作 {after}", after, f"差 {(midnight - at).seconds} 秒到次日零时，网上导出的日期常这样早一点"),
            Option(f"take:{day}", f"读作 {day}", day, "照单元格所写"),
        )
        return CellDecision("date.day_early", f"「{raw}」差不到一分钟就是 {after}，请选定是哪一天。", options, options[0].key)
    notes = (Note("date.time", f"「{raw}」只取日期。"),) if at - datetime.combine(day, time()) > _NOISE else ()
    return _in_range(day, raw, notes)


def _with_time(found: re.Match[str], raw: str) -> Answer[date]:
    """A written day with the hour behind it, and perhaps a zone."""
    day = _make(int(found[1]), int(found[2]), int(found[3]))
    said = (found["time"] or "").replace(":", "")
    if day is None or not said:
        return _exact(int(found[1]), int(found[2]), int(found[3]), raw)
    hours, minutes, seconds = int(said[: len(said) % 2 or 2]), int(said[-2:]), 0
    if len(said) > 4:
        hours, minutes, seconds = int(said[:-4]), int(said[-4:-2]), int(said[-2:])
    if hours > 23 or minutes > 59 or seconds > 59:
        return _exact(day.year, day.month, day.day, raw)
    at, zone = datetime.combine(day, time(hours, minutes, seconds)), found.groupdict().get("zone")
    return _zoned(at.replace(tzinfo=_zone(zone)), raw) if zone else _moment(at, raw)


def _zone(text: str) -> timezone:
    if found := re.fullmatch(r"(?:GMT)?([+-])(\d{2}):?(\d{2})", text):
        away = timedelta(hours=int(found[2]), minutes=int(found[3]))
        return timezone(-away if found[1] == "-" else away)
    return _ZONES.get(text, UTC)


def _zoned(at: datetime, raw: str) -> Answer[date]:
    """A moment in a zone: asked where the day here is another than the day written."""
    here = at.astimezone(_BEIJING)
    if here.date() == at.date():
        return _moment(here.replace(tzinfo=None), raw)
    options = (
        Option(f"take:{here.date()}", f"读作 {here.date()}", here.date(), f"按北京时间是 {here:%Y-%m-%d %H:%M}"),
        Option(f"take:{at.date()}", f"读作 {at.date()}", at.date(), "照所写的日期"),
    )
    return CellDecision("date.zone", f"「{raw}」写的不是北京时间，换算后是另一天，请选定。", options, options[0].key if here.time() == time() else "")


def _milliseconds(count: int, raw: str) -> Answer[date]:
    """Milliseconds since 1970, as programs count them: midnight here is a day beyond doubt."""
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=count)
    here = at.astimezone(_BEIJING)
    if here.time() == time():
        return _in_range(here.date(), raw, (Note("date.milliseconds", f"「{raw}」是毫秒数，按北京时间读作 {here.date()}。"),))
    return _zoned(at, raw)


def _spoken(found: re.Match[str], raw: str, window: Window) -> Answer[date]:
    """A day in words or among words: Java's text, 二0一六年十二月一日, 2016-12-1生效."""
    if found.re is _JAVA:
        at = datetime.fromisoformat(f"{found[5]}-{_MONTHS.index(found[1]) + 1:02d}-01T{found[3]}") + timedelta(days=int(found[2]) - 1)
        return _zoned(at.replace(tzinfo=_zone(found[4])), raw)
    if found.re is _MIXED:
        return _exact(int(found[1].translate(_DIGITS)), _count(found[2]), _count(found[3]), raw)
    answer = read_date_text(found[1], window)
    if not isinstance(answer, Value):
        return answer
    if _PLAIN_WORDS.fullmatch(found[2].strip("()")):
        return Value(answer.value, (*answer.warnings, Note("date.words", f"「{raw}」只取日期。")))
    option = Option(f"take:{answer.value}", f"读作 {answer.value}", answer.value, f"后面还写有「{found[2]}」")
    return CellDecision("date.words", f"「{raw}」的日期后面还有文字，请确认是哪一天。", (option,), option.key)


def _count(text: str) -> int:
    """1 to 31 in figures or words; 0, which is no day, for what is neither."""
    if text.isdigit() and text.isascii():
        return int(text)
    try:
        return parse_number_words(text.replace("廿", "二十").replace("卅", "三十"))
    except Refusal:
        return 0


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
