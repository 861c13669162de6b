"""The number of a case as its row writes it, its year beside the day of filing, and where its type belongs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from execdesk.fields.cells import Answer, Cell, CellDecision, Option, Refused, Value, compact, tidy
from execdesk.fields.numbers import Numbers, YearHint, parse, read_case_numbers
from execdesk.intake.settling import RowReader
from execdesk.law.words import CaseNumber, format_case_number


def read_number(reader: RowReader, filed_on: date | None) -> Numbers | None:
    """The number or numbers of the row; None where a question or problem stands in the way."""
    cell = reader.cell("case_no")
    hints = [YearHint(reader.context.year, reader.context.year_ground)] if reader.context.year else []
    if filed_on:
        hints.append(YearHint(filed_on.year, f"本行立案日期为 {filed_on}"))

    def again(text: str) -> Answer[Numbers]:
        return read_case_numbers(text, reader.setting.home, tuple(hints))

    if cell is None:
        if any(question.code == "column.ambiguous" for question in reader.reading.questions):
            return None
        missing: Answer[Numbers] = CellDecision("case_no.missing", "本行没有案号，请填写，或决定不导入。", ())
        return _numbered(reader, reader.settle("case_no", "", missing, again), filed_on)
    answer = again(cell.text)
    reader.state("case_no", _number_text(answer, cell))
    reader.reading.case_no = " ".join(tidy(cell.text).split())
    return _numbered(reader, reader.settle("case_no", cell.text, answer, again), filed_on)


def _of_here(reader: RowReader, numbers: Numbers) -> Numbers | None:
    """A number of the old form names its court by the first characters of its place: that of another court is asked about."""
    first, court = numbers.first, reader.setting.organisation.court
    if not first.old or court.short.startswith(first.court_code.removeprefix("琼") or court.short):
        return numbers
    shown = format_case_number(first)
    option = Option(f"keep:{shown}", "照台账记", numbers, "他院移送或指定本院执行的，沿用原案号")
    text = f"案号 {shown} 的法院简称「{first.court_code}」不是本院的，请核对。"
    answer: Answer[Numbers] = CellDecision("case_no.other_court", text, (option,))
    return reader.settle("case_no", shown, answer, lambda entry: read_case_numbers(entry, reader.setting.home, ()))


def _year_agrees(reader: RowReader, numbers: Numbers, filed_on: date | None) -> Numbers | None:
    """A case is filed in the year of its number; about New Year the two may differ by one."""
    first = numbers.first
    if filed_on is None or first.year == filed_on.year:
        return numbers
    shown = format_case_number(first)
    if (filed_on.year - first.year, filed_on.month) in ((1, 1), (-1, 12)):
        reader.warn("case_no.year", f"案号 {shown} 与立案日期 {filed_on} 隔年，照台账记。")
        return numbers
    turned = replace(
        numbers, first=replace(first, year=filed_on.year), others=tuple(replace(one, year=filed_on.year) for one in numbers.others)
    )
    other = format_case_number(turned.first)
    options = [Option(f"keep:{shown}", "案号和立案日期都照台账记", numbers, "待查原件")]
    if parse(other, home=reader.setting.home).number is not None:  # a number that cannot be is not offered
        options.append(Option(f"take:{other}", f"案号应为 {other}", turned, f"立案日期为 {filed_on}"))
    answer: Answer[Numbers] = CellDecision("case_no.year", f"案号是 {first.year} 年的，立案日期是 {filed_on}，两者必有一误，请核对。", tuple(options))
    return reader.settle("case_no", shown, answer, lambda text: read_case_numbers(text, reader.setting.home, ()))


def _numbered(reader: RowReader, numbers: Numbers | None, filed_on: date | None) -> Numbers | None:
    if numbers:
        reader.reading.case_no = format_case_number(numbers.first)
        numbers = _of_here(reader, numbers)
    if numbers:
        numbers = _year_agrees(reader, numbers, filed_on)
    if numbers:
        reader.reading.numbers = numbers
        reader.reading.case_no = format_case_number(numbers.first)
    return numbers


def read_route(reader: RowReader, number: CaseNumber, cause: str) -> str:
    """bureau or review_office by the type code (article 1 of the plan); other types are a question."""
    route = reader.setting.columns.route
    if number.type_code in route["bureau"]:
        return "bureau"
    suit = number.type_code in route["suit_types"] and any(word in cause for word in route["suit_causes"])
    if suit or number.type_code in route["review_office"]:
        reader.warn("route.review_office", f"「{number.type_code}」案件归审管办，本局只读。")
        return "review_office"
    if number.old and number.type_code == "执":
        return "bureau"
    options = (Option("review_office", "移交审管办，本局只读", "review_office"),)
    text = f"类型代字「{number.type_code}」不是执行局办理的案件，请核对案号，或移交审管办。"
    answer: Answer[str] = CellDecision("route.unknown_type", text, options)
    again: Any = lambda _: Refused("route.unknown_type", text)  # noqa: E731
    return reader.settle("case_no", reader.reading.case_no, answer, again) or ""


def _number_text(answer: Answer[Numbers], cell: Cell) -> str:
    if isinstance(answer, Value):
        return format_case_number(answer.value.first)
    return compact(cell.text)
