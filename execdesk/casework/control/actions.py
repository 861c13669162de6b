"""What a person does with control: propose a measure, renew, release, have money sent. Each puts a request forward with its papers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from execdesk.access.duty import require_may
from execdesk.access.register import CASE, Fen, action
from execdesk.access.session import Session
from execdesk.approval.requests import open_request
from execdesk.casefile.kinds import PropertyKind, property_kinds
from execdesk.casefile.lookup import case_of, debtor_of, open_for_bureau
from execdesk.casework.control.answers import OUTCOMES, answered, require_new_answer
from execdesk.casework.control.facts import RELEASE, controlled_now, remaining_fen
from execdesk.casework.control.ranking import require_free, require_rank
from execdesk.casework.control.sending import require_unordered
from execdesk.casework.control.views import measure_of, measure_title, require_held, require_within, view_of
from execdesk.casework.property.entering import enter, note_owner, read_identifiers
from execdesk.drafting.drafts import add_draft
from execdesk.law.control import MEASURES, longest_term, renewal_end
from execdesk.law.fields import Field
from execdesk.law.refusal import Clause, Refusal
from execdesk.law.words import amount_in_list
from execdesk.records.cases import Party
from execdesk.records.measures import MEASURE_MOVES, AssistReply, Measure, MeasureState
from execdesk.records.property import Property
from execdesk.store.act import Act, Changes

OF_RULING = ("ground", "cause_of_release", "third", "applied_renewal_on", "immediate")  # what the ruling alone says


SCOPES = (("all", "全部"), ("partial", "超标的额部分"), ("third_party", "案外人的财产"))  # how much a release frees
_MEASURE = Field("measure", "措施", "choice", options="measures", start="measure")
_NOTE = Field("note", "报批理由", "long", required=False, hint="印在审批表的事实理由里")


@action(
    "measure.propose", "采取控制措施",
    CASE, Field("party", "被执行人", "choice", options="debtors", start="owner"),
    Field("kind", "财产种类", "choice", required=False, options="property_kinds", where="kind.open"), Field("identifiers", "财产", "map", required=False, parts="identifiers", where="property.open"),
    Field("property", "已登记的财产", "row", required=False, where="property.open"),
    Field("unit", "协助单位", "name", required=False, start="assisting_unit", where="kind.unit", hint="协助执行通知书送给它，写全称"),
    Field("amount", "金额", "amount", required=False, start="ordered_amount", where="kind.amount"),
    Field("months", "期限（月）", "count", required=False, start="longest_months", where="kind.term", hint="不填即按法定最长期限"),
    Field("rank", "轮候序位", "count", default="1", required=False, least=1, most=99, where="kind.waiting", hint="首封填 1", beside=True),
    Field("immediate", "未发执行通知即先行控制", "flag", required=False),
    Field("checked", "识别信息已核对原件", "flag", required=False, where="owner.open", hint="号码校验不符、或者已登记在他人名下的，核对后勾选"),
    _NOTE,
    button="提出控制，拟裁定书", matter="@propose_matter", to_draft=True,
)
def propose(
    session: Session, *, case: str, party: str, kind: str | None = None, identifiers: dict[str, Any] | None = None, property: str | None = None,
    unit: str | None = None, amount: Fen | None = None, months: int | None = None, immediate: bool = False, rank: int = 1, checked: bool = False,
    note: str | None = None,
) -> Changes:
    """Put control of a property forward: a property that is known, or one of a kind by its identifiers, which is entered with it.

    Measure, request at the level of its matter, ruling and notice to the assisting unit are made as the kind's data say. ``months`` at
    most what the law allows on the day (the longest if left out). Raises Refusal ``measure.term``, ``measure.amount``, ``measure.rank``,
    ``property.…`` for identifiers that cannot be or what is another's.
    """
    found = open_for_bureau(case_of(case))
    require_may(session, ("draft", "undertake"), "提出控制财产")
    owner = debtor_of(found, party)
    thing = _known(property)
    of = property_kinds(session.resources).of(thing.kind if thing else kind or "")
    known = dict(thing.identifiers) if thing else read_identifiers(of, identifiers or {}, checked=checked)
    assisting = _unit(of, known, unit)
    ordered = _amount(of, amount)
    term = checked_months(session, of.term, months)
    require_rank(of, rank)
    with session.act("measure.propose", case=found.id) as act:
        if thing:
            note_owner(act, thing, owner, checked=checked)
        else:
            thing = enter(session, act, of, known, owner, checked=checked)
        require_free(session, of, thing, rank)
        measure = act.add(Measure(
            case=found.id, property=thing.id, party=owner.id, kind=of.control, term_kind=of.term or None, words=of.listed(known),
            assisting_unit=assisting, amount_fen=ordered, months=term, rank=rank, state=MeasureState.PROPOSED,
        ))
        title = f"{MEASURES[of.control]} {owner.name} {of.named(known)}" + (f" {amount_in_list(ordered)} 元" if ordered is not None else "")
        request = open_request(session, act, found, of.matter if rank == 1 else of.waiting, title, target=owner, note=note)
        _papers(session, act, measure, of, request.id, of.ruling, {"immediate": True} if immediate else {}, MEASURES[of.control])
    return act.changes


@action(
    "measure.renew", "续行控制措施", _MEASURE, Field("months", "期限（月）", "count", required=False, hint="不填即按法定最长期限"),
    Field("applied_on", "申请续行日期", "day", required=False, most="today", beside=True),
    button="提出续行，拟裁定书", matter="renew_control", to_draft=True,
)
def renew(session: Session, *, measure: str, months: int | None = None, applied_on: date | None = None) -> Changes:
    """Put the renewal of a live measure forward; it begins the day after the old end and must be served before it."""
    old = measure_of(measure)
    case = open_for_bureau(case_of(old.case))
    require_may(session, ("draft", "undertake"), "提出续行")
    view = view_of(session, old, session.day)
    if not view.state.in_effect:
        raise Refusal(f"{measure_title(old)}{view.state.words}，不能续行。已失效的须重新采取措施。", code="measure.not_live")
    if view.state.ends_on is None or old.term_kind is None:
        raise Refusal(f"{measure_title(old)}没有期限，不需要续行。", code="measure.no_term")
    term = checked_months(session, old.term_kind, months)
    renewed = renewal_end(session.law, old.term_kind, view.state.ends_on, session.day, term)
    owner, of = Party.get_by_id(old.party), kind_of(session, old)
    with session.act("measure.renew", case=case.id) as act:
        copied = {n: getattr(old, n) for n in ("case", "property", "party", "kind", "term_kind", "words", "assisting_unit", "amount_fen", "rank")}
        new = act.add(Measure(**copied, months=term, state=MeasureState.PROPOSED, renewed_from=old.id))
        request = open_request(session, act, case, "renew_control", f"续行{measure_title(old)}", target=owner)
        inputs: dict[str, Any] = {
            "old_end": view.state.ends_on.isoformat(), "fixed_start": (view.state.ends_on + timedelta(days=1)).isoformat(),
            "fixed_end": renewed.ends_on.isoformat(),
        }
        if applied_on:
            inputs["applied_renewal_on"] = applied_on.isoformat()
        ruling = session.catalogue.draftable(act.day, matter="renew_control", trait="orders_control").id
        _papers(session, act, new, of, request.id, ruling, inputs, MEASURES[old.kind])
    return act.changes


@action(
    "measure.release", "解除控制措施", _MEASURE, Field("ground", "事由", "choice", options="release_grounds"), Field("scope", "范围", "choice", default="all", required=False, options=SCOPES),
    Field("amount", "解除的金额", "amount", required=False, hint="只解除超标的额部分的填写", beside=True),
    Field("cause", "具体情形", "long", required=False), Field("third", "案外人", "name", required=False, hint="事由为案外人财产的填写"), _NOTE,
    button="提出解除，拟裁定书", matter="@release_matter", to_draft=True,
)
def release(
    session: Session, *, measure: str, ground: str, scope: str = "all", amount: Fen | None = None, cause: str | None = None,
    third: str | None = None, note: str | None = None,
) -> Changes:
    """Put the release of a measure forward: 局长's level, by ruling (查扣冻规定: six grounds).

    With ``scope`` ``partial`` ``amount`` (fen) of a sum under control is freed and the rest stays. Raises Refusal ``measure.scope``.
    """
    row = measure_of(measure)
    case = open_for_bureau(case_of(row.case))
    require_may(session, ("draft", "undertake"), "提出解除")
    require_held(session, row, "measure.release", "解除")
    owner, of = Party.get_by_id(row.party), kind_of(session, row)
    _check_part(row, of, scope, amount)
    with session.act("measure.release", case=case.id) as act:
        request = open_request(session, act, case, of.release, f"解除{measure_title(row)}", target=owner, note=note)
        told = {"ground": ground, "scope": scope, "amount_fen": amount, "cause_of_release": cause, "third": third}
        inputs = {name: value for name, value in told.items() if value}
        ruling = session.catalogue.draftable(act.day, matter=of.release, trait="releases_control").id
        _papers(session, act, row, of, request.id, ruling, inputs, RELEASE + MEASURES[row.kind])
    return act.changes


def _check_part(measure: Measure, of: PropertyKind, scope: str, amount: int | None) -> None:
    """Only of a sum can a part be freed; of other things the record does not know which part would stay."""
    if scope != "partial":
        if amount is not None:
            raise Refusal("解除全部的不填金额；只解除一部分的，范围请选「超标的额部分」。", code="measure.scope")
        return
    held = controlled_now(measure)
    if held is None:
        raise Refusal(f"{of.name}按整件控制，不能只解除一部分；请解除全部，仍须控制的部分另行提出控制。", code="measure.scope")
    if amount is None or amount <= 0:
        raise Refusal(f"只解除一部分的，请填写解除的金额；现控制 {amount_in_list(held)} 元。", code="measure.scope")
    if amount >= held:
        raise Refusal(f"解除 {amount_in_list(amount)} 元，现控制 {amount_in_list(held)} 元，没有剩余；范围请选「全部」。", code="measure.scope")


@action(
    "measure.deduct", "划拨、提取", _MEASURE, Field("amount", "金额", "amount", start="held_amount"), Field("payee", "收款户名", "name", start="court_name"),
    Field("payee_bank", "收款开户行", "name"), Field("payee_account", "收款账号", "account"),
    button="提出划拨，拟裁定书", matter="@deduct_matter", to_draft=True,
)
def deduct(session: Session, *, measure: str, amount: Fen, payee: str, payee_bank: str, payee_account: str) -> Changes:
    """Put the sending of money under control to the court's account forward (划拨存款, 提取收入): the judge's level.

    Raises Refusal ``measure.kind``, ``measure.amount`` above what is controlled, ``measure.ordered`` above what is not yet ordered to be sent.
    """
    row = measure_of(measure)
    case = open_for_bureau(case_of(row.case))
    require_may(session, ("draft", "undertake"), "提出划拨")
    _check_amount(amount)
    of = kind_of(session, row)
    if of.pays is None:
        able = "、".join(f"{one.name}（{one.pays.word}）" for one in property_kinds(session.resources).all if one.pays)
        raise Refusal(f"{of.name}不能划拨；可以直接转为案款的是：{able}，其他财产请走处置程序。", code="measure.kind")
    require_held(session, row, "measure.deduct", of.pays.word)
    require_within(row, amount, of.pays.word)
    require_unordered(session, row, amount, of.pays.word)
    owner, thing = Party.get_by_id(row.party), Property.get_by_id(row.property)
    with session.act("measure.deduct", case=case.id) as act:
        title = f"{of.pays.word} {owner.name} {of.named(thing.identifiers)} {amount_in_list(amount)} 元"
        request = open_request(session, act, case, of.pays.matter, title, target=owner)
        inputs = {"amount_fen": amount, "payee": payee, "payee_bank": payee_bank, "payee_account": payee_account}
        _papers(session, act, row, of, request.id, of.pays.ruling, inputs, of.pays.word)
    return act.changes


def _papers(session: Session, act: Act, measure: Measure, of: PropertyKind, request: str, ruling: str, inputs: dict[str, Any], word: str) -> None:
    """The ruling and the notice to the assisting unit, as drafts of one submission; ``word`` says what both order."""
    add_draft(session, act, measure.case, ruling, request=request, measure=measure.id, inputs={**inputs, "action": word})
    if measure.assisting_unit:
        shared = {k: v for k, v in inputs.items() if k not in OF_RULING}
        add_draft(session, act, measure.case, of.notice, request=request, measure=measure.id, addressee=measure.assisting_unit, inputs={**shared, "action": word})


def kind_of(session: Session, measure: Measure) -> PropertyKind:
    """The kind of property a measure lies on."""
    return property_kinds(session.resources).of(Property.get_by_id(measure.property).kind)


def checked_months(session: Session, term: str, months: int | None) -> int | None:
    """A term within what the law allows today; the longest if none is named, none where the law sets no term.

    Raises:
        Refusal: ``measure.term`` with the source.
    """
    if not term:
        if months is not None:
            raise Refusal("这种措施没有法定期限，期限请留空。", code="measure.term")
        return None
    longest = longest_term(session.law, term, session.day)
    if months is None:
        return int(longest.value)
    if months < 1 or months > longest.value:
        raise Refusal(
            f"期限不得超过 {longest.value} 个月（{longest.source}），请改为 1 至 {longest.value}。", code="measure.term",
            clauses=(Clause(f"{longest.value} 个月", longest.source),),
        )
    return months


def _known(row: str | None) -> Property | None:
    if not row:
        return None
    found = Property.get_or_none((Property.id == row) & Property.struck.is_null())
    if found is None:
        raise Refusal("找不到该财产，请刷新后再试。", code="property.missing")
    thing: Property = found
    return thing


def _unit(of: PropertyKind, identifiers: dict[str, str], unit: str | None) -> str | None:
    """Who assists: as told, else what the kind's data say."""
    told = " ".join((unit or "").split()) or (identifiers.get(of.unit_from, "") if of.unit_from else of.unit_named)
    if of.unit and not told:
        raise Refusal(f"请填写{of.unit}，协助执行通知书要送给它。", code="measure.text")
    return told or None


