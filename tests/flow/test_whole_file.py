"""The check sees the whole file: objects nobody's or changed, indices, pages, what only lists read, all key slots, the signatures of kept papers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

import main
from execdesk.access import places, slots
from execdesk.integrity.incidents import closed_now
from execdesk.issue.keeping import pages_of
from execdesk.records.incidents import Incident
from execdesk.records.papers import Document
from execdesk.store.checkschema import expected_objects
from execdesk.store.findings import Fault
from tests.flow.bureau import Bureau
from tests.flow.forging import appended, blank, keep_by_right, key_of, layered, sign
from tests.looking import kept
from tests.world import Notes

pytestmark = pytest.mark.file("pages, indices and triggers are those of the file")
Attack = Callable[[Bureau], None]


@pytest.fixture
def world() -> str:
    return "noticed"


def run(*statements: str) -> Attack:
    """What somebody with the key and an SQL tool does."""

    def attack(bureau: Bureau) -> None:
        for statement in statements:
            bureau.desk.session.store.base.execute_sql(statement)

    return attack


def in_files(statement: str) -> Attack:
    return lambda bureau: kept().base.execute_sql(statement) and None


def faults(bureau: Bureau) -> list[Fault]:
    return bureau.desk.check().faults


NOTHING = "BEGIN SELECT 1; END"
OBJECTS: dict[str, tuple[Attack, str, str, bool]] = {  # attack, place, what is said, whether it closes all issue
    "trigger dropped": (run("DROP TRIGGER line_no_update"), "触发器 line_no_update", "不见了，被人删去", True),
    "trigger that does nothing": (
        run("DROP TRIGGER line_no_delete", f'CREATE TRIGGER line_no_delete BEFORE DELETE ON "line" {NOTHING}'),
        "触发器 line_no_delete", "的定义被改动", True,
    ),
    "trigger for some lines only": (
        run("DROP TRIGGER line_no_update", 'CREATE TRIGGER line_no_update BEFORE UPDATE ON "line" WHEN OLD.number < 9 BEGIN '
            "SELECT RAISE(ABORT, 'journal lines are never changed'); END"), "触发器 line_no_update", "的定义被改动", True,
    ),
    "trigger of somebody's own": (
        run('CREATE TRIGGER helper AFTER UPDATE ON "case" BEGIN UPDATE "case" SET cause = \'x\' WHERE id = NEW.id; END'), "触发器 helper", "来历不明", True,
    ),
    "index on other columns": (
        run("DROP INDEX line_act", 'CREATE INDEX line_act ON "line" ("person")'), "索引 line_act", "的定义被改动", False,
    ),
    "index no longer unique": (
        run("DROP INDEX line_site_incarnation_number", 'CREATE INDEX line_site_incarnation_number ON "line" ("site", "incarnation", "number")'),
        "索引 line_site_incarnation_number", "的定义被改动", False,
    ),
    "index dropped": (run("DROP INDEX line_height"), "索引 line_height", "不见了，被人删去", False),
    "index of somebody's own": (run('CREATE INDEX quick ON "case" ("cause")'), "索引 quick", "来历不明", False),
    "view for a table": (
        run("ALTER TABLE printing RENAME TO printing_old", "CREATE VIEW printing AS SELECT * FROM printing_old"), "表 printing", "被换成了视图", True,
    ),
    "view of somebody's own": (run('CREATE VIEW all_cases AS SELECT * FROM "case"'), "视图 all_cases", "来历不明", True),
    "a further table": (run("CREATE TABLE notes (id INTEGER PRIMARY KEY, words TEXT)"), "表 notes", "来历不明", False),
    "a further column": (run('ALTER TABLE "case" ADD COLUMN secret TEXT'), "表 case", "的定义被改动", True),
    "a further table of the files": (in_files("CREATE TABLE notes (id INTEGER PRIMARY KEY)"), "表 notes", "来历不明", False),
    "temporary table": (run("CREATE TEMP TABLE printing AS SELECT * FROM main.printing"), "表 printing", "是临时对象", True),
    "temporary view": (run("CREATE TEMP VIEW waiting AS SELECT * FROM main.waiting"), "视图 waiting", "是临时对象", True),
    "temporary trigger": (run(f'CREATE TEMP TRIGGER quiet AFTER INSERT ON main."line" {NOTHING}'), "触发器 quiet", "是临时对象", True),
}


@pytest.mark.attack("8.9")
@pytest.mark.parametrize("name", OBJECTS)
def test_an_object_that_no_migration_made_so_is_named(bureau: Bureau, name: str) -> None:
    attack, place, told, closes = OBJECTS[name]
    bureau.at("admin")
    attack(bureau)
    verdict = bureau.desk.check()
    found = [fault for fault in verdict.faults if fault.kind == "schema" and fault.place == place]
    assert len(found) == 1 and told in found[0].text and found[0].text.endswith("。"), [f.text for f in verdict.faults]
    bureau.desk.note_check(verdict)
    assert Incident.select().where(Incident.place == place).count() == 1
    assert closed_now().everything is closes
    if place.partition(" ")[2] in {key for key, one in expected_objects().items() if one.kind in ("trigger", "index")}:
        assert bureau.desk.check().whole, "what is the program's own is made again"


def disagreeing(bureau: Bureau, index: str, statement: str) -> None:
    """A row changed while the index of it was hidden, as only a hand in the schema table can."""
    base = bureau.desk.session.store.base
    row = base.execute_sql("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema WHERE name = ?", (index,)).fetchone()
    for text, values in (
        ("DELETE FROM sqlite_schema WHERE name = ?", (index,)), (statement, ()), ("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", tuple(row)),
    ):
        base.execute_sql("PRAGMA writable_schema = ON")
        base.execute_sql(text, values)
        base.execute_sql("PRAGMA writable_schema = RESET")


@pytest.mark.attack("8.9")
@pytest.mark.parametrize(("index", "statement", "table"), [
    ("case_number", 'UPDATE "case" SET "number" = \'x\'', "case"),
    ("document_state", 'UPDATE "document" SET "state" = \'void\'', "document"),
    ("touch_tbl_row", "DELETE FROM touch WHERE id = (SELECT MAX(id) FROM touch)", "touch"),
])
def test_an_index_that_disagrees_with_its_table(bureau: Bureau, index: str, statement: str, table: str) -> None:
    bureau.at("admin")
    disagreeing(bureau, index, statement)
    verdict = bureau.desk.check()
    assert {f.place for f in verdict.faults if f.kind == "index" and f.place.startswith("索引 ")} == {f"索引 {table}"}, [f.text for f in verdict.faults]
    bureau.desk.note_check(verdict)
    assert not [f for f in faults(bureau) if f.place == f"索引 {table}"], "made anew"


@pytest.mark.attack("8.9")
def test_a_page_that_cannot_be_read_is_named_and_the_check_goes_on(bureau: Bureau) -> None:
    bureau.at("admin")
    base = bureau.desk.session.store.base
    root = base.execute_sql("SELECT rootpage FROM sqlite_schema WHERE name = 'printing'").fetchone()[0]
    size = base.execute_sql("PRAGMA page_size").fetchone()[0]
    bureau.close()
    file = places.store_file(bureau.folder)
    data = bytearray(file.read_bytes())
    data[(root - 1) * size + 100 : (root - 1) * size + 200] = bytes(100)
    file.write_bytes(data)
    bureau.at("admin")
    found = faults(bureau)
    assert ("page", "页 printing") in {(f.kind, f.place) for f in found}, [f.text for f in found]
    assert all(f.text.endswith("。") for f in found)


SLOTS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a byte": (lambda text: text.replace(b'"name":"vice"', b'"name":"vicf"'), "钥匙槽已损坏"),
    "the envelope of the password": (lambda text: text.replace(b'"wrapped":"', b'"wrapped":"AAAA', 1), "钥匙槽已损坏"),
    "cut off": (lambda text: text[: text.rindex(b'"checksum"') + 200], "钥匙槽已损坏"),
}


@pytest.mark.attack("8.9")
@pytest.mark.parametrize("name", SLOTS)
def test_the_slot_of_somebody_else_is_looked_at_too(bureau: Bureau, name: str) -> None:
    bureau.at("admin")
    change, told = SLOTS[name]
    path = places.slots_file(bureau.folder)
    path.write_bytes(change(path.read_bytes()))
    found = [f for f in faults(bureau) if f.kind == "slot"]
    assert len(found) == 1 and told in found[0].text, [f.text for f in found]


@pytest.mark.attack("8.9")
def test_a_slot_of_nobody(bureau: Bureau) -> None:
    bureau.at("admin")
    store = bureau.desk.session.store
    slots.add_person(places.slots_file(bureau.folder), "ghost", "password of a ghost", store.data_key)
    verdict = bureau.desk.check()
    assert [(f.kind, f.place) for f in verdict.faults] == [("slot", "钥匙槽 ghost")] and "没有登录名为它的人" in verdict.faults[0].text
    bureau.desk.note_check(verdict)
    assert closed_now().everything


@pytest.mark.attack("8.9")
@pytest.mark.parametrize(("statement", "place"), [
    ("UPDATE board_case SET claim_fen = 1", "案件列表"), ("UPDATE board_case SET since = since + 1", "案件列表"),
    ("DELETE FROM board_term", "期限"), ("UPDATE board_sum SET cases = cases + 1", "合计"),
])
def test_a_row_of_the_board_changed_by_hand(bureau: Bureau, statement: str, place: str) -> None:
    bureau.at("admin")
    bureau.desk.board_whole()
    bureau.desk.session.store.base.execute_sql(statement)
    verdict = bureau.desk.check()
    assert {f.kind for f in verdict.faults} == {"board"} and place in verdict.faults[0].place, [f.text for f in verdict.faults]
    bureau.desk.note_check(verdict)
    assert bureau.desk.check().whole, "made again from the rows"


@pytest.mark.attack("8.9")
def test_a_kept_paper_whose_signatures_do_not_hold(bureau: Bureau, approved: str, notes: Notes) -> None:
    """The judge himself keeps pages with a layer in them, all by valid lines."""
    session, key = bureau.at(notes["judge"]).session, key_of(bureau, notes["judge"])
    pdf = sign(session, appended(blank(session, approved), layered), "Judge1", key)
    keep_by_right(session, approved, pdf)
    row = Document.get_by_id(approved)
    assert pages_of(row) == pdf
    verdict = bureau.at("admin").check()
    found = verdict.faults
    assert [(f.kind, f.place) for f in found] == [("signature", row.number)] and "有可以切换显示的图层" in found[0].text, [f.text for f in verdict.faults]
    bureau.desk.note_check(verdict)
    assert closed_now().closes(notes["case"]) and not closed_now().everything


def test_a_whole_store_is_whole_and_its_papers_are_judged(bureau: Bureau) -> None:
    verdict = bureau.at("admin").check()
    assert verdict.whole, [f.text for f in verdict.faults]
    assert verdict.papers == Document.select().where(Document.file.is_null(False)).count() > 0
    assert bureau.desk.last_check() is None
    bureau.desk.note_check(verdict)
    at = bureau.desk.last_check()
    assert at is not None and bureau.desk.check(papers_since=at + timedelta(seconds=1)).papers == 0, "a backup judges what came since"
    assert bureau.desk.check(papers_since=at - timedelta(days=1)).papers == verdict.papers


def test_the_command_names_the_place_and_ends_with_one(bureau: Bureau, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    bureau.at("admin")
    run("DROP TRIGGER line_no_update")(bureau)
    folder: Path = bureau.folder
    bureau.close()
    monkeypatch.setenv("EXECDESK_PASSWORD", "demo")
    assert main.main(["check", "--data", str(folder), "--user", "clerk"]) == 1
    assert "触发器「line_no_update」" in capsys.readouterr().out
