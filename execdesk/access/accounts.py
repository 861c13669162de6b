"""Login names that cannot be mistaken for each other: few characters, and none that looks like a name there is."""

from __future__ import annotations

import re
from collections.abc import Iterable

from execdesk.access.slots import RECOVERY
from execdesk.law.refusal import Refusal

_FIT = re.compile(r"[a-z][a-z0-9._-]{1,31}")
_LOOKS = str.maketrans("01i5289q", "ollszbgg", "._-")
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))


def require_fit(account: str, others: Iterable[str]) -> None:
    """Return if ``account`` can be given to a new person beside those of ``others``.

    Raises:
        Refusal: ``person.account`` for characters of other alphabets, widths or without a width, for capitals, and for a name that is
            taken or reads like one that is (0 and o, 1 and l, with and without a sign).
    """
    if not _FIT.fullmatch(account):
        raise Refusal("登录名只用小写英文字母、数字和 . _ -，以字母起首，2至32个字符；全角、大写、其他文字容易与别人混淆。请改写。", code="person.account")
    for other in (*others, RECOVERY):
        if other == account:
            raise Refusal(f"登录名“{account}”已有人使用，请另取。", code="person.account")
        if appearance(other) == appearance(account):
            raise Refusal(f"登录名“{account}”与已有的“{other}”看上去一样，容易认错人。请另取。", code="person.account")


def appearance(account: str) -> str:
    """How a name reads at a glance: two with one appearance are not told apart."""
    plain = account.casefold().translate(_LOOKS)
    for seen, as_ in _PAIRS:
        plain = plain.replace(seen, as_)
    return plain
