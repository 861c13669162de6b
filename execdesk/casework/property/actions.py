"""What a person does with property: enter it, set it right, note a co-owner, say that two rows are one thing, two parties one person."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from execdesk.access.register import CASE, Fen, action
from execdesk.access.session import Session
from execdesk.casefile.charge import require_in_charge
from execdesk.casefile.kinds import property_kinds
from execdesk.casefile.lookup import case_of, open_for_bureau, party_of
from execdesk.casefile.same import same_persons, same_things, tied_things
from execdesk.casework.property.entering import WHOLE, enter, names_of, owner_key, owners_of, read_identifiers
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.cases import Case, Party, PartyTie
from execdesk.records.charge import FINDING, NOTING
from execdesk.records.measures import HELD, Measure, MeasureState
from execdesk.records.property import Property, PropertyOwner, PropertyTie
from execdesk.store.act import Changes

FOUND_BY = {"clue": "财产线索", "declaration": "财产申报", "answer": "查询反馈", "field_act": "现场发现", "case_file": "案卷材料"}
VALUED_BY = {"declared": "申报", "appraised": "评估", "estimate": "估计", "market": "市场价"}
_CHECKED = Field("checked", "识别信息已核对原件", "flag", required=False, hint="号码校验不符、或者已登记在他人名下的，核对后勾选")


@action(
    "property.register", "登记财产",
    CASE, Field("party", "所有人", "choice", options="parties", start="debtor"), Field("kind", "财产种类", "choice", options="kinds_of_things", where="kind.open", leads=True),
    Field("identifiers", "财产", "map", parts="identifiers"), Field("found_by", "发现方式", "choice", required=False, options=tuple(FOUND_BY.items()), default="case_file"),
    Field("found_on", "发现日期", "day", required=False, start="today", most="today", beside=True), Field("place", "所在地", required=False),
    Field("value", "价值", "amount", required=False), Field("value_from", "价值来源", "choice", required=False, options=tuple(VALUED_BY.items()), beside=True),
    Field("share", "份额", required=False, default=WHOLE, most=16, hint="独有填 1，共有填 1/2 这样"), _CHECKED,
    button="登记财产", menu=42,
)
def register(
    session: Session, *, case: str, party: str, kind: str, identifiers: dict[str, Any], found_by: str = "case_file", found_on: date | None = None,
    place: str | None = None, value: Fen | None = None, value_from: str | None = None, share: str = WHOLE, checked: bool = False,
) -> Changes:
    """Enter what a debtor owns, before or without control of it. The same thing is entered once: its owner is added to the row there is.

    Raises Refusal ``property.…`` for identifiers, day, share or value that cannot be; ``property.known`` where nothing is new.
    """
    found = open_for_bureau(case_of(case))
    require_in_charge(session, found, NOTING, "登记财产")
    owner, of = party_of(found, party), property_kinds(session.resources).of(kind)
    known = read_identifiers(of, identifiers, checked=checked)
    _check_value(value, value_from)
    _share(share)
    with session.act("property.register", case=found.id) as act:
        enter(
            session, act, of, known, owner, share=share, found_by=found_by, found_on=found_on, place=(place or "").strip() or None,
            value_fen=value, value_from=value_from if value is not None else None, checked=checked,
        )
        if not act.written:
            raise Refusal(f"{of.listed(known)}已经登记在 {owner.name} 名下，没有新的内容；价值、所在地有变的请「更正财产」，份额有变的请「登记共有份额」。", code="property.known")
    return act.changes


@action(
    "property.change", "更正财产",
    Field("property", "财产", "choice", options="things", start="thing", leads=True), Field("identifiers", "识别信息", "map", required=False, parts="identifiers_now", start="identifiers_told"),
    Field("place", "所在地", required=False), Field("value", "价值", "amount", required=False),
    Field("value_from", "价值来源", "choice", required=False, options=tuple(VALUED_BY.items()), beside=True),
    Field("exempt", "不得查封的事由", "long", required=False, rare=True, hint="查扣冻规定列举的，照条文写；由承办法官认定"),
    Field("seizable", "撤销「不得查封」的标注", "flag", required=False, rare=True), Field("home", "生活必需住房", "flag", required=False, rare=True), _CHECKED,
    Field("reason", "更正的理由", "long"), button="更正财产", note="原来的内容留在留痕里。",
)
def change(
    session: Session, *, property: str, reason: str, identifiers: dict[str, Any] | None = None, place: str | None = None, value: Fen | None = None,
    value_from: str | None = None, exempt: str | None = None, seizable: bool = False, home: bool | None = None, checked: bool = False,
) -> Changes:
    """Set facts of a property right; the old text stays in the journal. That it must not be seized, and that it may be after all, a judge says.

    Raises Refusal ``property.known`` for identifiers that another row has, ``property.exempt`` where it is said both ways.
    """
    row = property_of(property)
    require_in_charge(session, cases_with(row), NOTING, "更正财产")
    if exempt or seizable:
        require_in_charge(session, cases_with(row), FINDING, "认定财产能否查封")
    if exempt and seizable:
        raise Refusal("「不得查封的事由」与「撤销标注」只能填一项。", code="property.exempt", field="exempt")
    if not reason.strip():
        raise Refusal("更正财产须写明理由。", code="property.reason", field="reason")
    _check_value(value, value_from)
    of = property_kinds(session.resources).of(row.kind)
    values: dict[str, Any] = {"place": place, "value_fen": value, "value_from": value_from, "exempt": exempt, "home": home}
    told = {name: new for name, new in values.items() if new is not None} | ({"exempt": None} if seizable and row.exempt else {})
    if identifiers:
        known = read_identifiers(of, {**row.identifiers, **identifiers}, checked=checked)
        first = PropertyOwner.select().where(PropertyOwner.property == row.id, PropertyOwner.struck.is_null()).order_by(PropertyOwner.id).first()
        owner = owner_key(Party.get_by_id(first.party)) if first else ""
        told |= {"identifiers": known, "natural_key": of.natural_key(known, owner), "words": of.listed(known)}
        _require_own_key(row, told["natural_key"])
    if not told:
        raise Refusal("没有填写要更正的内容，请填写至少一项。", code="property.nothing")
    with session.act("property.change", case=case_with(row), reason=reason.strip(), corrects=True) as act:
        act.change(act.get(Property, row.id), **told)
    return act.changes


def _require_own_key(row: Property, key: str | None) -> None:
    """A row does not take the key of another thing; one that was tied to it is the same thing."""
    twins = Property.select().where(Property.kind == row.kind, Property.natural_key == key, Property.struck.is_null(), Property.id.not_in(same_things([row.id])))
    if key is not None and (twin := twins.order_by(Property.id).first()) is not None:
        raise Refusal(
            f"这一号码的财产已由另一条记录登记：{twin.words}（{names_of(owners_of([twin.id]))}名下，{twin.found_on} 登记）。"
            "确是同一财产的，请先「认定为同一财产」；不是的，请核对号码。", code="property.known", ways=(WayOn("认定为同一财产", f"property.tie:{row.id}"),),
        )


@action(
    "property.share", "登记共有份额",
    CASE, Field("property", "财产", "choice", options="things", start="thing"), Field("party", "所有人", "choice", options="parties", start="party"),
    Field("share", "份额", most=16, hint="写作 1/2 这样；共有人不是本案当事人的，先增加为第三人"), button="登记份额",
)
def share_of(session: Session, *, case: str, property: str, party: str, share: str) -> Changes:
    """Note whose a property is and in what share; a co-owner who is no party of the case is first entered as a third person."""
    found, row = open_for_bureau(case_of(case)), property_of(property)
    require_in_charge(session, found, NOTING, "登记共有份额")
    owner, part = party_of(found, party), _share(share)
    known = list(PropertyOwner.select().where(PropertyOwner.property == row.id, PropertyOwner.struck.is_null()))
    own = next((one for one in known if one.party in same_persons([owner.id])), None)
    rest = sum((Fraction(one.share) for one in known if one is not own), Fraction(0))
    if rest + part > 1:
        raise Refusal(f"其余共有人已登记份额合计 {rest}，加上 {part} 超过全部，请先改正其余份额。", code="property.share", field="share")
    with session.act("property.share", case=found.id) as act:
        if own is None:
            act.add(PropertyOwner(property=row.id, party=owner.id, share=str(part)))
        else:
            act.change(act.get(PropertyOwner, own.id), share=str(part))
    return act.changes


@action(
    "property.strike_owner", "划去权属",
    Field("property", "财产", "choice", options="things", start="thing", leads=True), Field("owner", "登记有误的所有人", "choice", options="owners_told"),
    Field("reason", "理由", "long", hint="如登记证书载明的所有人不是他"), button="划去权属",
    note="原记录留在留痕里。财产再没有所有人的，用「登记财产」以同样的号码登记到正确的所有人名下。",
)
def strike_owner(session: Session, *, property: str, owner: str, reason: str) -> Changes:
    """Strike an owner who was entered in error; the row stays legible.

    Raises Refusal ``property.owner`` for one who is none of the property, ``property.held`` while a measure against him lies on it.
    """
    row = property_of(property)
    require_in_charge(session, cases_with(row), NOTING, "划去权属")
    if not reason.strip():
        raise Refusal("划去权属须写明理由。", code="property.reason", field="reason")
    found = next((one for one in owners_of([row.id]) if owner in (one.id, one.party)), None)
    if found is None:
        raise Refusal(f"{row.words}没有登记这一所有人，或已划去；登记的有：{names_of(owners_of([row.id]))}。", code="property.owner")
    against = Measure.select().where(
        Measure.property.in_(sorted(same_things([row.id]))), Measure.party.in_(sorted(same_persons([found.party]))),
        Measure.state.in_((MeasureState.PROPOSED, *HELD)), Measure.struck.is_null(),
    )
    if (held := next(iter(against), None)) is not None:
        raise Refusal(
            f"{row.words}正作为{names_of([found])}的财产在{Case.get_by_id(held.case).number}提出控制或者控制中，不能划去。请先作废该报批，或者解除控制。",
            code="property.held",
        )
    with session.act("property.strike_owner", case=case_with(row), reason=reason.strip()) as act:
        act.strike(act.get(PropertyOwner, found.id), reason.strip())
    return act.changes


@action(
    "property.tie", "认定为同一财产",
    Field("property", "财产", "choice", options="things", start="thing", leads=True), Field("other", "另一记录", "choice", options="thing_rows", start="twin"),
    Field("ground", "认定依据", "long", hint="如已核对登记证书，确为同一辆"), button="认定", note="两条记录都保留，只计一处，措施一并显示。",
)
def tie(session: Session, *, property: str, other: str, ground: str) -> Changes:
    """Say that two rows are one thing: both stay, one counts; their measures are seen together from now on."""
    one, two = property_of(property), property_of(other)
    require_in_charge(session, [*cases_with(one), *cases_with(two)], NOTING, "认定为同一财产")
    _ground(ground)
    if one.id == two.id or one.kind != two.kind:
        raise Refusal("请选择两条同一种类的财产记录。", code="property.tie")
    ours, theirs = owners_of([one.id]), owners_of([two.id])
    if ours and theirs and not same_persons(row.party for row in ours) & {row.party for row in theirs}:
        raise Refusal(
            f"两条记录的所有人不同：一条在{names_of(ours)}名下，一条在{names_of(theirs)}名下，不能认定为同一财产。登记有误的，先「划去权属」；"
            "确属共有的，先「登记共有份额」；所有人是同一人的，先「认定为同一人」。", code="property.other_owner",
        )
    if PropertyTie.select().where(
        ((PropertyTie.property == one.id) & (PropertyTie.other == two.id)) | ((PropertyTie.property == two.id) & (PropertyTie.other == one.id)),
        PropertyTie.struck.is_null(),
    ).exists():
        raise Refusal("这两条记录已认定为同一财产。", code="property.tied")
    with session.act("property.tie", case=case_with(one), reason=ground.strip()) as act:
        act.add(PropertyTie(property=one.id, other=two.id, ground=ground.strip()))
    return act.changes


@action(
    "party.tie", "认定为同一人",
    CASE, Field("party", "当事人", "choice", options="parties", start="party"), Field("other_case", "另案案号", "name"), Field("other", "另案当事人", "name"),
    Field("ground", "认定依据", "long", hint="如已核对身份证原件"), button="认定", note="证件号码相同的自动认作同一人；此处只用于没有号码或者号码不能核对的。", menu=65,
)
def tie_party(session: Session, *, case: str, party: str, other_case: str, other: str, ground: str) -> Changes:
    """Say that parties of two cases are one person, where no checked number says so: what the one owns is seen in the other's case."""
    here, there = open_for_bureau(case_of(case)), case_of(other_case)
    require_in_charge(session, here, NOTING, "认定为同一人")
    one, two = party_of(here, party), party_of(there, other)
    _ground(ground)
    if two.id in same_persons([one.id]):
        raise Refusal(f"{one.name}与{there.number}的{two.name}已是同一人（证件号码相同或已认定）。", code="party.tied")
    if (one.id_no or "") and (two.id_no or "") and one.id_no != two.id_no:
        raise Refusal(f"{one.name}与{two.name}的证件号码不同，不能认定为同一人；号码有误的请先更正当事人。", code="party.tie", field="other")
    with session.act("party.tie", case=here.id, reason=ground.strip()) as act:
        act.add(PartyTie(party=one.id, other=two.id, ground=ground.strip()))
    return act.changes


