"""Many live measures of every kind and standing, written in one act."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from execdesk.desk import Desk
from execdesk.records.base import new_id
from execdesk.records.cases import Case, Party
from execdesk.records.measures import AssistReply, Measure
from execdesk.records.property import Property
from tests.at_will import at_will

KINDS = (("bank_deposit", "freeze"), ("movable", "impound"), ("immovable", "seize"), ("other_right", "freeze"))  # of term, of measure


def add(desk: Desk, count: int, day: date) -> None:
    """Measures that lapsed, are near, far, without a known end, waiting, or not yet served, in turn."""
    case = Case.select().order_by(Case.id).get()
    party = Party.select().where(Party.case == case.id, Party.side == "debtor").get()
    with at_will(desk.session, "test.measures", case=case.id) as act:
        things = [_thing(f"财产{number}", number, KINDS[number % 4][0]) for number in range(count)]
        act.add_many([*things, *_measures(case.id, party.id, things, day)])


def _thing(words: str, number: int, term: str) -> Property:
    """A deposit or a vehicle; measures of other terms lie on vehicles here, which no list minds."""
    deposit = term == "bank_deposit"
    told = {"account_no": f"622848000000{number:04d}", "bank": words} if deposit else {"plate": f"琼D·{number:05d}", "brand": words}
    return Property(
        id=new_id(), kind="bank_deposit" if deposit else "vehicle", identifiers=told, natural_key=f"test={number}", words=words, found_by="answer",
        found_on=date(2017, 1, 1),
    )


def _measures(case: str, party: str, things: list[Property], day: date) -> Iterator[Measure | AssistReply]:
    for number, thing in enumerate(things):
        kind, control = KINDS[number % 4]
        begun = day - timedelta(days=number * 7 % 1200)
        made = Measure(
            id=new_id(), case=case, party=party, property=thing.id, kind=control, term_kind=kind, words=thing.words, amount_fen=100_000 + number, months=12,
            state="live", served_on=begun, effective_on=begun, ordered_on=begun,
        )
        if kind == "bank_deposit":
            made.assisting_unit, made.words = "某某银行乐东支行", f"某某银行乐东支行 尾号 {number:04d}"
        if number % 5 == 1:
            made.end_told = begun + timedelta(days=300)
        if number % 5 == 2:
            made.end_printed = begun + timedelta(days=200)
        if number % 11 == 3:
            made.state, made.effective_on, made.served_on = "ordered", None, None
        if number % 13 == 4:
            made.rank, made.effective_on = 2, None
        if number % 17 == 5:
            answer = AssistReply(id=new_id(), measure=made.id, received_on=begun, result="zero_registered", controlled_fen=0)
            made.told_fen, made.told_on, made.told_by = 0, begun, answer.id
            yield answer
        yield made


THINGS = {"freeze": "某某银行乐东支行", "impound": "琼D·A{:04d} 小型客车", "seize": "九所镇房产 琼(2016){:04d} 号"}


def spread(desk: Desk, count: int, day: date) -> None:
    """Live measures of the open cases in turn, ending from some days ago to beyond a year from now."""
    with desk.reading():
        cases = list(Case.select().where(Case.state == "open").order_by(Case.id).limit(count))
    with at_will(desk.session, "test.measures", case=cases[0].id) as act:
        for number in range(count):
            act.add_many(_live(cases[number % len(cases)].id, number, day))


def _live(case: str, number: int, day: date) -> tuple[Property, Measure]:
    kind, control = KINDS[number % 3]
    begun = day - timedelta(days=400)
    party = Party.select().where(Party.case == case, Party.side == "debtor").first()
    thing = _thing(THINGS[control].format(1000 + number * 7), number, kind)
    made = Measure(
        id=new_id(), case=case, party=party.id if party else None, property=thing.id, kind=control, term_kind=kind, words=thing.words,
        amount_fen=5_000_000 + number * 12_345, months=12, state="live", served_on=begun, effective_on=day, ordered_on=begun,
        end_told=day + timedelta(days=number * 37 % 366 - (9 if number % 30 == 0 else 0)),
    )
    if kind == "bank_deposit":
        made.assisting_unit, made.words = THINGS[control], f"{THINGS[control]} 尾号 {number:04d}"
    return thing, made
