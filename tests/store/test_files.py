"""Kept files beside the rows: safe before the line that names them, of nobody only after a cut, swept then; nothing readable on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from execdesk.law.refusal import Refusal
from execdesk.records.base import NoStore, in_context, new_id
from execdesk.records.journal import Line
from execdesk.records.papers import KeptFile
from execdesk.store.act import open_act
from execdesk.store.check import check
from execdesk.store.files import digest_of, files_path, kept_file, sweep
from tests.looking import kept, look_at
from tests.store.desks import Desk, Key, empty_store, found, judge

KEY = bytes(range(32))
PAPER = "%PDF-1.7 执行裁定书".encode()


class Cut(BaseException):
    """The power goes."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store, key = empty_store("HQ", tmp_path / "execdesk.db", KEY), Key()
    people, certificates = found(store, key, {"HQ": key.key})
    made = Desk(store, key)
    made.sign_in(people[0], certificates[0])
    look_at(store)
    yield made
    store.close()


def keep(desk: Desk, data: bytes = PAPER) -> str:
    with open_act(desk.store, "document.issue") as act:
        digest = act.keep_file(data)
        act.add(KeptFile(document=new_id(), sha256=digest, size=len(data), kind="signed", person=new_id(), at=act.at))
    return digest


def cut_between(desk: Desk, monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    """An act that ends when its file is written and its line is not."""

    def cut(_act: Any) -> Any:
        raise Cut

    with monkeypatch.context() as patched:
        patched.setattr(desk.store, "write_lines", cut)
        patched.setattr("execdesk.store.act.leave_none", lambda _store: None)  # the process ends with it
        with pytest.raises(Cut):
            keep(desk, data)


def test_they_lie_in_a_file_of_their_own_that_tells_nothing(desk: Desk, tmp_path: Path) -> None:
    digest = keep(desk)
    assert kept_file(digest) == PAPER
    desk.store.close()
    beside = files_path(tmp_path / "execdesk.db")
    assert {p.name for p in tmp_path.iterdir()} == {"execdesk.db", "execdesk-files.db", "heads.json"}
    for path in (beside, tmp_path / "execdesk.db"):
        assert PAPER not in path.read_bytes() and b"SQLite format" not in path.read_bytes() and digest.encode() not in path.read_bytes()
    assert check(desk.store, judge()).faults == []


def test_a_kept_file_is_asked_of_the_store_in_context(desk: Desk) -> None:
    in_context.set(None)
    with pytest.raises(NoStore):
        kept_file("x")


def test_an_act_that_fails_leaves_no_file(desk: Desk) -> None:
    with pytest.raises(ZeroDivisionError), open_act(desk.store, "document.issue") as act:
        act.keep_file(PAPER)
        raise ZeroDivisionError
    assert kept().count() == 0


def test_a_cut_between_file_and_line_leaves_a_file_of_nobody_and_the_next_start_takes_it_away(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before, lines = keep(desk), Line.select().count()
    cut_between(desk, monkeypatch, b"lost")
    after = keep(desk, b"later")
    assert Line.select().count() == lines + 1, "no line without its file, a file without its line"
    assert sorted(kept().all_names()) == sorted([before, digest_of(b"lost"), after])
    assert [(f.kind, f.place) for f in check(desk.store, judge()).faults] == [("orphan", digest_of(b"lost"))]
    assert sweep(desk.store) == 1
    assert sorted(kept().all_names()) == sorted([before, after])
    assert check(desk.store, judge()).faults == [] and sweep(desk.store) == 0


def test_an_act_that_fails_leaves_no_file_and_what_could_not_go_goes_after_the_next(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_act: Any) -> Any:
        raise Cut

    for full in (False, True):
        with monkeypatch.context() as patched:
            patched.setattr(desk.store, "write_lines", fail)
            if full:
                patched.setattr("execdesk.store.files.sweep", refuse_full)
            with pytest.raises(Cut):
                keep(desk, b"lost")
        assert (digest_of(b"lost") in kept().all_names()) is full
    keep(desk, b"later")
    assert digest_of(b"lost") not in kept().all_names()


def refuse_full(_store: Any) -> int:
    raise Refusal("磁盘已满，请腾出空间后再办。", code="store.full")


def test_a_file_cut_off_and_kept_again_stays(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    cut_between(desk, monkeypatch, PAPER)
    digest = keep(desk)
    assert sweep(desk.store) == 0 and kept_file(digest) == PAPER


def test_a_sweep_looks_only_at_what_came_since_the_last(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        keep(desk, b"%d" % number)
    assert sweep(desk.store) == 0
    assert kept().since(int(desk.store.meta("files.swept") or "0")) == []
    cut_between(desk, monkeypatch, b"lost")
    assert sweep(desk.store) == 1
    cut_between(desk, monkeypatch, b"lost again")
    assert sweep(desk.store) == 1, "the place of a file taken away is given again, and looked at again"


def test_all_of_them_gone_at_once_is_found_and_located(desk: Desk, tmp_path: Path) -> None:
    digests = sorted(keep(desk, b"%d" % number) for number in range(3))
    desk.store.close()
    files_path(tmp_path / "execdesk.db").unlink()
    assert [(f.kind, f.place) for f in check(desk.store, judge()).faults] == [("file", digest) for digest in digests]
