"""Registering cases and parties, and setting them right."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from execdesk.access.actions import Fen, action
from execdesk.access.duty import require_may
from execdesk.access.session import Session
from execdesk.casefile.assignment import assign_by_rule
from execdesk.casefile.lookup import case_of, open_for_bureau, parties_of, party_of
from execdesk.casefile.routing import group_for
from execdesk.casefile.settings import MONEY, bureau_settings
from execdesk.law.identity import SEXES, check_identity
from execdesk.law.refusal import Refusal
from execdesk.law.words import format_case_number, parse_case_number
from execdesk.records.cases import Case, Party
from execdesk.records.papers import TakenNumber
from execdesk.store.act import Act, Changes

# Words by which the register tells a unit from a natural person; the person registering sees and can change the result.
_UNIT = re.compile(r"(公司|银行|支行|合作社|信用社|联社|委员会|政府|中心|学校|医院|[局厂店场站所院会社行部处])$")


PARTY_FIELDS = frozenset({
    "name", "id_no", "address", "phone", "sex", "ethnicity", "occupation", "representative", "representative_post", "agent", "kind", "born_on",
})  # fmt: skip


@action(
    "case.register", "登记案件", number="案号", cause="案由", filed_on="立案日期", applicants="申请执行人", debtors="被执行人",
    basis_no="执行依据文号", kind="案件种类", principal="本金", interest="利息", costs="诉讼费", fee="执行费",
)
def register(
    session: Session, *, number: str, cause: str, filed_on: date, applicants: list[Any], debtors: list[Any],
    basis_no: str | None = None, basis_kind: str | None = None, basis_organ: str | None = None,
    basis_effective_on: date | None = None, obligation: str | None = None, received_on: date | None = None,
    principal: Fen | None = None, interest: Fen | None = None, costs: Fen | None = None, fee: Fen | None = None,
    remarks: str | None = None, kind: str | None = None,
) -> Changes:
    """Enter a case with its parties; route and assign it where the rule gives one answer. Its kind follows from its basis where none is told.

    Parties are names, or maps with the fields of :class:`Party`. At a desk other than HQ the case is provisional.
    """
    require_may(session, "register_case", "登记案件")
    case = new_case(session, number, cause, filed_on)
    if filed_on > session.day:
        raise Refusal(f"立案日期 {filed_on} 在今天 {session.day} 之后，请核对。", code="case.days")
    if case.year and filed_on.year + 1 < case.year:  # a day around New Year may differ by one
        raise Refusal(f"立案日期 {filed_on} 与案号的年份 {case.year} 不符，请核对。", code="case.days")
    if Case.select().where(Case.number == case.number, Case.struck.is_null()).exists():
        raise Refusal(f"{case.number} 已经登记过，不能重复登记。", code="case.known")
    if not isinstance(applicants, list) or not isinstance(debtors, list) or not applicants or not debtors:
        raise Refusal("至少登记一名申请执行人和一名被执行人。", code="case.parties")
    if any(part is not None and part < 0 for part in (principal, interest, costs, fee)):
        raise Refusal("本金、利息、诉讼费、执行费都不能为负，请核对。", code="case.amounts")
    claim = [part for part in (principal, interest, costs) if part is not None]
    case.claim_fen = sum(claim) if claim else None
    case.principal_fen, case.interest_fen, case.costs_fen, case.fee_fen = principal, interest, costs, fee
    case.basis_no, case.basis_kind, case.basis_organ = basis_no, basis_kind, basis_organ
    case.basis_effective_on, case.obligation, case.received_on = basis_effective_on, obligation, received_on
    case.remarks, case.opening_recovered_fen = remarks, 0
    case.kind = kind_told(session, kind) or bureau_settings(session.resources).kind_of(basis_no, basis_kind)
    check_days(case)
    parties = [
        *(new_party(session, case, "applicant", i, p) for i, p in enumerate(applicants)),
        *(new_party(session, case, "debtor", i, p) for i, p in enumerate(debtors)),
    ]
    with session.act("case.register", case=case.id) as act:
        route = group_for(session, case, parties)
        case.group, case.group_reason, case.town = route.group, route.reason, route.town
        act.add(case)
        act.add_many(parties)
        if case.state == "open" and case.group:
            assign_by_rule(session, act, case, parties)
    return done(act)


def done(act: Act) -> Changes:
    """What a finished act touched."""
    assert act.changes is not None
    return act.changes


def new_case(session: Session, number: str, cause: str, filed_on: date, origin: str = "registered") -> Case:
    """A case row from a number, not yet written; cases of 审管办 are marked so and are read-only for the bureau.

    Raises:
        Refusal: ``case.number``, ``case.type``.
    """
    parsed = parse_case_number(number, home=session.court.code)
    if parsed.number is None:
        raise Refusal(f"案号「{number}」不完整：{'；'.join(parsed.problems)}。", code="case.number")
    if not parsed.number.old and parsed.number.court_code != session.court.code:
        raise Refusal(f"「{number}」的法院代字不是本院的「{session.court.code}」，请核对案号。", code="case.number")
    if parsed.number.suffix is not None:
        raise Refusal(f"「{number}」带有文书后缀，案号应不带后缀：{format_case_number(parsed.number.bare)}。", code="case.number")
    settings, kind = bureau_settings(session.resources), parsed.number.type_code
    if kind in settings.never_types:
        raise Refusal(f"基层法院不办理「{kind}」案件，复议由{session.court.upper}办理。", code="case.type")
    if kind not in (*settings.bureau_types, *settings.review_types, *settings.suit_types):
        raise Refusal(f"「{kind}」不是本院执行案件的类型代字，请核对案号。", code="case.type")
    if not cause.strip():
        raise Refusal("请填写案由。", code="case.cause")
    return Case(
        number=format_case_number(parsed.number.bare), year=parsed.number.year, type_code=kind, sequence=parsed.number.seq,
        cause=cause.strip(), filed_on=filed_on, state="open" if kind in settings.bureau_types else "review_office",
        origin=origin, held_by=session.store.site, provisional=session.store.site != "HQ",
    )


def kind_told(session: Session, text: str | None) -> str:
    """A kind of case by its id or its words; empty where nothing is told.

    Raises:
        Refusal: ``case.kind``, naming the kinds there are.
    """
    if not (text or "").strip():
        return ""
    kinds = bureau_settings(session.resources).kinds
    found = next((kind.id for kind in kinds if text in (kind.id, kind.name)), None)
    if found is None:
        raise Refusal(f"没有「{text}」这一种案件；可选：{'、'.join(kind.name for kind in kinds)}。", code="case.kind")
    return found


def check_days(case: Case) -> None:
    """Days of a case in their order.

    Raises:
        Refusal: ``case.days``.
    """
    if case.received_on and case.received_on > case.filed_on:
        raise Refusal(f"收到申请的日期 {case.received_on} 晚于立案日期 {case.filed_on}，请核对。", code="case.days")
    if case.basis_effective_on and case.basis_effective_on > case.filed_on:
        raise Refusal(f"执行依据生效日期 {case.basis_effective_on} 晚于立案日期 {case.filed_on}，请核对。", code="case.days")


def new_party(session: Session, case: Case, side: str, position: int, told: Any) -> Party:
    """A party row from a name or a map of fields, not yet written; the number is checked and tells birth and sex.

    Raises:
        Refusal: ``party.name``, ``identity.…``, ``party.special``.
    """
    if not isinstance(told, (str, dict)):
        raise Refusal(f"当事人应写作姓名，或写作各栏的一组内容，读不懂「{told}」。", code="party.field")
    values = {"name": told} if isinstance(told, str) else dict(told)
    name = " ".join(str(values.pop("name", "")).split())
    if not name:
        raise Refusal("当事人姓名或名称不能空着。", code="party.name")
    party = Party(case=case.id, side=side, position=position, name=name)
    party.kind = values.pop("kind", None) or ("legal" if _UNIT.search(name.split("（")[0]) else "natural")
    id_no = values.pop("id_no", None)
    if id_no:
        set_identity(party, str(id_no), case.filed_on)
    for field, value in values.items():
        if field not in PARTY_FIELDS | {"special", "special_source"}:
            raise Refusal(f"当事人没有「{field}」这一项。", code="party.field")
        setattr(party, field, _born(value) if field == "born_on" else value)
    if party.special and not party.special_source:
        raise Refusal("标注特殊主体须写明依据（如证件、任职文件）。", code="party.special")
    return party


def _born(value: Any) -> Any:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        raise Refusal(f"出生日期「{value}」不是日期，请写作 1980-01-02 的样子。", code="party.field") from None


def set_identity(party: Party, id_no: str, on: date) -> tuple[str, ...]:
    """Check and set a number; returns warnings (an unknown area is one, checksum and date are hard)."""
    check = check_identity(id_no, on=on)
    party.id_kind, party.id_no = check.kind, check.normal
    if check.kind in ("credit_code", "registration15", "org_code") and party.kind == "natural":
        party.kind = "legal"
    party.born_on = check.born_on or party.born_on
    party.sex = SEXES.get(check.sex, party.sex) if check.sex else party.sex
    return check.warnings


def _kept(session: Session, case: str, what: str) -> Case:
    """The case, if the person signed in keeps its facts: those who register, draft or undertake; not in a case of 审管办."""
    require_may(session, ("register_case", "draft", "undertake"), what)
    found = case_of(case)
    if found.state == "review_office":
        open_for_bureau(found)
    return found


@action("party.change", "更正当事人", case="案件", party="当事人", values="更正内容", reason="理由")
def change_party(session: Session, *, case: str, party: str, values: dict[str, Any], reason: str) -> Changes:
    """Set facts of a party right; the old text stays in the journal."""
    found = _kept(session, case, "更正当事人")
    row = party_of(found, party)
    unknown = sorted(values.keys() - PARTY_FIELDS)
    if unknown:
        raise Refusal(f"当事人不能更正「{'、'.join(unknown)}」；可更正：{'、'.join(sorted(PARTY_FIELDS))}。", code="party.field")
    if "name" in values and not str(values["name"]).strip():
        raise Refusal("当事人姓名或名称不能空着。", code="party.name")
    if not reason.strip():
        raise Refusal("更正须写明理由。", code="party.reason")
    with session.act("party.change", case=found.id, reason=reason) as act:
        row = act.get(Party, row.id)
        fields = {k: _born(v) if k == "born_on" else v for k, v in values.items()}
        if "id_no" in fields:
            check = check_identity(str(fields.pop("id_no")), on=found.filed_on)
            fields |= {"id_kind": check.kind, "id_no": check.normal, "born_on": check.born_on or row.born_on}
        act.change(row, **fields)
    return done(act)


@action("party.add", "增加当事人", case="案件", side="诉讼地位", name="姓名或名称", values="其他")
def add_party(session: Session, *, case: str, side: str, name: str, values: dict[str, Any] | None = None) -> Changes:
    """Add a party that registration left out."""
    found = _kept(session, case, "增加当事人")
    if side not in ("applicant", "debtor", "third"):
        raise Refusal("诉讼地位只能是申请执行人、被执行人或第三人。", code="party.side")
    party = new_party(session, found, side, len(parties_of(found.id, side)), {"name": name, **(values or {})})
    with session.act("party.add", case=found.id) as act:
        act.add(party)
    return done(act)


@action("case.paper_suffix", "登记纸质文书末号", case="案件", series="文书类别", suffix="末号")
def record_paper_suffix(session: Session, *, case: str, series: str, suffix: int) -> Changes:
    """Record the last suffix used on paper in a case that came from a ledger; −1 says that none was used."""
    found = _kept(session, case, "登记纸质文书末号")
    if suffix < -1 or suffix > 99:
        raise Refusal("末号填 0 表示只用过不带「之」的文号，填 3 表示用到之三；从未用过的填 -1。", code="case.paper_suffix")
    known = {s.id: s.name for s in session.tools.catalogue.all_series if s.form == "suffix"}
    chosen = next((key for key, name in known.items() if series in (key, name)), None)
    if chosen is None:
        raise Refusal(f"没有「{series}」这一类文号，可选：{'、'.join(known.values())}。", code="case.paper_suffix")
    with session.act("case.paper_suffix", case=found.id) as act:
        row = act.get(Case, found.id)
        before = (row.last_paper_suffix or {}).get(chosen)
        taken = TakenNumber.select().where(TakenNumber.case == row.id, TakenNumber.series == chosen)
        if before is not None and suffix < before and taken.exists():
            raise Refusal(f"本类已登记的末号是 {before}，并已在其后取过文号，不能改小。", code="case.paper_suffix")
        act.change(row, last_paper_suffix={**(row.last_paper_suffix or {}), chosen: suffix})
    return done(act)


@action("case.opening_recovered", "登记此前到位金额", case="案件", amount="此前到位金额", source="来源")
def record_opening(session: Session, *, case: str, amount: Fen, source: str) -> Changes:
    """Record how much had come in before money was booked here, in all; what comes in since is booked by itself and added up."""
    found = _kept(session, case, "登记此前到位金额")
    if amount < 0 or not source.strip():
        raise Refusal("此前到位金额不能为负，并请写明来源（如台账、原承办人移交）。", code="case.opening_recovered")
    with session.act("case.opening_recovered", case=found.id, reason=source) as act:
        act.change(act.get(Case, found.id), opening_recovered_fen=amount)
    return done(act)


@action("case.basis", "补充执行依据", case="案件", kind="文书种类", organ="作出机关", effective_on="生效日期", case_kind="案件种类")
def set_basis(
    session: Session, *, case: str, kind: str | None = None, organ: str | None = None, effective_on: date | None = None, case_kind: str | None = None
) -> Changes:
    """What a ledger leaves out of the effective document: its kind, who made it, from when it has effect; and the kind of case it makes.

    A document whose name makes another kind of case than money changes the kind, unless one is told.
    """
    found = _kept(session, case, "补充执行依据")
    makes = bureau_settings(session.resources).kind_of(found.basis_no, kind) if kind else MONEY
    values = {
        "basis_kind": kind, "basis_organ": organ, "basis_effective_on": effective_on,
        "kind": kind_told(session, case_kind) or (makes if makes != MONEY else None),
    }
    told = {name: value for name, value in values.items() if value}
    if not told:
        raise Refusal("请填写文书种类、作出机关、生效日期或案件种类中的至少一项。", code="case.basis")
    with session.act("case.basis", case=found.id) as act:
        row = act.change(act.get(Case, found.id), **told)
        check_days(row)
    return done(act)


@action("case.obligation", "填写应履行的义务", case="案件", obligation="义务内容")
def set_obligation(session: Session, *, case: str, obligation: str) -> Changes:
    """What the effective document orders, in the words the notice and rulings repeat."""
    if not obligation.strip():
        raise Refusal("请写明生效法律文书确定的义务。", code="case.obligation")
    found = _kept(session, case, "填写义务")
    with session.act("case.obligation", case=found.id) as act:
        act.change(act.get(Case, found.id), obligation=obligation.strip())
    return done(act)
