"""Numbers of persons and units: GB 11643, GB 32100, GB 11714, old registration numbers, passports and passes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import mul
from pathlib import Path

from execdesk.law.datafile import read_plain
from execdesk.law.numerals import normalise
from execdesk.law.refusal import Refusal

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECKS = "10X98765432"
CENTENARIANS = frozenset({"996", "997", "998", "999"})  # sequence numbers of 15 digits kept for births before 1900
CREDIT_CHARS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
ORG_CHARS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
KINDS = {
    "residence_card": "外国人永久居留身份证", "id18": "居民身份证", "id15": "居民身份证（15位旧号）", "credit_code": "统一社会信用代码",
    "registration15": "工商注册号", "org_code": "组织机构代码", "passport": "护照",
    "hk_macau_pass": "港澳居民来往内地通行证", "taiwan_pass": "台湾居民来往大陆通行证",
    "foreign_passport": "外国护照",
}  # fmt: skip
SEXES = {1: "男", 2: "女"}


@dataclass(frozen=True)
class Areas:
    """Area codes known to the program; a number outside them only gets a warning."""

    provinces: frozenset[str]
    counties: Mapping[str, Mapping[str, str]]

    def warning(self, code: str) -> str:
        """What is odd about the first six digits, empty where nothing is."""
        if code[:2] not in self.provinces:
            return f"前两位「{code[:2]}」不是已知的省级代码，请对照证件。"
        known = self.counties.get(code[:2])
        return f"前六位「{code}」不在已知的行政区划代码中，请对照证件。" if known and code not in known else ""


@dataclass(frozen=True)
class IdentityCheck:
    """``normal`` is the number as it is stored; ``sex`` 1 男, 2 女 (GB/T 2261.1) or ``None`` where it tells neither."""

    kind: str
    normal: str
    born_on: date | None = None
    sex: int | None = None
    warnings: tuple[str, ...] = ()

    @property
    def kind_words(self) -> str:
        """The kind in Chinese."""
        return KINDS[self.kind]


def load_areas(file: Path) -> Areas:
    """The area codes in ``resources/persons/areas.toml``."""
    return read_plain(file, lambda data: Areas(frozenset(data["provinces"]), dict(data["counties"])))


def check_identity(
    text: str, *, kind: str | None = None, areas: Areas | None = None, on: date | None = None
) -> IdentityCheck:
    """Check ``text`` as the kind given, or as the only kind it can be.

    Raises Refusal ``identity.number`` for a number that is wrong, ``identity.ambiguous`` where two kinds fit, and
    ``identity.lost`` for the remains a spreadsheet leaves (4.69027E+17). ``on`` refuses a birth after that day.
    """
    plain = normalise(text).upper().replace("－", "-")
    if re.fullmatch(r"\d(\.\d+)?E\+?\d+", plain):
        raise Refusal(f"「{text}」已被电子表格改成科学记数，后几位无法恢复，请按证件重新填写。", code="identity.lost")
    if kind is not None and kind not in KINDS:
        raise Refusal(f"「{kind}」不是证件种类，可用：{'、'.join(KINDS)}。", code="identity.kind")
    shapes = [name for name, shape in SHAPES.items() if kind in (None if name not in TOLD else name, name) and shape.fullmatch(plain)]
    if not shapes:
        raise Refusal(f"「{text}」不是可识别的证件号码，请核对位数和字母。", code="identity.number")
    if kind is None and plain.isdigit() and UNCHECKED.issuperset(shapes):
        kinds = "、".join(KINDS[name] for name in shapes)
        raise Refusal(f"「{text}」可能是{kinds}，号码本身无法辨认，请选择证件种类。", code="identity.ambiguous")
    return _only(text, plain, shapes, areas, on)


def upgraded(id15: str) -> str:
    """The 18 digits of a number of 15: the century put in, the check character added (GB 11643—1999).

    Numbers that end in 996 to 999 were kept for people born in the century before. Refusal ``identity.number`` for another kind
    of number. The person's own card rules: a number given out twice was changed when the long ones came.
    """
    short = check_identity(id15, kind="id15")
    assert short.born_on is not None
    body = short.normal[:6] + short.born_on.isoformat().replace("-", "") + short.normal[12:]
    return body + _id_check(body)


def age_on(born_on: date, day: date) -> int:
    """Whole years on ``day``, a new one from the birthday; born on 29 February: from 1 March in common years."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _only(text: str, plain: str, shapes: list[str], areas: Areas | None, on: date | None) -> IdentityCheck:
    fits: list[IdentityCheck] = []
    faults: list[Refusal] = []
    for name in shapes:
        try:
            fits.append(CHECKS[name](plain, areas, on))
        except Refusal as fault:
            faults.append(fault)
    if not fits:
        raise faults[0]
    if len(fits) > 1 and fits[0].kind not in ("residence_card", "id18"):  # a real day and a right checksum do not come about by chance
        kinds = "、".join(fit.kind_words for fit in fits)
        raise Refusal(f"「{text}」可能是{kinds}，请选择证件种类。", code="identity.ambiguous")
    if fits[0].kind == "credit_code" and fits[0].warnings and faults:
        raise faults[0]  # 18 digits: one identity number in 31 that is mistyped passes as a unit's code by chance
    return fits[0]


def _id18(plain: str, areas: Areas | None, on: date | None) -> IdentityCheck:
    born_on = _born(plain, plain[6:14], on)
    if _id_check(plain[:17]) != plain[17]:
        raise _wrong(plain, "校验码不符")
    warnings = tuple(filter(None, [areas.warning(plain[:6]) if areas else ""]))
    return IdentityCheck("id18", plain, born_on, 2 - int(plain[16]) % 2, warnings)


