"""Entering a property: its identifiers read and checked, the same thing found again, its owner noted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from execdesk.access.session import Session
from execdesk.casefile.kinds import PropertyKind
from execdesk.casefile.same import same_persons, same_things
from execdesk.fields.cells import Refused, Value
from execdesk.fields.identifiers import read_identifier
from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.cases import Party
from execdesk.records.property import Property, PropertyOwner
from execdesk.store.act import Act

WHOLE = "1"
CASE_FILE = "case_file"


def read_identifiers(kind: PropertyKind, given: Mapping[str, Any], *, checked: bool = False) -> dict[str, str]:
    """The identifiers of a property in their one spelling.

    ``checked`` says that a person has compared them with the original: then a number whose check digit does not fit is taken.

    Raises:
        Refusal: ``property.unknown`` for one the kind does not have, ``property.identifier`` for one that cannot be or is missing,
            ``property.key`` where none tells the thing from others, ``property.check`` where one must be compared first,
            ``property.most`` for an amount above the one it is part of.
    """
    labels = {one.name: one.label for one in kind.identifiers}
    if unknown := sorted(given.keys() - labels.keys()):
        raise Refusal(f"{kind.name}没有「{'、'.join(unknown)}」这一项，可填：{'、'.join(labels.values())}。", code="property.unknown")
    found: dict[str, str] = {}
    for one in kind.identifiers:
        raw = str(given.get(one.name) or "")
        if not raw.strip():
            if one.required:
                raise Refusal(f"请填写{one.label}。", code="property.identifier", field=one.name)
            continue
        answer = read_identifier(one.check, raw)
        if not isinstance(answer, Value):
            raise Refusal(answer.text if isinstance(answer, Refused) else f"{one.label}写作「{raw}」，请核对。", code="property.identifier", field=one.name)
        if answer.warnings and not checked:
            raise Refusal(f"{answer.warnings[0].text}核对后勾选「识别信息已核对原件」。", code="property.check", field="checked")
        found[one.name] = answer.value
    if not any(name in found for name in kind.keys):
        raise Refusal(f"请至少填写一项：{'、'.join(labels[name] for name in kind.keys)}，凭它认定是哪一{kind.count}。", code="property.key")
    for one in kind.identifiers:
        above = found.get(one.at_most)
        if one.name in found and above is not None and Decimal(found[one.name]) > Decimal(above):
            raise Refusal(f"{one.label} {found[one.name]} 元高于{labels[one.at_most]} {above} 元，请核对两项金额。", code="property.most", field=one.name)
    return found


def owner_key(owner: Party) -> str:
    """What tells an owner from another in the key of what is personal: his number, else his name."""
    return owner.id_no or owner.name


def known_thing(kind: PropertyKind, identifiers: Mapping[str, str], owner: Party) -> Property | None:
    """The property that is entered already: of one kind and natural key; the oldest row of it."""
    key = kind.natural_key(identifiers, owner_key(owner))
    found: Property | None = Property.select().where(Property.kind == kind.id, Property.natural_key == key, Property.struck.is_null()).order_by(Property.id).first()
    return found


def enter(
    session: Session, act: Act, kind: PropertyKind, identifiers: dict[str, str], owner: Party, *, share: str | None = None, found_by: str = CASE_FILE,
    found_on: date | None = None, checked: bool = False, **more: Any,
) -> Property:
    """The property with these identifiers, inside an open act: the known one, given what is new of it, or a new row; with its owner.

    Raises:
        Refusal: ``property.differs`` where the known row says something else of it; ``property.other_owner`` where it is entered as
            another's and nobody has ``checked`` that.
    """
    thing = known_thing(kind, identifiers, owner)
    if thing is not None:
        _require_fitting(kind, thing, identifiers)
    if thing is None:
        thing = act.add(Property(
            kind=kind.id, identifiers=identifiers, natural_key=kind.natural_key(identifiers, owner_key(owner)), words=kind.listed(identifiers),
            found_by=found_by, found_on=found_on or session.day, **more,
        ))
    elif fresh := {name: value for name, value in identifiers.items() if name not in thing.identifiers}:
        thing = act.change(act.get(Property, thing.id), identifiers={**thing.identifiers, **fresh})
    note_owner(act, thing, owner, share=share, checked=checked)
    return thing


def note_owner(act: Act, thing: Property, owner: Party, *, share: str | None = None, checked: bool = False) -> None:
    """Enter a person as owner of a thing, inside an open act, unless it is his already; of what others leave where no share is told.

    Raises:
        Refusal: ``property.other_owner`` where it is entered as another's and nobody has ``checked`` that; ``property.share``
            where the shares would come to more than the whole.
    """
    if owned_by(thing.id, owner):
        return
    if not checked and (others := others_of(thing.id, owner)):
        raise Refusal(
            f"{thing.words}已登记在{'、'.join(others)}名下，不是{owner.name}的，请核对权属；确属共有或者登记有误的，核对后勾选「识别信息已核对原件」。",
            code="property.other_owner",
        )
    known = PropertyOwner.select().where(PropertyOwner.property == thing.id, PropertyOwner.struck.is_null())
    taken = sum((Fraction(one.share) for one in known), Fraction(0))
    part = Fraction(share) if share else 1 - taken
    if part <= 0 or taken + part > 1:
        raise Refusal(
            f"{thing.words}已登记的份额合计 {taken}，加上{owner.name}的{f' {part}' if part > 0 else ''}份额超过全部。"
            "请核对份额；原登记的份额有误的，先用「登记共有份额」改正，再登记。", code="property.share",
        )
    act.add(PropertyOwner(property=thing.id, party=owner.id, share=str(part)))


def _require_fitting(kind: PropertyKind, thing: Property, identifiers: Mapping[str, str]) -> None:
    wrong = [one for one in kind.identifiers if identifiers.get(one.name, thing.identifiers.get(one.name)) != thing.identifiers.get(one.name, identifiers.get(one.name))]
    if wrong:
        given = "；".join(f"{one.label}已登记为「{thing.identifiers[one.name]}」，您填的是「{identifiers[one.name]}」" for one in wrong)
        raise Refusal(f"该{kind.name}此前已登记，{given}。请核对；原登记有误的，先更正财产。", code="property.differs", ways=(WayOn("更正财产", f"property.change:{thing.id}"),))


def owners_of(things: Iterable[str]) -> list[PropertyOwner]:
    """Whose some things, or others that are the same, are entered as, in the order of row ids."""
    query = PropertyOwner.select().where(PropertyOwner.property.in_(sorted(same_things(things))), PropertyOwner.struck.is_null())
    return list(query.order_by(PropertyOwner.id))


def names_of(owners: Iterable[PropertyOwner]) -> str:
    """The names of owners, for a sentence."""
    found = {party.name for party in Party.select(Party.name).where(Party.id.in_(sorted({row.party for row in owners})))}
    return "、".join(sorted(found)) or "无人"


def owned_by(thing: str, owner: Party) -> bool:
    """Whether a thing, or one that is the same, is entered as this person's, in whatever case."""
    return bool({row.party for row in owners_of([thing])} & same_persons([owner.id]))


def others_of(thing: str, owner: Party) -> list[str]:
    """Names of other persons as whose a thing is entered: to be given before it is controlled."""
    strange = {row.party for row in owners_of([thing])} - same_persons([owner.id])
    return sorted({party.name for party in Party.select(Party.name).where(Party.id.in_(sorted(strange)))})

