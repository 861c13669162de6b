"""Nonsense on the command line: exit 1 or 2 with a Chinese sentence, never a traceback, and nothing is written."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import main
from execdesk.access import places
from execdesk.access.demonstration import keep_day
from execdesk.commands.frame import PASSWORD
from execdesk.desk import Desk
from execdesk.store.clock import DemonstrationClock
from tests.world import Shelf

ROOT = Path(__file__).parents[2]
DAY = date(2018, 1, 2)


@pytest.fixture(scope="module")
def data(worlds: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = worlds.get("demo").copy(tmp_path_factory.mktemp("line") / "data")
    keep_day(folder, DAY)
    return folder


@pytest.fixture
def wrong(tmp_path: Path) -> dict[str, str]:
    """Files that are not what a command expects, and places that are not there."""
    files = {"png": b"\x89PNG\r\n\x1a\n" + bytes(300), "empty.xlsx": b"", "cut.zip": b"PK\x03\x04" + bytes(90), "bad.pdf": b"%PDF-1.7\nx"}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "none").mkdir()
    return {**{name: str(tmp_path / name) for name in files}, "folder": str(tmp_path / "none"), "missing": str(tmp_path / "no" / "x")}


def refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What the command said; it ended with 1, or 2 for wrong usage."""
    try:
        code = main.main(words)
    except SystemExit as left:
        code = int(left.code or 0)
    told = capsys.readouterr()
    assert code in (1, 2), (words, told.out[-200:])
    said = told.err + told.out
    assert said.strip(), words
    assert code == 2 or any("一" <= letter <= "鿿" for letter in said), (words, said)
    return said


@pytest.fixture
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD, "demo")


