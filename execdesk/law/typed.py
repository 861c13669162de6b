"""Figures and moments as people type them: rates, decimals, currencies, times of day."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction

from execdesk.law.numerals import CAPITAL, SMALL, normalise, parse_day
from execdesk.law.refusal import Refusal

CHINA = timezone(timedelta(hours=8))
NUMERALS = SMALL + CAPITAL + "十百千万亿拾佰仟〇"
_MOMENT = r"\s*(\S+?)[\sT]*(?<!\d)(\d{1,2})[:时](\d{2})分?(?::?(\d{2})秒?)?\s*"


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


def parse_share(text: str) -> Fraction:
    """A part of a whole, 1.5% or 0.015, at most the whole."""
    plain = normalise(text)
    found = re.fullmatch(r"(\d+(?:\.\d+)?)(%?)", plain)
    share = Fraction(found[1]) / (100 if found[2] else 1) if found else None
    if share is None or share > 1:
        raise Refusal(f"「{text}」不是比例，请写作如「1.5%」或「0.015」。", code="words.share")
    return share


def rate_words(rate: Fraction) -> str:
    """1/16 as 6.25%."""
    return f"{decimal_words(rate * 100)}%"


def parse_decimal(text: str) -> Fraction:
    """6.5342, exactly."""
    plain = normalise(text)
    if not re.fullmatch(r"\d+(\.\d+)?", plain):
        raise Refusal(f"「{text}」不是数字，请写作如「6.5342」。", code="words.decimal")
    return Fraction(plain)


def decimal_words(number: Fraction) -> str:
    """What :func:`parse_decimal` reads: figures that end."""
    return f"{Decimal(number.numerator) / number.denominator:f}"


def parse_currency(text: str) -> str:
    """The name of a currency: 元, 美元, 港币 or a code; no figure in it."""
    plain = normalise(text)
    if not re.fullmatch(r"[A-Za-z]{3}|[^\W\d_]{1,6}", plain) or any(character in NUMERALS for character in plain):
        raise Refusal(f"「{text}」不是币种，请写作如「元」「美元」。", code="words.currency")
    return plain


def parse_moment(text: str) -> datetime:
    """2018-01-02 09:30, 2018-01-02 09:30:15 or 2018年1月2日9时30分 in UTC+8, as an aware UTC moment."""
    found = re.fullmatch(_MOMENT, unicodedata.normalize("NFKC", text))
    wrong = Refusal(f"「{text}」不是时刻，请写作如「2018-01-02 09:30」。", code="words.moment")
    if not found:
        raise wrong
    hour, minute, second = (int(part or 0) for part in found.groups()[1:])
    if hour > 23 or minute > 59 or second > 59:
        raise wrong
    day = parse_day(found[1])
    if day.year == 1:  # UTC would lie before the calendar
        raise wrong
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=CHINA).astimezone(UTC)


def moment_words(moment: datetime) -> str:
    """What :func:`parse_moment` reads."""
    local = moment.astimezone(CHINA)
    return f"{local:%Y-%m-%d %H:%M:%S}" if local.second else f"{local:%Y-%m-%d %H:%M}"
