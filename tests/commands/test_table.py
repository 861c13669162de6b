"""The table of commands says what the modules register, and help and law come without the store behind them."""

from __future__ import annotations

import argparse
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import main
from execdesk.commands.answers import common
from execdesk.commands.table import COMMANDS, named_in

ROOT = Path(main.__file__).parent
HEAVY = {"peewee", "apsw", "reportlab", "pyhanko", "openpyxl", "pypinyin", "PySide6", "execdesk.desk", "execdesk.store.store"}


class Noted:
    """Takes the place of argparse's sub-parsers and remembers what was added."""

    def __init__(self) -> None:
        self.told: dict[str, str] = {}

    def add_parser(self, name: str, *, help: str, parents: list[argparse.ArgumentParser] | None = None) -> argparse.ArgumentParser:
        self.told[name] = help
        return argparse.ArgumentParser(name, parents=parents or [])


def test_the_table_is_what_the_modules_register() -> None:
    shared = common(argparse.ArgumentParser(add_help=False), of_command=True)
    for module in sorted({command.module for command in COMMANDS.values()}):
        noted = Noted()
        import_module(f"execdesk.commands.{module}").register(noted, shared)
        assert noted.told == {name: command.help for name, command in COMMANDS.items() if command.module == module}


@pytest.mark.parametrize(("words", "name"), [
    (["law", "fee", "1"], "law"), (["--json", "--data", "law", "case", "list"], "case"), (["--user", "x"], None), ([], None), (["--help"], None),
    (["--today=2018-01-02", "check"], "check"), (["nonsense"], "nonsense"),
])
def test_the_command_that_words_name(words: list[str], name: str | None) -> None:
    assert named_in(words) == name


@pytest.mark.parametrize("words", [["--help"], ["law", "fee", "98000"], ["law", "--help"]])
def test_help_and_law_import_nothing_of_the_store(words: list[str]) -> None:
    told = f"import sys, main\ntry:\n    main.main({words!r})\nexcept SystemExit:\n    pass\nprint('|'.join(sys.modules))"
    out = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert not HEAVY & set(out.splitlines()[-1].split("|"))


def test_every_command_answers_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    for name, command in COMMANDS.items():
        with pytest.raises(SystemExit) as ended:
            main.main([name, "--help"])
        assert ended.value.code == 0 and f"main.py {name}" in capsys.readouterr().out, command


def test_a_command_that_is_none_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main.main(["nonsense"])
    assert ended.value.code == 2 and "setup" in capsys.readouterr().err
