"""The language of fields: what a person or script gives an action, a calculator, a document; every refusal names the field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from typing import Any

from execdesk.law.clock import Stop
from execdesk.law.days import Span, add_months
from execdesk.law.debt import Instalment, Payment, RateSegment
from execdesk.law.distribution import Creditor
from execdesk.law.joined import KINDS as SANCTION_KINDS
from execdesk.law.joined import Sanction
from execdesk.law.kinds import KINDS
from execdesk.law.kinds import NO as NO
from execdesk.law.kinds import YES as YES
from execdesk.law.numerals import CAPITAL, SMALL, normalise, parse_amount, parse_day
from execdesk.law.refusal import Refusal
from execdesk.law.sanctions import Leave
from execdesk.law.values import DatedValue

CHINA = timezone(timedelta(hours=8))
PRIORITY = {"priority": 1, "优先": 1, "ordinary": 0, "普通": 0}
MOMENT = r"\s*(\S+?)[\sT]*(?<!\d)(\d{1,2})[:时](\d{2})分?(?::?(\d{2})秒?)?\s*"
COUNT_DIGITS = 4  # more than any term has in any unit, few enough to be counted at once
NUMERALS = SMALL + CAPITAL + "十百千万亿拾佰仟〇"


@dataclass(frozen=True)
class Limits:
    """What bounds that are not plain figures are measured by: the day, and the figures of the law on it."""

    day: date
    figure: Callable[[str], DatedValue]

    def of(self, bound: str) -> tuple[Any, str]:
        """``today``, ``+10y``, ``-3y`` or ``law:detention.max`` as a value with the words that say why."""
        if bound.startswith("law:"):
            found = self.figure(bound[4:])
            return found.value, found.source
        if bound == "today":
            return self.day, "今天"
        years = int(bound[:-1])
        return add_months(self.day, 12 * years), f"今天{'起' if years > 0 else '往前'} {abs(years)} 年"


@dataclass(frozen=True)
class Field:
    """One value that a person or script gives, declared once with its owner: an action, a calculator, a document type.

    ``kind`` names an entry of :data:`KINDS` (or a reader in :data:`READERS`). ``options`` (value, words) belong to a choice, or name a provider that
    knows them, as ``start`` names one that knows the first value; ``default`` is text as typed. A field that is not ``required``
    reads ``None`` (lists: empty) from nothing. ``least`` and ``most`` are values, or bounds that :class:`Limits` measures.
    ``rare`` ones a form shows on asking; ``beside`` stands on the line of the one before; ``leads``: the rest of the form follows
    from it. ``of`` are the parts of a ``group`` or ``record``. ``dated`` names the figure whose items may be chosen, and the field
    with the day that counts. ``parts`` names a provider of the fields that a form shows in place of a free map; ``where`` one that says
    whether the field says anything as the form is opened.
    """

    name: str
    label: str
    kind: str = "text"
    default: str = ""
    required: bool = True
    options: tuple[tuple[Any, str], ...] | str = ()
    hint: str = ""
    rare: bool = False
    dated: tuple[str, str] = ("", "")
    unit: str = ""
    start: str = ""
    least: Any = None
    most: Any = None
    beside: bool = False
    leads: bool = False
    of: tuple[Field, ...] = ()
    parts: str = ""
    where: str = ""
    least_words: str = ""
    most_words: str = ""

    @property
    def pairs(self) -> tuple[tuple[Any, str], ...]:
        """The closed list of a choice, empty where a provider knows it."""
        return () if isinstance(self.options, str) else self.options

    def read(self, text: str) -> Any:
        """The value behind ``text``; Refusal ``field.missing`` or ``field.value``, naming the field."""
        typed = text.strip() or self.default
        if not typed:
            if self.required:
                raise Refusal(f"请填写「{self.label}」。", code="field.missing")
            return () if self.kind in LISTS else None
        try:
            return self._read(typed)
        except Refusal as refusal:
            raise Refusal(f"「{self.label}」：{refusal.text}", code="field.value") from refusal

    def _read(self, typed: str) -> Any:
        if self.kind in READERS:
            return READERS[self.kind](typed)
        kind = KINDS[self.kind]
        return kind.check(self, kind.read(self, typed))

    def take(self, value: Any) -> Any:
        """A value as window or script gives it, in its plain form and within its bounds; ``None`` where nothing is given.

        Raises:
            Refusal: ``field.missing``, ``field.value`` or the code of the check of its kind, naming the field.
        """
        kind = KINDS[self.kind]
        if value is None or (isinstance(value, str) and not value.strip()):
            if self.required:
                raise Refusal(f"请填写「{self.label}」。", code="field.missing")
            return "" if value is not None and kind.holds is str else None
        try:
            told = kind.read(self, value) if isinstance(value, str) and kind.holds is not str else value
            return kind.check(self, told)
        except Refusal as refusal:
            raise Refusal(f"「{self.label}」：{refusal.text}", code=refusal.code, clauses=refusal.clauses, ways=refusal.ways) from refusal

    def within(self, limits: Limits) -> Field:
        """The field with its bounds measured."""
        found: dict[str, Any] = {}
        for name in ("least", "most"):
            bound = getattr(self, name)
            if isinstance(bound, str):
                found[name], found[f"{name}_words"] = limits.of(bound)
        parts = tuple(part.within(limits) for part in self.of)
        return replace(self, **found, of=parts) if found or parts != self.of else self


def read_all(fields: tuple[Field, ...], values: Mapping[str, str]) -> dict[str, Any]:
    """Every field's value; Refusal ``field.unknown`` for a value no field asks for."""
    unknown = set(values) - {field.name for field in fields}
    if unknown:
        known = "、".join(field.name for field in fields)
        raise Refusal(f"没有名为「{'、'.join(sorted(unknown))}」的栏目，可填：{known}。", code="field.unknown")
    return {field.name: field.read(values.get(field.name, "")) for field in fields}


