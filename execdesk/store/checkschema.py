"""The walk along the file itself: its pages, each index against its table, and every object in it against what the migrations make.

A trigger taken away or made to do nothing, a view in the place of a table, a trigger or table of somebody's own: named each. On a server
pages are the server's matter; tables, indices, triggers and views are compared by name, the guard of the lines by what it does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import apsw
from peewee import Database, DatabaseError

from execdesk.records.journal import Line
from execdesk.records.tables import JOURNALED
from execdesk.records.words import TABLES
from execdesk.store.database import KEPT_BYTES, EncryptedDatabase, make_kept_bytes, open_sqlite
from execdesk.store.findings import Fault, Verdict
from execdesk.store.upgrade import make_tables

if TYPE_CHECKING:
    from execdesk.store.store import Store

WORDS = {"table": "表", "index": "索引", "trigger": "触发器", "view": "视图"}
_MOST = 20  # faults told of one table's pages
_AT_ONCE = 40  # rows of a table looked at in the time of one row compared with its lines
_MATTER = {Line._meta.table_name, *(model._meta.table_name for model in JOURNALED)}


class Object(NamedTuple):
    """One object of a database file: kind, the table it is of, how it was made (empty for what SQLite makes by itself)."""

    kind: str
    table: str
    made: str


class SchemaWalk:
    """Walks the tables of rows and files by name, pages and indices of each; the objects first. ``after`` is where it stands."""

    name = "schema"

    def __init__(self, store: Store, after: str = "") -> None:
        self.store, self.after = store, after

    def some(self, count: int, verdict: Verdict) -> bool:
        """Look at tables of some ten thousand rows together; whether there is more."""
        steps = self._steps()
        names = list(steps)
        at, looked = names.index(self.after) + 1 if self.after in steps else 0, 0
        while at < len(names) and looked <= _AT_ONCE * count:
            verdict.faults += steps[names[at]]()
            looked += self._rows_in(names[at])
            self.after, at = names[at], at + 1
        return at < len(names)

    def _rows_in(self, name: str) -> int:
        """About how many rows a table has."""
        one = expected_objects().get(name)
        if one is None or not isinstance(self.store.base, EncryptedDatabase):
            return 0
        try:
            return int(self.store.base.execute_sql(f'SELECT MAX("_rowid_") FROM "{name}"').fetchone()[0] or 0)
        except (DatabaseError, apsw.Error):  # it is gone, or cannot be read: told already
            return 0

    def _steps(self) -> Mapping[str, Any]:
        base = self.store.base
        if not isinstance(base, EncryptedDatabase):
            return {"objects": lambda: list(_server_faults(base))}
        steps: dict[str, Any] = {"objects": lambda: list(object_faults(base, expected_objects()))}
        if self.store.files.apart:
            files = self.store.files.base
            steps["files"] = lambda: [*object_faults(files, expected_files()), *page_faults(files, "sqlite_schema"), *index_faults(files)]
        for table in ("sqlite_schema", *sorted(name for name, one in expected_objects().items() if one.kind == "table")):
            steps[table] = lambda table=table: page_faults(base, table)
        return steps


def objects_of(base: Database, schema: str = "sqlite_schema") -> dict[str, Object]:
    """Every object of an embedded database by name."""
    found = base.execute_sql(f"SELECT name, type, tbl_name, sql FROM {schema}").fetchall()
    return {name: Object(kind, table, _plain(made)) for name, kind, table, made in found if not name.startswith("sqlite_")}


@lru_cache(maxsize=1)
def expected_objects() -> dict[str, Object]:
    """What the migrations of this program make."""
    base = open_sqlite(None, None)
    make_tables(base)
    try:
        return objects_of(base)
    finally:
        base.close()


@lru_cache(maxsize=1)
def expected_files() -> dict[str, Object]:
    """What the file of kept files holds."""
    base = open_sqlite(None, None)
    make_kept_bytes(base)
    try:
        return objects_of(base)
    finally:
        base.close()


def object_faults(base: Database, expected: Mapping[str, Object]) -> Iterator[Fault]:
    """What is missing, changed, or nobody's; what only this connection sees among it."""
    found = objects_of(base)
    for name in sorted(expected.keys() - found.keys()):
        yield _fault(expected[name], name, "不见了，被人删去")
    for name in sorted(found.keys() & expected.keys()):
        if found[name] != expected[name]:
            what = "的定义被改动" if found[name].kind == expected[name].kind else f"被换成了{WORDS.get(found[name].kind, found[name].kind)}"
            yield _fault(expected[name], name, what)
    for name in sorted(found.keys() - expected.keys()):
        yield _fault(found[name], name, "来历不明，不是本程序所建")
    for name, one in sorted(objects_of(base, "sqlite_temp_schema").items()):
        yield _fault(one, name, "是临时对象，遮住了库中的内容")


def page_faults(base: Database, table: str) -> list[Fault]:
    """What SQLite finds wrong with the pages of a table and with its indices against it; of its schema table the list of free pages too."""
    try:
        said = [str(row[0]) for row in base.execute_sql(f"PRAGMA integrity_check('{table}')").fetchall()]
    except (DatabaseError, apsw.Error) as error:
        said = [f"{type(error).__name__}: {error}"]
    return [_page_fault(table, one) for one in said[:_MOST] if one != "ok"]


