"""How a case of a ledger was closed: day and way, checked against filing and against the ways the law knows for its type."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from execdesk.fields.cells import Answer, CellDecision, Option, Refused, Value, compact
from execdesk.fields.dates import read_date_text
from execdesk.intake.settling import RowReader
from execdesk.law.refusal import Refusal
from execdesk.law.words import CaseNumber


@dataclass(frozen=True)
class Closing:
    """Day and way of closing; both empty for an open case."""

    closed_on: date | None = None
    mode: str = ""


def read_closing(
    reader: RowReader, day: date | None, filed_on: date | None, number: CaseNumber | None, route: str
) -> Closing:
    """The closing of the row; ``day`` is what its column of closing days says. A contradiction becomes a question."""
    cell = reader.cell("closing_mode")
    raw = compact(cell.text) if cell else ""
    reader.state("closing_mode", raw)
    asked = {question.column for question in reader.reading.questions}
    if raw in reader.setting.columns.closing_open:
        raw = ""
    if (not raw and day is None) or reader.letter("closed_on") in asked - {""}:
        return Closing()
    if day and filed_on and day < filed_on:
        day = _before_filing(reader, day, filed_on)
    if not route:  # the case number itself is still open; the way of closing depends on its type
        return Closing(day, raw)
    if route == "review_office":
        reader.warn("closing.review_office", f"结案方式「{raw}」照录，由审管办核对。")
        return Closing(day, raw)
    mode = _mode(reader, raw, number, day or filed_on)
    if raw and day is None and mode and not reader.reading.problems:
        day = _no_day(reader, raw)
        mode = mode if day else ""
    return Closing(day, mode if day else "")


def _no_day(reader: RowReader, raw: str) -> date | None:
    answer: Answer[date | None] = CellDecision(
        "closing.no_date",
        f"结案方式写「{raw}」，没有结案日期。",
        (Option("open", "按未结导入", None, "没有结案日期"),),
    )
    return reader.settle("closed_on", "", answer, lambda entry: read_date_text(entry))


def _before_filing(reader: RowReader, day: date, filed_on: date) -> date | None:
    text = f"结案日期 {day} 早于立案日期 {filed_on}，两者必有一误，请填写正确的结案日期，或先按未结导入。"
    answer: Answer[date | None] = CellDecision(
        "closing.before_filing", text, (Option("open", "先按未结导入", None, "结案日期待查"),)
    )

    def again(entry: str) -> Answer[date | None]:
        found = read_date_text(entry)
        if isinstance(found, Value) and found.value < filed_on:
            return Refused("closing.before_filing", f"{found.value} 仍早于立案日期 {filed_on}。")
        return found

    return reader.settle("closed_on", str(day), answer, again)


def _mode(reader: RowReader, raw: str, number: CaseNumber | None, on: date | None) -> str:
    if number is None or on is None:
        return raw
    columns = reader.setting.columns
    mode = columns.closing.get(raw, raw)
    try:
        listed = reader.setting.law.value(f"case.closing.{number.type_code}", on)
    except Refusal as refusal:
        reader.warn("closing.no_list", f"结案方式「{raw}」照录：{refusal.text}")
        return mode
    allowed = [str(one) for one in listed.value]
    if mode in allowed:
        return mode
    likely = columns.closing_proposal.get(number.type_code, {}).get(mode, "")
    options = tuple(Option(f"take:{one}", one, one, "台账用语与此相近" if one == likely else "") for one in allowed)
    what = f"「{raw}」不是「{number.type_code}」案件的结案方式" if raw else "有结案日期，没有结案方式"
    answer: Answer[str] = CellDecision("closing.mode", f"{what}（{listed.source}），请选定。", options, f"take:{likely}" if likely else "")

    def again(entry: str) -> Answer[str]:
        own = columns.closing.get(compact(entry), compact(entry))
        return Value(own) if own in allowed else Refused("closing.mode", f"可用的结案方式：{'、'.join(allowed)}。")

    return reader.settle("closing_mode", raw, answer, again) or ""