def parse_rate(text: str) -> Fraction:
    """6%, 0.06, 日万分之五 are too easily mixed up: only a percentage or a decimal below one, as a yearly rate."""
    plain = normalise(text)
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(%?)", plain)
    if not found:
        raise Refusal(f"「{text}」不是年利率，请写作如「6%」或「0.06」。", code="words.rate")
    rate = Fraction(found[1]) / (100 if found[2] else 1)
    if rate >= 1:
        raise Refusal(f"年利率「{text}」不合理，百分数请带「%」。", code="words.rate")
    return rate


def parse_span(text: str) -> Span:
    """2018-03-01..2018-03-31, both days included; 至 and ~ are read as well."""
    parts = re.split(r"\.\.|至|~|—", normalise(text))
    if len(parts) != 2:
        raise Refusal(f"「{text}」不是起止日期，请写作如「2018-03-01..2018-03-31」。", code="words.span")
    return Span(parse_day(parts[0]), parse_day(parts[1]))


def parse_payment(text: str) -> Payment:
    """2018-01-01:30000."""
    day, amount = _two(text, "日期:金额，如「2018-01-01:30000」")
    return Payment(parse_day(day), parse_amount(amount))


def parse_instalment(text: str) -> Instalment:
    """2018-01-31:20000, a part of the debt to be paid by that day."""
    day, amount = _two(text, "届满日:金额，如「2018-01-31:20000」")
    return Instalment(parse_day(day), parse_amount(amount))


def parse_segment(text: str) -> RateSegment:
    """2017-08-01:6%, from that day on."""
    day, rate = _two(text, "日期:年利率，如「2017-08-01:6%」")
    return RateSegment(parse_day(day), parse_rate(rate))


def parse_creditor(text: str) -> Creditor:
    """甲:30000, 乙:50000:优先:1200:某判决; after the amount the rank of privilege (a word or number), the double part, the document."""
    parts = [part.strip() for part in re.split("[:：]", text)]
    if not 2 <= len(parts) <= 5 or not parts[0]:
        raise Refusal(f"「{text}」不是债权，请写作如「甲:30000」「乙:50000:优先」或「丙:20000:普通:350:某判决」（债权人:债权额:顺位:加倍部分:文书）。", code="words.claim")
    rank, double, document = (part or default for part, default in zip([*parts[2:], "", "", ""], ("普通", "0", ""), strict=False))
    if rank not in PRIORITY and not (rank.isascii() and rank.isdigit()):
        raise Refusal(f"「{rank}」不是清偿顺位，可填：普通、优先，或优先的顺位数字。", code="words.claim")
    return Creditor(parts[0], parse_amount(parts[1]), PRIORITY[rank] if rank in PRIORITY else parse_count(rank), parse_amount(double), document)


def parse_moment(text: str) -> datetime:
    """2018-01-02 09:30, 2018-01-02 09:30:15 or 2018年1月2日9时30分 in UTC+8, as an aware UTC moment."""
    found = re.fullmatch(MOMENT, unicodedata.normalize("NFKC", text))
    hour, minute, second = (int(part or 0) for part in found.groups()[1:]) if found else (0, 0, 60)
    if not found or hour > 23 or minute > 59 or second > 59 or parse_day(found[1]).year == 1:  # UTC would lie before the calendar
        raise Refusal(f"「{text}」不是时刻，请写作如「2018-01-02 09:30」。", code="words.moment")
    day = parse_day(found[1])
    local = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=CHINA)
    return local.astimezone(UTC)


