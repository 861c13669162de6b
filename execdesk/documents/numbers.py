"""Numbers of documents: the next suffix of a case's series, numbers given elsewhere and checked, the court's own letters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from execdesk.documents.texts import Series
from execdesk.law.refusal import Refusal, WayOn
from execdesk.law.words import case_number, format_case_number

NONE_ON_PAPER = -1  # a person has recorded that no number of the series was used on paper


@dataclass(frozen=True)
class Numbered:
    """A number ready to be taken: as printed, and its place in the series (suffix 0 is the bare case number)."""

    number: str
    suffix: int


@dataclass(frozen=True)
class Void:
    """A number that will never stand on a document, with its cause."""

    number: str
    suffix: int
    cause: str


def next_suffix(
    series: Series, case_no: str, last_taken: int | None, *, last_on_paper: int | None = None, from_ledger: bool = False
) -> Numbered:
    """The next free number of ``series`` in the case: the bare number, then 之一, 之二 …

    ``last_taken`` is the highest suffix used or void (``None`` if none was taken); a void one is never given again, no gap is filled. ``last_on_paper`` is the
    last suffix used before the program (:data:`NONE_ON_PAPER` if none); a case from a ledger needs it. Raises Refusal
    ``number.paper`` where it is missing, ``number.series`` for a series numbered otherwise.
    """
    if series.form != "suffix":
        raise Refusal(f"「{series.name}」不按案号编后缀，请按该系列的办法取号。", code="number.series")
    if from_ledger and last_on_paper is None:
        raise Refusal(
            f"本案来自台账，请先登记「{series.name}」已在纸上用到的最后一个文号，再取新号。", code="number.paper",
            ways=(WayOn("登记纸质文书末号", f"case.paper_suffix:{series.id}"), WayOn("多件一起登记", "paper_suffixes")),
        )
    highest = max(last for last in (last_taken, last_on_paper, NONE_ON_PAPER) if last is not None)
    return numbered(case_no, highest + 1)


def numbered(case_no: str, suffix: int) -> Numbered:
    """``case_no`` with a suffix, in the printed form: （2017）琼9027执123号之一."""
    if suffix < 0:
        raise ValueError("a suffix is not negative")
    bare = case_number(case_no).bare
    return Numbered(format_case_number(replace(bare, suffix=suffix or None)), suffix)


def suffix_of(case_no: str, text: str) -> int:
    """The suffix of a number of this case as a person types it; Refusal ``number.foreign`` for another case's number."""
    found = case_number(text)
    if found.bare != case_number(case_no).bare:
        raise Refusal(f"「{text}」不是本案（{case_no}）的文号，请核对。", code="number.foreign")
    return found.suffix or 0


def check_entered(series: Series, text: str, *, court_code: str, on: date) -> str:
    """A number given by 立案庭 (（2017）琼9027司惩3号), in the printed form; never generated here.

    Raises Refusal ``number.entered`` for another court, another type, a suffix, or a year after ``on``.
    """
    if series.form != "entered":
        raise Refusal(f"「{series.name}」由系统取号，不能录入。", code="number.series")
    found = case_number(text)
    wanted = f"（年份）{court_code}{series.type_code}（编号）号"
    if (found.court_code, found.type_code, found.suffix, found.old) != (court_code, series.type_code, None, False):
        raise Refusal(f"「{text}」不是本院的{series.name}，应如{wanted}。请按立案庭给的号录入。", code="number.entered")
    if found.year > on.year:
        raise Refusal(f"「{text}」的年份晚于{on.year}年，请核对。", code="number.entered")
    return format_case_number(found)


def next_letter(series: Series, desk: str, on: date, last_taken: int | None) -> Numbered:
    """The next of the court's own letters of the year (乐法执函〔2017〕3号), at the one desk that owns the series.

    ``last_taken`` is the highest of the year, used or void. Raises Refusal ``number.desk`` at another desk.
    """
    if series.form != "yearly":
        raise Refusal(f"「{series.name}」不按年编号。", code="number.series")
    if desk != series.desk:
        raise Refusal(
            f"「{series.name}」的编号属于{series.desk}，本处不能取号，请由{series.desk}编发。", code="number.desk"
        )
    number = (last_taken or 0) + 1
    return Numbered(series.pattern.replace("{year}", str(on.year)).replace("{n}", str(number)), number)
