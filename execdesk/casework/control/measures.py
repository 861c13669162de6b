"""Control measures: freeze, renew, release, transfer. Each puts a request forward with the documents it needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from execdesk.access.actions import CASE, Fen, action
from execdesk.access.duty import require_may
from execdesk.access.possible import require_possible
from execdesk.access.session import Session
from execdesk.approval.requests import open_request
from execdesk.casefile.dossier import Row
from execdesk.casefile.lookup import case_of, open_for_bureau, party_of
from execdesk.casefile.settings import bureau_settings
from execdesk.casework.control.ends import Ends
from execdesk.casework.control.facts import remaining_fen
from execdesk.drafting.drafts import add_draft
from execdesk.law.control import ACTIONS, ControlFacts, ControlState, longest_term, renewal_end, state_on
from execdesk.law.fields import Field
from execdesk.law.refusal import Clause, Refusal
from execdesk.law.words import amount_in_list
from execdesk.records.cases import Case, Party
from execdesk.records.measures import MEASURE_MOVES, Measure, MeasureState
from execdesk.store.act import Act, Changes

RELEASE_MATTERS = {"freeze": "release_freeze", "seize": "release_seizure", "impound": "release_impound"}
ENDED = (MeasureState.RENEWED, MeasureState.TRANSFERRED, MeasureState.LATE, MeasureState.VOID, MeasureState.HANDED_OVER)  # states that another act brought about; no day changes them
GONE = (MeasureState.RELEASED, MeasureState.DISPOSED, "lapsed", *ENDED)


@dataclass(frozen=True)
class MeasureView:
    """A measure on a day: its state and days left, its ends by source, and which of them rules."""

    measure: Measure
    state: ControlState
    ends: tuple[tuple[str, date], ...]
    ruling_end: str

    @property
    def title(self) -> str:
        """冻结 某某银行 尾号 6621."""
        return measure_title(self.measure)

    @property
    def words(self) -> str:
        """Its state in words: how far its paper is, then what the day makes of it."""
        if self.measure.state == "live" or self.state.state in ("lapsed", "released", "disposed", "waiting"):
            return self.state.words
        return {"proposed": "待批准签发", "ordered": "已裁定，待送达"}.get(self.measure.state, self.state.words)


def measure_title(measure: Measure | Row) -> str:
    """A short name: what is under control."""
    words = ACTIONS[measure.action]
    tail = f" 尾号 {measure.account_no[-4:]}" if measure.account_no else ""
    return f"{words} {measure.institution or measure.property}{tail}"


def measure_of(row: str) -> Measure:
    """A measure by row id.

    Raises:
        Refusal: ``measure.missing``.
    """
    found = Measure.get_or_none((Measure.id == row) & Measure.struck.is_null())
    if found is None:
        raise Refusal("找不到该措施，请刷新后再试。", code="measure.missing")
    measure: Measure = found
    return measure


@action(
    "measure.freeze", "冻结存款",
    CASE, Field("party", "被执行人", "choice", options="debtors", start="debtor"),
    Field("institution", "开户银行", "name", hint="写全称和支行"), Field("account_no", "账号", "account"),
    Field("amount", "金额", "amount", start="rest_of_claim"),
    Field("months", "期限（月）", "count", required=False, start="longest_deposit", hint="不填即按法定最长期限", beside=True),
    Field("immediate", "未发执行通知即先行冻结", "flag", required=False),
    Field("rank", "轮候序位", "count", default="1", required=False, least=1, most=99, hint="首封填 1", beside=True),
    Field("note", "报批理由", "long", required=False, hint="印在审批表的事实理由里"),
    button="提出冻结，拟裁定书", matter="freeze_deposit", to_draft=True,
)
def freeze(
    session: Session, *, case: str, party: str, institution: str, account_no: str, amount: Fen, months: int | None = None,
    immediate: bool = False, rank: int = 1, note: str | None = None,
) -> Changes:
    """Put the freezing of a deposit forward: measure, request at the judge's level, ruling and notice to the bank as drafts.

    ``months`` at most what the law allows on the day (the longest if left out). Raises Refusal ``measure.term``, ``measure.amount``.
    """
    found = open_for_bureau(case_of(case))
    require_may(session, ("draft", "undertake"), "提出冻结")
    owner = debtor_of(found, party)
    _need_text(institution, "开户银行")
    digits = "".join(account_no.split())
    if not digits.isalnum():
        raise Refusal("账号只能是数字或字母，请核对。", code="measure.account")
    _check_amount(amount)
    term = checked_months(session, "bank_deposit", months)
    matter = "freeze_deposit" if rank == 1 else "waiting_control"
    with session.act("measure.freeze", case=found.id) as act:
        measure = act.add(Measure(
            case=found.id, party=owner.id, kind="bank_deposit", action="freeze", property=f"{institution.strip()}存款",
            institution=institution.strip(), account_no=digits, amount_fen=amount, months=term, rank=rank, state=MeasureState.PROPOSED,
        ))
        title = f"冻结 {owner.name} {institution.strip()}存款 {amount_in_list(amount)} 元"
        request = open_request(session, act, found, matter, title, target=owner, note=note)
        inputs: dict[str, Any] = {"immediate": True} if immediate else {}
        _papers(session, act, measure, request.id, "freeze_deposit", "orders_control", inputs, "冻结")
    return _done(act)


@action(
    "measure.renew", "续行控制措施",
    Field("measure", "措施", "choice", options="measures", start="measure"),
    Field("months", "期限（月）", "count", required=False, hint="不填即按法定最长期限"),
    Field("applied_on", "申请续行日期", "day", required=False, most="today", beside=True),
    button="提出续行，拟裁定书", matter="renew_control", to_draft=True,
)
def renew(session: Session, *, measure: str, months: int | None = None, applied_on: date | None = None) -> Changes:
    """Put the renewal of a live measure forward; it begins the day after the old end and must be served before it."""
    old = measure_of(measure)
    case = open_for_bureau(case_of(old.case))
    require_may(session, ("draft", "undertake"), "提出续行")
    view = view_of(session, old, session.day)
    if view.state.state not in ("live", "due") or view.state.ends_on is None:
        raise Refusal(f"{measure_title(old)}{view.state.words}，不能续行。已失效的须重新采取措施。", code="measure.not_live")
    term = checked_months(session, old.kind, months)
    renewed = renewal_end(session.law, old.kind, view.state.ends_on, session.day, term)
    owner = Party.get_by_id(old.party)
    with session.act("measure.renew", case=case.id) as act:
        copied = {n: getattr(old, n) for n in ("case", "party", "kind", "action", "property", "institution", "account_no", "amount_fen", "rank")}
        new = act.add(Measure(**copied, months=term, state=MeasureState.PROPOSED, renewed_from=old.id))
        request = open_request(session, act, case, "renew_control", f"续行{measure_title(old)}", target=owner)
        inputs: dict[str, Any] = {
            "old_end": view.state.ends_on.isoformat(), "fixed_start": (view.state.ends_on + timedelta(days=1)).isoformat(),
            "fixed_end": renewed.ends_on.isoformat(),
        }
        if applied_on:
            inputs["applied_renewal_on"] = applied_on.isoformat()
        _papers(session, act, new, request.id, "renew_control", "orders_control", inputs, "冻结")
    return _done(act)


@action(
    "measure.release", "解除控制措施",
    Field("measure", "措施", "choice", options="measures", start="measure"),
    Field("ground", "事由", "choice", options="release_grounds"), Field("scope", "范围", "row", required=False),
    Field("cause", "具体情形", "long", required=False),
    Field("third", "案外人", "name", required=False, hint="事由为案外人财产的填写"),
    Field("note", "报批理由", "long", required=False, hint="印在审批表的事实理由里"),
    button="提出解除，拟裁定书", matter="@release_matter", to_draft=True,
)
def release(
    session: Session, *, measure: str, ground: str, scope: str = "all", cause: str | None = None, third: str | None = None,
    note: str | None = None,
) -> Changes:
    """Put the release of a measure forward: 局长's level, by ruling (查扣冻规定: six grounds)."""
    row = measure_of(measure)
    case = open_for_bureau(case_of(row.case))
    require_may(session, ("draft", "undertake"), "提出解除")
    require_held(session, row, "measure.release", "解除")
    owner = Party.get_by_id(row.party)
    with session.act("measure.release", case=case.id) as act:
        request = open_request(session, act, case, RELEASE_MATTERS[row.action], f"解除{measure_title(row)}", target=owner, note=note)
        inputs = {k: v for k, v in {"ground": ground, "scope": scope, "cause_of_release": cause, "third": third}.items() if v}
        _papers(session, act, row, request.id, RELEASE_MATTERS[row.action], "releases_control", inputs, "解除冻结")
    return _done(act)