def parse_leave(text: str) -> Leave:
    """2017-09-15 08:00..2017-09-16 08:00: out and back."""
    parts = re.split(r"\.\.|至|~", text)
    if len(parts) != 2:
        raise Refusal(f"「{text}」不是请假外出的起止，请写作如「2017-09-15 08:00..2017-09-16 08:00」。", code="words.span")
    return Leave(parse_moment(parts[0]), parse_moment(parts[1]))


def parse_stop(text: str) -> Stop:
    """2017-11-20:2017-12-20:评估; without a last day it still goes on. 2017-11-20..2017-12-20:评估 is read as well."""
    parts = [part.strip() for part in re.split(r"[:：]|\.\.|至|~|—", text)]
    if len(parts) not in (2, 3):
        raise Refusal(f"「{text}」不是停走的期间，请写作如「2017-11-20:2017-12-20:评估」，仍在停走的不填止日。", code="words.stop")
    last = parts[1] if len(parts) == 3 else ""
    return Stop(parse_day(parts[0]), parse_day(last) if last else None, normalise(parts[-1]))


def parse_sanction(text: str) -> Sanction:
    """张某:拒不报告财产:拘留:10:2017-09-12: person, act, kind, fen of a fine or days, the day of the decision."""
    parts = [part.strip() for part in re.split("[:：]", text)]
    words = {words: kind for kind, words in SANCTION_KINDS.items()}
    kind = words.get(parts[2], parts[2]) if len(parts) == 5 else ""
    if kind not in SANCTION_KINDS or not all(parts):
        known = "、".join(SANCTION_KINDS.values())
        raise Refusal(
            f"「{text}」请写作「对象:行为:种类:金额或者天数:决定日」，种类为{known}，如「张某:拒不报告财产:拘留:10:2017-09-12」。",
            code="words.sanction",
        )
    amount = parse_count(parts[3].removesuffix("日")) if kind == "detention" else parse_amount(parts[3])
    return Sanction(parts[0], parts[1], kind, amount, parse_day(parts[4]))


def parse_count(text: str) -> int:
    """A whole number of days, months …, of no more digits than any term has."""
    plain = normalise(text)
    if not (plain.isascii() and plain.isdigit()):
        raise Refusal(f"「{text}」不是整数。", code="words.count")
    if len(plain.lstrip("0")) > COUNT_DIGITS:
        raise Refusal(f"「{text}」过大，请核对。", code="words.count")
    return int(plain)


def parse_currency(text: str) -> str:
    """The name of a currency: 元, 美元, 港币 or a code; no figure in it."""
    plain = normalise(text)
    if not re.fullmatch(r"[A-Za-z]{3}|[^\W\d_]{1,6}", plain) or any(character in NUMERALS for character in plain):
        raise Refusal(f"「{text}」不是币种，请写作如「元」「美元」。", code="words.currency")
    return plain


def _decimal(text: str) -> Fraction:
    plain = normalise(text)
    if not re.fullmatch(r"\d+(\.\d+)?", plain):
        raise Refusal(f"「{text}」不是数字，请写作如「6.5342」。", code="words.decimal")
    return Fraction(plain)


def _bool(text: str) -> bool:
    if text not in (YES, NO):
        raise Refusal(f"请填「{YES}」或「{NO}」。", code="words.bool")
    return text == YES


def _two(text: str, shape: str) -> tuple[str, str]:
    parts = re.split("[:：]", text)
    if len(parts) != 2:
        raise Refusal(f"「{text}」请写作{shape}。", code="words.pair")
    return parts[0], parts[1]


def _lines(read: Callable[[str], Any]) -> Callable[[str], tuple[Any, ...]]:
    """Several entries, one a line or with ； between."""
    return lambda text: tuple(read(part) for part in re.split(r"[\n；;]", text) if part.strip())


LISTS = frozenset(
    {"spans", "payments", "instalments", "segments", "creditors", "days", "grounds", "amounts", "moments", "leave", "stops", "sanctions"}
)
READERS: dict[str, Callable[[str], Any]] = {
    "sum": parse_amount,  # in the currency named beside it
    "rate": parse_rate,
    "decimal": _decimal,
    "bool": _bool,
    "currency": parse_currency,
    "spans": _lines(parse_span),
    "payments": _lines(parse_payment),
    "instalments": _lines(parse_instalment),
    "segments": _lines(parse_segment),
    "creditors": _lines(parse_creditor),
    "days": _lines(parse_day),
    "amounts": _lines(parse_amount),
    "moments": _lines(parse_moment),
    "leave": _lines(parse_leave),
    "stops": _lines(parse_stop),
    "sanctions": _lines(parse_sanction),
    "grounds": lambda text: tuple(part for part in re.split(r"[\s,，、；;]+", text) if part),
}
