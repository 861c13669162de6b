"""The shipped law, loaded once, and copies of it with a mistake."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from execdesk.law.authority import AuthorityTable, load_authority
from execdesk.law.book import LawBook, load_law

LAW = Path(__file__).resolve().parents[2] / "resources" / "law"


@cache
def book() -> LawBook:
    return load_law(LAW)


@cache
def table() -> AuthorityTable:
    return load_authority(LAW, book())


def rows(name: str) -> list[list[str]]:
    """The rows of a table of this folder, without its heading."""
    return [line.split("\t") for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()[1:]]


def broken(tmp_path: Path, file: str, old: str, new: str) -> Path:
    """A copy of the law in which the first ``old`` of ``file`` reads ``new``."""
    folder = tmp_path / "law"
    shutil.copytree(LAW, folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder
