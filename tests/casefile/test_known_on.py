"""The list of a past day says what the list said on that day, in every view, whatever was done, taken back or corrected since."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from execdesk.desk import Desk
from execdesk.documents.content import Content, Signatory, SignatureBlock
from execdesk.documents.wire import dump
from execdesk.reads.boarding import board_of
from execdesk.reads.casesums import COUNTED
from execdesk.reads.casewhere import ListFilter
from execdesk.reads.listing import ALL, ListWanted, lists
from execdesk.records.approvals import Decision, Request
from execdesk.records.base import new_id
from execdesk.records.cases import Assignment, Case, Party
from execdesk.records.ledgers import Import, TrayRow
from execdesk.records.measures import Measure
from execdesk.records.papers import Document
from execdesk.store.act import Act
from tests import court_store
from tests.at_will import at_will
from tests.casefile.histories import stored
from tests.court_store import DAY, NUMBER

VIEWS = ("all", *(view for view in COUNTED if view != "todo"))
GROUPS = ("", "G1")


def _lists(desk: Desk, known_on: date | None) -> dict[str, Any]:
    """Every list and its counts: of all cases, of a group, of a judge, of a judge's in a group."""
    told: dict[str, Any] = {view: desk.reads.case_list(ListFilter(view, known_on=known_on), "number") for view in VIEWS}
    for judge in ("", desk.session.me.id):
        for group in GROUPS:
            counts = desk.reads.case_counts(group, judge, known_on)
            told[f"counts {group} {judge}"] = {name: found for name, found in counts.views.items() if name != "todo"}, counts.towns
            for view in VIEWS:
                page = desk.reads.case_list(ListFilter(view, group, "", judge, "", known_on))
                told[f"{view} {group} {judge}"] = page.rows, page.total, page.claim_fen, page.recovered_fen
                assert page.total == len(page.rows)
                assert view == "all" or page.total == counts.views[view]
    for name, of in lists().items():
        counted = {each.view: each.number for each in desk.reads.list_counts(name, known_on)}
        for view in of.views:
            page = desk.reads.list_page(ListWanted(name, view, known_on=known_on), count=ALL)
            told[f"{name} {view}"] = page.rows, page.sums
            assert page.total == len(page.rows) == counted[view]
    return told


def _work(desk: Desk, chance: random.Random, number: int) -> None:
    """Some acts of a day."""
    with at_will(desk.session, "test.day") as act:
        cases = list(Case.select().where(Case.struck.is_null()).order_by(Case.id))
        of = chance.choice(cases)
        roll = chance.random()
        if roll < 0.4:
            made = Case(
                number=f"（2018）琼9027执{number}号", year=2018, type_code="执", sequence=number, cause="借款", filed_on=act.day - timedelta(days=chance.randrange(200)),
                state="open", origin=chance.choice(["ledger", "registered"]), held_by="HQ", claim_fen=number * 100, kind=chance.choice(["money", "admin_nonlit"]),
            )
            act.add_many([made, Party(case=made.id, side="debtor", position=0, kind="natural", name=f"林例{number}")])
            act.add(Assignment(case=made.id, person=desk.session.me.id, role="judge", starts_on=act.day, reason="", rule="person"))
        elif roll < 0.6:
            party = Party.select().where(Party.case == of.id).first()
            act.add(Measure(
                case=of.id, party=party.id, property=new_id(), kind="seize", term_kind="movable", words="车", months=24, state="live", effective_on=act.day,
                end_printed=act.day + timedelta(days=chance.randrange(40)),
            ))
        elif roll < 0.7 and (measure := Measure.select().first()) is not None:
            act.change(measure, state="released", released_on=act.day)
        elif roll < 0.8:
            act.change(of, state="closed", closed_on=act.day, closing_mode=chance.choice(["执行完毕", "终结本次执行程序"]))
        elif roll < 0.9:
            act.change(of, town=chance.choice([None, "九所镇", "黄流镇"]), group=chance.choice([None, "G1", "G2"]), claim_fen=chance.randrange(10_000))
        elif roll < 0.95:
            begins = act.day + timedelta(days=chance.randrange(-9, 9))
            ends = chance.choice([None, begins + timedelta(days=chance.randrange(9))])
            act.add(Assignment(case=of.id, person=desk.session.me.id, role="judge", starts_on=begins, ends_on=ends, reason="", rule="person"))
        elif of.number != NUMBER:
            act.strike(of, "误登")
        _paperwork(act, desk, chance, of, number)


