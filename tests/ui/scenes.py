"""Scenes for the gallery: pages filled with fictional people and figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QFont, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from execdesk.law.book import LawBook, load_law
from execdesk.law.calculators import CALCULATORS
from execdesk.law.calendar import load_calendar
from execdesk.law.refusal import Clause, Refusal, WayOn
from ui.bars import PersonInBar, StoreShown
from ui.calculators import CalculatorsPage, rule_of
from ui.columns import Columns, SidePanel
from ui.entries import EntryPainter, ListEntry, ListHeading
from ui.errors import FaultDialog
from ui.fields import AmountField, AreaField, ChoiceField, DateField, TextField, money
from ui.firstrun import FirstRunPage
from ui.forms import Form
from ui.jobs import Jobs, Watch
from ui.lawview import ClauseDialog, ClauseShown, LawPage
from ui.lists import PaintedList, SideLine, SideList
from ui.lock import NewPasswordCard
from ui.pages import Page
from ui.panels import Bar, CheckLine, NextStep, ReasonPanel
from ui.pdfview import PdfCard, PdfView
from ui.printing import CopyKind, PrintDialog
from ui.search import FilterField, HitShown
from ui.settings import Settings
from ui.shell import Shell, Tool
from ui.signin import Account, SignInPage
from ui.table_source import Column, ListSource, TableSection
from ui.table_view import Table
from ui.widgets import (
    Button,
    Card,
    CardHead,
    EmptyState,
    FactLines,
    MenuButton,
    chip,
    column,
    holder,
    label,
    row,
    secondary,
)
from ui.wizard import WizardSteps

RESOURCES = Path(__file__).parents[2] / "resources"
_jobs: list[Jobs] = []


def clean_up() -> None:
    """End the threads of the last scene."""
    while _jobs:
        _jobs.pop().close()


def jobs() -> Jobs:
    """A runner that :func:`clean_up` ends."""
    _jobs.append(Jobs())
    return _jobs[-1]


@dataclass(frozen=True)
class CaseRow:
    number: str
    applicant: str
    debtor: str
    claim: int
    percent: int
    node: str
    left: int


APPLICANTS = ("符示例", "乐东样板信用社", "邢范文", "吉样三")
DEBTORS = ("黎样本等 2 人", "某某养殖公司", "陈示范", "黎样本", "林例一", "某某果业公司及其法定代表人", "羊示五")
NODES = ("查封", "拍卖", "发放", "扣押", "查询", "评估", "通知")


def case_rows(count: int) -> list[CaseRow]:
    """Fictional cases."""
    return [
        CaseRow(f"(2017)琼9027执{311 + 7 * n}号", APPLICANTS[n % 4], DEBTORS[n * 5 % 7], 4_230_000 + n * 7_919_050 % 120_000_000, n * 37 % 100, NODES[n % 7], n * 3 - 7)
        for n in range(count)
    ]


def left_words(row: CaseRow) -> str:
    return f"超期 {-row.left} 天" if row.left < 0 else f"剩 {row.left} 天"


CASE_COLUMNS = (
    Column("案号", lambda r: r.number, sort="number", whole=True),
    Column("申请执行人", lambda r: r.applicant, width=112, grow=1),
    Column("被执行人", lambda r: r.debtor, width=112, grow=1),
    Column("标的（元）", lambda r: money(r.claim), sort="claim", value=lambda r: r.claim, align="right", whole=True),
    Column("到位", lambda r: f"{r.percent}%", align="right", width=48),
    Column("节点", lambda r: r.node, tone=lambda r: "muted", width=48),
    Column("最近期限", left_words, sort="left", value=lambda r: r.left, align="right", whole=True,
           tone=lambda r: "late" if r.left < 0 else "!soon" if r.left <= 7 else "muted"),
)


def case_table(count: int = 186) -> Table:
    """The list of cases."""
    table = Table(CASE_COLUMNS, key=lambda r: r.number, sort="left")
    sums = (("标的", "62,418,300.00"), ("到位", "19,599,346.00"))
    table.show_source(ListSource(case_rows(count), CASE_COLUMNS, sums=lambda _rows: sums))
    return table


class CasesPage(Page):
    """A stand-in for the tab 案件, as dense as the real one."""

    def __init__(self) -> None:
        super().__init__("案件")
        side = QListWidget()
        side.setProperty("kind", "side")
        for words in ("待办事项", "已超期", "7 日内到期", "查控 30 日内到期", "全部在办", "终本库", "已结"):
            QListWidgetItem(words, side)
        side.setCurrentRow(4)
        left = Card(secondary("我的工作"), side, margins=(6, 12, 6, 12))
        self.table = case_table()
        self.find = FilterField()
        self.find.asked.connect(self.table.filter)
        head = CardHead("在办案件", "186", self.find, MenuButton("筛选", [("只看我的", lambda: None)]), Button("导出"), Button("登记案件", "primary"), lined=False)
        middle = Card(head, self.table, gap=0, margins=(0, 0, 0, 0))
        self.columns = Columns(SidePanel("我的工作", left, 176), SidePanel("案件", middle, 520, 3), SidePanel("案件内容", self._detail(), 440, 2), top=11)
        self.setLayout(column(self.columns, gap=0))

    @property
    def first_focus(self) -> QWidget:
        return self.table.view

    def _detail(self) -> QWidget:
        facts = FactLines([("申请执行人", "乐东样板信用社"), ("被执行人", "黎样本"), ("执行依据", "(2016)琼9027民初456号民事判决书")])
        head = row(label("(2017)琼9027执324号", "page-title"), None, chip("在办 · 执限剩 26 天"))
        chips = row(chip("剩 2 天", "soon"), chip("超期 3 天", "late"), chip("1+6", "navy"), chip("待院长"), None)
        return Card(head, secondary("金融借款合同纠纷 · 九所镇，归沿海组 · 承办 法官沿一 · 书记员 例书"), chips, label("当事人", "strong"), facts, None,
                    row(Button("续行扣押 琼D·A1234", "primary"), Button("退回…"), Button("转报院长…"), Button("看条文 F1", "link"), None, gap=6))


def refusal() -> Refusal:
    """The refusal of the design."""
    return Refusal(
        "不能由您批准：拘留须经院长批准，您持有的授权书（2017）授1号未列此项。", code="authority.level",
        clauses=(Clause("对被执行人采取拘传、拘留等强制措施及罚款", "乐法〔2017〕33号第6条"), Clause("必须经院长批准", "民事诉讼法第一百一十六条")),
        ways=(WayOn("转报院长", "forward"), WayOn("看授权书", "delegation"), WayOn("看条文", "clause")),
    )


def shell(pages: tuple[Page, ...] | None = None) -> Shell:
    """The main window with a stand-in page in each tab."""
    def search(needle: str, hand: Callable[[list[HitShown]], None]) -> None:
        hand([HitShown("案件", "(2017)琼9027执324号", "乐东样板信用社 申请执行 黎样本 · 法官沿一", "case:1"),
              HitShown("当事人", "黎样本", "被执行人，3 件在办", "party:1"), HitShown("财产", "琼D·A1234 小型客车", "扣押至 2017-09-20 · (2017)琼9027执324号", "asset:1")])

    empty = [_empty_page("团队", "尚未编入团队。", "由局长编组，或从组织数据导入。"), _empty_page("审批", "没有待您决定的事项。", "3 件在等局长。")]
    window = Shell(jobs=jobs(), settings=Settings(), pages=pages or (CasesPage(), *empty), tools=(Tool("计算", lambda: Page("计算")), None, Tool("法规参数", lambda: Page("法规参数"))), search=search)
    window.show_person("judge-1", PersonInBar("法官沿一", "沿海组 · 承办法官"))
    window.show_store(StoreShown("黄流人民法庭 · 离线", ("本部数据截至 2017-09-12 16:40（2 天前）", "待传本部 27 条"), 18, date(2017, 9, 14)))
    window.top.tabs[2].set_badge(3)
    return window


def _empty_page(title: str, text: str, more: str) -> Page:
    page = Page(title)
    page.setLayout(column(Card(EmptyState(text, more, [Button("导入台账…")])), margins=(12, 12, 12, 12)))
    return page


def scene_main() -> QWidget:
    window = shell()
    window.setProperty("after", lambda: window.stacks[0].page.table.select("(2017)琼9027执332号"))
    return window


def scene_search() -> QWidget:
    window = shell()

    def after() -> None:
        window.activateWindow()
        window.top.search.begin()
        window.top.search.setText("黎样本")
        window.top.search.look()
    window.setProperty("after", after)
    return window


def scene_notices() -> QWidget:
    window = shell()
    window.notices.done("已导入 2,731 件，158 行待您决定。", ("看待定的行", lambda: None))
    window.notices.info("黄流数据已有 9 天没有更新。", soon=True)
    window.notices.refuse(refusal())
    clock = [0.0]
    watch = Watch("正在核对台账", "此步只读，取消不留痕", "行", clock=lambda: clock[0])
    clock[0] = 9.0
    watch.done, watch.total = 2948, 3671
    window.jobs.watch_began.emit(watch)
    window.progress.tick()
    return window


def scene_approval_empty() -> QWidget:
    window = shell()
    window.choose_tab(2)
    return window


def scene_locked() -> QWidget:
    window = shell()
    window.setProperty("after", window.lock)
    return window


def scene_signin() -> QWidget:
    return SignInPage([Account("judge-1", "法官沿一 · 承办法官"), Account("president", "院长示例 · 院长")], site="本部", demo=True)


def scene_signin_refused() -> QWidget:
    page = SignInPage([], site="黄流人民法庭")

    def after() -> None:
        page.card.refused(Refusal("密码错误，请重填。连续三次错误后每次要多等一会儿。"), 8)
    page.setProperty("after", after)
    return page


def scene_first_run() -> QWidget:
    return FirstRunPage("execdesk")


def scene_password() -> QWidget:
    card = NewPasswordCard()
    return holder(row(None, column(None, card, None), None), "page")


def scene_forms() -> QWidget:
    form = Form()
    form.heading("只填本案尚无的内容")
    form.add(ChoiceField("how", "申请执行人同意的方式", [("written", "书面同意（2022-04-08，扫描件 1 页）"), ("talk", "约谈笔录")]))
    form.add(AreaField("found", "财产调查结论", lines=2))
    form.add(DateField("talked", "约谈申请执行人的日期", required=True))
    form.add_row(AmountField("principal", "本金"), AmountField("interest", "利息"))
    form.add(TextField("note", "备注", help_text="只供内部查看，不进文书"))
    form.fill({"how": "written", "found": "已穷尽财产调查措施，暂无其他可供执行的财产", "principal": 25_000_000})
    form["interest"].set_text("四万五")
    form.demand()
    card = Card(form)
    card.setFixedWidth(round(360 * secondary().fontMetrics().height() / 18))
    return holder(row(column(card, None), None, margins=(12, 12, 12, 12)), "page")


def scene_fault() -> QWidget:
    dialog = FaultDialog("execdesk 0.1.0 · 2017-09-14 08:00:00 UTC\nPython 3.11 · Qt 6\n\nTraceback (most recent call last):\n  File \"ui/table.py\", line 1\nZeroDivisionError: division by zero")
    dialog.setProperty("own_size", True)
    return dialog


def scene_sections() -> QWidget:
    table = Table(CASE_COLUMNS[:4], key=lambda r: r.number)
    rows = case_rows(20)
    table.show_source(ListSource([TableSection("已失效，已开事件", "2 笔", "late"), *rows[:2], TableSection("30 日内", "14 笔", "soon"), *rows[2:]], CASE_COLUMNS[:4]))
    return holder(row(Card(CardHead("先办这些", "16 笔", lined=False), table, gap=0, margins=(0, 0, 0, 0)), margins=(12, 12, 12, 12)), "page")


def ruling_pdf(pages: int = 2) -> bytes:
    """Two plain A4 pages with words on them, written by Qt."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setResolution(72)
    painter = QPainter(writer)
    for page in range(pages):
        if page:
            writer.newPage()
        font = QFont(painter.font())
        font.setPixelSize(22)
        painter.setFont(font)
        painter.drawText(QRectF(0, 40, writer.width(), 40), int(Qt.AlignmentFlag.AlignCenter), "海南省乐东黎族自治县人民法院")
        font.setPixelSize(16)
        painter.setFont(font)
        text = "依照《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第五百一十七条之规定，裁定如下：" * 3
        painter.drawText(QRectF(40, 120, writer.width() - 80, 500), int(Qt.TextFlag.TextWordWrap), text)
        painter.drawText(QRectF(0, writer.height() - 40, writer.width(), 30), int(Qt.AlignmentFlag.AlignCenter), f"— {page + 1} —")
    painter.end()
    return bytes(buffer.data().data())