@action(
    "measure.deduct", "划拨存款",
    Field("measure", "措施", "choice", options="measures", start="measure"),
    Field("amount", "金额", "amount", start="held_amount"), Field("payee", "收款户名", "name", start="court_name"),
    Field("payee_bank", "收款开户行", "name"), Field("payee_account", "收款账号", "account"),
    button="提出划拨，拟裁定书", matter="deduct_deposit", to_draft=True,
)
def deduct(session: Session, *, measure: str, amount: Fen, payee: str, payee_bank: str, payee_account: str) -> Changes:
    """Put the transfer of a frozen deposit to the court's account forward (划拨): the judge's level."""
    row = measure_of(measure)
    case = open_for_bureau(case_of(row.case))
    require_may(session, ("draft", "undertake"), "提出划拨")
    _check_amount(amount)
    if row.kind != "bank_deposit":
        raise Refusal("只有存款可以划拨；其他财产请走处置程序。", code="measure.kind")
    require_held(session, row, "measure.deduct", "划拨")
    require_within(row, amount)
    owner = Party.get_by_id(row.party)
    with session.act("measure.deduct", case=case.id) as act:
        request = open_request(session, act, case, "deduct_deposit", f"划拨 {owner.name} {row.institution}存款 {amount_in_list(amount)} 元", target=owner)
        inputs = {"amount_fen": amount, "payee": payee, "payee_bank": payee_bank, "payee_account": payee_account}
        _papers(session, act, row, request.id, "deduct_deposit", "orders_transfer", inputs, "划拨")
    return _done(act)


