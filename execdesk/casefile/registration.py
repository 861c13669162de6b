"""Registration looked at while it is typed: each value by the checks of a ledger's cells, and what would become of the case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from execdesk.access.session import Session
from execdesk.casefile.assignment import former_handler, former_reason, related_case
from execdesk.casefile.cases import check_days, new_case
from execdesk.casefile.lookup import assigned
from execdesk.casefile.persons import twice
from execdesk.casefile.routing import group_for
from execdesk.fields.cells import Answer, CellDecision, Refused, Value
from execdesk.fields.dates import read_date_text
from execdesk.fields.money import read_money_text
from execdesk.fields.names import is_organisation
from execdesk.fields.numbers import YearHint, read_case_numbers, read_identity
from execdesk.law.identity import Areas, load_areas
from execdesk.law.refusal import Refusal
from execdesk.records.cases import Case, CaseState, Party

OK, WARNING, WRONG, MISSING = "ok", "warning", "wrong", "missing"
_DAYS = {"filed_on": "立案日期", "received_on": "收到申请的日期", "basis_effective_on": "生效日期"}
_AMOUNTS = {"principal": "本金", "interest": "利息", "costs": "诉讼费", "fee": "执行费"}
_SIDES = {"applicants": ("applicant", "申请执行人"), "debtors": ("debtor", "被执行人")}


class Finding(NamedTuple):
    """What is to be said of one field: ``wrong`` and ``missing`` would be refused, ``warning`` would not.

    A party's field is named with its place: ``debtors.0.id_no``. ``group`` and ``related`` tell where the case would go.
    """

    field: str
    state: str
    sentence: str


def check_registration(session: Session, values: Mapping[str, Any]) -> list[Finding]:
    """All there is to say of a half-filled registration; ``values`` as for ``case.register``, texts as they are typed.

    Nothing is written and nothing raised: quick enough to be asked at each pause in typing.
    """
    days = {name: _day(values.get(name)) for name in _DAYS}
    found = [*_days(session, days), *_number(session, values, days["filed_on"][0]), *_amounts(values)]
    if not _text(values.get("cause")):
        found.append(Finding("cause", MISSING, "请填写案由。"))
    parties: list[Party] = []
    for side in _SIDES:
        found += _parties(session, side, values.get(side) or [], parties)
    return [*found, *_order(days), *_place(session, values, days, parties)]


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _day(value: Any) -> tuple[date | None, Answer[date] | None]:
    if isinstance(value, date):
        return value, Value(value)
    answer = read_date_text(_text(value)) if _text(value) else None
    return (answer.value if isinstance(answer, Value) else None), answer


def _wrong(field: str, answer: CellDecision[Any] | Refused) -> Finding:
    choices = "、".join(option.label for option in answer.options) if isinstance(answer, CellDecision) else ""
    return Finding(field, WRONG, answer.text + (f"可填：{choices}。" if choices else ""))


def _days(session: Session, days: Mapping[str, tuple[date | None, Answer[date] | None]]) -> Iterator[Finding]:
    for name, (day, answer) in days.items():
        if answer is None:
            if name == "filed_on":
                yield Finding(name, MISSING, "请填写立案日期，期限都从它算起。")
        elif not isinstance(answer, Value):
            yield _wrong(name, answer)
        elif day is not None and day > session.day:
            state = WRONG if name == "filed_on" else WARNING
            yield Finding(name, state, f"{_DAYS[name]} {day} 晚于今天 {session.day}，请核对。")


def _order(days: Mapping[str, tuple[date | None, Answer[date] | None]]) -> Iterator[Finding]:
    filed_on = days["filed_on"][0]
    for name in ("received_on", "basis_effective_on") if filed_on else ():
        try:
            check_days(Case(filed_on=filed_on, **{name: days[name][0]}))
        except Refusal as refusal:
            yield Finding(name, WRONG, refusal.text)


def _number(session: Session, values: Mapping[str, Any], filed_on: date | None) -> Iterator[Finding]:
    text = _text(values.get("number"))
    if not text:
        yield Finding("number", MISSING, "请填写立案庭给的案号。")
        return
    hints = (YearHint(filed_on.year, f"立案日期为 {filed_on}"),) if filed_on else ()
    answer = read_case_numbers(text, session.court.code, hints)
    if not isinstance(answer, Value):
        yield _wrong("number", answer)
        return
    try:
        case = new_case(session, text, "—", filed_on or session.day)
    except Refusal as refusal:
        yield Finding("number", WRONG, refusal.text)
        return
    if Case.select().where(Case.number == case.number, Case.struck.is_null()).exists():
        yield Finding("number", WRONG, f"{case.number} 已经登记过，不能重复登记。")
    elif case.state == CaseState.REVIEW_OFFICE:
        yield Finding("number", WARNING, f"「{case.type_code}」案件归审判事务管理办公室，登记后执行局只能查看。")
    elif filed_on and case.year != filed_on.year:
        state = WRONG if case.year > filed_on.year + 1 else WARNING
        yield Finding("number", state, f"案号是 {case.year} 年的，立案日期是 {filed_on}，请核对。")
    else:
        yield Finding("number", OK, case.number)


def _amounts(values: Mapping[str, Any]) -> Iterator[Finding]:
    for name, title in _AMOUNTS.items():
        value = values.get(name)
        if isinstance(value, int):
            if value < 0:
                yield Finding(name, WRONG, f"{title}不能为负。")
        elif _text(value):
            answer = read_money_text(_text(value))
            if not isinstance(answer, Value):
                yield _wrong(name, answer)
            for note in answer.warnings if isinstance(answer, Value) else ():
                yield Finding(name, WARNING, note.text)


def _parties(session: Session, side: str, given: Sequence[Any], parties: list[Party]) -> Iterator[Finding]:
    code, title = _SIDES[side]
    named = False
    for at, one in enumerate(given):
        value = {"name": one} if isinstance(one, str) else dict(one)
        name = " ".join(_text(value.get("name")).split())
        if not name and any(_text(part) for part in value.values()):
            yield Finding(f"{side}.{at}.name", MISSING, f"请填写{title}的姓名或名称。")
        if not name:
            continue
        named = True
        party = Party(side=code, position=at, name=name, address=_text(value.get("address")) or None)
        yield from _identity(session, f"{side}.{at}.id_no", party, _text(value.get("id_no")))
        yield from (Finding(f"{side}.{at}.name", WRONG, text) for other in parties for _, _, text in twice((other, party)))
        parties.append(party)
        if code == "debtor" and not party.address:
            yield Finding(f"{side}.{at}.address", WARNING, f"没有「{name}」的住址，不能按住所地定组。")
        if value.get("special") and not _text(value.get("special_source")):
            yield Finding(f"{side}.{at}.special_source", MISSING, "标注特殊主体须写明依据（如证件、任职文件）。")
    if not named:
        yield Finding(side, MISSING, f"至少登记一名{title}。")


def _identity(session: Session, field: str, party: Party, number: str) -> Iterator[Finding]:
    if not number:
        if party.side == "debtor":
            yield Finding(field, WARNING, f"没有「{party.name}」的证件号码，查不出关联案件。")
        return
    answer = read_identity(number, party.name, _areas(session.resources), session.day)
    if not isinstance(answer, Value):
        yield _wrong(field, answer)
        return
    party.id_no = answer.value.number
    for note in answer.warnings:
        yield Finding(field, WARNING, note.text)
    if not answer.warnings:
        born = answer.value.born_on
        kind = "单位" if is_organisation(party.name) else "号码"
        yield Finding(field, OK, f"{born} 出生，{'男' if answer.value.sex == 1 else '女'}" if born else f"{kind}正确")


@lru_cache(maxsize=4)
def _areas(resources: Path) -> Areas:
    return load_areas(resources / "persons" / "areas.toml")


def _place(
    session: Session, values: Mapping[str, Any], days: Mapping[str, tuple[date | None, Answer[date] | None]], parties: list[Party]
) -> Iterator[Finding]:
    """Which group the case would come to, and the case of the same debtor it would go together with."""
    debtors = [party for party in parties if party.side == "debtor"]
    try:
        case = new_case(session, _text(values.get("number")), "—", days["filed_on"][0] or session.day)
    except Refusal:
        return
    if case.state != CaseState.OPEN or not debtors:
        return
    case.basis_no = _text(values.get("basis_no")) or None
    choice = group_for(session, case, debtors)
    yield Finding("group", OK if choice.group else WARNING, choice.reason)
    former = former_handler(case.type_code, case.basis_no or "", [p.id_no for p in debtors if p.id_no], session.day)
    if former is not None:
        yield Finding("related", OK, f"{former_reason(former[1].number, former[0].name)}。")
        return
    related = related_case(debtors, case.id)
    judge = assigned(related.id, "judge", session.day) if related is not None else None
    if related is not None and judge is not None:
        yield Finding("related", OK, f"被执行人相同的 {related.number} 由{judge.name}承办，关联案件一并办理。")
