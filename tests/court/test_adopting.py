"""Adoption of document types in a real store: who prepares, who approves, what it covers and when it no longer does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from execdesk.court.adopting import adoption_of, unconfirmed_of
from execdesk.desk import Desk
from execdesk.documents.catalogue import Catalogue
from execdesk.law.sheets import sheet_lines
from execdesk.records.court import Adoption
from tests.court_store import DAY, NUMBER, refused

TYPE = "notice_execution"
Enter = Callable[..., Desk]


def adopted(enter: Enter, type_id: str = TYPE) -> Desk:
    row = enter("admin").do("adoption.prepare", document_types=[type_id]).ids("Adoption")[0]
    desk = enter("director")
    desk.do("adoption.approve", adoptions=[row])
    return desk


def submit(desk: Desk) -> str:
    """Draft the notice and submit it; the code of the refusal, or nothing."""
    request = desk.do("notice.execution", case=NUMBER, party="林例一", days=None).ids("Request")[0]
    return refused(desk, "request.submit", request=request)


def with_catalogue(desk: Desk, catalogue: Catalogue) -> None:
    desk.session.catalogue = catalogue


def test_a_real_store_submits_only_what_the_court_has_adopted(enter: Enter) -> None:
    desk = enter("judge")
    assert not desk.session.demo
    assert submit(desk) == "document.not_adopted"
    adopted(enter)
    assert submit(enter("judge")) == ""


def test_only_the_administrator_prepares_and_only_the_director_approves(enter: Enter) -> None:
    for account in ("president", "director", "judge", "clerk"):
        assert refused(enter(account), "adoption.prepare", document_types=[TYPE]) == "access.duty"
    row = enter("admin").do("adoption.prepare", document_types=[TYPE]).ids("Adoption")[0]
    for account in ("president", "admin", "judge", "clerk"):
        assert refused(enter(account), "adoption.approve", adoptions=[row]) == "access.duty"
        assert refused(enter(account), "adoption.refuse", adoption=row, reason="不对") == "access.duty"
    assert submit(enter("judge")) == "document.not_adopted"


def test_what_was_listed_is_all_that_is_unconfirmed(enter: Enter) -> None:
    desk = adopted(enter, "order_consumption")
    row = Adoption.get()
    found = unconfirmed_of(desk.session, "order_consumption", DAY)
    assert [(item["kind"], item["key"], item["words"]) for item in row.unconfirmed] == [(one.kind, one.key, one.words) for one in found]
    assert row.text_version == desk.session.catalogue.text("order_consumption", DAY).version
    assert row.approved_on == DAY


def test_prepared_twice_or_already_adopted_is_refused(enter: Enter) -> None:
    desk = enter("admin")
    desk.do("adoption.prepare", document_types=[TYPE])
    assert refused(desk, "adoption.prepare", document_types=[TYPE]) == "adoption.pending"
    assert refused(desk, "adoption.prepare", document_types=["nothing"]) == "document.unknown"
    row = Adoption.get().id
    director = enter("director")
    assert refused(director, "adoption.refuse", adoption=row, reason="") == "field.missing"
    director.do("adoption.approve", adoptions=[row])
    assert refused(director, "adoption.approve", adoptions=[row]) == "adoption.state"
    assert refused(enter("admin"), "adoption.prepare", document_types=[TYPE]) == "adoption.covered"


def test_a_refused_adoption_covers_nothing_and_can_be_prepared_again(enter: Enter) -> None:
    row = enter("admin").do("adoption.prepare", document_types=[TYPE]).ids("Adoption")[0]
    enter("director").do("adoption.refuse", adoption=row, reason="期限一句要改")
    assert submit(enter("judge")) == "document.not_adopted"
    desk = enter("admin")
    shown = next(one for one in desk.reads.adoption_desk().rows if one.type_id == TYPE)
    assert (shown.state, shown.course) == ("open", "2018-01-02 未批准")
    assert refused(desk, "adoption.prepare", document_types=[TYPE]) == ""


def test_a_changed_text_is_no_longer_covered(enter: Enter) -> None:
    desk = adopted(enter)
    catalogue = desk.session.catalogue
    text = catalogue.text(TYPE, DAY)
    changed = replace(text, parts=text.parts[:-1])
    with_catalogue(desk, replace(catalogue, texts={**catalogue.texts, TYPE: (changed,)}))
    assert changed.id == text.id
    assert changed.version != text.version
    assert adoption_of(desk.session, TYPE, DAY) is None
    shown = next(one for one in desk.reads.adoption_desk().rows if one.type_id == TYPE)
    assert (shown.state, shown.course) == ("open", "2018-01-02 采用过，此后文本或数据有变")


def test_a_changed_unconfirmed_figure_is_no_longer_covered_a_confirmed_one_is(enter: Enter) -> None:
    key, type_id = "detention.max", "decision_detention"
    desk = enter("admin")
    book = desk.services.law

    def with_value(desk: Desk, value: int, confirmed: bool = False) -> None:
        versions = tuple(replace(one, value=value, confirmed=confirmed) for one in book.history(key))
        desk.session.law = replace(book, values={**book.values, key: versions})

    with_value(desk, 15)
    row = desk.do("adoption.prepare", document_types=[type_id]).ids("Adoption")[0]
    assert (key, "15") in {(item["key"], item["words"]) for item in Adoption.get().unconfirmed}
    desk = enter("director")
    with_value(desk, 20)
    assert refused(desk, "adoption.approve", adoptions=[row]) == "adoption.changed"
    assert next(one for one in desk.reads.adoption_desk().rows if one.type_id == type_id).state == "outdated"
    with_value(desk, 15)
    desk.do("adoption.approve", adoptions=[row])
    assert adoption_of(desk.session, type_id, DAY) is not None
    with_value(desk, 20)
    assert adoption_of(desk.session, type_id, DAY) is None
    with_value(desk, 15, confirmed=True)
    assert adoption_of(desk.session, type_id, DAY) is not None


def test_a_list_out_of_date_is_struck_when_prepared_anew(enter: Enter) -> None:
    desk = enter("admin")
    desk.do("adoption.prepare", document_types=[TYPE])
    catalogue = desk.session.catalogue
    changed = replace(catalogue.text(TYPE, DAY), note="改过一句")
    with_catalogue(desk, replace(catalogue, texts={**catalogue.texts, TYPE: (changed,)}))
    desk.do("adoption.prepare", document_types=[TYPE])
    first, second = Adoption.select().order_by(Adoption.id)
    assert (first.struck, second.struck) == ("文本或数据已变，另行准备", None)


def test_the_sheet_lists_every_item_with_its_source(enter: Enter) -> None:
    desk = enter("admin")
    sheet = desk.reads.adoption_sheet("ruling_freeze")
    lines = "\n".join(sheet_lines(sheet))
    for one in unconfirmed_of(desk.session, "ruling_freeze", DAY):
        assert one.words in lines
    assert sheet.result == f"未经核实的内容共 {len(sheet.steps)} 项"


@pytest.mark.parametrize("account", ["judge", "director", "admin"])
def test_the_page_says_who_may_do_what(enter: Enter, account: str) -> None:
    desk = enter(account)
    shown = desk.reads.adoption_desk()
    assert (shown.may_prepare, shown.may_approve, shown.demo) == (account == "admin", account == "director", False)
    assert len(shown.rows) == len(desk.session.catalogue.texts)
    assert {row.state for row in shown.rows if row.items} == {"open"}
