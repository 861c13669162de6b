"""Migrations: they make what the models say, upgrade a store after a backup or not at all, and refuse a newer one."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from peewee import DatabaseError
from playhouse.schema_diff import diff_models

from execdesk.law.refusal import Refusal
from execdesk.records.base import in_context
from execdesk.records.cases import Case
from execdesk.records.journal import Line
from execdesk.records.tables import ALL
from execdesk.store import upgrade
from execdesk.store.act import open_act
from execdesk.store.check import check
from execdesk.store.converting import CONVERTERS, Converter
from execdesk.store.database import EncryptedDatabase, create_schema, open_sqlite
from tests.store.desks import Desk, bureau, case, judge
from tests.store.seconds import Second


@pytest.fixture
def base() -> Iterator[EncryptedDatabase]:
    made = open_sqlite(None, None)
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The migrations with one more that adds a column, as a later release would have."""
    made = tmp_path / "migrations"
    shutil.copytree(upgrade.MIGRATIONS, made, ignore=shutil.ignore_patterns("__pycache__"))
    (made / "9001_colour.py").write_text(
        "from peewee import TextField\n\n\ndef up(migrator, db):\n"
        "    migrator.migrate(migrator.add_column('draft', 'colour', TextField(default='')))\n", encoding="utf-8",
    )
    return made


def desk_of_today() -> Desk:
    """A desk whose tables the migrations made."""
    desk = bureau("HQ").desks[0]
    upgrade.Runner(desk.store.base, str(upgrade.MIGRATIONS)).fake()
    return desk


def brought_up(desk: Desk, backup: Callable[[], object], folder: Path = upgrade.MIGRATIONS) -> list[str]:
    """The upgrade as whoever sits at the desk lets it begin."""
    return upgrade.upgrade(desk.store, backup, lambda: desk.key, lambda: Second.of("p1"), folder)


def columns(base: EncryptedDatabase, table: str) -> set[str]:
    return {column.name for column in base.get_columns(table)}


def test_the_migrations_lack_nothing_of_the_models() -> None:
    path, text = upgrade.next_migration("more")
    assert not text, f"a table has changed since the last migration: run `{upgrade.COMMAND}`\n{text}"
    assert path.name == f"{len(list(upgrade.MIGRATIONS.glob('0*.py'))) + 1:04}_more.py"


def test_migrations_make_what_the_models_say(base: EncryptedDatabase) -> None:
    assert upgrade.make_tables(base) == [m.stem for m in sorted(upgrade.MIGRATIONS.glob("0*.py"))]
    in_context.set(base)
    difference = diff_models(base, ALL)
    assert not difference, f"{difference}\nrun `{upgrade.COMMAND}`"
    assert upgrade.pending(base) == []


def test_the_same_columns_and_indices_as_the_models(base: EncryptedDatabase) -> None:
    def tables(of: EncryptedDatabase) -> dict[str, list[str]]:
        rows = of.execute_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'schema_migration%'")
        return {name: sorted(re.sub(r"^CREATE TABLE (IF NOT EXISTS )?\"\w+\" \(|\)$", "", sql).split(", ")) for name, sql in rows}

    upgrade.make_tables(base)
    other = open_sqlite(None, None)
    in_context.set(other)
    create_schema(other)
    assert tables(base) == tables(other), f"run `{upgrade.COMMAND}`"
    other.close()


def test_lines_are_guarded_in_a_migrated_store(base: EncryptedDatabase) -> None:
    upgrade.make_tables(base)
    in_context.set(base)
    Line.insert(taken_at="", run=1, site="HQ", incarnation=1, number=1, format=1, height=1, act="", person="", at="", body=b"", hash="", signature=b"").execute()
    with pytest.raises(DatabaseError, match="never changed"):
        Line.delete().execute()