@pytest.mark.usefixtures("password")
def test_wrong_files_and_missing_places(data: Path, wrong: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here = ["--data", str(data)]
    for path in wrong.values():
        refused(["ledger", "import", path, *here], capsys)
        refused(["ledger", "import", path, "--dry-run", *here], capsys)
        refused(["restore", path, "--data", str(tmp_path / "again"), "--user", "director"], capsys)
        for subcommand in ("verify", "text", "render"):
            if (subcommand, path) != ("render", wrong["bad.pdf"]):
                refused(["document", subcommand, path, *here, "--out", str(tmp_path / "out.pdf")], capsys)
    for target in (wrong["folder"], wrong["missing"], wrong["png"] + "/x", "/dev/full"):
        refused(["backup", target, *here, "--user", "director"], capsys)
        refused(["journal", "export", target, *here], capsys)
        refused(["document", "render", wrong["bad.pdf"], "--out", target, *here], capsys)
    for folder in (wrong["folder"], wrong["missing"], wrong["png"]):
        for words in (["case", "list"], ["check"], ["journal", "verify"], ["ledger", "undo", "x", "--reason", "y"], ["act", "case.register"]):
            refused([*words, "--data", folder], capsys)
    for folder in (wrong["png"], wrong["png"] + "/x", str(data)):
        refused(["setup", "--demo", "--empty", "--data", folder], capsys)
    assert not (tmp_path / "again").exists()
    assert not (tmp_path / "out.pdf").exists()
    assert Path("/dev/full").is_char_device(), "a device is never replaced by a file"


@pytest.mark.usefixtures("password")
@pytest.mark.parametrize("day", ["2017-02-30", "abc", "2017-12-31", "0001-01-01", "9999-12-31", "2018-01-02T00:00", "２０１８-01-02x"])
def test_days_that_are_none_or_go_back(data: Path, tmp_path: Path, day: str, capsys: pytest.CaptureFixture[str]) -> None:
    refused(["case", "list", "--data", str(data), "--today", day], capsys)
    if day != "2017-12-31":
        refused(["setup", "--demo", "--empty", "--data", str(tmp_path / "new"), "--today", day], capsys)
    assert not (tmp_path / "new").exists()


@pytest.mark.usefixtures("password")
def test_unknown_accounts_sites_acts_and_cases(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here = ["--data", str(data)]
    for account in ("nobody", "recovery", "../../etc", "院长"):
        refused(["check", *here, "--user", account], capsys)
    assert "席位" in refused(["setup", "--demo", "--data", str(tmp_path / "new"), "--site", "../x"], capsys)
    for words in (
        ["act", "nonsense"], ["act", "case.register", "--set", "x"], ["act", "case.register", "--set", "x=y"], ["act", "case.assign", "--set", "case=x"],
        ["case", "show"], ["case", "show", "nonsense"], ["case", "show", "号" * 20_000], ["document", "verify", "（2018）琼9027执1号"],
        ["ledger", "undo", "x"], ["journal", "nonsense"], ["nonsense"], ["journal", "export"],
        ["act", "ledger.import", "--set", "file=x", "--set", "decisions=5"],
    ):  # fmt: skip
        refused([*words, *here], capsys)


def test_a_demonstration_of_huangliu_is_huangliu(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["setup", "--demo", "--empty", "--site", "HL", "--data", str(tmp_path / "hl")]) == 0
    assert "黄流人民法庭" in capsys.readouterr().out
    desk = Desk.open(main.build(), tmp_path / "hl", "judge-1", "demo", DemonstrationClock(date(2017, 7, 1)))
    assert (desk.session.store.site, desk.reads.store_facts().site) == ("HL", "黄流人民法庭")
    assert desk.check().whole
    desk.close()


FIELDS = {
    "number": "（2018）琼9027执901号", "cause": "民间借贷纠纷", "filed_on": "2018-01-02", "applicants": '["甲某"]', "debtors": '["乙某"]',
    "basis_no": "（2017）琼9027民初88号", "basis_kind": "民事判决书", "basis_organ": "本院", "principal": "50000",
}
ABSURD = {
    "principal": ["-5", "9" * 30, "9" * 5000, "1e400", "nan", "Infinity", "1.005", "五"],
    "filed_on": ["abc", "0001-01-01", "9999-12-31", "2018-02-30", "-1", ""],
    "debtors": ["[", "{}", "[1]", "null", "[null]", '[{"nom":"x"}]', '[{"name":"x","id_no":5}]', "[" * 5000],
    "number": ["", "x", "号" * 9999],
}


@pytest.mark.usefixtures("password")
@pytest.mark.parametrize("field", ABSURD)
def test_absurd_values_register_nothing(data: Path, field: str, capsys: pytest.CaptureFixture[str]) -> None:
    for value in ABSURD[field]:
        given = [part for name, text in {**FIELDS, field: value}.items() for part in ("--set", f"{name}={text}")]
        refused(["act", "case.register", *given, "--data", str(data), "--user", "clerk"], capsys)


LAW = [
    "fee -5", "fee abc", "fee 1e999", "fee", f"fee {'9' * 500}", "fee 100 --on 2017-02-30", "words -1", f"words {'9' * 500}", "words 2017-02-30",
    "number x", "identity 1", "control-end nope --from 2018-01-01", "control-end bank_deposit --from 9999-12-31",
    "control-end bank_deposit --from 2018-01-01 --months -5", "control-end bank_deposit --from 2018-01-01 --months 999999999999",
    "period --from 2018-01-01", f"period --from 2018-01-01 --days {'9' * 30}", "period --from 2018-01-01 --days -5",
    "period --from 9999-12-01 --months 9", "period --from 2018-01-01 --years 9999", "period --from 2018-01-01 --days 5 --exclude x",
    "interest --debt -5 --period-end 2018-01-01 --to 2018-02-01", "interest --debt 5 --period-end 2018-01-01 --to 2017-02-01",
    "auction --appraisal -1 --on 2018-01-01", "auction --appraisal 5 --on 1900-01-01", "distribute --pot 5 --claim x",
    "distribute --pot -5 --claim x:5", "distribute --pot 5 --claim x:-5", "authority release --on x", "article nope --on 2018-01-01",
    "deadline nope --from 2018-01-01", "calc nope", "calc fee --set x", "nope", "",
]


@pytest.mark.parametrize("words", LAW)
def test_absurd_questions_of_law(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    refused(["law", *words.split()], capsys)


def test_the_program_itself_ends_with_a_sentence(data: Path, worlds: Shelf, tmp_path: Path) -> None:
    """As a person starts it: a damaged store, a wrong day, a wrong password."""
    damaged = worlds.get("demo").copy(tmp_path / "damaged")
    file = places.store_file(damaged)
    content = bytearray(file.read_bytes())
    content[20] ^= 1
    file.write_bytes(content)
    for words, secret in (
        (["check", "--data", str(damaged)], "demo"), (["case", "list", "--data", str(data), "--today", "abc"], "demo"),
        (["check", "--data", str(data)], "wrong"),
    ):  # fmt: skip
        done = subprocess.run(
            [sys.executable, "main.py", *words], cwd=ROOT, env={**os.environ, PASSWORD: secret, "PYTHONIOENCODING": "utf-8"}, capture_output=True,
            text=True, encoding="utf-8", check=False, timeout=60,
        )  # fmt: skip
        assert done.returncode == 1, done.stderr
        assert "Traceback" not in done.stderr + done.stdout
        assert "请" in done.stderr


def test_nobody_at_the_keyboard(data: Path) -> None:
    """A job that runs at night gets a sentence, not a traceback."""
    environment = {k: v for k, v in os.environ.items() if k != PASSWORD}
    done = subprocess.run(
        [sys.executable, "main.py", "--data", str(data), "check"], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, start_new_session=True, timeout=60,
    )
    assert done.returncode == 1
    assert "没有人能输入" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_reader_who_has_seen_enough(data: Path) -> None:
    """A reader that has left before the answer came: the command ends quietly."""
    line = f'"{sys.executable}" main.py --json law list | true'
    done = subprocess.run(["bash", "-o", "pipefail", "-c", line], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


OWN = ["execdesk.db", "execdesk.db-wal", "execdesk-files.db", "slots.json", "heads.json", "attempts.json", "demo-root.p12", "keys/x", "新.json"]


@pytest.mark.usefixtures("password")
@pytest.mark.parametrize("name", OWN)
def test_no_command_writes_over_the_files_of_the_store(data: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    here = ["--data", str(data)]
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file() and path.suffix in (".json", ".p12") and path.name not in ("attempts.json", "heads.json")}
    link = tmp_path / "link.pdf"
    link.symlink_to(data / name)
    paper = tmp_path / "a.pdf"
    paper.write_bytes(b"%PDF-1.7\nx")
    for target in (data / name, data / "keys" / ".." / name, link):
        for words in (["backup", str(target), "--user", "director"], ["journal", "export", str(target)], ["document", "render", str(paper), "--out", str(target)]):
            refused([*words, *here], capsys)
    assert "数据库自己的文件" in refused(["journal", "export", str(data / name), *here], capsys)
    assert {path: path.read_bytes() for path in before} == before
    assert main.main(["check", *here]) == 0
