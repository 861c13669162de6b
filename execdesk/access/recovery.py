"""The recovery code of the sealed envelope: 8 groups of 5 characters, each group with its own check character.

The alphabet leaves out everything that is misread on paper (0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V). It has 23
characters, a prime, so the weighted sum finds every single mistyped character and every two swapped ones in a group, and
the offset by place finds groups written in the wrong order. 32 free characters carry 144 bits.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterator
from itertools import islice

from execdesk.law.refusal import Refusal, WayOn

ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
GROUPS = 8
LENGTH = 5
_BASE = len(ALPHABET)
_OFFSET = 7
_SEED_BYTES = 256  # so many that no character is likelier than another


def new_code() -> str:
    """A fresh code as it is printed: ``XXXXX-XXXXX-…``."""
    return code_of(secrets.token_bytes(_SEED_BYTES))


def code_of(seed: bytes) -> str:
    """The code that a long run of random bytes makes, always the same one."""
    values = _values(seed)
    return "-".join(_group(place, list(islice(values, LENGTH - 1))) for place in range(GROUPS))


def letters_of(seed: bytes, count: int) -> str:
    """Some characters that a long run of random bytes makes."""
    return "".join(ALPHABET[value] for value in islice(_values(seed), count))


def letters(text: str) -> str:
    """What of a typed text counts: letters and digits, however wide, in capitals."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).upper() if c.isalnum())


def normalise(text: str) -> str:
    """The printed form of what a person typed; case, spaces, dashes and full-width characters do not matter.

    Refuses with ``access.recovery_code`` and names the first group that cannot be right.
    """
    typed = letters(text)
    if len(typed) != GROUPS * LENGTH:
        raise _refusal(f"恢复码应为 {GROUPS} 组、每组 {LENGTH} 个字符，现在共有 {len(typed)} 个字符。")
    groups = [typed[start : start + LENGTH] for start in range(0, len(typed), LENGTH)]
    for place, group in enumerate(groups):
        _check(place, group)
    return "-".join(groups)


def _values(seed: bytes) -> Iterator[int]:
    number = int.from_bytes(seed, "big")
    while True:
        number, value = divmod(number, _BASE)
        yield value


def _group(place: int, values: list[int]) -> str:
    rest = _sum(values) + _OFFSET * place
    # the last character makes the weighted sum of the group vanish; its weight is LENGTH
    last = -rest * pow(LENGTH, -1, _BASE) % _BASE
    return "".join(ALPHABET[value] for value in (*values, last))


def _sum(values: list[int]) -> int:
    return sum(weight * value for weight, value in enumerate(values, start=1))


def _check(place: int, group: str) -> None:
    strange = [c for c in group if c not in ALPHABET]
    if strange:
        raise _refusal(f"恢复码第 {place + 1} 组“{group}”中的“{strange[0]}”不会出现在恢复码里。")
    if (_sum([ALPHABET.index(c) for c in group]) + _OFFSET * place) % _BASE:
        raise _refusal(f"恢复码第 {place + 1} 组“{group}”有误（校验字符不符）。")


def _refusal(text: str) -> Refusal:
    return Refusal(f"{text}请对照信封内的恢复码重新输入。", code="access.recovery_code", ways=(WayOn("重新输入恢复码"),))
