"""纸上文号: one table for many cases, written, pasted and refused in the real window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from execdesk.casefile.papersuffix import cell_words, suffix_typed
from execdesk.law.refusal import Refusal
from execdesk.records.base import new_id
from execdesk.records.cases import Case
from execdesk.records.papers import TakenNumber
from tests.at_will import at_will
from tests.flow.bureau import Bureau
from tests.ui.journey_tools import DAY, Hands, services
from tests.world import Shelf
from ui.case.suffixpage import SuffixPage

NUMBERS = [f"（2018）琼9027执{n}号" for n in (1, 2, 3)]
SERIES = ["ruling", "decision", "order", "announcement", "notice"]


@pytest.fixture
def hands(qtbot: QtBot, worlds: Shelf, tmp_path: Path, set_right: Callable[..., object]) -> Iterator[Hands]:
    bureau = Bureau(services(), worlds.get("demo").copy(tmp_path / "store"), DAY)
    for number in NUMBERS:
        case = bureau.register(number)
        set_right(bureau.at("clerk").session, Case, case, origin="ledger")
    bureau.close()
    found = Hands(qtbot, bureau.folder)
    found.sign_in("clerk")
    yield found
    found.leave()


def opened(hands: Hands) -> SuffixPage:
    hands.place.tabs.open_page(hands.place.tabs._suffixes())
    hands.rest()
    assert isinstance(hands.page, SuffixPage)
    return hands.page


def told(hands: Hands) -> dict[str, dict[str, int]]:
    with hands.place.desk.reading():
        return {row.number: row.last_paper_suffix or {} for row in Case.select().where(Case.number.in_(NUMBERS))}


def test_one_table_registers_what_many_cases_used_on_paper(hands: Hands) -> None:
    page = opened(hands)
    table = page.table
    assert (table.rowCount(), [name for name, _ in table.columns][2:]) == (3, SERIES) and not page.go.isEnabled()
    QGuiApplication.clipboard().setText("案号\t裁定书\t通知书\n(2018)琼9027执2号\t之三\t（2018）琼9027执2号之一\n（2018）琼9027执99号\t1\t1")
    QTest.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert (table.text(1, 2), table.text(1, 6)) == ("之三", "（2018）琼9027执2号之一") and "1 行的案号不在表里" in hands.words()[0]
    table.setCurrentCell(0, 2)
    page.never.click()
    assert [table.text(0, place) for place in range(2, 7)] == ["从未用过"] * 5
    assert page.go.text() == "登记 2 件"
    page.submit()
    hands.rest()
    found = told(hands)
    assert found[NUMBERS[0]] == dict.fromkeys(SERIES, -1)
    assert found[NUMBERS[1]] == {"ruling": 3, "notice": 1} and found[NUMBERS[2]] == {}, "what is left open is asked again"
    assert "已登记 2 件的纸上文号。" in hands.words()
    assert [case.number for case in page.found.cases] == NUMBERS[1:], "what is whole is gone from the table"


def test_what_cannot_be_read_is_marked_and_nothing_is_lost(hands: Hands) -> None:
    page = opened(hands)
    page.table.write(0, 2, "三份")
    page.table.write(1, 2, "（2018）琼9027执1号之二")
    page.table.write(2, 2, "不带之")
    page.submit()
    hands.rest()
    assert not any(told(hands).values()), "nothing is registered while a cell cannot be read"
    assert page.table.currentRow() == 0 and "「三份」读不懂" in hands.words()[0]
    assert "不是本案" in page.table.item(1, 2).toolTip()
    page.keep_draft()
    hands.rest()
    hands.home()
    again = opened(hands)
    assert [again.table.text(at, 2) for at in range(3)] == ["三份", "（2018）琼9027执1号之二", "不带之"]


def test_one_that_is_refused_is_said_and_the_others_stand(hands: Hands, set_right: Callable[..., object]) -> None:
    page = opened(hands)
    session = hands.place.desk.session
    with hands.place.desk.reading():  # meanwhile a number beyond the one registered is taken in the first case
        case = Case.get(Case.number == NUMBERS[0]).id
        set_right(session, Case, case, last_paper_suffix={"ruling": 5})
        with at_will(session, "document.issue", case=case) as act:
            act.add(TakenNumber(id=new_id(), case=case, series="ruling", suffix=6, number=f"{NUMBERS[0]}之六", state="used"))
    page.table.write(0, 2, "1")
    page.table.write(1, 2, "2")
    page.submit()
    hands.rest()
    assert (told(hands)[NUMBERS[0]], told(hands)[NUMBERS[1]]) == ({"ruling": 5}, {"ruling": 2})
    assert any("已登记 1 件" in words for words in hands.words()) and any("不能改小" in words for words in hands.words())


@pytest.mark.parametrize(("text", "suffix"), [("", None), ("无", -1), ("从未用过", -1), ("不带之", 0), ("0", 0), ("3", 3), ("之十二", 12), ("用到之三", 3), ("(2018)琼9027执1号", 0), ("(2018)琼9027执1号之九", 9)])
def test_what_people_type_into_a_cell_is_read(text: str, suffix: int | None) -> None:
    assert suffix_typed(NUMBERS[0], text) == suffix
    if suffix is not None:
        assert suffix_typed(NUMBERS[0], cell_words(suffix)) == suffix


@pytest.mark.parametrize(("text", "code"), [("100", "number.suffix"), ("之", "number.suffix"), ("-1", "number.suffix"), ("（2018）琼9027执2号之一", "number.foreign")])
def test_what_is_no_number_on_paper_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        suffix_typed(NUMBERS[0], text)
    assert refused.value.code == code
