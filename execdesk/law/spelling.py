"""What may stand in any text: nothing unseen, nothing that turns the direction of writing; and what a name or an account is.

Every field, cell of a ledger and identifier of a property is held to these, each told once here.
"""

from __future__ import annotations

import re
from typing import Any

from execdesk.law.numerals import normalise
from execdesk.law.refusal import Refusal
from execdesk.law.unseen import is_unseen as is_unseen
from execdesk.law.unseen import visible as visible

ACCOUNT = 40  # digits of an account
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_MARKUP = frozenset("<>＜＞")
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def clean(text: str, longest: int, *, lines: bool = False) -> str:
    """``text`` without what cannot be seen, its ends bare.

    Raises:
        Refusal: ``field.value`` for signs that turn the direction of writing, halves of signs, more than ``longest`` characters.
    """
    if any(c in _DIRECTION for c in text):
        raise Refusal("含有改变书写方向的不可见字符，请重新键入。", code="field.value")
    if not is_utf8(text):
        raise Refusal("含有残缺的字符，请重新键入。", code="field.value")
    plain = visible(_LINE_END.sub("\n", text)).strip()
    if not lines:
        plain = " ".join(plain.split()) if "\n" in plain or "\t" in plain else plain
    if len(plain) > longest:
        raise Refusal(f"有 {len(plain):,} 个字，最多 {longest:,} 个，请改短。", code="field.value")
    return plain


def is_utf8(text: str) -> bool:
    """Whether ``text`` can be written down at all: no half of a pair stands alone in it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


_HANZI = ((0x3400, 0x9FFF), (0xE000, 0xFAFF), (0x20000, 0x3FFFF), (0xF0000, 0x10FFFF))  # hanzi with their compatibility forms; private use


def may_be_hanzi(sign: str) -> bool:
    """Whether a code point stands for a hanzi, or may: by its place, since Python's tables do not know the youngest; or of private use."""
    return any(first <= ord(sign) <= last for first, last in _HANZI) and ord(sign) & 0xFFFE != 0xFFFE


def says_something(text: str) -> bool:
    """Whether a letter, a character or a figure stands in it."""
    return any(c.isalnum() or may_be_hanzi(c) for c in text)


def require_name(text: str) -> str:
    """The name of a person or unit as it is: no markup, nothing a spreadsheet would calculate.

    Raises:
        Refusal: ``field.value``.
    """
    if not _MARKUP.isdisjoint(text):
        raise Refusal("名称里不能有尖括号，请照证件或证照填写。", code="field.value")
    if text.startswith(_FORMULA):
        raise Refusal(f"名称不能以「{text[0]}」开头，请照证件或证照填写。", code="field.value")
    return text


def require_account(text: str) -> str:
    """An account in its one spelling, without blanks and hyphens' widths; nothing stays nothing.

    Raises:
        Refusal: ``field.value`` for other signs than figures, letters and hyphens, or more than :data:`ACCOUNT` of them.
    """
    digits = "".join(normalise(text).split())
    if digits and not (digits.isascii() and digits.replace("-", "").isalnum()):
        raise Refusal("账号只能是数字或字母，请核对。", code="field.value")
    if len(digits) > ACCOUNT:
        raise Refusal(f"有 {len(digits):,} 位，账号最多 {ACCOUNT} 位，请核对。", code="field.value")
    return digits


def text_of(value: Any) -> str:
    """Any value as words of a sentence; a whole number too long to be written is told by its length."""
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() > 400:
        return f"{value.bit_length() * 3 // 10} 位左右的数"
    try:
        return str(value)
    except (ValueError, RecursionError):
        return type(value).__name__
