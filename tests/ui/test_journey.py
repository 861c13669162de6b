"""The whole line of work through the real window on a real demonstration store, and the refusals on the way."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from execdesk.access.forms import begun_by_form, is_shown
from execdesk.access.register import ACTIONS
from execdesk.intake.write import neutral
from execdesk.law.refusal import WayOn
from execdesk.opening import Opening
from execdesk.reads import Step
from execdesk.records.approvals import Request
from execdesk.store import search as searching
from tests.ui.case_actions import titles
from tests.ui.journey_tools import Hands, services
from tests.world import Notes, Shelf
from ui.case import sample
from ui.case.draftpage import DraftPage
from ui.case.formpage import FormPage
from ui.case.preview import PreviewPage
from ui.case.registration import RegistrationPage
from ui.exporting import export_table
from ui.fields import money
from ui.gate import Gate
from ui.jobs import Jobs
from ui.panels import ReasonPanel
from ui.printing import Order, Printed
from ui.search import HitShown
from ui.settings import Settings

NUMBER = "（2018）琼9027执1号"
OBLIGATION = "立即向申请执行人符示例支付借款本金50000元及利息"


@pytest.fixture
def world(request: pytest.FixtureRequest) -> str:
    return "registered" if "judge" in request.fixturenames else "demo"


@pytest.fixture
def hands(qtbot: QtBot, worlds: Shelf, world: str, tmp_path: Path) -> Iterator[Hands]:
    found = Hands(qtbot, worlds.get(world).copy(tmp_path / "store"))
    yield found
    found.leave()


@pytest.fixture
def judge(notes: Notes) -> str:
    """A case is registered already; the account of the judge it went to."""
    return str(notes["judge"])


def register(hands: Hands) -> str:
    """Register a case by the form; the account of the judge it went to."""
    hands.cases.open_registration()
    hands.rest()
    page = hands.page
    assert isinstance(page, RegistrationPage)
    form = page.form
    for name, text in {
        "number": "2018琼9027执1号", "cause": "民间借贷纠纷", "filed_on": "2018.1.2", "basis_no": "（2017）琼9027民初88号", "basis_kind": "民事判决书",
        "basis_organ": "本院", "basis_effective_on": "2017-12-20", "obligation": OBLIGATION, "principal": "5万", "interest": "123.45",
    }.items():
        form[name].set_text(text)
    form["applicants"].set_text("符示例\x1f自然人\x1f\x1f\x1f")
    form["debtors"].set_text("林例一\x1f自然人\x1f469027198808080008\x1f乐东黎族自治县九所镇某村\x1f")
    hands.until(lambda: "1988-08-08 出生" in "".join(str(w.text()) for w in page.facts.findChildren(type(page.total))))
    page.submit()
    hands.until(lambda: hands.page is hands.cases)
    hands.rest()
    assert hands.cases.page is not None
    assert hands.cases.page.case.number == NUMBER
    assert hands.cases.page.case.claim_fen == 5_012_345
    return {"法官甲": "judge-1", "法官乙": "judge-2", "法官丙": "judge-3", "法官丁": "judge-4"}[hands.cases.page.case.judge]


def drafted_freeze(hands: Hands, judge: str) -> DraftPage:
    """The judge of the case at the draft of a freeze."""
    hands.sign_in(judge)
    hands.show(NUMBER)
    hands.begin("measure.propose", "冻结存款")
    hands.fill(bank="某某银行乐东支行", account_no="6228480000006621", immediate=True)
    hands.go()
    return hands.draft()


def bring_out(hands: Hands) -> list[str]:
    """From the drafting page in front to issued documents; the numbers taken."""
    page = hands.draft()
    assert page.shown is not None
    assert page.go.text() == "提交并批准", [c for c in page.shown.checks if c.state == "stop"]
    hands.go()
    assert page.shown.request_state == "approved", hands.words()
    hands.go()
    assert page.shown.request_state == "used", hands.words()
    numbers = [paper.number for paper in page.shown.papers]
    hands.home()
    return numbers


def sealed(hands: Hands, count: int) -> None:
    """The keeper of the seal seals what waits for him in the case."""
    hands.change_person("seal")
    hands.show(NUMBER)
    waiting = [step for step in hands.cases.steps if step.action == "document.seal"]
    assert len(waiting) == count and all(step.mine for step in waiting)
    for step in waiting:
        hands.cases.begin(step)
        hands.rest()
        hands.page.seal.click()  # type: ignore[attr-defined]
        hands.rest()


def test_a_freeze_from_registration_to_the_days_left(hands: Hands) -> None:
    hands.sign_in("clerk")
    judge = register(hands)

    hands.change_person(judge)
    hands.show(NUMBER)
    assert hands.step("measure.propose", "冻结存款").who == "您可批准"
    assert hands.step("document.propose", "终结本次执行程序").who == "院长或院长授权的副院长批准"

    hands.begin("notice.execution")
    hands.go()
    assert bring_out(hands)[0].startswith(NUMBER[:-1])

    sealed(hands, 1)
    hands.change_person(judge)
    hands.show(NUMBER)
    page = hands.begin("measure.propose", "冻结存款")
    assert isinstance(page, FormPage)
    assert page.form["amount"].text == money(5_012_345)
    hands.fill(bank="某某银行乐东支行", account_no="6228480000006621")
    hands.go()
    draft = hands.draft()
    assert draft.view.pages.count >= 2
    assert [paper.title for paper in draft.shown.papers] == ["执行裁定书", "协助冻结存款通知书"]
    numbers = bring_out(hands)
    assert numbers[0] == NUMBER

    sealed(hands, 2)
    assert hands.cases.page is not None
    assert {d.state for d in hands.cases.page.documents} == {"issued"}, hands.words()

    hands.change_person("clerk")
    hands.show(NUMBER)
    page = hands.begin("service.record", "协助冻结存款通知书")
    assert isinstance(page, FormPage)
    assert page.form["recipient"].text == "某某银行乐东支行"
    hands.go()
    page = hands.begin("measure.reply")
    hands.fill(controlled=3_000_000, ends_on=date(2018, 12, 30), receipt_no="R1", reason="余额不足")
    hands.go()
    measure = hands.cases.page.measures[0]
    assert measure.held_fen == 3_000_000
    assert measure.ends_on == date(2018, 12, 30)
    assert measure.ruling_end == "回执载明"
    assert measure.days_left == 362


def test_who_may_not_is_told_with_the_clause(hands: Hands, judge: str) -> None:
    hands.sign_in(judge)
    hands.show(NUMBER)
    assert hands.place.desk is not None
    request = hands.place.desk.do("request.open", case=hands.cases.page.case.id, matter="延长执行期限", note="案情复杂").ids("Request")[0]
    said = []
    link = hands.place.link
    assert link is not None
    link.do_all(hands.cases, [("request.submit", {"request": request}), ("request.approve", {"request": request})], failed=said.append)
    hands.rest()
    assert said[0].code == "authority.level"
    panel = hands.shell.notices.refuse(said[0])
    assert "不能由您批准：延长执行期限须院长或院长授权的副院长批准" in panel.refusal.text
    assert panel.refusal.clauses[0].quote
    hands.place.tabs.follow(panel.refusal.ways[-1])
    hands.rest()


def test_closing_this_round_begins_with_its_ruling(hands: Hands, judge: str) -> None:
    hands.sign_in(judge)
    hands.show(NUMBER)
    page = hands.begin("document.propose", "终结本次执行程序")
    assert isinstance(page, FormPage) and (page.form["type"].value, page.form["matter"].value) == ("ruling_tnr", "terminate_this_round")


def test_a_matter_without_paper_is_put_forward_or_given_up_where_it_lies(hands: Hands, judge: str) -> None:
    hands.sign_in(judge)
    hands.show(NUMBER)
    case = hands.cases.page.case.id
    for matter in ("restrict_exit", "media_exposure"):
        hands.cases.begin(Step("request.open", "提出其他报批", case))
        hands.rest()
        offered = [key for key, _words in hands.page.form["matter"]._options]
        assert matter in offered and not {"seize_property", "terminate_this_round", "detention"} & set(offered), "what has its paper is begun with it"
        hands.fill(matter=matter)
        hands.go()
    hands.shell.choose_tab(2)
    tab = hands.place.tabs.approvals
    tab.reload()
    hands.rest()
    part = next(part for part in tab.inbox.parts if part.title == "我的草稿")
    assert [row.chip for row in part.rows] == ["草稿", "草稿"]
    tab.choose(part.rows[1].id)
    hands.rest()
    tab.card.buttons["submit"].click()
    hands.rest()
    tab.choose(part.rows[0].id)
    hands.rest()
    tab.card.buttons["void"].click()
    assert "作废须写明意见" in tab.card.opinion.placeholderText()
    tab.card.opinion.setText("不办了")
    tab.card.buttons["void"].click()
    hands.rest()
    desk = hands.place.desk
    with desk.reading():
        assert [Request.get_by_id(row.id).state for row in reversed(part.rows)] == ["submitted", "void"], tab.card.says.shown
    assert not next(part for part in tab.inbox.parts if part.title == "我的草稿").rows


def test_a_refused_form_keeps_what_was_typed_and_says_why(hands: Hands, judge: str) -> None:
    hands.sign_in(judge)
    hands.show(NUMBER)
    page = hands.begin("measure.propose", "冻结存款")
    assert isinstance(page, FormPage)
    hands.fill(bank="某某银行", account_no="622848", months=36)
    hands.go()
    assert hands.page is page
    assert "12 个月" in hands.words()[0]
    assert page.form["bank"].text == "某某银行"
    assert page.go.isEnabled()


def test_half_filled_forms_come_back_after_lock_and_change_of_person(hands: Hands, judge: str) -> None:
    hands.sign_in(judge)
    hands.show(NUMBER)
    hands.begin("measure.propose", "冻结存款")
    hands.fill(bank="某某银行乐东支行")
    hands.shell.lock()
    hands.rest()
    assert hands.place.desk.session.store.signer is None
    hands.shell.cover.card.password.input.setText("demo")
    hands.shell.cover.card.ask()
    hands.until(lambda: not hands.shell.is_locked)
    assert hands.page.form["bank"].text == "某某银行乐东支行"
    hands.change_person("clerk")
    hands.change_person(judge)
    hands.show(NUMBER)
    page = hands.begin("measure.propose", "冻结存款")
    assert page.form["bank"].text == "某某银行乐东支行"
    assert "已恢复上次没有填完的内容。" in hands.words()


def test_a_wrong_password_leaves_the_window_locked(hands: Hands) -> None:
    hands.sign_in("clerk")
    hands.shell.lock()
    hands.rest()
    hands.shell.cover.card.password.input.setText("demos")
    hands.shell.cover.card.ask()
    hands.until(lambda: hands.shell.cover.card.sentence.isVisible())
    assert hands.shell.is_locked
    assert "密码不对" in hands.shell.cover.card.sentence.text()


def test_redating_a_draft_shows_old_and_new_articles_and_asks(hands: Hands, judge: str) -> None:
    page = drafted_freeze(hands, judge)
    page.choose_day(date(2022, 4, 12))
    hands.rest()
    assert [change.new for change in page.shown.changes][0] == "第二百四十九条"
    assert page.changes.isVisible()
    assert "尚缺" in page.go.text()
    hands.go()
    assert page.shown.request_state == "draft"
    page.changes.confirm.click()
    hands.rest()
    assert "新条号已确认。" in hands.words()
    assert not page.shown.changes
    assert not page.changes.isVisible()


def test_issued_pages_are_kept_verified_and_printed_copies_counted(hands: Hands, judge: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[bytes, Order]] = []
    monkeypatch.setattr(sample, "print_pdf", lambda pdf, order: sent.append((pdf, order)) or Printed(order, 1, "vector"))
    hands.sign_in(judge)
    hands.show(NUMBER)
    hands.begin("notice.execution")
    hands.go()
    bring_out(hands)
    document = hands.cases.page.documents[0]
    hands.cases.open_document(document.id, document.state)
    hands.rest()
    page = hands.page
    assert isinstance(page, PreviewPage)
    assert page.standing.chip.text() == "核验通过", page.standing.words.text()
    assert page.standing.lines and all(one.startswith("✓") for one in page.standing.lines)
    assert page.view.pages.count >= 1
    assert set(page.copies) == {"原本", "湿印本"}
    order = Order("原本", "一楼打印机", 2, True)
    sample.print_counted(page, hands.place.link, hands.place.tabs.notices, document, page.copies, order)
    hands.rest()
    assert page.document.printed == 1
    assert sent == [(page.copies["原本"], order)]
    assert "2 份" in hands.words()[0]


def test_the_case_list_is_filtered_sorted_and_reached_by_keyboard(hands: Hands, qtbot: QtBot) -> None:
    hands.sign_in("clerk")
    register(hands)
    hands.cases.choose_scope("all")
    hands.rest()
    table = hands.cases.table
    table.filter("不存在的人")
    hands.rest()
    assert table.model.total == 0
    table.filter("林例一")
    hands.rest()
    assert table.model.total == 1, (table.model.wish, hands.cases.filter, hands.place.desk.reads.case_list(hands.cases.filter).total)
    hands.shell.activateWindow()
    table.view.setFocus()
    qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert hands.cases.panel.overview.steps[0].hasFocus() or not hands.shell.isActiveWindow()
    hands.cases.side.choose("review")
    hands.rest()
    assert table.model.total == 0


def test_a_draft_needs_no_mouse(hands: Hands, judge: str, qtbot: QtBot) -> None:
    hands.sign_in(judge)
    hands.show(NUMBER)
    hands.begin("order.property_report")
    hands.fill(days=10)
    hands.shell.activateWindow()
    qtbot.waitUntil(hands.shell.isActiveWindow)
    qtbot.keyClick(hands.shell.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    hands.rest()
    assert isinstance(hands.page, DraftPage)


def test_search_leads_to_the_case_from_any_tab(hands: Hands) -> None:
    hands.sign_in("clerk")
    hands.until(lambda: hands.place.tabs.indexing.whole)
    register(hands)
    hands.shell.choose_tab(2)
    found: list[HitShown] = []
    hands.place.tabs.search("lly", found.extend)
    hands.rest()
    assert [hit.title for hit in found] == ["(2018)琼9027执1号"]
    hands.shell.hit_opened.emit(found[0])
    hands.rest()
    assert hands.page is hands.cases
    assert hands.cases.page.case.number == NUMBER
    hands.place.desk.do("party.add", case=NUMBER, side="debtor", name="某某养殖公司", values={"kind": "legal"})
    hands.place.tabs.search("某某养殖公司", found.extend)
    hands.rest()
    assert found[-1].detail.startswith("某某养殖公司 · 符示例 申请执行 林例一等 2 人"), "what was searched is seen, though it stands second"
    hands.place.tabs.search("469027198808080008", found.extend)
    hands.rest()
    assert "469027198808080008" not in found[-1].detail


def test_a_search_while_the_index_is_made_finds_numbers_and_names_and_says_so(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    hands.sign_in("clerk")
    hands.until(lambda: hands.place.tabs.indexing.whole)
    register(hands)
    monkeypatch.setattr(searching, "AT_ONCE", -1)  # as if there were always much left to do
    hands.shell.activateWindow()
    hands.until(hands.shell.isActiveWindow)
    hands.shell.top.search.begin()
    hands.shell.top.search.setText("林例一")
    hands.shell.top.search.look()
    hands.until(lambda: hands.shell.top.search.hits.isVisible())
    shown = hands.shell.top.search.hits
    assert [hit.title for hit in shown.hits] == ["(2018)琼9027执1号"]
    assert "检索库正在后台建立" in shown.words.text()
    monkeypatch.undo()
    hands.shell.top.search.look()
    hands.until(lambda: not shown.words.text())


def test_a_list_is_exported_as_text_that_runs_nothing(hands: Hands, tmp_path: Path) -> None:
    hands.sign_in("clerk")
    register(hands)
    hands.cases.choose_scope("all")
    hands.rest()
    for name in ("list.csv", "list.xlsx"):
        export_table(hands.cases, hands.place.jobs, hands.place.tabs.notices, hands.cases.table, tmp_path / name)
        hands.rest()
    lines = list(csv.reader((tmp_path / "list.csv").read_text("utf-8-sig").splitlines()))
    assert lines[0] == [column.title for column in hands.cases.table.every]
    assert lines[1][:3] == ["(2018)琼9027执1号", "符示例", "林例一"]
    sheet = load_workbook(tmp_path / "list.xlsx").active
    claim = lines[0].index("标的（元）") + 1
    assert sheet.cell(1, claim).value == "标的（元）" and sheet.cell(2, claim).data_type == "n" and sheet.cell(2, 1).data_type == "s"
    assert neutral("=1+1") == "'=1+1"
    assert neutral("@cmd") == "'@cmd"
    assert neutral("-12.50") == "-12.50"
    assert neutral("—") == "—"


def test_every_action_opens_its_form_from_the_case(hands: Hands) -> None:
    hands.sign_in("clerk")
    register(hands)
    hands.shell.notices.clear()
    begun = [one for one in begun_by_form() if one.name in titles()]
    assert {one.name for one in begun} >= {one.name for one in begun_by_form() if one.menu}
    for one in begun:
        if any(field.where == "kind.open" for field in ACTIONS[one.name].fields):
            continue  # a form that follows from the kind of a property: its own journeys walk it
        hands.cases.begin(Step(one.name, one.title, hands.cases.page.case.id))
        hands.rest()
        page = hands.page
        assert isinstance(page, FormPage), one.name
        shown = [field for field in ACTIONS[one.name].fields if is_shown(field, {"case": ""})]
        named = {part.name for field in shown if not field.parts for part in (field.of if field.kind in ("record", "map") else (field,))}
        assert set(page.form.fields) >= named, one.name
        assert set(page.form.fields) == named or any(field.parts for field in shown), one.name  # parts that a provider names: its own journey
        lacking = {field.name for field in ACTIONS[one.name].fields if field.required} - {field.name for field in shown} - {"case"}
        assert not lacking, (one.name, lacking)
        assert not hands.words(), (one.name, hands.words())
        hands.home()


def test_where_no_store_lies_a_demonstration_can_be_made(qtbot: QtBot, worlds: Shelf, tmp_path: Path, jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    opening = Opening(services(), str(tmp_path / "new"))
    monkeypatch.setattr(opening, "make_demonstration", lambda: [str(worlds.get("demo").copy(tmp_path / "new"))])
    gate = Gate(opening, jobs, Settings())
    qtbot.addWidget(gate)
    assert gate.page is None
    gate.first.buttons["demo"].click()
    qtbot.waitUntil(lambda: gate.page is not None, timeout=20_000)
    assert opening.demo
    assert [row.name for row in opening.accounts][:2] == ["president", "vice"]


def test_a_demonstration_moves_only_forward(hands: Hands) -> None:
    hands.sign_in("clerk")
    hands.place.day_moved(date(2018, 2, 1), lambda: None)
    hands.rest()
    assert "2018-02-01" in hands.shell.status.words
    hands.place.day_moved(date(2018, 1, 15), lambda: None)
    hands.rest()
    assert "不能回到 2018-01-15" in hands.words()[0]


def test_a_draft_opened_from_elsewhere_leads_to_the_steps_of_its_own_case(hands: Hands, judge: str) -> None:
    page = drafted_freeze(hands, judge)
    assert page.shown is not None
    hands.cases.page = None  # as where another case is in front behind the draft
    page.go_way(WayOn("登记纸质文书末号", "case.paper_suffix:notice"))
    hands.rest()
    form = hands.page
    assert isinstance(form, FormPage) and form.shown.action == "case.paper_suffix"
    assert form.case.case.id == page.shown.case and form.form["rest"].value == "never"


def test_a_long_clause_beside_a_form_scrolls_rather_than_being_cut(hands: Hands, judge: str) -> None:
    hands.sign_in(judge)
    hands.show(NUMBER)
    hands.shell.setMinimumSize(0, 0)
    hands.shell.resize(1366, 300)
    hands.begin("measure.propose", "冻结存款")
    hands.rest()
    form = hands.page
    assert isinstance(form, FormPage)
    form.columns.setFixedHeight(160)
    hands.qtbot.wait(50)
    panel = form.findChild(ReasonPanel)
    assert panel is not None
    assert all(words.height() >= words.heightForWidth(words.width()) for words in panel.findChildren(QLabel) if words.wordWrap())


def test_the_window_can_always_be_made_as_small_as_the_screen(hands: Hands) -> None:
    hands.sign_in("clerk")
    room = hands.shell.screen().availableSize()
    assert hands.shell.minimumWidth() < room.width() and hands.shell.minimumHeight() < room.height()


def test_everything_that_can_be_done_is_found_by_a_few_letters(hands: Hands, judge: str) -> None:
    hands.sign_in(judge)
    hands.show(NUMBER)
    hands.cases.panel.open_menu()
    pick = hands.cases.panel.pick
    assert [line.text for line in pick.list.items_.items if not line.key] == ["下一步", "文书和报批", "案件", "当事人", "财产和案款"]
    for typed, title in (("终本", "提请终结本次执行程序"), ("djck", "冻结存款"), ("到账", "登记到账"), ("zddz", "")):
        pick.field.setText(typed)
        shown = [line.text for line in pick.list.items_.items if line.key]
        assert (title in shown[:1]) if title else not shown, (typed, shown)
    pick.field.clear()
    hands.qtbot.keyClicks(pick.field, "jgzjl")
    hands.qtbot.keyClick(pick.field, Qt.Key.Key_Return)
    hands.rest()
    assert isinstance(hands.page, FormPage) and hands.page.shown.action == "note.record"
