"""Kinds of field, each declared once: how a value is read from text, held to its bounds, and written back.

A name, a number of identity, an account, a term or a day is checked here wherever it enters: by window, command or script.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NewType, TypeVar

from execdesk.law.casenumber import format_case_number, parse_case_number
from execdesk.law.entries import (
    ENTRIES,
    GROUP_WORDS,
    LARGEST,
    MAP_WORDS,
    RECORD_WORDS,
    check_group,
    check_map,
    check_record,
    listed,
    read_group,
    read_map,
    read_record,
    write_json,
)
from execdesk.law.identity import check_identity
from execdesk.law.numerals import amount_in_list, normalise, parse_amount, parse_day
from execdesk.law.refusal import Refusal
from execdesk.law.spelling import ACCOUNT as ACCOUNT
from execdesk.law.spelling import clean as clean
from execdesk.law.spelling import is_utf8, require_account, require_name, says_something, text_of, visible
from execdesk.law.typed import (
    decimal_words,
    moment_words,
    parse_currency,
    parse_decimal,
    parse_moment,
    parse_rate,
    parse_share,
    rate_words,
)

if TYPE_CHECKING:
    from execdesk.law.fields import Field

Fen = NewType("Fen", int)

B = TypeVar("B", date, int)

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2079, 12, 31)  # days the bureau may speak of: from the oldest birthday on
LINE, NAME, LONG = 200, 120, 5000  # characters
COUNT, AMOUNT = 9999, 10**14  # more than any term in any unit; a million million yuan is a slip of the unit
YES, NO = "是", "否"
FEW = 20  # so many choices are named whole
@dataclass(frozen=True)
class FieldKind:
    """``words`` say how it is written; ``read`` makes a value of text, ``check`` holds a value to the field's bounds and gives its
    plain form, ``write`` makes text of it again; both raise :class:`Refusal` without the field's name. ``holds`` is the type of an
    action's parameter."""

    words: str
    read: Callable[[Field, str], Any]
    check: Callable[[Field, Any], Any]
    write: Callable[[Any], str]
    holds: Any


def _text(longest: int, *, lines: bool = False, says: bool = True) -> Callable[[Field, Any], str]:
    """Text of at most so many characters; what ``says`` something has a letter or figure in it."""

    def check(field: Field, value: Any) -> str:
        if not isinstance(value, str):
            raise Refusal(f"应为文字，读不懂「{_short(value)}」。", code="field.value")
        plain = clean(value, min(longest, field.most) if isinstance(field.most, int) else longest, lines=lines)
        if says and plain and not says_something(plain):
            raise Refusal(f"「{_short(plain)}」里没有文字，只有标点或符号，请写明{'' if field.required else '，没有的请留空'}。", code="field.value")
        return plain

    return check


def _name(field: Field, value: Any) -> str:
    return require_name(_text(NAME)(field, value))


