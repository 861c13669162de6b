"""A restored store issues again only once 局长 has answered for every series of numbers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from execdesk.access.demonstration import keep_day
from execdesk.access.safekeeping import restore
from execdesk.desk import Desk
from execdesk.issue.clearing import series_asked
from execdesk.law.refusal import Refusal
from execdesk.records.cases import Case
from execdesk.records.journal import Line
from execdesk.records.papers import TakenNumber
from execdesk.store.restore import restored_from
from tests.ui import office_store
from tests.world import Shelf

CASE = "（2017）琼9027执123号"
WORDS = "查了全部在办卷宗、发文簿和盖章登记簿"


@pytest.fixture(scope="session")
def backup(worlds: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the backup of a store in which one notice was issued."""
    base = tmp_path_factory.mktemp("restored")
    worlds.get("matters").copy(base / "data")
    keep_day(base / "data", office_store.DAY)
    desk = office_store.at(base / "data", "admin")
    (base / "stick").mkdir()
    desk.backups.write(base / "stick" / "a.backup")
    desk.close()
    return base / "stick"


@pytest.fixture
def folder(backup: Path, tmp_path: Path) -> Path:
    stick = shutil.copytree(backup, tmp_path / "stick")  # the backup with the kept files beside it
    restore(stick / "a.backup", tmp_path / "new", "director", "demo")
    return tmp_path / "new"


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    made = office_store.at(folder, "director")
    yield made
    made.close()


def none_of_all(desk: Desk) -> list[dict[str, str]]:
    return [{"series": key, "number": "无"} for key in series_asked(desk.session)]


def found(desk: Desk, *entries: dict[str, str]) -> list[dict[str, str]]:
    """Those entries, and none of all other series."""
    return [*entries, *(one for one in none_of_all(desk) if one["series"] not in {entry["series"] for entry in entries})]


def clear(desk: Desk, **more: object) -> str:
    values: dict[str, object] = {"numbers": none_of_all(desk), "words": WORDS, **more}
    try:
        desk.do("store.clear_restored", **values)
    except Refusal as refusal:
        return refusal.code
    return ""


def next_notice(desk: Desk) -> str:
    """The next number of a notice in the case."""
    from execdesk.drafting.taking import number_for
    from execdesk.records.papers import Document

    row = Document.select().where(Document.type_id == "notice_execution").get()
    found = number_for(desk.session, row, Case.get(Case.number == CASE), desk.day)
    assert found is not None
    return found.number


def test_every_series_must_be_answered_for_by_the_director(desk: Desk) -> None:
    asked = none_of_all(desk)
    assert {"ruling", "decision", "notice", "order"} <= {one["series"] for one in asked}
    assert clear(desk, numbers=[]) == "restore.series"
    assert clear(desk, numbers=asked[1:]) == "restore.series"
    assert clear(desk, numbers=[{"series": asked[0]["series"]}, *asked[1:]]) == "field.missing"
    assert clear(desk, words=" ") == "field.missing"
    for account in ("admin", "judge-1", "clerk", "president"):
        desk.change_person(account, "demo")
        assert clear(desk) == "access.duty"
    desk.change_person("director", "demo")
    assert desk.reads.health().to_clear is not None
    assert clear(desk) == ""
    assert desk.reads.health().to_clear is None
    assert restored_from(desk.session.store) is None
    assert clear(desk) == "store.not_restored"


def test_no_setting_opens_a_restored_store(desk: Desk) -> None:
    desk.session.store.base.execute_sql("DELETE FROM meta WHERE key = 'restored'")
    desk.session.store.set_meta("restored", "")
    assert desk.reads.health().to_clear is not None
    assert restored_from(desk.session.store)


def test_numbers_found_on_paper_are_never_given_again(desk: Desk) -> None:
    before = next_notice(desk)
    assert before == "（2017）琼9027执123号之一"
    numbers = found(desk, {"series": "notice", "number": "（2017）琼9027执123号之三"})
    assert clear(desk, numbers=numbers) == ""
    kept = TakenNumber.select().where(TakenNumber.state == "paper").order_by(TakenNumber.suffix)
    assert [(one.number, one.cause) for one in kept] == [(f"（2017）琼9027执123号之{n}", "恢复前已在纸上使用") for n in "一二三"]
    assert next_notice(desk) == "（2017）琼9027执123号之四"


def test_a_number_that_is_known_already_adds_nothing(desk: Desk) -> None:
    assert clear(desk, numbers=found(desk, {"series": "notice", "number": CASE, "case": CASE})) == ""
    assert TakenNumber.select().where(TakenNumber.state == "paper").count() == 0


@pytest.mark.parametrize(
    ("series", "entry", "code"),
    [
        ("notice", {"number": "（2017）琼9027执999号之一"}, "case.missing"), ("notice", {"number": "（2017）琼9027执1号", "case": CASE}, "number.foreign"),
        ("sanction", {"number": "（2017）琼9027司惩3号"}, "restore.number"), ("sanction", {"number": "（2017）琼9027执3号", "case": CASE}, "number.entered"),
        ("letter", {"number": "乐法函3号", "case": CASE}, "restore.number"),
    ],
)
def test_a_wrong_number_keeps_the_store_closed(desk: Desk, series: str, entry: dict[str, str], code: str) -> None:
    lines = Line.select().count()
    assert clear(desk, numbers=found(desk, {"series": series, **entry})) == code
    assert restored_from(desk.session.store)
    assert Line.select().count() == lines


def test_sanctions_and_letters_on_paper_are_kept_with_their_case(desk: Desk) -> None:
    numbers = found(
        desk, {"series": "sanction", "number": "（2017）琼9027司惩3号", "case": CASE}, {"series": "letter", "number": "乐法执函〔2017〕7号", "case": CASE},
    )
    assert clear(desk, numbers=numbers) == ""
    kept = {(one.series, one.suffix) for one in TakenNumber.select().where(TakenNumber.state == "paper")}
    assert kept == {("sanction", 0), ("letter", 7)}
