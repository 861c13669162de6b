"""Every way to tamper with an encrypted store on disk is found and located."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from execdesk.law.refusal import Refusal
from execdesk.records.base import canonical
from execdesk.records.cases import Case
from execdesk.records.journal import Acknowledged, Line, Meta
from execdesk.records.papers import Document, KeptFile
from execdesk.records.people import Post
from execdesk.store import rows
from execdesk.store.act import open_act
from execdesk.store.check import (
    LEAST,
    MOST,
    check,
    check_some,
    closed_cases,
    completed_at,
    forget_walks,
    keep_run,
    walk_some,
)
from execdesk.store.checklines import printed_fault
from execdesk.store.database import open_sqlite
from execdesk.store.findings import Closed, Verdict
from execdesk.store.lastlines import last_lines_whole
from execdesk.store.line import GENESIS
from execdesk.store.mark import HEADS_FILE
from execdesk.store.store import Store
from tests.looking import look_at
from tests.store.desks import Desk, Key, case, empty_store, found, judge, party

KEY = bytes(range(32))
TABLE = Line._meta.table_name


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    folder = tmp_path / "desk"
    folder.mkdir()
    store = empty_store("HQ", folder / "store.db", KEY)
    key = Key()
    people, certificates = found(store, key, {"HQ": key.key})
    made = Desk(store, key)
    made.sign_in(people[0], certificates[0])
    for number in range(1, 5):
        register(made, number)
    yield made
    store.close()


def register(desk: Desk, number: int) -> Case:
    with open_act(desk.store, "case.register") as act:
        added = act.add(case(number))
        act.add(party(added))
    return added


def keep_paper(desk: Desk, of: Case) -> Document:
    with open_act(desk.store, "document.issue", case=of.id) as act:
        paper = act.add(Document(case=of.id, type_id="ruling", title="执行裁定书", series="zhi", state="issued", inputs={}))
        digest = act.keep_file(b"%PDF-1.7 a ruling")
        act.add(KeptFile(document=paper.id, sha256=digest, size=17, kind="sealed", person="p" * 26, at=datetime(2018, 1, 2, tzinfo=UTC)))
    return paper


def tamper(desk: Desk, statement: str, *params: Any) -> None:
    """What somebody with the key and an SQL tool can do: the guard goes first."""
    for event in ("update", "delete"):
        desk.store.base.execute_sql(f"DROP TRIGGER IF EXISTS line_no_{event}")
    desk.store.base.execute_sql(statement, params)


def faults(desk: Desk) -> list[tuple[str, str]]:
    verdict = check(desk.store, judge())
    assert all(fault.text.endswith("。") for fault in verdict.faults)
    return [(fault.kind, fault.place) for fault in verdict.faults]


def text_of(desk: Desk) -> str:
    return check(desk.store, judge()).faults[0].text


@pytest.mark.parametrize("writes", ['{"": "HQ.1:4"}', '{"": "HQ.1:3", "state": "HQ.1:99"}', "x", "{}"])
def test_the_version_of_a_row(desk: Desk, writes: str) -> None:
    row = Case.get(Case.sequence == 1)
    assert json.loads(rows.writes_of(desk.store.base, Case, [row.id])[row.id]) == {"": "HQ.1:3"} and writes != '{"": "HQ.1:3"}'
    tamper(desk, 'UPDATE "case" SET writes = ? WHERE id = ?', writes, row.id)
    assert faults(desk) == [("row", f"案件 {row.id}")] and "的版本被改动" in text_of(desk)
    assert closed_cases(check(desk.store, judge()).faults) == Closed(False, frozenset({row.id}))


def test_a_whole_store_is_whole(desk: Desk) -> None:
    keep_paper(desk, Case.get(Case.sequence == 2))
    verdict = check(desk.store, judge())
    assert verdict.whole
    assert (verdict.lines, verdict.files) == (7, 1)
    assert verdict.rows == 8 + 8 + 2 + 1
    assert last_lines_whole(desk.store, 1) is None


def test_the_file_tells_nothing(desk: Desk) -> None:
    register(desk, 99)
    desk.store.base.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    raw = b"".join(path.read_bytes() for path in desk.store.folder.iterdir())  # type: ignore[union-attr]
    assert "执99号".encode() not in raw and b"SQLite format" not in raw
    desk.store.close()
    with pytest.raises(Refusal) as refused:
        open_sqlite(desk.store.folder / "store.db", bytes(32))  # type: ignore[operator]
    assert refused.value.code == "store.unreadable"


def test_a_byte_in_a_line(desk: Desk) -> None:
    body = bytearray(desk.line(4).body)
    body[-5] ^= 1
    tamper(desk, f'UPDATE "{TABLE}" SET body = ? WHERE number = 4', bytes(body))
    assert faults(desk) == [("line", "HQ.1:4")]
    assert text_of(desk) == "留痕 HQ.1:4（case.register）内容与其校验值不符，有字节被改动。"
    assert last_lines_whole(desk.store, 3) == "留痕 HQ.1:4（case.register）被改动"
    assert closed_cases(check(desk.store, judge()).faults) == Closed(True, frozenset())


def test_a_line_rewritten_with_its_hash(desk: Desk) -> None:
    body = desk.line(4).body.replace("借款合同纠纷".encode(), "其他".encode())
    tamper(desk, f'UPDATE "{TABLE}" SET body = ?, hash = ? WHERE number = 4', body, hashlib.sha256(body).hexdigest())
    found_faults = check(desk.store, judge()).faults
    assert [(f.kind, f.place) for f in found_faults][:1] == [("line", "HQ.1:5")]
    assert "不相连" in found_faults[0].text
    assert ("line", "HQ.1:4") in faults(desk), "and the signature no longer fits"
    assert last_lines_whole(desk.store, 3) == "留痕 HQ.1:5（case.register）与上一条不相连"


def test_a_line_that_is_none_any_more(desk: Desk) -> None:
    body = b"[1]"
    tamper(desk, f'UPDATE "{TABLE}" SET body = ?, hash = ? WHERE number = 4', body, hashlib.sha256(body).hexdigest())
    assert faults(desk)[0] == ("line", "HQ.1:4")
    assert text_of(desk) == "留痕 HQ.1:4（case.register）不成其为留痕，被整条改写。"
    assert last_lines_whole(desk.store, 3) == "留痕 HQ.1:4（case.register）与上一条不相连"


@pytest.mark.attack("8.8")
def test_a_chain_hashed_anew_cannot_be_signed_anew(desk: Desk) -> None:
    previous = desk.line(2).hash
    for number in (3, 4, 5, 6):
        body = canonical({**desk.line(number).data, "reason": "改", "previous": previous}).encode()
        previous = hashlib.sha256(body).hexdigest()
        tamper(desk, f'UPDATE "{TABLE}" SET body = ?, hash = ? WHERE number = {number}', body, previous)
    verdict = check(desk.store, judge())
    assert [f.place for f in verdict.faults if f.kind == "line"] == ["HQ.1:3", "HQ.1:4", "HQ.1:5", "HQ.1:6"]
    assert all("签名不符" in f.text for f in verdict.faults if f.kind == "line")
    assert [f.place for f in verdict.faults if f.kind == "head"] == ["HQ.1:6"]
    assert "整段替换" in next(f.text for f in verdict.faults if f.kind == "head")


def test_lines_swapped(desk: Desk) -> None:
    first, second = desk.line(4), desk.line(5)
    for number, entry in ((4, second), (5, first)):
        tamper(desk, f'UPDATE "{TABLE}" SET body = ?, hash = ?, signature = ? WHERE number = {number}', entry.body, entry.hash, entry.signature)
    assert faults(desk)[:2] == [("line", "HQ.1:4"), ("line", "HQ.1:5")]
    assert "调换" in text_of(desk)


def test_numbers_swapped(desk: Desk) -> None:
    for before, after in ((4, 99), (5, 4), (99, 5)):
        tamper(desk, f'UPDATE "{TABLE}" SET number = {after} WHERE number = {before}')
    assert [place for kind, place in faults(desk) if kind == "line"][:2] == ["HQ.1:5", "HQ.1:4"]


def test_a_column_beside_the_line(desk: Desk) -> None:
    tamper(desk, f"UPDATE \"{TABLE}\" SET act = 'case.close' WHERE number = 4")
    assert faults(desk) == [("line", "HQ.1:4")]
    assert "索引列" in text_of(desk)


def test_a_line_taken_out(desk: Desk) -> None:
    tamper(desk, f'DELETE FROM "{TABLE}" WHERE number = 4')
    kinds = faults(desk)
    assert kinds[0] == ("line", "HQ.1:5")
    assert "应为 4" in text_of(desk)
    assert ("head", "第 4 位") in kinds


@pytest.mark.attack("8.8")
@pytest.mark.parametrize("index_too", [False, True])
def test_a_cut_tail(desk: Desk, index_too: bool) -> None:
    tamper(desk, f'DELETE FROM "{TABLE}" WHERE number > 4')
    if index_too:
        tamper(desk, "DELETE FROM touch WHERE line > 4")
    assert ("head", "HQ.1:6") in faults(desk)
    sentence = next(f.text for f in check(desk.store, judge()).faults if f.place == "HQ.1:6")
    assert sentence == "HQ.1 的留痕止于第 4 条，而第 6 条曾经存在：尾部被截去，或库被换成旧的（依据：库旁标记）。"
    assert "第 6 条曾经存在" in str(last_lines_whole(desk.store, 3))


@pytest.mark.attack("8.8")
def test_a_tail_known_elsewhere(desk: Desk) -> None:
    Acknowledged.insert(chain="HQ.1", number=9, hash="0" * 64, where="黄流回执", at=datetime(2018, 1, 2, tzinfo=UTC)).execute()
    assert faults(desk) == [("head", "HQ.1:9")]
    assert "（依据：黄流回执）" in text_of(desk)


@pytest.mark.attack("8.8")
def test_a_sheet_of_paper_knows_what_the_mark_forgot(desk: Desk, tmp_path: Path) -> None:
    """The store and its mark both replaced by an older pair: nothing here can tell, the head printed on a sheet does."""
    folder = desk.store.folder
    assert folder is not None
    desk.store.base.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    for name in ("store.db", HEADS_FILE):
        shutil.copy(folder / name, tmp_path / name)
    register(desk, 9)
    printed = f"HQ.1:{desk.store.head.number} {desk.store.head.hash[:16]}"
    assert printed_fault(desk.store, printed) is None
    desk.store.close()
    for stale in folder.glob("store.db*"):
        stale.unlink()
    for name in ("store.db", HEADS_FILE):
        shutil.copy(tmp_path / name, folder / name)
    older = Store(open_sqlite(folder / "store.db", KEY), clock=desk.store.clock, folder=folder, ruled=False)
    look_at(older)
    assert check(older, judge()).whole
    assert "第 7 条曾经存在" in str(printed_fault(older, printed))
    assert "整段替换" in str(printed_fault(older, "HQ.1:6 0000000000000000"))
    with pytest.raises(Refusal) as refused:
        printed_fault(older, "HQ 7")
    assert refused.value.code == "journal.head"
    older.close()


def test_a_restored_older_copy(desk: Desk, tmp_path: Path) -> None:
    folder = desk.store.folder
    assert folder is not None
    desk.store.base.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(folder / "store.db", tmp_path / "old.db")
    register(desk, 9)
    desk.store.close()
    for stale in folder.glob("store.db*"):
        stale.unlink()
    shutil.copy(tmp_path / "old.db", folder / "store.db")
    older = Store(open_sqlite(folder / "store.db", KEY), clock=desk.store.clock, folder=folder, ruled=False)
    look_at(older)
    verdict = check(older, judge())
    assert [(f.kind, f.place) for f in verdict.faults] == [("head", "HQ.1:7")]
    assert "库被换成旧的" in verdict.faults[0].text
    older.close()


def test_a_chain_replaced_by_another_court(desk: Desk, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    store, key = empty_store("HQ", other / "store.db", KEY), Key()
    people, certificates = found(store, key, {"HQ": key.key})
    forged = Desk(store, key)
    forged.sign_in(people[0], certificates[0])
    for number in range(5):
        register(forged, number)
    shutil.copy(desk.store.folder / HEADS_FILE, other / HEADS_FILE)  # type: ignore[operator]
    verdict = check(store, judge())
    assert [(f.kind, f.place) for f in verdict.faults] == [("head", "HQ.1:6")]
    assert "链被整段替换" in verdict.faults[0].text
    store.close()


def test_the_mark_taken_away_or_broken(desk: Desk) -> None:
    mark = desk.store.folder / HEADS_FILE  # type: ignore[operator]
    half = mark.read_bytes()
    mark.write_bytes(half[: len(half) // 2 + 20])
    assert desk.store.marked_head() is not None, "one of the two records is whole"
    mark.write_bytes(b"\0" * 384)
    assert faults(desk) == [("mark", HEADS_FILE)]
    mark.unlink()
    assert faults(desk) == [("mark", HEADS_FILE)]
    assert closed_cases(check(desk.store, judge()).faults) == Closed()


@pytest.mark.attack("8.9")
def test_a_value_behind_the_journal(desk: Desk) -> None:
    of = Case.get(Case.sequence == 2)
    tamper(desk, 'UPDATE "case" SET claim_fen = 5 WHERE sequence = 2')
    assert faults(desk) == [("row", f"案件 {of.id}")]
    assert text_of(desk) == (
        f"案件「（2017）琼9027执2号」（记录 {of.id}）被改动：申请标的（分）在留痕中是空，在数据库中是「5」。有人绕过程序改了数据库。"
    )
    assert closed_cases(check(desk.store, judge()).faults) == Closed(False, frozenset({of.id}))


def test_a_row_that_belongs_to_a_case(desk: Desk) -> None:
    of = Case.get(Case.sequence == 3)
    tamper(desk, 'UPDATE party SET name = ? WHERE "case" = ?', "别人", of.id)
    closed = closed_cases(check(desk.store, judge()).faults)
    assert closed.closes(of.id) and not closed.everything and len(closed.cases) == 1
    tamper(desk, 'DELETE FROM party WHERE "case" = ?', of.id)
    assert "不见了" in text_of(desk)
    assert closed_cases(check(desk.store, judge()).faults).cases == {of.id}


def test_a_row_added_behind_the_journal(desk: Desk) -> None:
    look_at(desk.store)
    Post.insert(person="p" * 26, post="president", site="HQ", starts_on=date(2018, 1, 1), state="effective").execute()
    (fault,) = check(desk.store, judge()).faults
    assert fault.kind == "row" and "来历不明" in fault.text
    assert closed_cases([fault]).everything, "who may approve concerns all cases"


def test_the_index_of_rows(desk: Desk) -> None:
    of = Case.get(Case.sequence == 2)
    tamper(desk, "DELETE FROM touch WHERE \"row\" = ?", of.id)
    kinds = faults(desk)
    assert kinds[0] == ("index", "HQ.1:4")
    assert closed_cases(check(desk.store, judge()).faults).closes(of.id)


def test_kept_files(desk: Desk) -> None:
    of = Case.get(Case.sequence == 2)
    paper = keep_paper(desk, of)
    digest = hashlib.sha256(b"%PDF-1.7 a ruling").hexdigest()
    desk.store.files.base.execute_sql("UPDATE kept_bytes SET data = ?", (b"%PDF-1.7 another ruling",))
    assert faults(desk) == [("file", digest)]
    assert text_of(desk) == f"文书「执行裁定书」的留存文件 {digest[:12]} 的内容被改动。"
    assert closed_cases(check(desk.store, judge()).faults) == Closed(False, frozenset({of.id}))
    assert paper.case == of.id
    desk.store.files.base.execute_sql("DELETE FROM kept_bytes")
    assert faults(desk) == [("file", digest)]
    assert "已不在库中" in text_of(desk)


def test_a_file_of_nobody(desk: Desk) -> None:
    with open_act(desk.store, "event") as act:
        digest = act.keep_file(b"left behind")
    assert faults(desk) == [("orphan", digest)]


def test_the_check_goes_on_in_the_next_sitting(desk: Desk) -> None:
    keep_paper(desk, Case.get(Case.sequence == 2))
    for number in range(10, 14):
        register(desk, number)
    tamper(desk, 'UPDATE "case" SET claim_fen = 5 WHERE sequence = 12')
    total, sessions = Verdict(), 0
    done = False
    while not done:
        session = check_some(desk.store, judge(), 1)
        done, sessions = session.done, sessions + 1
        total.lines += session.verdict.lines
        total.rows += session.verdict.rows
        total.faults += session.verdict.faults
        if sessions == 1:
            register(desk, 50)
    assert sessions > 3
    assert total.lines == 11, "a line written after its stage is walked next time"
    assert [f.kind for f in total.faults] == ["row"]
    assert completed_at(desk.store) == desk.store.clock.now()
    again = check_some(desk.store, judge(), 10_000)
    assert again.done and again.verdict.lines == 12


class _Counted:
    """Something long to walk, and the clock that it takes: each thing so many seconds."""

    name = "counted"

    def __init__(self, costs: list[float]) -> None:
        self.costs, self.after, self.now = costs, "", 0.0
        self.walked: list[int] = []

    def some(self, count: int, verdict: Verdict) -> bool:
        at = int(self.after or "0")
        some = self.costs[at:at + count]
        self.walked += range(at, at + len(some))
        self.now += sum(some)
        verdict.rows += len(some)
        self.after = str(at + len(some))
        return at + len(some) < len(self.costs)

    def clock(self) -> float:
        return self.now


@given(st.lists(st.sampled_from([0.00001, 0.0002, 0.004]), min_size=1, max_size=900), st.integers(0, 5))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_step_ends_when_its_time_is_up_whatever_lies_before_it(desk: Desk, costs: list[float], slow: int) -> None:
    costs = costs + [0.004] * 40 * slow
    walk = _Counted(costs)
    forget_walks(desk.store)
    done = False
    while not done:
        began = walk.now
        step = check_some(desk.store, judge(), sys.maxsize, walk, seconds=0.05, clock=walk.clock)
        done = step.done
        took = walk.now - began
        assert took <= 0.05 + (LEAST if min(costs) == 0.004 else MOST) * 0.004, "one go too long at most, and a small one where each was slow"
        assert done or took > 0.0499, "nor does it end before"
    assert walk.walked == list(range(len(costs))), "each thing once, in its order"


def test_a_look_writes_nothing_and_what_it_found_is_kept_later(desk: Desk) -> None:
    def kept() -> dict[str, str]:
        return {row.key: row.value for row in Meta.select()}

    before = kept()
    run = walk_some(desk.store, judge(), 3)
    assert not run.done and kept() == before
    keep_run(desk.store, run)
    assert json.loads(kept()["check.position"])["line"] >= 3
    assert walk_some(desk.store, judge(), 10_000).done


def test_a_line_gone_from_under_the_index_is_found_step_by_step(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("execdesk.store.checklines._AT_ONCE", 1)
    monkeypatch.setattr("execdesk.store.check.STEP", 2)
    last = desk.store.head.number
    tamper(desk, f'DELETE FROM "{TABLE}" WHERE number = ?', last)
    found, done = Verdict(), False
    while not done:
        run = check_some(desk.store, judge(), 1)
        found.faults += run.verdict.faults
        done = run.done
    assert (f"第 {last} 位", True) in [(fault.place, fault.chain) for fault in found.faults]


def test_sittings_know_the_keys_of_earlier_lines(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("execdesk.store.check.STEP", 2)
    kept = []
    while not (session := check_some(desk.store, judge(), 2)).done:
        kept.append(json.loads(desk.store.meta("check.position") or "{}"))
        assert session.verdict.faults == []
    assert kept[0]["line"] == 2 and kept[0]["heads"]["HQ.1"][0] == 2
    assert GENESIS not in kept[0]["heads"]["HQ.1"]