def _secret(_field: Field, value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONG or not is_utf8(value):
        raise Refusal(f"应为能键入的文字，最多 {LONG:,} 个字，请重新键入。", code="field.value")
    return value


def _short(value: Any) -> str:
    return visible(repr(value) if isinstance(value, float) else text_of(value))[:40]


def _same(_field: Field, text: str) -> Any:
    return text


def _day(field: Field, value: Any) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise Refusal(f"「{_short(value)}」不是日期，请写作如「2017-08-01」。", code="field.value")
    least = field.least if isinstance(field.least, date) else FIRST_DAY
    most = field.most if isinstance(field.most, date) else LAST_DAY
    return _within(field, value, least, most, str, ("太早", "早于", "太晚", "晚于"))


def _within(field: Field, value: B, least: B, most: B, shown: Callable[[B], str], words: tuple[str, str, str, str]) -> B:
    """A value between its bounds, both included; ``words`` say below what, then above what, it is not."""
    if value < least:
        raise Refusal(f"{shown(value)} {words[0]}，不能{words[1]} {shown(least)}{_because(field.least_words)}，请核对。", code="field.value")
    if value > most:
        raise Refusal(f"{shown(value)} {words[2]}，不能{words[3]} {shown(most)}{_because(field.most_words)}，请核对。", code="field.value")
    return value


def _because(words: str) -> str:
    return f"（{words}）" if words else ""


def _moment(_field: Field, value: Any) -> datetime:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise Refusal(f"「{_short(value)}」不是时刻，请写作如「2018-01-02 09:30」。", code="field.value")
    if not FIRST_DAY <= value.date() <= LAST_DAY:
        raise Refusal(f"{value.date()} 不在 {FIRST_DAY.year} 至 {LAST_DAY.year} 年之间，请核对。", code="field.value")
    return value.astimezone(UTC)


def _number(lowest: int, highest: int, words: Callable[[int], str]) -> Callable[[Field, Any], int]:
    def check(field: Field, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise Refusal(f"「{_short(value)}」不是整数。", code="field.value")
        if abs(value) > LARGEST:
            raise Refusal(f"{_short(value)}，太大，请核对。", code="field.value")
        least = field.least if isinstance(field.least, int) else lowest
        most = field.most if isinstance(field.most, int) else highest
        return _within(field, value, least, most, words, ("过小", "少于", "过大", "多于"))

    return check


def _read_whole(field: Field, text: str) -> int:
    """A number, or the words that the field has for one."""
    named = next((key for key, words in field.pairs if text.strip() == words), None)
    if named is not None:
        return int(named)
    plain = normalise(text).replace(",", "")
    if not re.fullmatch(r"-?[0-9]{1,19}", plain):
        raise Refusal("请填整数。", code="field.value")
    return int(plain)


def _fraction(_field: Field, value: Any) -> Fraction:
    if not isinstance(value, Fraction):
        raise Refusal(f"「{_short(value)}」不是数字。", code="field.value")
    return value


def _currency(field: Field, value: Any) -> str:
    return parse_currency(_text(NAME)(field, value))


def _yuan(fen: int) -> str:
    return f"{amount_in_list(fen)} 元"


def _flag(_field: Field, value: Any) -> bool:
    if not isinstance(value, bool):
        raise Refusal(f"请填「{YES}」或「{NO}」。", code="field.value")
    return value


def _read_flag(field: Field, text: str) -> bool:
    for value, words in field.pairs:
        if text == words:
            return bool(value)
    plain = text.strip().lower()
    if plain in ("1", "true", "yes", YES):
        return True
    if plain in ("0", "false", "no", NO):
        return False
    raise Refusal(f"请填「{YES}」或「{NO}」。", code="field.value")


def _chosen(field: Field, value: Any) -> Any:
    if not field.pairs and not field.held:
        return value if isinstance(value, int) and abs(value) <= COUNT else _text(LINE, says=False)(field, value)
    for key, _words in field.pairs:
        if value == key and isinstance(value, bool) == isinstance(key, bool):
            return value if isinstance(value, str) else key
    if isinstance(value, str):
        meant = _meant(field, clean(value, LINE))
        if len(meant) == 1:
            return meant[0]
    raise Refusal(f"没有「{_short(value)}」一项，{_may_be_chosen([words for _key, words in field.pairs], _short(value))}。", code="field.value")


def _meant(field: Field, text: str) -> list[Any]:
    """The options that a text means: by all its words, by those before the bracket, or as the field's list spells them."""
    found = [key for key, words in field.pairs if text in (words, words.partition("（")[0])]
    if not found and field.spelt is not None:
        meant = field.spelt(text)
        found = [key for key, _words in field.pairs if key == meant and key is not None]
    return found


def _may_be_chosen(known: list[str], text: str) -> str:
    """What there is: all of a few, of many those that look like the text."""
    if not known:
        return "现在没有可选的"
    if len(known) <= FEW:
        return f"可选：{'、'.join(known)}"
    near = [words for words in known if text in words] or get_close_matches(text, known, cutoff=0.3)
    return f"可选：{'、'.join(near[:FEW])}（共 {len(known)} 项）" if near else f"请从所列 {len(known)} 项中选"


def _many(field: Field, value: Any) -> list[str]:
    if not isinstance(value, list) or len(value) > ENTRIES:
        raise Refusal("应为几项，以顿号隔开。", code="field.value")
    return [_chosen(field, one if isinstance(one, str) else _short(one)) for one in value]


def _identity(_field: Field, value: Any) -> str:
    text = _text(ACCOUNT)(_field, value)
    return check_identity(text).normal if text else ""


def _case_number(_field: Field, value: Any) -> str:
    text = _text(NAME)(_field, value)
    found = parse_case_number(text)
    if found.number is None:
        raise Refusal(f"案号「{text}」不完整：{'；'.join(found.problems).rstrip('。')}。如 (2018)琼9027执1号。", code="case.number")
    return format_case_number(found.number)


def _account(field: Field, value: Any) -> str:
    return require_account(_text(LONG)(field, value))


def reference(text: str) -> str:
    """The one form of a bank's reference, by which two are the same: plain letters and figures, capitals, no spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def _reference(field: Field, value: Any) -> str:
    return _text(LINE)(field, reference(value) if isinstance(value, str) else value)


def _joined(value: Any) -> str:
    return "、".join(map(str, value))


def _money(fen: Any) -> str:
    return amount_in_list(fen) if isinstance(fen, int) else ""


def _worded(read: Callable[[str], Any]) -> Callable[[Field, str], Any]:
    def limited(_field: Field, text: str) -> Any:
        if len(text) > LINE:  # no day and no amount is so long, and figures of thousands of digits take their time
            raise Refusal(f"有 {len(text):,} 个字，太长，请核对。", code="field.value")
        return read(text)

    return limited


_WORDS = "文字"
KINDS: dict[str, FieldKind] = {
    "text": FieldKind(_WORDS, _same, _text(LINE), str, str),
    "line": FieldKind(_WORDS, _same, _text(LONG), str, str),
    "name": FieldKind(_WORDS, _same, _name, str, str),
    "long": FieldKind(_WORDS, _same, _text(LONG, lines=True), str, str),
    "figure": FieldKind("法规参数的数值，如 12、70%、是；分几段的，一段一项，如 :10000:50；10000:500000::1.5%；500000:::1%", _same, _text(LONG, lines=True, says=False), str, str),
    "secret": FieldKind(_WORDS, _same, _secret, lambda _value: "", str),
    "file": FieldKind("文件所在", _same, _text(LONG, says=False), str, str),
    "row": FieldKind("编号", _same, _text(LINE), str, str),
    "case_number": FieldKind("案号", _same, _case_number, str, str),
    "identity": FieldKind("证件号码", _same, _identity, str, str),
    "account": FieldKind("账号", _same, _account, str, str),
    "reference": FieldKind("流水号或回执号", _same, _reference, str, str),
    "day": FieldKind("年-月-日（如 2017-08-01）", _worded(parse_day), _day, lambda day: str(day.isoformat()), date),
    "moment": FieldKind("时刻（如 2018-01-02 09:30）", _worded(parse_moment), _moment, moment_words, datetime),
    "rate": FieldKind("年利率（如 6%）", _worded(parse_rate), _fraction, rate_words, Fraction),
    "share": FieldKind("百分数或小数（如 1.5%、0.015）", _worded(parse_share), _fraction, rate_words, Fraction),
    "decimal": FieldKind("数字（如 6.5342）", _worded(parse_decimal), _fraction, decimal_words, Fraction),
    "currency": FieldKind("币种", _worded(parse_currency), _currency, str, str),
    "sum": FieldKind("金额", _worded(parse_amount), _number(0, AMOUNT, amount_in_list), _money, Fen),  # in a currency that is told beside it
    "amount": FieldKind("金额", _worded(parse_amount), _number(0, AMOUNT, _yuan), _money, Fen),
    "count": FieldKind("整数", _read_whole, _number(0, COUNT, str), str, int),
    "whole": FieldKind("整数", _read_whole, _number(-COUNT, COUNT, str), str, int),
    "version": FieldKind("整数", _read_whole, _number(0, LARGEST, str), str, int),
    "flag": FieldKind("是或否", _read_flag, _flag, lambda on: YES if on else NO, bool),
    "choice": FieldKind("可选的一项", _same, _chosen, str, str),
    "many": FieldKind("几项，以顿号隔开", lambda _field, text: listed(text), _many, _joined, list[str]),
    "group": FieldKind(GROUP_WORDS, read_group, check_group, write_json, list[Any]),
    "record": FieldKind(RECORD_WORDS, read_record, check_record, write_json, dict[str, Any]),
    "map": FieldKind(MAP_WORDS, read_map, check_map, write_json, dict[str, Any]),
}