def _amount(of: PropertyKind, amount: int | None) -> int | None:
    if not of.amount:
        return None
    if amount is None:
        raise Refusal(f"请填写{of.title}的金额。", code="measure.amount")
    _check_amount(amount)
    return amount


def _check_amount(amount: int) -> None:
    if amount <= 0:
        raise Refusal("金额须大于零，控制存款、收入都要写明具体数额。", code="measure.amount")


@action(
    "measure.reply", "登记协助回执",
    Field("measure", "措施", "choice", options="measures", start="measure"), Field("received_on", "收到日期", "day", start="today"),
    Field("outcome", "办理结果", "choice", default="held", required=False, options="outcomes", beside=True),
    Field("controlled", "实际控制金额", "amount", required=False, hint="按金额控制的填写；未控制到的填 0 并写明原因"),
    Field("rank", "轮候序位", "count", required=False, least=2, most=99, hint="回执载明轮候的填写", beside=True),
    Field("ends_on", "回执载明的到期日", "day", required=False, most="+10y"), Field("receipt_no", "回执号", "reference", required=False, most=64, beside=True),
    Field("handler", "经办人", required=False, most=64), Field("reason", "未足额控制的原因", required=False, hint="如余额不足、查无此户、在先查封"),
    button="登记回执",
)
def record_reply(
    session: Session, *, measure: str, received_on: date, outcome: str = "held", controlled: Fen | None = None, rank: int | None = None,
    ends_on: date | None = None, handler: str | None = None, receipt_no: str | None = None, reason: str | None = None,
) -> Changes:
    """Record what the assisting unit answered: what it holds and its own end date, which rules if it is the earlier; or that it waits
    behind another's measure, found nothing, or refused.

    Raises Refusal ``reply.order`` before service, ``reply.day``, ``reply.end``, ``reply.amount``, ``reply.rank``, ``reply.reason``,
    ``reply.known``, ``reply.ended`` where the measure is over and the outcome would change what became of it.
    """
    row = measure_of(measure)
    require_may(session, "record_receipt", "登记协助回执")
    if row.served_on is None:
        raise Refusal(f"协助执行通知书尚未登记送达{row.assisting_unit or '协助单位'}，请先登记送达。", code="reply.order")
    if received_on < row.served_on or received_on > session.day:
        raise Refusal(f"收到日期应在送达日 {row.served_on} 与今天 {session.day} 之间。", code="reply.day")
    if ends_on is not None and ends_on < row.served_on:
        raise Refusal(f"回执的到期日 {ends_on} 早于送达日 {row.served_on}，请核对回执。", code="reply.end")
    require_new_answer(row, receipt_no)
    result, held = _result(session, row, outcome, controlled, rank)
    _require_telling(row, outcome)
    if result != "full" and not (reason or "").strip():
        raise Refusal("未足额控制的，请写明协助单位所说的原因（如余额不足、查无此户、在先查封）。", code="reply.reason")
    with session.act("measure.reply", case=row.case) as act:
        answered(session, act, AssistReply(
            measure=row.id, received_on=received_on, result=result, controlled_fen=held, rank=rank, ends_on=ends_on, handler=handler,
            receipt_no=receipt_no, reason=reason,
        ))
    return act.changes


