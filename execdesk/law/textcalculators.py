"""Sheets for words and numbers: amounts and days in words and back, case numbers, identity numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

from execdesk.law.casenumber import ParsedCaseNumber, format_case_number, parse_case_number
from execdesk.law.days import day_text
from execdesk.law.identity import SEXES, check_identity, upgraded
from execdesk.law.numerals import (
    amount_in_list,
    amount_in_receipt,
    amount_in_ruling,
    amount_in_words,
    count_in_words,
    date_in_words,
    digits_in_words,
    normalise,
    parse_amount,
    parse_day,
    suffix_in_words,
)
from execdesk.law.refusal import Refusal, WayOn
from execdesk.law.values import Sheet, SheetStep


def amount_words(text: str) -> tuple[Sheet, int, str]:
    """The amount behind ``text`` in all the forms the court prints; fen and capitals beside the sheet."""
    fen = parse_amount(text)
    words = amount_in_words(fen)
    steps = (
        SheetStep("大写", "", words), SheetStep("裁判文书", "", amount_in_ruling(fen)), SheetStep("清单", "", amount_in_list(fen)),
        SheetStep("收据", "", amount_in_receipt(fen)),
    )  # fmt: skip
    return Sheet("金额大写", (("金额", text),), steps, words), fen, words


def day_words(text: str) -> tuple[Sheet, dict[str, date | str]]:
    """The day behind ``text`` in Chinese numerals and back."""
    day = parse_day(text)
    words = date_in_words(day)
    sheet = Sheet("日期大写", (("日期", text),), (SheetStep("日期", "", day_text(day)),), words)
    return sheet, {"day": day, "words": words}


def number_words(text: str) -> tuple[Sheet, dict[str, int | str]]:
    """The whole number behind ``text`` as it is said, and digit by digit."""
    plain = normalise(text)
    if not (plain.isascii() and plain.isdigit()):
        raise Refusal(f"「{text}」不是整数，请写作如「20170801」。", code="words.number")
    words, read = count_in_words(int(plain)), digits_in_words(plain)
    steps = (SheetStep("按数读", "", words), SheetStep("逐位读", "", read))
    return Sheet("数字大写", (("数字", text),), steps, words), {"number": int(plain), "words": words, "digits": read}


def case_number_sheet(text: str, home: str) -> tuple[Sheet, dict[str, Any]]:
    """The case number behind ``text``; Refusal ``words.case_number``, with ``home`` proposed where the court is missing."""
    parsed = parse_case_number(text, home=home)
    if parsed.number is None:
        raise _ask(parsed)
    number, printed = parsed.number, format_case_number(parsed.number)
    parts = (
        ("年度", str(number.year)),
        ("法院代字", number.court_code),
        ("类型代字", number.type_code),
        ("编号", str(number.seq)),
        *((("文书序号", suffix_in_words(number.suffix)),) if number.suffix else ()),
    )
    steps = tuple(SheetStep(label, "", part) for label, part in parts) + tuple(
        SheetStep("提示", "", note) for note in parsed.notes
    )
    figures = {"text": printed, "year": number.year, "court_code": number.court_code, "type_code": number.type_code,
               "seq": number.seq, "suffix": number.suffix, "old": number.old, "notes": parsed.notes}  # fmt: skip
    return Sheet("案号", (("原文", text),), steps, printed), figures


def identity_sheet(text: str) -> tuple[Sheet, dict[str, Any]]:
    """The checked number with what it tells of the person; one of 15 digits with its 18 as well."""
    check = check_identity(text)
    longer = upgraded(check.normal) if check.kind == "id15" else ""
    sex = SEXES.get(check.sex or 0, "")
    steps = [SheetStep("证件种类", "", check.kind_words)]
    steps += [SheetStep("出生日期", "", day_text(check.born_on))] if check.born_on else []
    steps += [SheetStep("性别", "", sex)] if sex else []
    steps += [SheetStep("换算为18位", "前6位、出生年份补足四位、其余不变，加校验码", longer)] if longer else []
    steps += [SheetStep("提示", "", warning) for warning in check.warnings]
    figures = {"kind": check.kind, "kind_text": check.kind_words, "number": check.normal, "born_on": check.born_on,
               "sex": check.sex, "sex_text": sex, "longer": longer, "warnings": check.warnings}  # fmt: skip
    return Sheet("证件号码", (("原文", text),), tuple(steps), check.normal), figures


def _ask(parsed: ParsedCaseNumber) -> Refusal:
    proposal = format_case_number(parsed.proposal) if parsed.proposal else ""
    ways = (WayOn(f"改为「{proposal}」", f"set:text={proposal}"),) if proposal else ()
    return Refusal("".join(parsed.problems), code="words.case_number", ways=ways)
