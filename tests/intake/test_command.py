"""``ledger`` from the command line: what it answers, decisions by key, undo."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import main
from execdesk.intake.keys import read_decision, read_key, write_key
from execdesk.intake.report import LedgerReport
from execdesk.law.refusal import Refusal
from tests.intake.conftest import SAMPLE, row
from tests.intake.office import write_ledger

MAIN = "2017年台账"
LISTS = {"imported", "decide", "refused", "passed_over"}
BRIEF = {"sheet", "row", "case_no"}
Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def run(empty_store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command on a store of its own; its exit and its JSON."""
    folder = shutil.copytree(empty_store, tmp_path / "data")
    monkeypatch.setenv("EXECDESK_PASSWORD", "demo")

    def command(*words: str, user: str = "clerk") -> tuple[int, dict[str, Any]]:
        code = main.main(["--data", str(folder), "--user", user, "--json", *words])
        return code, json.loads(capsys.readouterr().out)

    return command


def test_the_answer_has_exactly_the_keys_promised(run: Run, sample: LedgerReport) -> None:
    for words in (["--dry-run"], []):
        code, answer = run("ledger", "import", str(SAMPLE), *words)
        assert code == 0 and set(answer) == LISTS
        assert {name: len(answer[name]) for name in LISTS} == sample.counts
        assert all(set(entry) == BRIEF for entry in answer["imported"])
        for name in LISTS - {"imported"}:
            assert all(set(entry) == BRIEF | {"column", "value", "code", "text"} for entry in answer[name])


def test_a_dry_run_writes_nothing(run: Run) -> None:
    run("ledger", "import", str(SAMPLE), "--dry-run")
    assert run("case", "list")[1] == {"cases": []}


def test_decisions_by_key_from_dry_run_to_case(run: Run, tmp_path: Path) -> None:
    path = str(write_ledger(tmp_path / "甲.xlsx", [
        row(申请标的="以判决为准"), row(序号=2, 案号="（2017）琼9027执2号", 住址="三亚市", 承办法官="丙老师"),
        row(序号=3, 案号="（2017）琼9027执3号", 立案日期=None),
    ]))  # fmt: skip
    _, full = run("ledger", "import", path, "--dry-run", "--full")
    words: list[str] = []
    for entry in full["decide"]:
        for question in entry["questions"]:
            key = f"{question['code']}|{question['name']}" if "name" in question else write_key(
                entry["sheet"], entry["row"], question["column"], question["code"]
            )  # fmt: skip
            choice = question["proposal"] or next((o["key"] for o in question["options"] if o["label"] == "法官丙"), "text:2017-04-01")
            words += ["--decide", f"{key}={choice}"]
    words += ["--decide", f"{MAIN}|2|L|money.no_figure=text:5.8万"]
    code, answer = run("ledger", "import", path, *words)
    assert code == 0 and len(answer["imported"]) == 3, answer
    assert run("case", "show", "（2017）琼9027执1号")[1]["case"]["claim_fen"] == 5_800_000
    assert run("case", "show", "（2017）琼9027执3号")[1]["case"]["filed_on"] == "2017-04-01"
    assert run("case", "show", "（2017）琼9027执2号")[1]["case"]["judge"] == "法官丙"


def test_an_import_is_undone_by_its_number(run: Run) -> None:
    number = run("ledger", "import", str(SAMPLE), "--full")[1]["run"]
    assert run("ledger", "undo", number)[1]["refused"] == "ledger.undo"
    code, answer = run("ledger", "undo", number, "--reason", "选错文件")
    assert code == 0 and answer["lines"]
    assert run("case", "list")[1] == {"cases": []}


def test_the_verb_takes_the_same_keys(run: Run, tmp_path: Path) -> None:
    path = write_ledger(tmp_path / "甲.xlsx", [row(申请标的="以判决为准")])
    decisions = json.dumps({f"{MAIN}|2|L|money.no_figure": "text:1000"})
    code, answer = run("act", "ledger.import", "--set", f"file={path}", "--set", f"decisions={decisions}")
    assert code == 0 and len(answer["rows"]["Case"]) == 1


def test_who_may_not_and_what_cannot_be_read_is_refused(run: Run, tmp_path: Path) -> None:
    for user in ("judge-1", "police"):
        code, answer = run("ledger", "import", str(SAMPLE), user=user)
        assert (code, answer["refused"]) == (1, "access.duty")
    (tmp_path / "空.xlsx").write_bytes(b"\0" * 5_000_000)
    assert run("ledger", "import", str(tmp_path / "空.xlsx"))[1]["refused"] == "file.empty"
    assert run("ledger", "import", str(tmp_path / "没有.xlsx"))[1]["refused"] == "file.unreadable"
    assert run("ledger", "import", str(SAMPLE), "--decide", "乱写")[1]["refused"] == "ledger.decision"


@pytest.mark.parametrize(
    ("text", "key", "choice"),
    [
        ("2017年台账|148|B|case_no.no_year=take:（2017）琼9027执143号", ("2017年台账", 148, "B", "case_no.no_year"), "take:（2017）琼9027执143号"),
        ("甲|乙=丙|2||date.missing=text:2017-04-01", ("甲|乙=丙", 2, "", "date.missing"), "text:2017-04-01"),
        ("person.unmapped|丙法官=person:01ABC", ("person.unmapped", "丙法官"), "person:01ABC"),
        ("表|2|L|formula.no_value=text:=1|2|C|x.y=3", ("表", 2, "L", "formula.no_value"), "text:=1|2|C|x.y=3"),
    ],
)
def test_keys_are_read_as_they_are_written(text: str, key: tuple[Any, ...], choice: str) -> None:
    assert read_decision(text) == (key, choice)
    if len(key) == 4:
        assert read_key(write_key(*key)) == key


@pytest.mark.parametrize("text", ["", "=", "a", "表|x|L|code", "表|2|L|code=", "|=x"])
def test_a_key_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        read_decision(text)