def _papers(
    session: Session, act: Act, measure: Measure, request: str, matter: str, trait: str, inputs: dict[str, Any], action: str
) -> None:
    """The ruling of a matter and, for deposits, the notice to the bank, as drafts of one submission."""
    case, catalogue = measure.case, session.tools.catalogue
    add_draft(session, act, case, catalogue.draftable(act.day, matter=matter, trait=trait).id, request=request, measure=measure.id, inputs=inputs)
    if measure.kind == "bank_deposit":
        shared = {k: v for k, v in inputs.items() if k not in ("ground", "scope", "cause_of_release", "third", "applied_renewal_on", "immediate")}
        notice = catalogue.draftable(act.day, matter=matter, trait="assists_control").id
        add_draft(session, act, case, notice, request=request, measure=measure.id, addressee=measure.institution, inputs={**shared, "action": action})


def checked_months(session: Session, kind: str, months: int | None) -> int:
    """A term within what the law allows today; the longest if none is named.

    Raises:
        Refusal: ``measure.term`` with the source.
    """
    longest = longest_term(session.law, kind, session.day)
    if months is None:
        return int(longest.value)
    if months < 1 or months > longest.value:
        raise Refusal(
            f"期限不得超过 {longest.value} 个月（{longest.source}），请改为 1 至 {longest.value}。", code="measure.term",
            clauses=(Clause(f"{longest.value} 个月", longest.source),),
        )
    return months


def view_of(session: Session, measure: Measure, day: date) -> MeasureView:
    """A measure on a day. The earliest recorded end rules; where service is known the computed end counts too."""
    return next(views_of(session, (measure,), day))


def views_of(session: Session, measures: Iterable[Measure], day: date) -> Iterator[MeasureView]:
    """Many measures on a day, as :func:`view_of` sees each."""
    ends, within = Ends(session.law), bureau_settings(session.resources).control_days
    for measure in measures:
        found = ends.of(measure)
        facts = ControlFacts(
            effective_on=measure.effective_on, waiting_since=measure.served_on if measure.rank > 1 else None,
            ends=tuple(e for _, e in found), released_on=measure.released_on, disposed_on=measure.disposed_on,
        )
        first = min(found, key=lambda e: e[1], default=None)
        by_act = ControlState(measure.state, first[1] if first else None, None, MEASURE_MOVES.words.get(measure.state, ""))
        state = by_act if measure.state in ENDED else state_on(facts, day, within)
        yield MeasureView(measure, state, found, first[0] if first else "")


def debtor_of(case: Case, text: str) -> Party:
    """A debtor of the case.

    Raises:
        Refusal: ``measure.owner`` for another party.
    """
    party = party_of(case, text)
    if party.side != "debtor":
        raise Refusal(f"{party.name}不是被执行人，不能控制其财产。案外人代持的，请先走异议审查。", code="measure.owner")
    return party


def require_held(session: Session, measure: Measure, act: str, what: str) -> None:
    """What is no longer under control can be neither released nor transferred.

    Raises:
        Refusal: ``measure.not_live``, for a renewed one naming the measure that goes on.
    """
    state = view_of(session, measure, session.day).state
    if state.state == MeasureState.RENEWED:
        raise Refusal(f"{measure_title(measure)}已续行，{what}请在续行后的措施上办理。", code="measure.not_live")
    if state.state in GONE:
        raise Refusal(f"{measure_title(measure)}已不在控制中（{state.words}），不能{what}。", code="measure.not_live")
    require_possible(measure, act, measure_title(measure), "measure.not_live")


def controlled_now(measure: Measure) -> int | None:
    """What is under control in fen as the bank told it, less what was transferred; before its answer what the ruling orders."""
    told: int | None = measure.controlled_fen
    return told if told is not None else remaining_fen(measure)


def require_within(measure: Measure, amount: int) -> None:
    """Refusal ``measure.amount`` for more than is under control."""
    limit = controlled_now(measure)
    if limit is not None and amount > limit:
        raise Refusal(f"划拨 {amount_in_list(amount)} 元超过已控制的 {amount_in_list(limit)} 元，请核对。", code="measure.amount")


def _need_text(text: str, what: str) -> None:
    if not text.strip():
        raise Refusal(f"请填写{what}。", code="measure.text")


def _check_amount(amount: int) -> None:
    if amount <= 0:
        raise Refusal("金额须大于零，冻结和划拨存款都要写明具体数额。", code="measure.amount")


def _done(act: Act) -> Changes:
    assert act.changes is not None
    return act.changes
