"""Freezes what this program leaves behind: ``python -m tests.history.freeze FOLDER`` writes a demonstration and a real store there, the passwords
beside them, and the state that every later program must find in them.

Run it once a release, into a folder of the release's name under ``tests/history``; a folder that is there is written anew. Persons and parties
are fictional, the keys in it open nothing else.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from peewee import SqliteDatabase
from playhouse.migrations import Runner

import main
from execdesk import __version__
from execdesk.desk import Desk
from execdesk.records.money import MoneyReceipt
from execdesk.records.tables import BY_NAME
from execdesk.store.clock import DemonstrationClock
from execdesk.store.line import FORMAT
from execdesk.store.replay import Rows, all_entries, fold, refs_in_breach, state_hash
from execdesk.store.upgrade import MIGRATIONS
from execdesk.store.whereabouts import PLACE_FILE, settle
from tests import court_store
from tests.flow.bureau import DEBTOR, Bureau
from tests.flow.test_property import CAR
from tests.world import DAY, Shelf

STATE = "state.json"
DEMONSTRATION, REAL = "demonstration", "real"
ACCOUNTS = {DEMONSTRATION: "clerk", REAL: "clerk"}  # who opens them in the tests

README = """# {version} 留下的库

由 `python -m tests.history.freeze {name}` 制成，版本 {version}，留痕格式 {format}。以后的每一版都要能打开，读出的状态与 `state.json` 所记的相同；测试在
`tests/history/test_history.py`。人员、当事人都是虚构的，钥匙只开这两个库。

| 库 | 内容 | 登录名 | 密码 |
|---|---|---|---|
| `{demonstration}` | 演示库：一件在办案件，已发执行通知书，存款已冻结、送达、收到回执；另有财产、工作记录、妨害行为、到账和冲正、待批的延长执行期限 | `president vice director deputy judge-1 judge-2 clerk officer seal admin` 等 | 都是 `demo` |
| `{real}` | 真实库（不是演示库，人员虚构）：一件案件，执行通知书待提交，延长执行期限待批，有工作记录 | {accounts} | 登录名后接「{ending}」，如 `{example}` |
"""


def password(store: str, account: str) -> str:
    """The password of an account in a frozen store."""
    return "demo" if store == DEMONSTRATION else court_store.password_of(account)


def state_of(desk: Desk, upto: dict[str, int] | None = None) -> tuple[Rows, dict[str, int]]:
    """The rows that the lines of a store say there are, and how far each chain goes; of the lines up to those numbers only, where they are told."""
    heads = upto if upto is not None else desk.session.store.heads()
    lines = (entry for entry in all_entries(desk.session.store) if entry.number <= heads.get(entry.chain, 0))
    return fold(lines, refs_in_breach(desk.session.store)), heads


def as_then(found: Rows, migrations: int) -> Rows:
    """Rows with the fields that the first so many migrations make: what a release knew of them. A field that came later is empty in each."""
    with tempfile.TemporaryDirectory() as made:
        for path in sorted(MIGRATIONS.glob("0*.py"))[:migrations]:
            shutil.copy(path, made)
        base = SqliteDatabase(":memory:")
        Runner(base, made).up()
        columns = {table: {column.name for column in base.get_columns(table)} for table in base.get_tables()}
        base.close()
    then: Rows = {}
    for (table, row), values in found.items():
        model = BY_NAME[table]
        known = {field.name for field in model.journal_fields() if field.column_name in columns.get(model._meta.table_name, set())}
        assert all(value is None for name, value in values.items() if name not in known), (table, row)
        then[table, row] = {name: value for name, value in values.items() if name in known}
    return then


def _demonstration(shelf: Shelf, folder: Path) -> None:
    world = shelf.get("frozen")
    bureau = Bureau(main.build(), world.copy(folder), DAY)
    case, judge = world.notes["case"], world.notes["judge"]
    bureau.at("officer").do("obstruction.record", case=case, party=DEBTOR, on=DAY, statute_item="refuse", words="拒不说明财产去向。")
    bureau.desk.do("note.record", case=case, kind="call", on=DAY, words="被执行人称月底前付款。", follow_up_on=DAY)
    bureau.desk.do("property.register", case=case, party=DEBTOR, kind="vehicle", identifiers=CAR)
    bureau.at("clerk").do("receipt.book", case=case, amount=100_000, received_on=DAY, bank_ref="流水1")
    bureau.desk.do("receipt.reverse", receipt=MoneyReceipt.get(MoneyReceipt.reverses.is_null()).id, reason="号码写错")
    request = bureau.at(judge).do("request.open", case=case, matter="extend_enforcement_period", note="案情复杂").ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    bureau.close()


def _real(shelf: Shelf, folder: Path) -> None:
    world = shelf.get("real")
    world.copy(folder)
    desk = court_store.at(folder, "clerk")
    case = str(world.notes["case"])
    court_store.change(desk, "judge")
    desk.do("notice.execution", case=case, party=DEBTOR)
    desk.do("note.record", case=case, kind="visit", on=DAY, words="上门未遇被执行人。")
    desk.do("request.submit", request=desk.do("request.open", case=case, matter="extend_enforcement_period", note="案情复杂").ids("Request")[0])
    desk.close()


def freeze(folder: Path) -> dict[str, Any]:
    """Write both stores and their state; returns the state."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    told: dict[str, Any] = {"version": __version__, "format": FORMAT, "day": DAY.isoformat(), "stores": {}}
    with tempfile.TemporaryDirectory() as made:
        os.environ["XDG_STATE_HOME"] = f"{made}/machine"  # what a PC keeps for all its stores: not this one's own
        shelf = Shelf(Path(made))
        for name, make in ((DEMONSTRATION, _demonstration), (REAL, _real)):
            make(shelf, folder / name)
            told["stores"][name] = _told(name, folder / name)
    (folder / STATE).write_text(json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    (folder / "README.md").write_text(README.format(
        version=__version__, name=f"tests/history/{folder.name}", format=FORMAT, demonstration=DEMONSTRATION, real=REAL,
        accounts="、".join(f"`{account}`" for _, account, *_ in court_store.PEOPLE), ending=court_store.password_of(""), example=court_store.password_of("clerk"),
    ), encoding="utf-8")
    return told


def _told(name: str, folder: Path) -> dict[str, Any]:
    """What a store holds as it is left: who opens it adds a line, which counts no more."""
    with tempfile.TemporaryDirectory() as aside:
        copy = Path(shutil.copytree(folder, Path(aside) / "data"))
        desk = opened(name, copy)
        before = {chain: number - (chain == desk.session.store.chain) for chain, number in desk.session.store.heads().items()}
        rows, heads = state_of(desk, before)
        counts: dict[str, int] = {}
        for table, _ in rows:
            counts[table] = counts.get(table, 0) + 1
        desk.close()
    return {"heads": heads, "rows": counts, "state": state_hash(rows), "account": ACCOUNTS[name], "migrations": len(list(MIGRATIONS.glob("0*.py")))}


def opened(name: str, folder: Path) -> Desk:
    """A frozen store opened, where it lies, by the account that opens it in the tests."""
    if (folder / PLACE_FILE).exists():
        settle(folder)
    return Desk.open(main.build(), folder, ACCOUNTS[name], password(name, ACCOUNTS[name]), DemonstrationClock(DAY))


def run(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    told = freeze(parser.parse_args(arguments).folder)
    for name, of in told["stores"].items():
        print(f"{name}: {sum(of['heads'].values())} lines, {sum(of['rows'].values())} rows, {of['state']}")
    return 0


if __name__ == "__main__":
    raise SystemExit(run())