def _paperwork(act: Act, desk: Desk, chance: random.Random, of: Case, number: int) -> None:
    """A matter put forward, decided or taken back, a paper on its way, a ledger that came in with rows that wait."""
    roll, request, paper, waits = chance.random(), Request.select().first(), Document.select().first(), TrayRow.select().first()
    if roll < 0.3:
        act.add(Request(
            case=of.id, matter=chance.choice(["terminate_this_round", "freeze_deposit"]), title=f"事项{number}", circumstances=[], applicant=desk.session.me.id,
            state=chance.choice(["draft", "submitted"]), submitted_at=act.at, upward=chance.random() < 0.3,
        ))
    elif roll < 0.4 and request is not None:
        act.change(request, state=chance.choice(["submitted", "approved", "returned"]))
        act.add(Decision(
            request=request.id, kind=chance.choice(["approve", "return"]), person=desk.session.me.id, post="", on=act.day, at=act.at, level="", article="", phrase="",
            reason="", rule_id="", data_hash="", chain_head="", statement="", signature="",
        ))
    elif roll < 0.6:
        act.add(Document(
            case=of.id, type_id="ruling_freeze", title=f"裁定{number}", series="ruling", state=chance.choice(["to_cosign", "to_seal"]), inputs={}, number=str(number),
            content=dump(Content("ruling_freeze", "ruling", "", "裁定", (), SignatureBlock("judge", (Signatory("审判员", "法官", desk.session.me.id, "Judge1"),)))),
        ))
    elif roll < 0.7 and paper is not None:
        act.change(paper, state=chance.choice(["issued", "void", "to_seal"]))
    elif roll < 0.85:
        run = act.add(Import(file_name=f"台账{number}.xlsx", file_sha256="", counts={"imported": number}, state="done"))
        act.add(TrayRow(run=run.id, sheet="表", row=number, fingerprint="", kind="decide", problems=[{"text": "不清"}], raw={}, state="waiting"))
    elif waits is not None:
        act.change(waits, state=chance.choice(["waiting", "dropped"]))
        act.change(Import.get_by_id(waits.run), state="undone")


def test_the_list_of_a_past_day_is_what_was_shown_on_it(enter: Callable[..., Desk]) -> None:
    desk, chance = enter("judge"), random.Random(20180102)
    shown: dict[date, dict[str, Any]] = {}
    clock: Any = desk.session.store.clock
    for number in range(16):
        clock.day = DAY + timedelta(days=number * 3)
        for turn in range(chance.randrange(1, 5)):
            _work(desk, chance, 1000 + number * 10 + turn)
        shown[clock.day] = _lists(desk, None)
    for day, told in shown.items():
        again = _lists(desk, day)
        for name in told.keys() - set(VIEWS):
            assert again[name] == told[name], (day, name)
        assert {view: again[view].rows for view in VIEWS} == {view: told[view].rows for view in VIEWS}, day
        assert {view: (again[view].total, again[view].claim_fen) for view in VIEWS} == {view: (told[view].total, told[view].claim_fen) for view in VIEWS}
    assert len({len(told["all"].rows) for told in shown.values()}) > 5
    for name in lists():
        assert len({repr(told[f"{name} all"]) for told in shown.values()}) > 3, name
    assert desk.reads.case_list(ListFilter("all", known_on=DAY - timedelta(days=1))).total == 0


def test_a_correction_of_the_law_reaches_every_list_at_once_in_a_small_store(enter: Callable[..., Desk]) -> None:
    desk = enter("judge")
    party = Party.select().where(Party.side == "debtor").get()
    with at_will(desk.session, "test.measure") as act:
        act.add(Measure(case=party.case, party=party.id, property=new_id(), kind="seize", term_kind="movable", words="车", months=24, state="live", effective_on=DAY))
    before = desk.reads.expiry().rows[0].ends_on
    changes = desk.do("law.propose", key="control.term.movable", value="6", valid_from=date(2018, 1, 1), source="某司法解释", reason="条文已改，原值有误")
    row = changes.ids("LawCorrection")[0]
    court_store.change(desk, "director")
    desk.do("law.approve", correction=row)
    assert desk.reads.expiry().rows[0].ends_on < before
    now = stored(desk.session.store)
    board_of(desk.session).rebuild()
    assert stored(desk.session.store) == now
