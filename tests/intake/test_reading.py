"""Files read by a helper process: the same workbook as read here, and whatever a file does, this program goes on and names it."""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from execdesk.commands.secret import PASSWORD
from execdesk.helpers import HelperFailed, ask, environment
from execdesk.intake import reading
from execdesk.intake.files import read_bytes, read_file
from execdesk.intake.importing import check_ledger
from execdesk.intake.reading import read_workbook
from execdesk.law.refusal import Refusal
from tests.intake.conftest import SAMPLE
from tests.intake.hostile import hostile
from tests.intake.office import Office
from tests.intake.test_files import BAD, far_cell_xls, in_sheet, repacked

NAME = "2017年台账.xls"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="bounds of memory by the system's limits")


def refusal(read: Callable[[], object], within: float = 15) -> Refusal:
    """The refusal of ``read``, which names the file, comes in time and leaves no process behind."""
    began = time.monotonic()
    with pytest.raises(Refusal) as refused:
        read()
    assert time.monotonic() - began < within
    assert f"「{NAME}」" in refused.value.text
    assert not [child for child in psutil.Process().children() if "execdesk.intake.reader" in child.cmdline()]
    return refused.value


@pytest.mark.parametrize("make", [SAMPLE.read_bytes, lambda: hostile(700, 5), lambda: "案号,备注\n１,\U0001f600\n".encode()], ids=["sample", "hostile", "text"])
def test_a_helper_reads_what_is_read_here(make: Callable[[], bytes]) -> None:
    assert read_workbook(make(), "台账.csv") == read_bytes(make(), "台账.csv")


@pytest.mark.parametrize("name", ["炸弹.xlsx", "密码.xls", "文档.pdf"])
def test_a_helper_refuses_what_is_refused_here_and_names_the_file(name: str) -> None:
    make, code = BAD[name]
    assert refusal(lambda: read_workbook(make(), NAME)).code == code


def test_rows_are_told_on_the_way() -> None:
    heard: list[tuple[int, int]] = []
    read_workbook(hostile(2500, 5), NAME, lambda done, total: heard.append((done, total)))
    assert heard[0][0] == 0 and heard == sorted(heard) and len(heard) >= 3
    assert len({total for _, total in heard}) == 1 and heard[0][1] > 2500


def crafted_xls() -> bytes:
    """A few kB whose sheet begins behind its mark, so that no look before the reader sees how far it reaches: 16 million cells."""
    data = bytearray(far_cell_xls())
    at = next(at for at in range(len(data)) if data[at : at + 2] == b"\x85\x00" and data[at + 10 : at + 12] == b"\x01\x00" and data[at + 12] == ord("a"))
    begins = int.from_bytes(data[at + 4 : at + 8], "little")
    data[at + 4 : at + 8] = (begins + 20).to_bytes(4, "little")  # 20: the record that marks the beginning
    return bytes(data)


@LINUX
def test_a_file_that_fells_its_reader_does_not_fell_the_program(office: Office, tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(crafted_xls())
    assert refusal(lambda: check_ledger(office.desk.session, path), within=25).code in ("file.crashed", "file.too_large")
    assert check_ledger(office.desk.session, SAMPLE).imported, "and the next file is read"


def test_shared_formulas_that_grow_without_end_are_refused() -> None:
    long = "+".join(["A1"] * 300)
    more = "".join(f'<row r="{row}"><c r="A{row}"><f t="shared" si="0"/><v>2</v></c></row>' for row in range(3, 60_000))
    cells = f'<row r="2"><c r="A2"><f t="shared" ref="A2:A60000" si="0">{long}</f><v>1</v></c></row>{more}</sheetData>'
    data = repacked(in_sheet(b"</sheetData>", cells.encode()))
    assert refusal(lambda: read_workbook(data, NAME)).code == "file.too_large"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
def test_a_pipe_a_device_and_a_folder_are_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / NAME
    os.mkfifo(pipe)
    assert refusal(lambda: read_file(pipe), within=2).code == "file.not_regular"
    pipe.unlink()
    pipe.symlink_to("/dev/zero")
    assert stat.S_ISCHR(pipe.stat().st_mode)
    assert refusal(lambda: read_file(pipe), within=2).code == "file.not_regular"
    pipe.unlink()
    pipe.mkdir()
    assert refusal(lambda: read_file(pipe), within=2).code == "file.not_regular"


def told(monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    monkeypatch.setattr(reading, "COMMAND", (sys.executable, "-c", source))


@pytest.mark.parametrize(
    "source",
    [
        "raise SystemExit",
        "import os; os.abort()",
        "print('x' * 100)",
        "print('[\"rows\", [[1, false, [[1]]]]]')",
        "print('[\"sheet\", \"a\", false, []]'); print('[\"end\"]')",
        "print('[]')",
        "print('[' * 100_000)",
    ],
    ids=["ends", "aborts", "chatters", "rows of no sheet", "no book", "nothing", "nests"],
)
def test_a_helper_that_gives_no_workbook_is_said_to_have_died(monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    told(monkeypatch, source)
    assert refusal(lambda: read_workbook(b"x", NAME)).code == "file.crashed"


def test_a_helper_that_takes_too_long_or_is_not_wanted_any_more_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    told(monkeypatch, "import time; time.sleep(600)")
    assert refusal(lambda: read_workbook(b"x" * 10**6, NAME, seconds=0.3), within=5).code == "file.slow"
    told(monkeypatch, "while True: print('[\"read\", 1, 2]')")
    assert refusal(lambda: read_workbook(b"x", NAME, seconds=0.3), within=5).code == "file.slow"
    heard: list[int] = []
    with pytest.raises(Refusal) as refused:
        read_workbook(b"x", NAME, lambda done, _: heard.append(done), lambda: len(heard) > 3)
    assert refused.value.code == "intake.cancelled"


def test_where_no_helper_starts_nothing_from_outside_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for command in ((), ("no such program",)):
        monkeypatch.setattr(reading, "COMMAND", command)
        assert refusal(lambda: read_workbook(SAMPLE.read_bytes(), NAME)).code == "file.no_helper"


def test_a_helper_is_told_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSWORD, "demo")
    assert PASSWORD not in environment() and "demo" not in environment().values()
    source = "import json, os, sys; sys.stdin.buffer.read(); print(json.dumps(['has', sorted(os.environ)])); print('[\"end\"]')"
    ((_, names),) = ask((sys.executable, "-c", source), [], b"", seconds=20)
    assert "PYTHONPATH" in names and PASSWORD not in names


@LINUX
@pytest.mark.parametrize(
    ("does", "survives"),
    [("bytearray(100 * 2**20)", True), ("bytearray(1200 * 2**20)", False), ("open(name, 'wb').write(b'x' * 10**6)", False), ("[n for n in iter(int, 1)]", False)],
    ids=["little", "memory", "writes a file", "computes on"],
)
def test_a_helper_is_bounded(tmp_path: Path, does: str, survives: bool) -> None:
    source = (
        "from execdesk.helpers import serve\n"
        f"def answer(question, data, tell):\n    name = {str(tmp_path / 'x')!r}\n    {does}\n    tell(['done'])\n"
        "serve(answer, 1)"
    )
    answers = ask((sys.executable, "-c", source), [], b"", seconds=30)
    if survives:
        assert list(answers) == [["done"]]
        return
    with pytest.raises(HelperFailed) as failed:
        list(answers)
    assert failed.value.how == "died"
    assert not (tmp_path / "x").exists() or not (tmp_path / "x").stat().st_size
