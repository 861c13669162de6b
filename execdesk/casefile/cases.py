"""Cases and parties as rows from what was given of them, checked."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from execdesk.access.session import Session
from execdesk.casefile.partyfields import REGISTERED
from execdesk.casefile.settings import bureau_settings
from execdesk.law.identity import SEXES, check_identity
from execdesk.law.refusal import Refusal
from execdesk.law.words import format_case_number, parse_case_number
from execdesk.records.cases import Case, CaseState, Party
from execdesk.store.act import Act, Changes

# Words by which the register tells a unit from a natural person; the person registering sees and can change the result.
_UNIT = re.compile(r"(公司|银行|支行|合作社|信用社|联社|委员会|政府|中心|学校|医院|[局厂店场站所院会社行部处])$")


def done(act: Act) -> Changes:
    """What a finished act touched."""
    return act.changes


def new_case(session: Session, number: str, cause: str, filed_on: date, origin: str = "registered") -> Case:
    """A case row from a number, not yet written; cases of 审管办 are marked so and are read-only for the bureau.

    Raises:
        Refusal: ``case.number``, ``case.type``.
    """
    parsed = parse_case_number(number, home=session.court.code)
    if parsed.number is None:
        raise Refusal(f"案号「{number}」不完整：{'；'.join(parsed.problems)}。", code="case.number", field="number")
    if not parsed.number.old and parsed.number.court_code != session.court.code:
        raise Refusal(f"「{number}」的法院代字不是本院的「{session.court.code}」，请核对案号。", code="case.number", field="number")
    if parsed.number.suffix is not None:
        raise Refusal(f"「{number}」带有文书后缀，案号应不带后缀：{format_case_number(parsed.number.bare)}。", code="case.number", field="number")
    settings, kind = bureau_settings(session.resources), parsed.number.type_code
    if kind in settings.never_types:
        raise Refusal(f"基层法院不办理「{kind}」案件，复议由{session.court.upper}办理。", code="case.type", field="number")
    if kind not in (*settings.bureau_types, *settings.review_types, *settings.suit_types):
        raise Refusal(f"「{kind}」不是本院执行案件的类型代字，请核对案号。", code="case.type", field="number")
    if not cause.strip():
        raise Refusal("请填写案由。", code="case.cause", field="cause")
    return Case(
        number=format_case_number(parsed.number.bare), year=parsed.number.year, type_code=kind, sequence=parsed.number.seq,
        cause=cause.strip(), filed_on=filed_on, state=CaseState.OPEN if kind in settings.bureau_types else CaseState.REVIEW_OFFICE,
        origin=origin, held_by=session.store.site, provisional=session.store.site != "HQ",
    )


def check_days(case: Case) -> None:
    """Days of a case in their order.

    Raises:
        Refusal: ``case.days``.
    """
    if case.received_on and case.received_on > case.filed_on:
        raise Refusal(f"收到申请的日期 {case.received_on} 晚于立案日期 {case.filed_on}，请核对。", code="case.days", field="received_on")
    if case.basis_effective_on and case.basis_effective_on > case.filed_on:
        raise Refusal(f"执行依据生效日期 {case.basis_effective_on} 晚于立案日期 {case.filed_on}，请核对。", code="case.days", field="basis_effective_on")


def new_party(session: Session, case: Case, side: str, position: int, given: Any) -> Party:
    """A party row from a name or a map of fields, not yet written; the number is checked and tells birth and sex.

    Raises:
        Refusal: ``party.name``, ``identity.…``, ``party.special``.
    """
    if not isinstance(given, (str, dict)):
        raise Refusal(f"当事人应写作姓名，或写作各栏的一组内容，读不懂「{given}」。", code="party.field")
    values = {"name": given} if isinstance(given, str) else dict(given)
    name = " ".join(str(values.pop("name", "")).split())
    if not name:
        raise Refusal("当事人姓名或名称不能空着。", code="party.name")
    party = Party(case=case.id, side=side, position=position, name=name)
    party.kind = values.pop("kind", None) or ("legal" if _UNIT.search(name.split("（")[0]) else "natural")
    id_no = values.pop("id_no", None)
    if id_no:
        set_identity(party, str(id_no), case.filed_on)
    for field, value in values.items():
        if field not in {part.name for part in REGISTERED}:
            raise Refusal(f"当事人没有「{field}」这一项。", code="party.field")
        setattr(party, field, _born(value) if field == "born_on" else value)
    if party.special and not party.special_source:
        raise Refusal("标注特殊主体须写明依据（如证件、任职文件）。", code="party.special", field="special_source")
    return party


def _born(value: Any) -> Any:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        raise Refusal(f"出生日期「{value}」不是日期，请写作 1980-01-02 的样子。", code="party.field", field="born_on") from None


def set_identity(party: Party, id_no: str, on: date) -> tuple[str, ...]:
    """Check and set a number; returns warnings (an unknown area is one, checksum and date are hard)."""
    check = check_identity(id_no, on=on)
    party.id_kind, party.id_no = check.kind, check.normal
    if check.kind in ("credit_code", "registration15", "org_code") and party.kind == "natural":
        party.kind = "legal"
    party.born_on = check.born_on or party.born_on
    party.sex = SEXES.get(check.sex, party.sex) if check.sex else party.sex
    return check.warnings
