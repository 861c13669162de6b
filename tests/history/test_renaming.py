"""A rename is an entry of :data:`RENAMES` and a migration: proved by a program of tomorrow that calls a table, a field, a fact and an act otherwise.

The program is this one with the names put otherwise in its text. It opens a frozen store, upgrades it, and must find in it what was there.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from execdesk.store.renaming import Renames
from execdesk.store.replay import all_entries, state_hash
from tests.history.freeze import DEMONSTRATION, opened, state_of
from tests.history.test_history import FROZEN

ROOT = Path(__file__).parents[2]
INVENTED = Renames(
    "9001_renamed", tables={"ObstructionAct": "Hindrance"}, fields={("WorkNote", "follow_up_on"): "look_again_on"}, facts={("Measure", "told"): "answered"},
    acts={"note.record": "note.enter"},
)
WORDS = ((r"\bObstructionAct\b", "Hindrance"), (r"\bfollow_up_on\b", "look_again_on"), (r'"told": \("told_fen"', '"answered": ("told_fen"'), (r"\bnote\.record\b", "note.enter"))
MIGRATION = '''
def up(migrator, db):
    migrator.migrate(migrator.rename_table("obstruction_act", "hindrance"), migrator.rename_column("work_note", "follow_up_on", "look_again_on"))
    for column in ("case", "party"):
        db.execute_sql(f'DROP INDEX "obstruction_act_{column}"')
        db.execute_sql(f'CREATE INDEX "hindrance_{column}" ON "hindrance" ("{column}")')
'''
TOMORROW = '''
import json, sys
from pathlib import Path
import main
from execdesk.desk import Desk
from execdesk.store.clock import DemonstrationClock
from execdesk.store.replay import all_entries, differences, fold, refs_in_breach, state_hash, stored_rows
from datetime import date
desk = Desk.open(main.build(), Path(sys.argv[1]), "clerk", "demo", DemonstrationClock(date(2018, 1, 2)))
heads, store = json.loads(sys.argv[2]), desk.session.store
with store.reading():
    lines = list(all_entries(store))
    rows = fold([one for one in lines if one.number <= heads.get(one.chain, 0)], refs_in_breach(store))
    upgrade = [one.data["reason"] for one in lines if one.data["act"] == "store.migration"]
    different = differences(fold(lines, refs_in_breach(store)), stored_rows(store))
    faults = [fault.text for fault in desk.check().faults]
    case = next(row for table, row in rows if table == "Case")
    desk.do("note.enter", case=case, kind="call", on=date(2018, 1, 2), words="升级以后所记")
    acts = [one.data["act"] for one in all_entries(store)]
    desk.close()
print(json.dumps({"rows": [[*key, values] for key, values in sorted(rows.items())], "state": state_hash(rows), "upgrade": upgrade, "different": different, "faults": faults, "acts": acts}))
'''


def tomorrow(folder: Path) -> Path:
    """This program with the invented names."""
    for name in ("execdesk", "reports", "resources"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "main.py", folder / "main.py")
    for file in (file for name in ("execdesk", "resources") for file in (folder / name).rglob("*") if file.suffix in (".py", ".toml")):
        if file.parent.name != "migrations":
            text = before = file.read_text(encoding="utf-8")
            for old, new in WORDS:
                text = re.sub(old, new, text)
            if text != before:
                file.write_text(text, encoding="utf-8")
    renaming = folder / "execdesk" / "store" / "renaming.py"
    told = renaming.read_text(encoding="utf-8")
    assert "RENAMES: dict[int, Renames] = {}" in told
    renaming.write_text(told.replace("RENAMES: dict[int, Renames] = {}", f"RENAMES: dict[int, Renames] = {{2: {INVENTED!r}}}"), encoding="utf-8")
    (folder / "execdesk" / "store" / "migrations" / "9001_renamed.py").write_text(MIGRATION, encoding="utf-8")
    (folder / "tomorrow.py").write_text(TOMORROW, encoding="utf-8")
    return folder


@pytest.mark.file("a frozen store is a file")
def test_an_invented_rename_of_table_field_fact_and_act_opens_a_frozen_store_with_the_same_content(tmp_path: Path) -> None:
    release = next(param.values[0] for param in FROZEN if param.values[1] == DEMONSTRATION)
    old = opened(DEMONSTRATION, Path(shutil.copytree(release / DEMONSTRATION, tmp_path / "old")))
    with old.reading():
        heads = json.loads((release / "state.json").read_text(encoding="utf-8"))["stores"][DEMONSTRATION]["heads"]
        before, _ = state_of(old, heads)
        acts = [entry.data["act"] for entry in all_entries(old.session.store)]
    old.close()
    expected = {
        (table, row): values
        for (table, row), told in before.items() for table, _, _, values, _ in [INVENTED.change([table, row, 0, told, {}])]
    }
    assert expected != before and "note.record" in acts
    new = Path(shutil.copytree(release / DEMONSTRATION, tmp_path / "new"))
    done = subprocess.run(
        [sys.executable, "tomorrow.py", str(new), json.dumps(heads)], cwd=tomorrow(tmp_path / "program"), capture_output=True, text=True, timeout=120,
        env={**os.environ, "PYTHONPATH": ""}, check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert {(table, row): values for table, row, values in found["rows"]} == expected
    assert found["state"] == state_hash(expected), "the same rule, over the rows as they are called now"
    assert (found["different"], found["faults"], [reason.split("、")[-1] for reason in found["upgrade"]]) == ([], [], ["9001_renamed"])
    assert "note.record" not in found["acts"] and found["acts"][: len(acts) - 1] == [INVENTED.acts.get(act, act) for act in acts[:-1]]
    assert found["acts"][-1] == "note.enter"
