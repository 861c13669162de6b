"""Finding rows by what a person types: a case by number, a party by name."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any, TypeVar

from execdesk.access.session import person_of
from execdesk.law.refusal import Refusal, WayOn
from execdesk.law.words import format_case_number, parse_case_number
from execdesk.records.base import Journaled
from execdesk.records.cases import Assignment, Case, CaseState, Party
from execdesk.records.people import Person
from execdesk.records.tables import BY_NAME, children_of
from execdesk.store.look import looking, seen

J = TypeVar("J", bound=Journaled)


def case_of(text: str) -> Case:
    """The case with this number or row id.

    Raises:
        Refusal: ``case.missing``.
    """
    found = Case.get_or_none((Case.id == text) & Case.struck.is_null())
    if found is None:
        parsed = parse_case_number(text)
        number = format_case_number(parsed.number) if parsed.number else text
        found = Case.get_or_none((Case.number == number) & Case.struck.is_null())
    if found is None:
        raise Refusal(f"找不到案件「{text}」。请核对案号，或先登记。", code="case.missing", ways=(WayOn("登记案件", "case.register"),))
    return found


def parties_of(case: str, side: str | None = None) -> list[Party]:
    """The parties of a case in order."""
    found = [party for party in rows_of(Party, case) if side in (None, "", party.side)]
    return sorted(found, key=lambda party: (party.side, party.position))


def party_of(case: Case, text: str) -> Party:
    """A party of the case by row id or name.

    Raises:
        Refusal: ``party.missing`` naming the parties there are.
    """
    parties = parties_of(case.id)
    for party in parties:
        if text in (party.id, party.name):
            return party
    raise Refusal(f"{case.number} 没有当事人「{text}」；有：{'、'.join(p.name for p in parties)}。", code="party.missing")


NOT_CONTROLLED = "不能控制其财产。案外人代持的，请先走异议审查。"


def debtor_of(case: Case, text: str, otherwise: str = NOT_CONTROLLED) -> Party:
    """A debtor of the case; ``otherwise`` says what follows of another party.

    Raises:
        Refusal: ``measure.owner`` for another party.
    """
    party = party_of(case, text)
    if party.side != "debtor":
        raise Refusal(f"{party.name}不是被执行人，{otherwise}", code="measure.owner")
    return party


def assigned(case: str, role: str, day: date) -> Person | None:
    """Who holds a role in a case on a day."""
    held = [
        row for row in rows_of(Assignment, case)
        if row.role == role and row.starts_on <= day and (row.ends_on is None or row.ends_on >= day)
    ]
    newest_first = sorted(held, key=lambda row: (row.starts_on, row.id), reverse=True)
    return next((person for row in newest_first if (person := person_of(row.person)) is not None), None)


def rows_of(model: type[J], case: str) -> list[J]:
    """The rows of a table that name a case and are not struck, in the order of row ids; read once in a look."""
    if without_rows(model, case):
        return []
    table: Any = model
    return list(seen(("rows", model, case), lambda: list(table.select().where(table.case == case, table.struck.is_null()).order_by(table.id))))


def without_rows(model: type[Journaled], case: str) -> bool:
    """Whether a look knows already that a table holds nothing of a case, itself or through another table: it need not be read."""
    return looking() and model in {each for each, _ in _owned()} and model not in seen(("held", case), lambda: _tables_with_rows(case))


@cache
def _owned() -> tuple[tuple[type[Journaled], str], ...]:
    """The tables whose rows belong to a case, or to a row that does, each with where those of one case are found."""
    found = []
    for child, name in children_of(Case):
        column = f'"{child._meta.fields[name].column_name}"'
        found.append((child, f'"{child._meta.table_name}" p WHERE p.{column} = '))
        for below, field in children_of(child):
            way = f'"{child._meta.table_name}" p JOIN "{below._meta.table_name}" t ON t."{below._meta.fields[field].column_name}" = p."id"'
            found.append((below, f"{way} WHERE p.{column} = "))
    return tuple(found)


def _tables_with_rows(case: str) -> frozenset[type[Journaled]]:
    """Which of a case's tables hold anything of it, asked at once: however many tables there come to be, only these are read."""
    base = Case._meta.database
    ask = " UNION ALL ".join(f"SELECT '{model.__name__}' WHERE EXISTS (SELECT 1 FROM {where}{base.param})" for model, where in _owned())
    return frozenset(BY_NAME[name] for name, in base.execute_sql(ask, [case] * len(_owned())).fetchall())


def responsible_judge(case: Case, day: date) -> Person:
    """The judge in charge on a day.

    Raises:
        Refusal: ``case.no_judge``.
    """
    judge = assigned(case.id, "judge", day)
    if judge is None:
        raise Refusal(f"{case.number} 在 {day} 尚无承办法官，请先分案。", code="case.no_judge", ways=(WayOn("分案", "case.assign"),))
    return judge


def of_bureau(case: Case) -> Case:
    """The case, if it is the bureau's, open or closed.

    Raises:
        Refusal: ``case.review_office`` for cases of 审管办.
    """
    if case.state == CaseState.REVIEW_OFFICE:
        raise Refusal(
            f"{case.number} 属审判事务管理办公室审查和办理，执行局只能查看。", code="case.review_office",
            ways=(WayOn("看条文 F1", "clause:plan.1"),),
        )
    return case


def open_for_bureau(case: Case) -> Case:
    """The case, if the bureau may act in it.

    Raises:
        Refusal: as :func:`of_bureau`; ``case.closed`` for closed ones.
    """
    if of_bureau(case).state == CaseState.CLOSED:
        at = f"已于 {case.closed_on} 结案" if case.closed_on else "已结案"
        raise Refusal(f"{case.number} {at}，不能再办理。需要继续执行的，请立执恢案件。", code="case.closed")
    return case