def scene_pdf_wide() -> QWidget:
    view = PdfView()
    view.show_pdf(ruling_pdf())
    view.pages.mark(("第五百一十七条",))
    view.setProperty("after", lambda: view.pages.set_zoom(0.75))
    return view


def scene_pdf_card() -> QWidget:
    card = PdfCard("裁定书草稿")
    card.show_pdf(ruling_pdf())
    card.setFixedWidth(round(396 * secondary().fontMetrics().height() / 18))
    return holder(row(None, card, margins=(12, 12, 12, 12)), "page")


def scene_print() -> QWidget:
    pdf = ruling_pdf()
    kinds = (CopyKind("正本", "送达当事人，盖院印，落款处留 本件与原本核对无异", lambda: pdf, 3), CopyKind("副本", "", lambda: pdf), CopyKind("湿印本", "不印电子印章，供手工盖章", lambda: pdf))
    dialog = PrintDialog("冻结裁定书 (2017)琼9027执324号之二", kinds, names=["执行局一楼 激光打印机"], note="已打印 1 次，重印记入留痕。")
    dialog.setProperty("own_size", True)
    return dialog


def scene_lists() -> QWidget:
    side = SideList("我的工作")
    side.show_items([SideLine("我的工作"), SideLine("待办事项", "12", "todo"), SideLine("已超期", "3", "late", "late"), SideLine("7 日内到期", "4", "soon", "soon"), SideLine("查控 30 日内到期", "9", "control", "soon"),
                     SideLine("全部在办", "186", "all"), SideLine("终本库", "92", "paused"), SideLine("已结", "1,204", "closed"), SideLine("沿海组 · 乡镇"), SideLine("黄流镇", "48", "t1"), SideLine("九所镇", "44", "t2"), SideLine("未列明，待定组", "5", "t9", "soon")])
    side.choose("all")
    left = Card(side, margins=(6, 6, 6, 12))
    left.setFixedWidth(round(176 * secondary().fontMetrics().height() / 18))
    entries = PaintedList(EntryPainter(), "审批")
    entries.show_items([ListHeading("待我决定", "3", aside="按到期先后"), ListEntry("1", "裁定终结本次执行程序", "明天满限", "soon", "(2017)琼9027执123号", "法官沿一 · 09-13"), ListEntry("2", "延长执行期限一个月", "剩 2 天", "soon", "(2017)琼9027执92号", "法官山一 · 09-13"),
                        ListEntry("3", "延长执行期限三个月", "剩 5 天", "", "(2017)琼9027执218号", "法官沿二 · 09-12"), ListHeading("待他人决定", "2"), ListEntry("4", "拘留 黎样本 十日", "待院长", "", "(2017)琼9027执324号", "法官沿一 · 09-14"),
                        ListHeading("已决定", "41", aside="近 30 日"), ListEntry("5", "搜查令", "09-11 批准", "plain"), ListEntry("6", "裁定终结本次执行程序", "09-08 退回", "plain"),
                        ListEntry("7", "冲突 1 处：冻结末日两边不同", "", "soon", "(2017)琼9027执324号 · 农行尾号 6621", icon="warning"), ListEntry("8", "未生效 1 项：法官沿三 批准解除冻结", "", "late", "解除冻结须执行局局长批准", icon="cross")])
    entries.choose("1")
    right = Card(entries, gap=0, margins=(0, 4, 0, 4))
    right.setFixedWidth(round(340 * secondary().fontMetrics().height() / 18))
    return holder(row(left, right, None, margins=(12, 12, 12, 12)), "page")