def index_faults(files: Database) -> list[Fault]:
    """Kept files that the index of their names does not know; their bytes are read by the walk along the files, not here."""
    by_table, by_index = (
        files.execute_sql(f'SELECT COUNT(*) FROM (SELECT "sha256" FROM "{KEPT_BYTES}" {way})').fetchone()[0]
        for way in ("NOT INDEXED", "ORDER BY \"sha256\"")
    )
    if by_table == by_index:
        return []
    return [Fault("index", f"索引 {KEPT_BYTES}", f"留存文件有{by_table}个，索引只认得{by_index}个：有人绕过程序改了数据库，或者磁盘出错。", everything=True)]


def _page_fault(table: str, said: str) -> Fault:
    words = _table_words(table)
    if " index " in said:
        return Fault("index", f"索引 {table}", f"{words}的索引与表不一致（{said}）：有人绕过程序改了数据库，或者磁盘出错。", everything=table in _MATTER)
    return Fault("page", f"页 {table}", f"{words}所在的页有损坏（{said}）：磁盘出错，或者有人改了文件。请停止使用，从备份恢复。", everything=True)


def _fault(one: Object, name: str, what: str) -> Fault:
    words = WORDS.get(one.kind, one.kind)
    place = f"{words} {name}"
    about = f"（{_table_words(one.table)}）" if one.table != name else ""
    matters = one.kind in ("trigger", "view") or (one.kind == "table" and name in _MATTER) or "被换成" in what
    return Fault("schema", place, f"数据库中的{words}「{name}」{about}{what}：有人绕过程序改了数据库的结构。", everything=matters)


def _table_words(table: str) -> str:
    names = {model._meta.table_name: model.__name__ for model in JOURNALED}
    return f"「{TABLES.get(names.get(table, ''), table)}」表"


def _plain(made: str | None) -> str:
    return " ".join((made or "").replace(" IF NOT EXISTS", "").split())


def mend(store: Store, faults: list[Fault]) -> None:
    """Make good what is the program's own: the guard of the lines, missing or changed indices, indices that disagree with their table.

    What is somebody else's stays to be looked at. Called after the incident is written, so that it does not stand in the way of it.
    """
    found = [fault.place.partition(" ") for fault in faults if fault.kind in ("schema", "index")]
    base, expected = store.base, expected_objects()
    own = sorted({name for _, _, name in found} & expected.keys())
    if not own or not isinstance(base, EncryptedDatabase):
        return
    with store.transaction():
        tables = {name for name, one in objects_of(base).items() if one.kind == "table"}
        for name in own:
            one = expected[name]
            if one.kind in ("index", "trigger") and one.table in tables:
                base.execute_sql(f'DROP {one.kind.upper()} IF EXISTS "{name}"')
                base.execute_sql(one.made)
            elif name in tables and (WORDS["index"], name) in {(words, place) for words, _, place in found}:
                base.execute_sql(f'REINDEX "{name}"')


# -- on a server -----------------------------------------------------------------------------------------------------------

_SERVER = """
SELECT c.relname, CASE c.relkind WHEN 'i' THEN 'index' WHEN 'v' THEN 'view' WHEN 'm' THEN 'view' ELSE 'table' END, COALESCE(t.relname, c.relname)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index i ON i.indexrelid = c.oid LEFT JOIN pg_class t ON t.oid = i.indrelid
WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'i', 'v', 'm', 'f')
"""
_TRIGGERS = """
SELECT g.tgname, c.relname, g.tgenabled, p.prosrc FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_proc p ON p.oid = g.tgfoid
JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT g.tgisinternal AND n.nspname = current_schema()
"""


def _server_faults(base: Database) -> Iterator[Fault]:
    found = {name: Object(kind, table, "") for name, kind, table in base.execute_sql(_SERVER).fetchall()}
    wanted = {name for name, one in expected_objects().items() if one.kind == "table"}
    for name in sorted(wanted):
        if name not in found or found[name].kind != "table":
            yield _fault(Object("table", name, ""), name, "不见了，被人删去" if name not in found else "被换成了视图")
    for name, one in sorted(found.items()):
        if one.kind != "index" and name not in wanted | expected_files().keys():
            yield _fault(one, name, "来历不明，不是本程序所建")
    guard = Line._meta.table_name
    triggers = {(name, table): (enabled, source) for name, table, enabled, source in base.execute_sql(_TRIGGERS).fetchall()}
    enabled, source = triggers.pop(("line_stays", guard), ("", ""))
    if enabled not in ("O", "A", b"O", b"A") or "RAISE EXCEPTION" not in source:
        yield _fault(Object("trigger", guard, ""), "line_stays", "不见了或者不再起作用")
    for name, table in sorted(triggers):
        yield _fault(Object("trigger", table, ""), name, "来历不明，不是本程序所建")


__all__ = ["Object", "SchemaWalk", "expected_files", "expected_objects", "mend", "object_faults", "objects_of", "page_faults"]
