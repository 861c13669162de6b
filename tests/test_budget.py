"""The budgets of the tests: counted in turns of the loop, told above, failing at twice, silent on parts; alone and in two processes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.budget import Meter, cpu, turn

ROOT = Path(__file__).parents[1]
BURN = "from tests.budget import turn\n\ndef test_{0}():\n    for _ in range({1}):\n        turn()\n"
COUNTED = """
from tests import budget

spent = 0.0

def turn():
    global spent
    spent += 1

budget.turn, budget.cpu = turn, lambda: spent
"""  # a clock that only turns move: what is judged is then the same on a busy machine
HELPED = "import subprocess, sys\n\ndef test_helped():\n    subprocess.run([sys.executable, '-c', 'from tests.budget import turn; [turn() for _ in range(8)]'], check=True)\n"


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A project of two folders: ``dear`` burns eight turns, ``cheap`` one."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    for variable in ("PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT", "PYTEST_ADDOPTS"):
        monkeypatch.delenv(variable, raising=False)
    pytester.makepyprojecttoml('[tool.pytest.ini_options]\naddopts = "--import-mode=importlib"\nmarkers = ["slow: dear"]\ntestpaths = ["tests"]\n')
    for name, times in (("dear", 8), ("cheap", 1)):
        folder = pytester.path / "tests" / name
        folder.mkdir(parents=True)
        (folder / f"test_{name}.py").write_text(BURN.format(name, times))
    return pytester


def ran(project: pytest.Pytester, dear: float, *words: str, marks: str = "not slow") -> tuple[int, dict[str, tuple[float, str]]]:
    """The exit code, and by folder its turns and the rest of its line."""
    (project.path / "tests" / "budgets.toml").write_text(f'[test]\nmarks = "{marks}"\n[test.turns]\ndear = {dear}\nother = 1000\n')
    result = project.runpytest_subprocess("-p", "tests.budget", "-p", "xdist", "-p", "no:cacheprovider", *words)
    found = (re.match(r" *([\d.,]+) +(not judged|of [\d,]+)  (\S+) *(.*)", line) for line in result.outlines)
    return int(result.ret), {m[3]: (float(m[1].replace(",", "")), f"{m[2]} {m[4]}".strip()) for m in found if m}


@pytest.mark.parametrize("processes", [(), ("-n", "2")], ids=["alone", "in two processes"])
def test_a_folder_is_judged_by_its_turns(project: pytest.Pytester, processes: tuple[str, ...]) -> None:
    project.makeconftest(COUNTED)
    whole = ("-m", "not slow", *processes)
    assert ran(project, 3, *whole) == (1, {"dear": (8, "of 3 fails: more than twice its budget"), "cheap": (1, "of 1,000"), "collection": (0, "of 1,000")})
    assert ran(project, 4, *whole) == (0, {"dear": (8, "of 4 above its budget"), "cheap": (1, "of 1,000"), "collection": (0, "of 1,000")})
    assert ran(project, 8, *whole)[1]["dear"] == (8, "of 8")


def test_of_a_part_the_cost_is_told_and_no_more(project: pytest.Pytester) -> None:
    for words in (("tests/dear/test_dear.py", "-m", "not slow"), ("tests", "-m", "not slow", "-k", "dear"), ("tests/dear",)):
        code, rows = ran(project, 1, *words)
        assert code == 0 and rows["dear"][1] == "not judged", words
    code, rows = ran(project, 1, "tests/dear", "-m", "not slow")
    assert code == 1 and "cheap" not in rows, "one whole folder is judged alone"


def test_the_cost_of_ended_children_counts(project: pytest.Pytester) -> None:
    (project.path / "tests" / "cheap" / "test_cheap.py").write_text(HELPED)
    _, rows = ran(project, 1000, "-m", "not slow")
    assert rows["cheap"][0] > 4


def test_what_is_made_within_another_is_counted_once() -> None:
    meter, begun = Meter(), cpu()
    meter.time_loop()
    with meter.within("outer"):
        turn()
        with meter.within("inner"):
            turn()
            turn()
        turn()
    spent = cpu() - begun
    assert set(meter.seconds) == {"outer", "inner"} and meter.loops
    assert sum(meter.seconds.values()) + sum(meter.loops) == pytest.approx(spent, abs=0.02)


def test_budgets_name_folders_that_there_are() -> None:
    folders = {path.parent.name for path in (ROOT / "tests").glob("*/test_*.py")}
    for name, table in tomllib.loads((ROOT / "tests" / "budgets.toml").read_text(encoding="utf-8")).items():
        assert "other" in table["turns"], name
        assert set(table["turns"]) - {".", "collection", "worlds", "other"} <= folders, name
