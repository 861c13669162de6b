"""The same core on a real PostgreSQL server, started for this run and thrown away after it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from peewee import DatabaseError, PostgresqlDatabase
from playhouse.schema_diff import diff_models

from execdesk.law.refusal import Refusal
from execdesk.records.base import in_context, new_id
from execdesk.records.cases import Case
from execdesk.records.journal import Clash, Line
from execdesk.records.papers import KeptFile
from execdesk.records.tables import ALL
from execdesk.store import upgrade
from execdesk.store.act import StaleRecord, open_act
from execdesk.store.check import check, check_some
from execdesk.store.checkschema import SchemaWalk
from execdesk.store.clock import DemonstrationClock
from execdesk.store.database import create_schema, grant_role, open_postgres
from execdesk.store.files import kept_file, sweep
from execdesk.store.findings import Verdict
from execdesk.store.place import Place
from execdesk.store.replay import as_known, fold, stored_rows
from execdesk.store.store import Store
from tests.looking import look_at
from tests.server import Server
from tests.store.desks import START, Bureau, Desk, Key, case, found, judge, party
from tests.store.histories import History

pytestmark = pytest.mark.postgres


@pytest.fixture
def address(server: Server) -> Iterator[Callable[[], str]]:
    """Makes empty databases on the server, and drops them."""
    made: list[str] = []

    def make() -> str:
        made.append(server.create())
        return made[-1]

    yield make
    for name in made:
        server.drop(name)


def store_at(place: str, site: str = "HQ", make: bool = True) -> Store:
    store = Place(address=place).open(DemonstrationClock(START), ruled=False)
    look_at(store)
    if make:
        create_schema(store.base)
    if make:
        store.name_site(site, 1)
    return store


@pytest.fixture
def bureau(address: Any) -> Iterator[Bureau]:
    keys = {site: Key() for site in ("HQ", "HL", "JS")}
    desks = [Desk(store_at(address(), site), key) for site, key in keys.items()]
    first = desks[0]
    look_at(first.store)
    people, certificates = found(first.store, first.key, {site: key.key for site, key in keys.items()})
    founding = first.lines()
    for desk, person, certificate in zip(desks, people, certificates, strict=True):
        if desk is not first:
            desk.take(founding)
        look_at(desk.store)
        desk.sign_in(person, certificate)
    yield Bureau(desks, people, certificates)
    for desk in desks:
        desk.store.close()


def test_all_tables(address: Any) -> None:
    base = open_postgres(address())
    upgrade.make_tables(base)
    in_context.set(base)
    assert not diff_models(base, ALL)
    assert upgrade.pending(base) == []
    base.close()


def test_acts_replay_check(bureau: Bureau) -> None:
    desk = bureau.desks[0]
    look_at(desk.store)
    with open_act(desk.store, "ledger.import") as act:
        cases = [case(n) for n in range(500)]
        act.add_many(cases)
        act.add_many([party(of) for of in cases])
    assert len(act.changes.lines) == 3
    before = Case.get_by_id(cases[0].id)
    with open_act(desk.store, "case.edit") as act:
        act.change(act.get(Case, before.id), claim_fen=2**40, provisional=True, last_paper_suffix={"执": 3})
    with pytest.raises(StaleRecord), open_act(desk.store, "case.edit") as act:
        act.change(before, cause="其他")
    with pytest.raises(ZeroDivisionError), open_act(desk.store, "case.edit") as act:
        act.strike(act.get(Case, cases[1].id), "误登")
        act.keep_file(b"paper")
        raise ZeroDivisionError
    assert stored_rows(desk.store) == fold(desk.lines()) == as_known(desk.store, desk.store.head.at)  # type: ignore[arg-type]
    assert check(desk.store, judge()).faults == []
    sessions = 1
    while not check_some(desk.store, judge(), 400).done:
        sessions += 1
    assert sessions > 2


@pytest.mark.parametrize("statement", [
    "UPDATE line SET act = 'x' WHERE number = 1", "DELETE FROM line", "TRUNCATE line",
])
def test_triggers_keep_lines(bureau: Bureau, statement: str) -> None:
    base = bureau.desks[0].store.base
    with pytest.raises(DatabaseError, match="never changed"), base.atomic():
        base.execute_sql(statement)


def test_a_persons_role_adds_lines_and_changes_none(address: Any) -> None:
    """The privileges, with the triggers gone: what the owner of the tables could take away, a person cannot."""
    place = address()
    store = store_at(place)
    key = Key()
    people, certificates = found(store, key, {"HQ": key.key})
    base = store.base
    assert isinstance(base, PostgresqlDatabase)
    base.execute_sql("DROP ROLE IF EXISTS clerk_one")
    base.execute_sql("CREATE ROLE clerk_one LOGIN")
    grant_role(base, "clerk_one")
    base.execute_sql("DROP TRIGGER line_stays ON line")
    store.close()
    his = Place(address=place.replace("user=clerk", "user=clerk_one")).open(DemonstrationClock(START), ruled=False)
    look_at(his)
    desk = Desk(his, key)
    desk.sign_in(people[0], certificates[0])
    with open_act(his, "case.register") as act:
        one = act.add(case(1))
    with open_act(his, "case.edit") as act:
        act.change(act.get(Case, one.id), claim_fen=5)
        act.add(KeptFile(document=new_id(), sha256=act.keep_file(b"scan"), size=4, kind="scan", person=people[0].id, at=act.at))
    for statement in ("UPDATE line SET act = 'x'", "DELETE FROM line", "TRUNCATE line", 'DELETE FROM "case"', "DROP TABLE line",
                      "UPDATE kept_bytes SET data = NULL", "DELETE FROM kept_bytes",
                      "ALTER TABLE line DISABLE TRIGGER ALL"):
        with pytest.raises(DatabaseError, match="permission denied|must be owner"), his.base.atomic():
            his.base.execute_sql(statement)
    assert check(his, judge()).faults == []
    his.close()
    base.connect()
    base.execute_sql("DROP OWNED BY clerk_one")
    base.execute_sql("DROP ROLE clerk_one")
    base.close()


def test_kept_files_are_rows_of_one_transaction(bureau: Bureau) -> None:
    desk = bureau.desks[0]
    look_at(desk.store)
    with open_act(desk.store, "document.issue") as act:
        digest = act.keep_file(b"paper")
        act.add(KeptFile(document=new_id(), sha256=digest, size=5, kind="signed", person=new_id(), at=act.at))
    with pytest.raises(ZeroDivisionError), open_act(desk.store, "document.issue") as act:
        act.keep_file(b"lost")
        desk.store.files.put(act.files)
        raise ZeroDivisionError
    assert list(desk.store.files.all_names()) == [digest] and kept_file(digest) == b"paper"
    assert sweep(desk.store) == 0 and check(desk.store, judge()).faults == []
    desk.store.base.execute_sql("UPDATE kept_bytes SET data = %s", (b"other",))
    assert [(f.kind, f.place) for f in check(desk.store, judge()).faults] == [("file", digest)]
    desk.store.base.execute_sql("DELETE FROM kept_bytes")
    assert [(f.kind, f.place) for f in check(desk.store, judge()).faults] == [("file", digest)]


def test_a_row_behind_the_journal_is_found(bureau: Bureau) -> None:
    desk = bureau.desks[0]
    look_at(desk.store)
    with open_act(desk.store, "case.register") as act:
        added = act.add(case(1))
    desk.store.base.execute_sql("UPDATE \"case\" SET claim_fen = 5")
    assert [(f.kind, f.place) for f in check(desk.store, judge()).faults] == [("row", f"案件 {added.id}")]


def test_histories(bureau: Bureau) -> None:
    seeds = json.loads(Path(__file__).with_name("seeds.json").read_text(encoding="utf-8"))
    history = History(seeds["always"][0], bureau)
    history.run(60)
    history.exchange_everything()
    assert history.clashes_met > 0
    for desk in bureau:
        history.compare(desk)
    assert len({desk.hash() for desk in bureau}) == 1
    look_at(bureau.desks[0].store)
    assert Clash.select().count() >= 0


def test_a_refused_package_changes_nothing(bureau: Bureau) -> None:
    hq, hl, _ = bureau.desks
    look_at(hq.store)
    with open_act(hq.store, "case.register") as act:
        act.add(case(1))
    *good, last = hq.lines()
    before = stored_rows(hl.store)
    forged = type(last)(last.body, last.hash, bytes(64))
    with pytest.raises(Refusal):
        hl.take([*good, forged])
    assert stored_rows(hl.store) == before
    hl.take([*good, last])
    assert Case.select().count() == 1


def test_two_writers_take_turns(address: Any) -> None:
    """Two PCs at once: each its own connections; one line after the other, no number twice, none left out."""
    place = address()
    store = store_at(place)
    key = Key()
    people, certificates = found(store, key, {"HQ": key.key})
    desk = Desk(store, key)
    sessions = [desk.sign_in(person, certificate) for person, certificate in zip(people[:2], certificates, strict=False)]
    failures: list[BaseException] = []
    stores = [Store(store.base, clock=DemonstrationClock(START), ruled=False) for _ in sessions]
    for each, session in zip(stores, sessions, strict=True):
        each.signer = session

    def work(mine: Store, start: int) -> None:
        try:
            for number in range(start, start + 15):
                with open_act(mine, "case.register") as act:
                    added = act.add(case(number))
                    act.add(party(added))
        except BaseException as error:
            failures.append(error)
        finally:
            mine.close()

    threads = [threading.Thread(target=work, args=(each, n * 100)) for n, each in enumerate(stores)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert failures == []
    assert isinstance(store.base, PostgresqlDatabase)
    look_at(store)
    assert [n for (n,) in Line.select(Line.number).order_by(Line.number).tuples()] == list(range(1, 34))
    assert check(store, judge()).faults == []
    store.close()


GUARD = "CREATE OR REPLACE FUNCTION line_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$"
OWN = "CREATE FUNCTION own() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"


@pytest.mark.parametrize(("statements", "place"), [
    ([], ""), (['DROP TRIGGER line_stays ON "line"'], "触发器 line_stays"), (['ALTER TABLE "line" DISABLE TRIGGER line_stays'], "触发器 line_stays"),
    ([GUARD], "触发器 line_stays"), ([OWN, 'CREATE TRIGGER own BEFORE UPDATE ON "case" FOR EACH ROW EXECUTE FUNCTION own()'], "触发器 own"),
    (["CREATE TABLE notes (id integer)"], "表 notes"), (['CREATE VIEW every AS SELECT * FROM "case"'], "视图 every"),
    (["ALTER TABLE printing RENAME TO printing_old", "CREATE VIEW printing AS SELECT * FROM printing_old"], "表 printing"),
])
def test_an_object_nobodys_or_changed_is_named(address: Any, statements: list[str], place: str) -> None:
    store = store_at(address(), make=False)
    upgrade.make_tables(store.base)
    for statement in statements:
        store.base.execute_sql(statement)
    verdict, walk = Verdict(), SchemaWalk(store)
    while walk.some(500, verdict):
        pass
    store.close()
    assert place in {f.place for f in verdict.faults} if place else not verdict.faults, [f.text for f in verdict.faults]