@cache
def book() -> LawBook:
    """The law as shipped."""
    return load_law(RESOURCES / "law")


def calculators_page(chosen: str, known: dict[str, str], case: str = "") -> CalculatorsPage:
    """All calculators with one filled in."""
    rule = rule_of(book(), load_calendar(RESOURCES / "law" / "calendar.toml"))
    return CalculatorsPage(tuple(CALCULATORS.values()), rule, today=date(2018, 1, 2), chosen=chosen, known={chosen: known}, case=case)


def tool_shell(make: Callable[[], Page]) -> Shell:
    """The main window with a tool opened."""
    window = shell()
    window.open_tool(Tool("", make))
    return window


def scene_calc_interest() -> QWidget:
    known = {"debt": "300,000.00", "period_end": "2017-08-31", "until": "2018-06-30", "paid": "2018-01-01:30,000.00\n2018-03-15:12,000.00"}
    return tool_shell(lambda: calculators_page("interest", known, "(2017)琼9027执324号"))


def scene_calc_control() -> QWidget:
    return tool_shell(lambda: calculators_page("control_end", {"kind": "bank_deposit", "start": "2017-08-01"}))


def scene_calc_refused() -> QWidget:
    return tool_shell(lambda: calculators_page("control_end", {"kind": "bank_deposit", "start": "2017-08-01", "months": "36"}))