def property_of(row: str) -> Property:
    """A property by row id.

    Raises:
        Refusal: ``property.missing``.
    """
    found = Property.get_or_none((Property.id == row) & Property.struck.is_null())
    if found is None:
        raise Refusal("找不到该财产，请刷新后再试。", code="property.missing")
    thing: Property = found
    return thing


def cases_with(row: Property) -> list[Case]:
    """The cases in which an owner of the property stands or a measure lies on it, in the order of row ids; of what was tied to it too."""
    rows = sorted(tied_things([row.id]))
    held = Measure.select(Measure.case).where(Measure.property.in_(rows), Measure.struck.is_null())
    owned = Party.select(Party.case).where(Party.id.in_([one.party for one in owners_of(rows)]))
    ids = sorted({one.case for one in held} | {one.case for one in owned})
    return list(Case.select().where(Case.id.in_(ids)).order_by(Case.id)) if ids else []


def case_with(row: Property) -> str | None:
    """The first of these cases: where an act about the property is told."""
    return next((case.id for case in cases_with(row)), None)


def _check_value(value: int | None, value_from: str | None) -> None:
    if value is not None and (value < 0 or value_from not in VALUED_BY):
        raise Refusal(f"价值不能为负，并须写明来源：{'、'.join(VALUED_BY.values())}。", code="property.value", field="value")


def _share(text: str) -> Fraction:
    try:
        part = Fraction(text.strip())
    except (ValueError, ZeroDivisionError):
        part = Fraction(0)
    if not 0 < part <= 1:
        raise Refusal(f"份额写作 1 或 1/2 这样，大于零、不超过全部；您填的是「{text}」。", code="property.share", field="share")
    return part


def _ground(ground: str) -> None:
    if not ground.strip():
        raise Refusal("请写明认定的依据，如已核对登记证书、身份证原件。", code="property.ground", field="ground")