def test_upgrade_after_a_backup(folder: Path) -> None:
    desk = desk_of_today()
    with open_act(desk.store, "case.register") as act:
        act.add(case(1))
    signer, backups = desk.store.signer, []
    assert upgrade.pending(desk.store.base, folder) == ["9001_colour"]
    assert brought_up(desk, lambda: backups.append(1), folder) == ["9001_colour"]
    assert backups == [1]
    assert "colour" in columns(desk.store.base, "draft")
    last = desk.line(desk.store.head.number)
    assert (last.data["act"], last.data["person"], last.data["reason"]) == ("store.migration", "", "9001_colour")
    assert last.data["with"]["person"] == Second.of("p1").person and desk.store.signer is signer
    assert check(desk.store, judge()).faults == []
    assert brought_up(desk, lambda: backups.append(2), folder) == []
    assert backups == [1]


def test_an_upgrade_converts_the_rows_that_its_function_names(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = desk_of_today()
    with open_act(desk.store, "case.register") as act:
        act.add_many([case(1), case(2, cause="买卖合同纠纷")])
    renamed = Converter(("Case",), lambda table, row, before: {"cause": "金融借款合同纠纷"} if before["cause"] == "借款合同纠纷" else {})
    monkeypatch.setitem(CONVERTERS, "9001_colour", renamed)
    brought_up(desk, lambda: None, folder)
    last = desk.line(desk.store.head.number)
    assert last.data["act"] == "store.migration" and [change.values["cause"] for change in last.changes] == ["金融借款合同纠纷"]
    assert sorted(row.cause for row in Case.select()) == ["买卖合同纠纷", "金融借款合同纠纷"]
    assert check(desk.store, judge()).faults == []


def test_a_function_that_does_not_come_to_rest_upgrades_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else whoever holds the desk's key could do it again and again."""
    desk = desk_of_today()
    with open_act(desk.store, "case.register") as act:
        act.add(case(1, claim_fen=100))
    monkeypatch.setitem(CONVERTERS, "9001_colour", Converter(("Case",), lambda table, row, before: {"claim_fen": before["claim_fen"] + 1}))
    with pytest.raises(ValueError, match="come to rest"):
        brought_up(desk, lambda: None, folder)
    assert "colour" not in columns(desk.store.base, "draft") and Case.get().claim_fen == 100


def test_no_upgrade_without_a_backup(folder: Path) -> None:
    desk = desk_of_today()

    def full() -> None:
        raise Refusal("磁盘已满", code="backup.full")

    with pytest.raises(Refusal):
        brought_up(desk, full, folder)
    assert "colour" not in columns(desk.store.base, "draft")


def test_all_migrations_or_none(folder: Path) -> None:
    (folder / "9002_wrong.py").write_text("def up(migrator, db):\n    raise RuntimeError('wrong')\n", encoding="utf-8")
    desk = desk_of_today()
    with pytest.raises(RuntimeError, match="wrong"):
        brought_up(desk, lambda: None, folder)
    assert "colour" not in columns(desk.store.base, "draft")
    assert upgrade.pending(desk.store.base, folder) == ["9001_colour", "9002_wrong"]
    assert desk.store.head.number == 2


def test_a_newer_store_is_refused(folder: Path) -> None:
    desk = desk_of_today()
    brought_up(desk, lambda: None, folder)
    upgrade.refuse_newer(desk.store.base, folder)
    with pytest.raises(Refusal) as refused:
        brought_up(desk, lambda: None)
    assert refused.value.code == "store.newer" and "9001_colour" in refused.value.text


def test_the_command_writes_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], base: EncryptedDatabase) -> None:
    folder = tmp_path / "migrations"
    folder.mkdir()
    monkeypatch.setattr(upgrade, "MIGRATIONS", folder)
    assert upgrade.main(["--new", "first"]) == 0
    assert capsys.readouterr().out == "0001_first.py\n"
    upgrade.make_tables(base, folder)
    in_context.set(base)
    assert not diff_models(base, ALL), "a new folder makes all tables"
    assert upgrade.main(["--new", "second"]) == 0 and capsys.readouterr().out == "nothing is missing\n"
    assert [path.name for path in folder.glob("*.py")] == ["0001_first.py"]
    for wrong in ([], ["--new"], ["--new", "not a name"]):
        assert upgrade.main(wrong) == 2
    assert upgrade.COMMAND in capsys.readouterr().err