def scene_calc_distribution() -> QWidget:
    return tool_shell(lambda: calculators_page("distribution", {"pot": "100,000.00", "claims": "甲:30000:优先\n乙:50000:普通\n丙:90000:普通", "costs": "1,500.00"}))


def scene_calc_blank() -> QWidget:
    return tool_shell(lambda: calculators_page("fee", {}))


def scene_law() -> QWidget:
    return tool_shell(lambda: LawPage(book(), date(2018, 1, 2), used_in=lambda _key: ("冻结裁定书", "计算：控制期限"), correct=lambda _value: None))


def scene_clause() -> QWidget:
    dialog = ClauseDialog(ClauseShown("乐法〔2017〕33号第6条", "乐东黎族自治县人民法院执行改革方案 · 2017-08-01 起施行", ("院长的审批权限：对被执行人采取拘传、拘留等强制措施及罚款，签发搜查令等。", "院长或院长授权的副院长的审批权限：裁定终结本次执行程序等。"), False, ("用于：裁定终结本次执行程序、拘留决定书",)))
    dialog.setProperty("own_size", True)
    return dialog


def scene_panels() -> QWidget:
    steps = [NextStep("续行扣押 琼D·A1234", "您可批准", note="6 天后失效", first=True), NextStep("拟以物抵债裁定书", "执行局局长批准"),
             NextStep("提请拘留 黎样本", "院长批准"), NextStep("提请终结本次执行程序", "院长或授权副院长批准", lacking="尚缺 2 项")]
    reason = ReasonPanel("本事项属院长或院长授权的副院长；您任副院长，授权书（2017）授1号列明本事项，2017-08-01 至 2017-12-31 有效。",
                         [Clause("院长或院长授权的副院长的审批权限：……裁定终结本次执行程序等。", "乐法〔2017〕33号 第6条 · 2017-08-01 起施行")])
    left = Card(row(label("下一步", "strong"), None, Button("全部办理事项 Ctrl+N", "link")), *steps, 8, label("为何由您批准", "strong"), reason, None)
    right = Card(WizardSteps(("选文件", "核对", "导入"), 1), row(secondary("加权负荷"), Bar(0.8, 0.69), label("112", "strong")), row(secondary("到位 42%"), Bar(0.42)), CheckLine(False, "空白项 1", "约谈日期未填", "去填写"), CheckLine(True, "金额一致", "正文 3 处、标的表 1 处"), None)
    left.setFixedWidth(round(580 * secondary().fontMetrics().height() / 18))
    return holder(row(left, right, gap=12, margins=(12, 12, 12, 12)), "page")


SCENES: dict[str, Callable[[], QWidget]] = {name.removeprefix("scene_"): value for name, value in list(globals().items()) if name.startswith("scene_")}