def _require_telling(measure: Measure, outcome: str) -> None:
    """What became of a measure that is over is not changed by an answer that it waits, caught nothing or was refused."""
    to = {"waiting": MeasureState.ORDERED, "no_object": MeasureState.VOID, "refused": MeasureState.VOID}.get(outcome, measure.state)
    if not MEASURE_MOVES.allows(measure.state, to, "measure.reply"):
        raise Refusal(
            f"{measure_title(measure)}现为「{measure.state_words}」，不能再登记为「{OUTCOMES[outcome]}」。已续行的请在续行后的措施上登记；"
            f"其他的，办理结果请选「{OUTCOMES['held']}」，实控金额填 0，在原因中写明回执所载。", code="reply.ended",
        )


def _result(session: Session, measure: Measure, outcome: str, controlled: int | None, rank: int | None) -> tuple[str, int | None]:
    """The result that the record keeps, and what is held of money; ``None`` where no sum was ordered."""
    if (outcome == "waiting") != (rank is not None) or (rank is not None and rank < 2):
        raise Refusal("轮候的请填写回执载明的序位（从 2 起）；其他结果不填序位。", code="reply.rank")
    if outcome == "waiting" and not kind_of(session, measure).waiting:
        raise Refusal("这种措施没有轮候，请核对回执。", code="reply.rank")
    if outcome != "held":
        return outcome, None if measure.amount_fen is None else 0
    ordered = remaining_fen(measure)
    if ordered is None:
        return "full", None
    if controlled is not None and controlled > ordered:
        raise Refusal(f"实控 {amount_in_list(controlled)} 元超过裁定的 {amount_in_list(ordered)} 元，请核对回执。", code="reply.amount")
    return "zero_registered" if not controlled else "full" if controlled == ordered else "partial", controlled or 0
