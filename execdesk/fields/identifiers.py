"""What tells one property from another: account numbers, chassis numbers, plates, as people write them; each check under its name."""

from __future__ import annotations

import re
from collections.abc import Callable

from execdesk.fields.cells import Answer, Note, Refused, Value, compact, tidy, wider
from execdesk.fields.money import read_money_text
from execdesk.law.kinds import AMOUNT, LINE
from execdesk.law.refusal import Refusal
from execdesk.law.spelling import clean, require_account, says_something

_VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_VIN_VALUES = {**{str(n): n for n in range(10)}, **dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", (*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)), strict=True))}
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(rf"([{_PROVINCES}][A-Z])[·•.\-]?([A-HJ-NP-Z0-9]{{4,5}}[A-HJ-NP-Z0-9挂学警港澳])")
_CODE = re.compile(r"[0-9A-Za-z\-]{2,40}")
_DIGITS = re.compile("[0-9]{1,12}")
LARGEST_COUNT = 10**12  # shares of a company, square metres, mu
_SHOWN = 40  # characters of what was typed, in a sentence

Check = Callable[[str], Answer[str]]


def _text(raw: str) -> Answer[str]:
    return Value(wider(" ".join(tidy(raw).split())))


def _account(raw: str) -> Answer[str]:
    try:
        return Value(require_account(raw).replace("-", ""))
    except Refusal as refusal:
        return Refused("identifier.account", f"「{raw[:_SHOWN]}」：{refusal.text}")


def _code(raw: str) -> Answer[str]:
    plain = compact(raw).upper()
    return Value(plain) if _CODE.fullmatch(plain) else Refused("identifier.code", f"号码只能是数字、字母和短横，您填的是「{raw[:_SHOWN]}」，请核对。")


def _vin(raw: str) -> Answer[str]:
    """A chassis number (GB 16735). Its ninth place is a check digit; cars imported or made before 2005 may not keep to it."""
    plain = compact(raw).upper()
    if not _VIN.fullmatch(plain):
        return Refused("identifier.vin", f"车辆识别代号应为 17 位字母和数字，不含 I、O、Q，您填的「{plain}」共 {len(plain)} 位，请对照登记证书。")
    expected = "0123456789X"[sum(_VIN_VALUES[sign] * weight for sign, weight in zip(plain, _VIN_WEIGHTS, strict=True)) % 11]
    if plain[8] == expected:
        return Value(plain)
    told = f"车辆识别代号 {plain} 的第 9 位校验不符（应为 {expected}），请对照登记证书；确系如此登记的（早年或进口车辆），核对后注明。"
    return Value(plain, (Note("identifier.vin_check", told),))


def _plate(raw: str) -> Answer[str]:
    found = _PLATE.fullmatch(compact(raw).upper())
    if found is None:
        return Refused("identifier.plate", f"「{raw[:_SHOWN]}」不是车牌号，应写作 琼D·A1234 这样，请核对。")
    return Value(f"{found[1]}·{found[2]}")


def _money(raw: str) -> Answer[str]:
    answer = read_money_text(raw)
    if isinstance(answer, Value) and answer.value is not None and 0 <= answer.value <= AMOUNT:
        return Value(f"{answer.value // 100}.{answer.value % 100:02d}", answer.warnings)
    return Refused("identifier.money", f"「{raw[:_SHOWN]}」不是金额，请写作 3200.00 这样。")


def _count(raw: str) -> Answer[str]:
    plain = compact(raw)
    if _DIGITS.fullmatch(plain) and int(plain) <= LARGEST_COUNT:
        return Value(str(int(plain)))
    return Refused("identifier.count", f"「{raw[:_SHOWN]}」不是数目，请填不超过 {LARGEST_COUNT:,} 的整数。")


CHECKS: dict[str, Check] = {
    "text": _text, "account": _account, "code": _code, "vin": _vin, "plate": _plate, "money": _money, "count": _count,
}


def read_identifier(check: str, raw: str) -> Answer[str]:
    """The identifier in its one spelling, with warnings a person must answer for; or a refusal. Refuses emptiness."""
    if not tidy(raw):
        return Refused("identifier.empty", "请填写。")
    try:
        clean(raw, LINE)
    except Refusal as refusal:
        return Refused("identifier.text", refusal.text)
    if not says_something(tidy(raw)):
        return Refused("identifier.text", f"「{raw[:_SHOWN]}」里只有标点或符号，请写明。")
    return CHECKS[check](raw)
