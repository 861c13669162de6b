"""Terms by the day: the closing term follows kind and day of filing, the notice ends one, the earliest end of a measure rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from execdesk import rooms
from execdesk.casefile.dossier import Dossier, arrange, read_dossiers
from execdesk.casefile.settings import PROCEDURE, bureau_settings, require_kinds
from execdesk.casefile.terms import TERMS, TermRules, nearest, running
from execdesk.desk import Desk
from execdesk.law.closing import closing_due
from execdesk.law.refusal import Refusal
from execdesk.law.uses import LISTED, used_in
from execdesk.records.base import Journaled
from execdesk.records.cases import Case
from execdesk.records.course import Extension
from execdesk.records.measures import Measure
from execdesk.records.papers import Document
from tests.court_store import DAY, NUMBER
from tests.documents.samples import RESOURCES, catalogue
from tests.law.rules import BOOK, CALENDAR

rooms.enter()
RULES = TermRules(BOOK, CALENDAR, catalogue())


def dossier(*records: Journaled) -> Dossier:
    """A case as its records tell it."""
    tables: dict[str, dict[str, Any]] = {}
    for record in records:
        tables.setdefault(type(record).__name__, {})[record.id] = {**record.journal_values(), "id": record.id, "struck": None}
    return arrange(tables)[records[0].id]


def case(kind: str, filed_on: date, **more: Any) -> Case:
    values = {"number": "（2017）琼9027执1号", "year": 2017, "type_code": "执", "sequence": 1, "cause": "借款", "state": "open", "origin": "ledger", "held_by": "HQ"}
    return Case(**{**values, "kind": kind, "filed_on": filed_on, **more})


def due(found: Dossier, name: str) -> list[date | None]:
    return [each.due_on for each in running(found, RULES) if each.term.name == name]


@pytest.mark.parametrize(("kind", "filed_on", "last"), [
    ("money", date(2017, 7, 8), date(2018, 1, 8)), ("money", date(2017, 8, 31), date(2018, 2, 28)), ("act_delivery", date(2017, 8, 1), date(2018, 2, 1)),
    ("admin_nonlit", date(2017, 8, 1), date(2017, 11, 1)), ("admin_nonlit", date(2017, 11, 30), date(2018, 2, 28)),
    ("criminal_property", date(2017, 8, 1), date(2018, 2, 1)), ("transferred", date(2017, 8, 1), date(2018, 2, 1)),
    ("admin_nonlit", date(2000, 9, 28), date(2000, 12, 28)), ("admin_nonlit", date(2000, 9, 27), None), ("money", date(1998, 7, 7), None),
])  # fmt: skip
def test_the_closing_term_follows_kind_and_day_of_filing(kind: str, filed_on: date, last: date | None) -> None:
    assert due(dossier(case(kind, filed_on)), "closing") == [last]
    assert due(dossier(case(kind, filed_on, state="closed")), "closing") == []


def test_an_extension_puts_off_the_end_by_months_from_there() -> None:
    of = case("money", date(2017, 8, 31))
    more = [Extension(case=of.id, document="d", months=3, decided_on=day) for day in (date(2018, 2, 26), date(2018, 5, 25))]
    assert due(dossier(of, more[0]), "closing") == [date(2018, 5, 28)]
    assert due(dossier(of, *more), "closing") == [date(2018, 8, 28)] == [closing_due(BOOK, "money", of.filed_on, extended=6)]


def test_every_kind_there_is_has_a_closing_term(enter: Callable[..., Desk]) -> None:
    kinds = [kind for kind, _ in enter("clerk").case_kinds]
    assert set(kinds) == set(BOOK.value("case.closing_node", DAY).value)
    assert all(due(dossier(case(kind, DAY)), "closing") != [None] for kind in kinds)


def test_a_kind_the_law_does_not_know_has_no_day_and_does_not_start_up(tmp_path: Path) -> None:
    unknown = dossier(case("lunch", DAY))
    assert due(unknown, "closing") == [None], "six months would be another kind's"
    work = (RESOURCES / "bureau" / "work.toml").read_text("utf-8")
    (tmp_path / "bureau").mkdir()
    (tmp_path / "bureau" / "work.toml").write_text(work.replace("[due]", '[[kind]]\nid = "lunch"\nname = "午餐"\n\n[due]'), "utf-8")
    with pytest.raises(Refusal, match="午餐") as refused:
        require_kinds(tmp_path, BOOK)
    assert refused.value.code == "bureau.kind"
    require_kinds(RESOURCES, BOOK)


def measure(of: Case, **values: Any) -> Measure:
    return Measure(**{"case": of.id, "party": "", "kind": "freeze", "term_kind": "bank_deposit", "property": "", "words": "存款", "state": "live", "months": 12, **values})


def test_the_notice_follows_an_immediate_measure_within_days() -> None:
    of = case("money", date(2017, 12, 20), received_on=date(2017, 12, 15), origin="registered")
    first, later = (measure(of, state="ordered", ordered_on=day) for day in (date(2017, 12, 20), date(2017, 12, 21)))
    found = dossier(of, measure(of, state="proposed"), first, later)
    assert due(found, "execution_notice.after_measure") == [date(2017, 12, 23)]
    near = nearest(running(found, RULES), date(2017, 12, 20))
    assert all(LISTED in used_in(BOOK, f"deadline.{each.node}") for each in running(found, RULES) if each.term.kind == PROCEDURE)
    assert near is not None and (near.words, near.due_on) == ("补通知", date(2017, 12, 23)), "sooner than the ten days from receipt"
    paper = Document(case=of.id, type_id="notice_execution", title="执行通知书", series="notice", state="to_seal", inputs={})
    assert due(dossier(of, first, paper), "execution_notice.after_measure") == []
    for none in (measure(of, state="proposed"), measure(of, origin="preservation", ordered_on=date(2017, 11, 1))):
        assert due(dossier(of, none), "execution_notice.after_measure") == [], "nothing was ordered in this case"
    assert due(dossier(case("money", date(2017, 12, 20)), first), "execution_notice.after_measure") == [], "one from a ledger may have its notice on paper"


def test_the_notice_runs_from_the_application_until_it_is_sent() -> None:
    of = case("money", date(2017, 12, 20), received_on=date(2017, 12, 15), origin="registered")
    paper = Document(case=of.id, type_id="notice_execution", title="执行通知书", series="notice", state="to_seal", inputs={})
    assert due(dossier(of), "execution_notice") == [date(2017, 12, 25)]
    assert due(dossier(case("money", date(2017, 12, 20), origin="registered")), "execution_notice") == [date(2017, 12, 30)]
    assert due(dossier(of, paper), "execution_notice") == []
    paper.state = "draft"
    assert due(dossier(of, paper), "execution_notice") == [date(2017, 12, 25)]
    assert due(dossier(case("money", date(2017, 12, 20))), "execution_notice") == [], "one from a ledger may have its notice on paper"


@pytest.mark.parametrize(("days", "told_by", "last"), [
    ({"effective_on": date(2017, 8, 15)}, "自生效日推算", date(2018, 8, 14)),
    ({"effective_on": date(2017, 8, 15), "end_printed": date(2018, 8, 14)}, "自生效日推算", date(2018, 8, 14)),
    ({"effective_on": date(2017, 8, 15), "end_printed": date(2018, 8, 13)}, "文书载明", date(2018, 8, 13)),
    ({"effective_on": date(2017, 8, 15), "end_printed": date(2018, 8, 13), "end_told": date(2018, 8, 12)}, "回执载明", date(2018, 8, 12)),
    ({"state": "ordered", "rank": 2, "served_on": date(2017, 9, 1), "months": 24, "term_kind": "movable"}, "自轮候登记日推算", date(2019, 8, 31)),
    ({"state": "ordered"}, "", None),
])  # fmt: skip
def test_the_earliest_end_of_a_measure_rules(days: dict[str, Any], told_by: str, last: date | None) -> None:
    of = case("money", date(2017, 7, 8))
    found = [each for each in running(dossier(of, measure(of, **days)), RULES) if each.term.name == "control.end"]
    assert [(each.due_on, each.told_by, each.words) for each in found] == [(last, told_by, "冻结")]


def test_a_renewal_in_effect_takes_the_place_of_the_old_end() -> None:
    of = case("money", date(2017, 7, 8))
    old = measure(of, effective_on=date(2017, 8, 15))
    new = measure(of, renewed_from=old.id, end_printed=date(2019, 8, 14), state="proposed")
    assert due(dossier(of, old, new), "control.end") == [date(2018, 8, 14)]
    new.state = "live"
    assert due(dossier(of, old, new), "control.end") == [date(2019, 8, 14)]
    for gone in ({"state": "released"}, {"state": "transferred"}, {"released_on": DAY}):
        assert due(dossier(of, measure(of, effective_on=date(2017, 8, 15), **gone)), "control.end") == []


def test_the_nearest_is_the_end_of_a_measure_on_equal_days_and_what_lapsed_is_gone() -> None:
    of = case("money", date(2017, 7, 8))
    found = running(dossier(of, measure(of, months=None, end_printed=date(2018, 1, 8))), RULES)
    names = {day: each.term.name for day in (DAY, date(2018, 1, 8), date(2018, 1, 9)) if (each := nearest(found, day))}
    assert names == {DAY: "control.end", date(2018, 1, 8): "control.end", date(2018, 1, 9): "closing"}


def test_the_basis_makes_the_kind_and_a_person_may_name_another(enter: Callable[..., Desk]) -> None:
    desk = enter("clerk")
    kind_of = bureau_settings(desk.session.resources).kind_of
    assert [kind_of(*told) for told in (
        ("（2017）琼9027民初88号", "民事判决书"), ("（2017）琼9027行审12号", "行政裁定书"), (None, "行政处罚决定书"), ("（2017）琼9027刑初7号", "刑事判决书"),
        ("（2017）琼9027刑初7号", "刑事附带民事判决书"), (None, None),
    )] == ["money", "admin_nonlit", "admin_nonlit", "criminal_property", "money", "money"]  # fmt: skip
    more = {"cause": "行政处罚", "filed_on": DAY, "applicants": ["某某局"], "debtors": ["林例一"]}
    desk.do("case.register", number="（2018）琼9027执901号", basis_no="（2017）琼9027行审12号", **more)
    desk.do("case.register", number="（2018）琼9027执902号", kind="行为、交付", **more)
    rows = {row.number: row for row in desk.reads.cases()}
    assert rows["（2018）琼9027执901号"].term_left == (date(2018, 4, 2) - DAY).days
    assert rows["（2018）琼9027执902号"].term_left == (date(2018, 7, 2) - DAY).days
    assert desk.reads.case("（2018）琼9027执902号").kind == "act_delivery"
    desk.do("case.basis", case="（2018）琼9027执902号", kind="行政处罚决定书")
    assert desk.reads.case("（2018）琼9027执902号").kind == "admin_nonlit"
    with pytest.raises(Refusal) as refused:
        desk.do("case.basis", case=NUMBER, case_kind="无")
    assert refused.value.code == "field.value"


def test_a_dossier_read_from_the_store_is_that_of_its_records(enter: Callable[..., Desk]) -> None:
    desk = enter("judge")
    of = Case.get(Case.number == NUMBER)
    found = read_dossiers(desk.session.store.base, [of.id])[of.id]
    assert found.case.filed_on == of.filed_on
    assert [row.id for row in found.of(Document)] == [paper.id for paper in Document.select().where(Document.case == of.id).order_by(Document.id)]
    assert TERMS.keys() >= {"closing", "execution_notice", "control.end"}
    assert running(found, TermRules(desk.law, desk.session.calendar, catalogue()))[0].due_on == of.filed_on + timedelta(days=184)