def _residence(plain: str, areas: Areas | None, on: date | None) -> IdentityCheck:
    """The card of 2023 (18 digits, the first a 9, checked like an identity card) or of 2017 (nation, place, birthday; not checked here)."""
    if plain[0].isdigit():
        born_on = _born(plain, plain[6:14], on)
        if _id_check(plain[:17]) != plain[17]:
            raise _wrong(plain, "校验码不符")
        return IdentityCheck("residence_card", plain, born_on, warnings=(f"以 9 开头，是{KINDS['residence_card']}的号码，请对照证件。",))
    return IdentityCheck("residence_card", plain, warnings=(f"旧版{KINDS['residence_card']}号码请对照证件。",))


def _id15(plain: str, areas: Areas | None, on: date | None) -> IdentityCheck:
    century = "18" if plain[12:] in CENTENARIANS else "19"
    born_on = _born(plain, century + plain[6:12], on)
    warnings = ["15位旧号码没有校验码，且2013年起停止使用，请补登18位号码。", areas.warning(plain[:6]) if areas else ""]
    return IdentityCheck("id15", plain, born_on, 2 - int(plain[14]) % 2, tuple(filter(None, warnings)))


def _credit(plain: str, areas: Areas | None, on: date | None) -> IdentityCheck:
    total = sum([CREDIT_CHARS.index(c) * w for c, w in zip(plain[:17], CREDIT_WEIGHTS, strict=True)])
    if CREDIT_CHARS[-total % 31] != plain[17]:
        raise _wrong(plain, "统一社会信用代码校验码不符")
    if org_check(plain[8:16]) != plain[16]:
        return IdentityCheck("credit_code", plain, warnings=("第9至17位的主体标识码校验不符，请对照证照。",))
    return IdentityCheck("credit_code", plain)


def _registration(plain: str, areas: Areas | None, on: date | None) -> IdentityCheck:
    carry = 10
    for digit in map(int, plain[:14]):
        carry = ((carry + digit) % 10 or 10) * 2 % 11
    if (11 - carry) % 10 != int(plain[14]):
        raise _wrong(plain, "工商注册号校验码不符")
    return IdentityCheck("registration15", plain, warnings=("注册号已由统一社会信用代码取代，请补登新代码。",))


def _org(plain: str, areas: Areas | None, on: date | None) -> IdentityCheck:
    body, check = plain[:8], plain[-1]
    if org_check(body) != check:
        raise _wrong(plain, "组织机构代码校验码不符")
    return IdentityCheck(
        "org_code", f"{body}-{check}", warnings=("组织机构代码已由统一社会信用代码取代，请补登新代码。",)
    )


def _unchecked(kind: str) -> Callable[[str, Areas | None, date | None], IdentityCheck]:
    """Passes and passports have no public check digit: taken as they are, with a notice."""
    return lambda plain, areas, on: IdentityCheck(kind, plain, warnings=(f"{KINDS[kind]}号码没有校验码，请对照证件。",))


def _id_check(body: str) -> str:
    return ID_CHECKS[sum(map(mul, map(int, body), ID_WEIGHTS)) % 11]


def org_check(body: str) -> str:
    rest = 11 - sum(ORG_CHARS.index(c) * w for c, w in zip(body, ORG_WEIGHTS, strict=True)) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def _born(plain: str, digits: str, on: date | None) -> date:
    try:
        born_on = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise _wrong(plain, f"出生日期{digits[:4]}-{digits[4:6]}-{digits[6:]}不存在") from None
    if on is not None and born_on > on:
        raise _wrong(plain, f"出生日期{born_on}晚于{on}")
    return born_on


def _wrong(plain: str, what: str) -> Refusal:
    return Refusal(f"号码「{plain}」有误：{what}，请对照证件重新填写。", code="identity.number")


TOLD = frozenset({"foreign_passport"})  # kinds that nobody can tell from the number: only where the kind is named
UNCHECKED = frozenset({"passport", "hk_macau_pass", "taiwan_pass"})
SHAPES = {name: re.compile(shape) for name, shape in {
    "residence_card": r"(?:9\d{16}[\dX]|[A-Z]{3}\d{12})",
    "id18": r"\d{17}[\dX]",
    "credit_code": rf"[{CREDIT_CHARS}]{{18}}",
    "id15": r"\d{15}",
    "registration15": r"\d{15}",
    "org_code": r"[0-9A-Z]{8}-?[\dX]",
    "passport": r"(?:[DEGPS]\d{8}|E[A-HJ-NP-Z]\d{7}|[DPS]E\d{7}|14\d{7}|15\d{7})",
    "hk_macau_pass": r"[HM](?:\d{8}|\d{10})",
    "taiwan_pass": r"(?:\d{8}|\d{10}[A-Z]?)",
    "foreign_passport": r"[0-9A-Z]{5,15}",
}.items()}
CHECKS: dict[str, Callable[[str, Areas | None, date | None], IdentityCheck]] = {
    "residence_card": _residence,
    "id18": _id18,
    "credit_code": _credit,
    "id15": _id15,
    "registration15": _registration,
    "org_code": _org,
    "passport": _unchecked("passport"),
    "hk_macau_pass": _unchecked("hk_macau_pass"),
    "taiwan_pass": _unchecked("taiwan_pass"),
    "foreign_passport": _unchecked("foreign_passport"),
}


def hidden(number: str) -> str:
    """A number of identity with its middle hidden: 460033********0017; nothing of nothing."""
    if len(number) <= 8:
        return number[:2] + "*" * (len(number) - 2)
    head = 6 if len(number) >= 15 else 4
    return number[:head] + "*" * (len(number) - head - 4) + number[-4:]
