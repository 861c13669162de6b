"""What may be a password in a real store: long enough, not among those everybody tries first, and not made of the court's own words."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from execdesk.law.refusal import Refusal

if TYPE_CHECKING:
    from execdesk.access.organisation import Organisation
    from execdesk.access.session import Session

SHORTEST = 8  # characters
SHORTEST_PIN = 6  # digits: the token counts wrong ones, and locks
FEWEST = 4  # different ones
FEWEST_IN_PIN = 3
_ROW = "01234567890123456789"
_SHORTEST_WORD = 2  # a single character of a name stands in too many others
_WRITTEN = str.maketrans({"@": "a", "$": "s", "0": "o", "1": "l", "3": "e", "!": "i"})


@dataclass(frozen=True)
class PasswordRule:
    """The rule of one store; a demonstration asks for the length only. ``words`` are those of the court, ``common`` the shipped list."""

    strict: bool
    words: tuple[str, ...]
    common: Path

    @property
    def told(self) -> str:
        """The rule in words, for whoever is about to choose one."""
        if not self.strict:
            return f"至少 {SHORTEST} 位"
        return f"至少 {SHORTEST} 位，其中至少 {FEWEST} 个不同的字符；不能只有数字，不能是常见的密码，不能用法院名称、登录名、姓名凑成"

    def require(self, password: str, *own: str) -> None:
        """Return if ``password`` may be chosen by somebody whose account and name are ``own``.

        Raises:
            Refusal: ``access.weak_password`` saying what is wrong with it.
        """
        typed = plain(password)
        if len(typed) < SHORTEST:
            raise _weak(f"密码至少 {SHORTEST} 位，请改长一些。")
        if not self.strict:
            return
        if len(set(typed)) < FEWEST:
            raise _weak(f"密码里至少要有 {FEWEST} 个不同的字符，请另想一个。")
        if typed.isdigit():
            raise _weak("密码只有数字（生日、电话一类）容易被猜到，请加上文字。")
        known = _common(self.common)
        if is_common(typed, known):
            raise _weak("这是常见的密码，别人会先试，请另想一个，例如几个不相干的词。")
        left = _without(typed, [plain(word) for word in (*self.words, *own, *map(_spelt, own))])
        if left != typed and (len(left) < SHORTEST or is_common(left, known)):
            raise _weak(f"密码不能用法院名称、登录名、姓名凑成：去掉这些词以后仍须有 {SHORTEST} 位，而且不是常见的密码。")

    def require_pin(self, pin: str) -> None:
        """Return if ``pin`` may open somebody's electronic key.

        Raises:
            Refusal: ``access.weak_pin``.
        """
        if len(pin) < SHORTEST_PIN:
            raise Refusal(f"电子钥匙的PIN码至少 {SHORTEST_PIN} 位。请先用厂家的工具改好，再来换用。", code="access.weak_pin")
        if self.strict and (len(set(pin)) < FEWEST_IN_PIN or pin in _ROW or pin[::-1] in _ROW):
            raise Refusal("这个PIN码（出厂的、连号的、重复的）容易被猜到。请先用厂家的工具改好，再来换用。", code="access.weak_pin")


def password_rule(organisation: Organisation, demo: bool) -> PasswordRule:
    """The rule of a store of this court."""
    court = organisation.court
    names = [court.name, court.short, court.letters, court.code, *(site.name for site in organisation.sites.values())]
    return PasswordRule(not demo, (*names, *organisation.local_words), organisation.common_passwords)


def rule_of(session: Session) -> PasswordRule:
    """The rule of the store that is open."""
    return password_rule(session.organisation, session.demo)


def plain(text: str) -> str:
    """A password as it is compared: widths, case, spaces and characters without a width do not make it another."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(c for c in folded if not c.isspace() and unicodedata.category(c) not in ("Cf", "Cc"))


def is_common(typed: str, known: frozenset[str]) -> bool:
    """Whether a password as compared is in the list, also with digits and signs around it or with signs for letters."""
    core = typed.strip("".join(c for c in set(typed) if not c.isalpha()))
    return any(one in known for one in {typed, core, typed.translate(_WRITTEN), core.translate(_WRITTEN)})


def _spelt(name: str) -> str:
    """A Chinese name as it is typed: ``mading``."""
    from pypinyin import lazy_pinyin  # slow to import, and needed only when a password is chosen

    return "".join(lazy_pinyin(name))


def _without(typed: str, words: list[str]) -> str:
    for word in sorted(set(words), key=len, reverse=True):
        if len(word) >= _SHORTEST_WORD:
            typed = typed.replace(word, "")
    return typed


@cache
def _common(path: Path) -> frozenset[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def _weak(text: str) -> Refusal:
    return Refusal(text, code="access.weak_password")
