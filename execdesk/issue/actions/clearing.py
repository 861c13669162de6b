"""Clearing a restored store for issue."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from execdesk.access.duty import require_may
from execdesk.access.register import action
from execdesk.access.session import Session
from execdesk.casefile.lookup import case_of
from execdesk.documents.numbers import numbered, suffix_of
from execdesk.documents.texts import Series
from execdesk.drafting.taking import entered_number, is_taken, last_suffix
from execdesk.issue.clearing import other_sites, series_asked
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.law.words import format_case_number, parse_case_number
from execdesk.records.base import new_id
from execdesk.records.cases import Case
from execdesk.records.papers import NumberState, TakenNumber
from execdesk.store.act import Act, Changes
from execdesk.store.restore import CLEARED, restored_from

CAUSE, NONE = "恢复前已在纸上使用", "无"


@dataclass(frozen=True)
class _Entry:
    """One number that stands on paper and is later than what the backup knows."""

    series: Series
    number: str
    case: str


@action(
    CLEARED, "登记纸上最后文号",
    Field("numbers", "各类每案的最后文号", "group", start="series_asked", hint="备份以后没有用过的，写「无」；同类另有案件用过的，加一行", of=(
        Field("series", "类别", "choice", options="series_asked"), Field("number", "纸上最后文号", "name"), Field("case", "案号（文号里没有的）", "name", required=False))),
    Field("words", "怎样核对的（卷宗、发文簿、盖章登记簿）", "long"), Field("other_desk", "怎样从其他办公处取回本处的留痕", "long", required=False, where="other_desks"),
    button="登记并恢复签发", done="已登记，本库恢复签发。",
)
def clear_restored(session: Session, *, numbers: list[Any], words: str, other_desk: str = "") -> Changes:
    """局长 enters, series by series, the last numbers found on paper; then the restored store may issue.

    An entry of ``numbers`` names a series with the last number of a case, or 无 where no later number exists; ``case`` only where
    the number does not tell it. ``words`` say how it was found; ``other_desk`` how the other desk's lines were taken back, where there is one.

    Raises:
        Refusal: ``store.not_restored``; ``restore.series`` naming the series nobody answered for; ``restore.words``; those of numbers.
    """
    require_may(session, "correct_law", "登记纸上最后文号")
    came_from = restored_from(session.store)
    if came_from is None:
        raise Refusal("本库不是从备份恢复的，或者已经登记过，不用再登记。", code="store.not_restored")
    wanted = series_asked(session)
    missing = [one.name for one in wanted.values() if one.id not in {told["series"] for told in numbers}]
    if missing:
        raise Refusal(f"每一类文号都要核对，还缺：{'、'.join(missing)}。没有更晚的，写「无」。", code="restore.series")
    if other_sites(session) and not other_desk.strip():
        raise Refusal(f"请先从{'、'.join(other_sites(session))}取回本处的留痕，并写明核对情况。", code="restore.words")
    entries = [_entry(wanted[told["series"]], told) for told in numbers if told["series"] in wanted and told["number"] != NONE]
    with session.act(CLEARED, reason="；".join(part for part in (words.strip(), other_desk.strip()) if part)) as act:
        for entry in entries:
            _keep(session, act, entry)
    return act.changes


def _entry(series: Series, told: dict[str, str]) -> _Entry:
    number, case = told["number"], told.get("case", "")
    parsed = parse_case_number(number).number
    if series.form == "suffix" and parsed is not None:
        case = case or format_case_number(parsed.bare)
    if not case:
        raise Refusal(f"「{series.name}」的文号「{number}」看不出属于哪件案件，请填写案号。", code="restore.number")
    return _Entry(series, number, case)


def _keep(session: Session, act: Act, entry: _Entry) -> None:
    case, series = case_of(entry.case), entry.series
    if series.form == "suffix":
        _keep_suffix(act, act.get(Case, case.id), series, suffix_of(case.number, entry.number))
        return
    if series.form == "entered":
        number, year, place = entered_number(session, series, entry.number, act.day), None, 0
    else:
        number, (year, place) = entry.number, _yearly(series, entry.number)
        if is_taken(series, number):
            return
    act.add(TakenNumber(id=new_id(), case=case.id, series=series.id, suffix=place, number=number, year=year, state=NumberState.PAPER, cause=CAUSE))


def _keep_suffix(act: Act, case: Case, series: Series, last: int) -> None:
    """Every suffix up to the last on paper that this store does not know was used there; none of them is given again."""
    before, taken = (case.last_paper_suffix or {}).get(series.id, -1), last_suffix(series, case.id)
    for suffix in range(max(before, -1 if taken is None else taken) + 1, last + 1):
        number = numbered(case.number, suffix).number
        act.add(TakenNumber(id=new_id(), case=case.id, series=series.id, suffix=suffix, number=number, state=NumberState.PAPER, cause=CAUSE))


def _yearly(series: Series, text: str) -> tuple[int, int]:
    """The year and the running number in a letter's own number, read by the pattern of the series."""
    shape = re.escape(series.pattern).replace(re.escape("{year}"), r"(\d{4})").replace(re.escape("{n}"), r"(\d+)")
    found = re.fullmatch(shape, text)
    if found is None:
        sample = series.pattern.replace("{year}", "2018").replace("{n}", "3")
        raise Refusal(f"「{text}」不是「{series.name}」的文号，应如「{sample}」。", code="restore.number")
    return int(found[1]), int(found[2])
