"""What can be done with a case and its parties: registering, setting right, filling in what a ledger leaves out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from execdesk.access.duty import require_may
from execdesk.access.lookup import group_of, person_of
from execdesk.access.register import CASE, Fen, action
from execdesk.access.session import Session, holders_of, posts_on
from execdesk.casefile.assignment import assign_by_rule, end_role, give_role, is_judge
from execdesk.casefile.basis import require_basis
from execdesk.casefile.cases import check_days, done, new_case, new_party
from execdesk.casefile.charge import require_in_charge
from execdesk.casefile.lookup import assigned, case_of, open_for_bureau, parties_of, party_of
from execdesk.casefile.papersuffix import NEVER, NONE_USED, suffix_series, suffixes_told, used_words
from execdesk.casefile.partyfields import ADDED, CHANGEABLE, REGISTERED, SIDES
from execdesk.casefile.routing import group_for
from execdesk.casefile.settings import MONEY, bureau_settings
from execdesk.law.fields import Field
from execdesk.law.identity import check_identity
from execdesk.law.refusal import Clause, Refusal
from execdesk.records.cases import Assignment, Case, CaseState, Party
from execdesk.records.charge import KEEPING
from execdesk.records.papers import TakenNumber
from execdesk.store.act import Act, Changes


@action(
    "case.register", "登记案件",
    Field("number", "案号", "case_number", hint="由立案庭给号"), Field("cause", "案由", most=64), Field("filed_on", "立案日期", "day", start="today", most="today"),
    Field("applicants", "申请执行人", "group", of=REGISTERED), Field("debtors", "被执行人", "group", of=REGISTERED),
    Field("received_on", "收到申请", "day", required=False, most="today"), Field("basis_no", "文号", required=False, most=64),
    Field("basis_kind", "文书种类", required=False, most=32), Field("basis_organ", "作出机关", required=False, most=64),
    Field("basis_effective_on", "生效日期", "day", required=False),
    Field("obligation", "应履行的义务", "long", required=False, hint="接在「责令被执行人某某」之后，进执行通知书和裁定书"),
    Field("principal", "本金", "amount", required=False), Field("interest", "利息", "amount", required=False),
    Field("costs", "诉讼费", "amount", required=False), Field("fee", "执行费", "amount", required=False),
    Field("remarks", "备注", "long", required=False, hint="只供内部查看，不进文书"),
    Field("kind", "案件种类", "choice", required=False, options="case_kinds", hint="不选的按执行依据判断"),
)
def register(
    session: Session, *, number: str, cause: str, filed_on: date, applicants: list[Any], debtors: list[Any],
    basis_no: str | None = None, basis_kind: str | None = None, basis_organ: str | None = None,
    basis_effective_on: date | None = None, obligation: str | None = None, received_on: date | None = None,
    principal: Fen | None = None, interest: Fen | None = None, costs: Fen | None = None, fee: Fen | None = None,
    remarks: str | None = None, kind: str | None = None,
) -> Changes:
    """Enter a case with its parties; route and assign it where the rule gives one answer. Its kind follows from its basis where none is given.

    Parties are names, or maps with the fields of :class:`Party`. At a desk other than HQ the case is provisional.
    """
    require_may(session, "register_case", "登记案件")
    case = new_case(session, number, cause, filed_on)
    if case.year and filed_on.year + 1 < case.year:  # a day around New Year may differ by one
        raise Refusal(f"立案日期 {filed_on} 与案号的年份 {case.year} 不符，请核对。", code="case.days", field="filed_on")
    if Case.select().where(Case.number == case.number, Case.struck.is_null()).exists():
        raise Refusal(f"{case.number} 已经登记过，不能重复登记。", code="case.known", field="number")
    if not isinstance(applicants, list) or not isinstance(debtors, list) or not applicants or not debtors:
        raise Refusal("至少登记一名申请执行人和一名被执行人。", code="case.parties", field="debtors")
    if any(part is not None and part < 0 for part in (principal, interest, costs, fee)):
        raise Refusal("本金、利息、诉讼费、执行费都不能为负，请核对。", code="case.amounts", field="principal")
    claim = [part for part in (principal, interest, costs) if part is not None]
    case.claim_fen = sum(claim) if claim else None
    case.principal_fen, case.interest_fen, case.costs_fen, case.fee_fen = principal, interest, costs, fee
    case.basis_no, case.basis_kind, case.basis_organ = basis_no, basis_kind, basis_organ
    case.basis_effective_on, case.obligation, case.received_on = basis_effective_on, obligation, received_on
    case.remarks, case.opening_recovered_fen = remarks, 0
    case.kind = kind or bureau_settings(session.resources).kind_of(basis_no, basis_kind)
    if case.state == CaseState.OPEN:  # one of 审管办 is about an enforcement case
        require_basis(session, basis_no)
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
        if case.state == CaseState.OPEN and case.group:
            assign_by_rule(session, act, case, parties)
    return done(act)


def _kept(session: Session, case: str, what: str) -> Case:
    """The case, if the person signed in keeps its facts: those who register, draft or undertake; not in a case of 审管办."""
    found = case_of(case)
    require_in_charge(session, found, KEEPING, what)
    if found.state == CaseState.REVIEW_OFFICE:
        open_for_bureau(found)
    return found


@action(
    "party.change", "更正当事人", CASE, Field("party", "当事人", "choice", options="parties", start="party", leads=True),
    Field("values", "更正内容", "record", of=CHANGEABLE, start="party_now"), Field("reason", "更正的理由", "long"),
    button="更正", done="已更正。", note="原来的内容留在留痕里。已提交的报批，内容变了会失效。", menu=50,
)
def change_party(session: Session, *, case: str, party: str, values: dict[str, Any], reason: str) -> Changes:
    """Set facts of a party right; the old text stays in the journal."""
    found = _kept(session, case, "更正当事人")
    row = party_of(found, party)
    if "name" in values and not str(values["name"]).strip():
        raise Refusal("当事人姓名或名称不能空着。", code="party.name", field="name")
    with session.act("party.change", case=found.id, reason=reason, corrects=True) as act:
        row = act.get(Party, row.id)
        fields = dict(values)
        if "id_no" in fields:
            check = check_identity(str(fields.pop("id_no")), on=found.filed_on)
            fields |= {"id_kind": check.kind, "id_no": check.normal, "born_on": check.born_on or row.born_on}
        act.change(row, **fields)
    return done(act)


@action(
    "party.identity", "查看证件号码", CASE, Field("parties", "当事人", "many", options="parties"),
    Field("how", "怎样", "choice", options=(("shown", "看全文"), ("copied", "复制"))),
)
def look_at_identity(session: Session, *, case: str, parties: list[str], how: str) -> Changes:
    """Leave a line that says whose number of identity was shown whole or copied; it changes nothing and holds no number."""
    found = case_of(case)
    named = [party.name for party in parties_of(found.id) if party.id in parties]
    with session.act("party.identity", case=found.id, reason=f"{'复制' if how == 'copied' else '看全文'}：{'、'.join(named)}") as act:
        pass
    return done(act)


@action(
    "party.add", "增加当事人", CASE, Field("side", "诉讼地位", "choice", options=SIDES), Field("name", "姓名或名称", "name"),
    Field("values", "其他", "record", of=ADDED, required=False), button="增加", done="已增加当事人。", menu=60,
)
def add_party(session: Session, *, case: str, side: str, name: str, values: dict[str, Any] | None = None) -> Changes:
    """Add a party that registration left out."""
    found = _kept(session, case, "增加当事人")
    party = new_party(session, found, side, len(parties_of(found.id, side)), {"name": name, **(values or {})})
    with session.act("party.add", case=found.id) as act:
        act.add(party)
    return done(act)


@action(
    "case.paper_suffix", "登记纸质文书末号", CASE, Field("used", "纸上用过的，各类用到哪里", "map", required=False, parts="paper_series"),
    Field("rest", "没有选的各类", "choice", default=NEVER, required=False, options=((NEVER, "从未用过"), ("later", "以后再登记"))),
    button="登记末号", note="来自台账的案件，先登记纸上最后的文号，系统才接着编。各类一次登记完，以后不再问。", menu=80,
)
def record_paper_suffix(session: Session, *, case: str, used: dict[str, Any] | None = None, rest: str = NEVER) -> Changes:
    """Record, of all series at once, the last suffix used on paper in a case that came from a ledger.

    Raises:
        Refusal: ``field.value`` for a series or a suffix that is none, ``case.paper_suffix`` for one that is lower than what was registered where
            numbers have been taken since.
    """
    found = open_for_bureau(_kept(session, case, "登记纸质文书末号"))
    with session.act("case.paper_suffix", case=found.id) as act:
        row = act.get(Case, found.id)
        known = dict(row.last_paper_suffix or {})
        told = suffixes_told(session, used or {})
        unused = {series: NONE_USED for series in suffix_series(session) if series not in known} if rest == NEVER else {}
        for series, suffix in told.items():
            taken = TakenNumber.select().where(TakenNumber.case == row.id, TakenNumber.series == series)
            if suffix < known.get(series, suffix) and taken.exists():
                raise Refusal(f"{suffix_series(session)[series]}已登记用到{used_words(known[series])}，并已在其后取过文号，不能改小。", code="case.paper_suffix")
        act.change(row, last_paper_suffix={**unused, **known, **told})
    return done(act)


@action(
    "case.opening_recovered", "登记此前到位金额", CASE,
    Field("amount", "此前到位金额", "amount", start="opening_recovered", hint="本系统登记到账以前的全部；以后的到账逐笔登记，自动累加"),
    Field("source", "来源", hint="如台账、原承办人移交、尚未到位"), button="登记此前到位", menu=45,
)
def record_opening(session: Session, *, case: str, amount: Fen, source: str) -> Changes:
    """Record how much had come in before money was booked here, in all; what comes in since is booked by itself and added up."""
    found = _kept(session, case, "登记此前到位金额")
    if found.origin != "ledger":  # a ledger's closed case counts in the rates of recovery, and its sum may come to light only now
        open_for_bureau(found)
    with session.act("case.opening_recovered", case=found.id, reason=source) as act:
        act.change(act.get(Case, found.id), opening_recovered_fen=amount)
    return done(act)


@action(
    "case.basis", "补充执行依据", CASE, Field("kind", "文书种类", required=False, most=32, hint="如民事判决书"),
    Field("organ", "作出机关", required=False, most=64, hint="如本院"), Field("effective_on", "生效日期", "day", required=False, start="basis_effective_on"),
    Field("case_kind", "案件种类", "choice", required=False, options="case_kinds", start="case_kind", hint="执限依种类而定：非诉行政三个月", beside=True),
    button="保存", note="文号由立案登记或台账带入。", menu=30,
)
def set_basis(
    session: Session, *, case: str, kind: str | None = None, organ: str | None = None, effective_on: date | None = None, case_kind: str | None = None
) -> Changes:
    """What a ledger leaves out of the effective document: its kind, who made it, from when it has effect; and the kind of case it makes.

    A document whose name makes another kind of case than money changes the kind, unless one is given.
    """
    found = _kept(session, case, "补充执行依据")
    makes = bureau_settings(session.resources).kind_of(found.basis_no, kind) if kind else MONEY
    values = {
        "basis_kind": kind, "basis_organ": organ, "basis_effective_on": effective_on,
        "kind": case_kind or (makes if makes != MONEY else None),
    }
    given = {name: value for name, value in values.items() if value}
    if not given:
        raise Refusal("请填写文书种类、作出机关、生效日期或案件种类中的至少一项。", code="case.basis")
    with session.act("case.basis", case=found.id, corrects=True) as act:
        row = act.change(act.get(Case, found.id), **given)
        check_days(row)
    return done(act)


@action(
    "case.obligation", "填写应履行的义务", CASE,
    Field("obligation", "应履行的义务", "long", start="obligation", hint="接在「责令被执行人某某」之后，如：立即向申请执行人支付借款本金50000元及利息"),
    button="保存", menu=20,
)
def set_obligation(session: Session, *, case: str, obligation: str) -> Changes:
    """What the effective document orders, in the words the notice and rulings repeat."""
    found = open_for_bureau(_kept(session, case, "填写义务"))
    with session.act("case.obligation", case=found.id) as act:
        act.change(act.get(Case, found.id), obligation=obligation.strip())
    return done(act)


@action(
    "case.assign", "分案",
    CASE, Field("judge", "承办法官", "choice", required=False, options="judges", hint="不指定的，按加权负荷规则分案；另行指定须局长办理并写明理由"),
    Field("clerk", "书记员", "choice", required=False, options="clerks", beside=True),
    Field("reason", "理由", "long", required=False), done="承办人员已登记。", menu=10,
)
def assign(session: Session, *, case: str, judge: str | None = None, clerk: str | None = None, reason: str = "") -> Changes:
    """Assign or re-assign a case. Without ``judge`` the rule decides; naming another than the rule is for 局长, with a reason
    (变更承办人, plan article 6)."""
    require_may(session, ("register_case", "assign", "override_assignment", "undertake"), "分案")
    found = open_for_bureau(case_of(case))
    chosen = person_of(judge) if judge else None
    day = session.day
    now = assigned(found.id, "judge", day)
    if chosen is not None and now is not None and now.id != chosen.id:
        _require_director(session, day, "变更承办人", "change_undertaker")
    if chosen is not None and now is None:
        _require_director(session, day, "不按负荷规则分案", "change_undertaker")
    if chosen is not None and not reason.strip():
        raise Refusal("指定承办法官须写明理由。", code="assign.reason", field="reason")
    if chosen is not None and not is_judge(chosen.id, day):
        raise Refusal(f"{chosen.name} 在 {day} 不任执行法官，不能承办。", code="assign.not_judge", field="judge")
    with session.act("case.assign", case=found.id, reason=reason) as act:
        row = act.get(Case, found.id)
        if chosen is not None and (now is None or now.id != chosen.id):
            end_role(act, row.id, "judge", day - timedelta(days=1))
            give_role(act, row, chosen, reason, "override", day if now else None)
        elif chosen is None and now is None:
            _by_rule_or_refuse(session, act, row)
        if clerk:
            end_role(act, row.id, "clerk", day - timedelta(days=1))
            act.add(Assignment(case=row.id, person=_clerk(clerk, day), role="clerk", starts_on=day, reason=reason or "分案", rule="person"))
    return act.changes


def _clerk(text: str, day: date) -> str:
    person = person_of(text)
    if not any(p.post == "clerk" for p in posts_on(person.id, day)):
        raise Refusal(f"{person.name} 在 {day} 不任书记员，不能在文书上署名为书记员。", code="assign.not_clerk", field="clerk")
    return str(person.id)


def _by_rule_or_refuse(session: Session, act: Act, case: Case) -> None:
    parties = list(Party.select().where(Party.case == case.id, Party.struck.is_null()))
    if assign_by_rule(session, act, case, parties) is None:
        raise Refusal(f"{case.number} 尚未定组，或本组当日没有法官，请先定组。", code="assign.no_group")


def _require_director(session: Session, day: date, what: str, matter: str) -> None:
    if any(p.post == "director" for p in posts_on(session.me.id, day)):
        return
    ruling = session.authority.decide(matter, on=day)
    directors = "、".join(p.name for p in holders_of("director", day)) or "局长"
    raise Refusal(
        f"不能由您决定：{what}须执行局局长（{directors}）批准，您在 {day} 不任局长。", code="authority.level",
        clauses=(Clause(ruling.phrase, f"{session.authority.data.plan.doc_no}{ruling.article}"),),
    )


@action(
    "case.route", "定组",
    CASE, Field("group", "执行组", "choice", options="groups", start="group_proposed"), Field("reason", "理由", "long"), button="定组并分案",
)
def choose_group(session: Session, *, case: str, group: str, reason: str) -> Changes:
    """A person decides the group of a case the plan does not place, or 局长 moves one that it does; then it is assigned."""
    found = open_for_bureau(case_of(case))
    row = group_of(group)
    if not reason.strip():
        raise Refusal("定组须写明理由。", code="route.reason", field="reason")
    require_may(session, ("override_assignment",) if found.group else ("register_case", "assign", "undertake"), "改定执行组" if found.group else "定组")
    with session.act("case.route", case=found.id, reason=reason) as act:
        case_row = act.get(Case, found.id)
        first = case_row.group is None
        proposed = group_for(session, case_row, list(Party.select().where(Party.case == found.id, Party.struck.is_null()))) if first else None
        agreed = f"（与建议一致：{proposed.proposal_reason}）" if proposed and proposed.proposal == row.code else ""
        act.change(case_row, group=row.id, group_reason=f"{session.me.name}定：{reason.strip()}{agreed}")
        if first:
            parties = list(Party.select().where(Party.case == found.id, Party.struck.is_null()))
            assign_by_rule(session, act, case_row, parties)
    return act.changes
