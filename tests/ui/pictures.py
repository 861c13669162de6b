"""Writes a picture of every page and dialog of the real window on a demonstration store: ``python -m tests.ui.pictures FOLDER``.

Each at 1366×768 and again at 150 %, to be looked at beside the design. The store is made anew; ``--store`` copies one.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

import main  # noqa: E402
from execdesk.opening import Opening  # noqa: E402
from execdesk.reads import Step  # noqa: E402
from execdesk.reads.casewhere import ListFilter  # noqa: E402
from tests import many_measures  # noqa: E402
from tests.ui import sizes  # noqa: E402
from tests.ui.case_actions import titles  # noqa: E402
from ui.application import Workplace, make_application  # noqa: E402
from ui.settings import Settings  # noqa: E402
from ui.theme import Theme  # noqa: E402

PATIENCE = 30.0
NUMBER = "（2018）琼9027执1号"


class Camera:
    """Drives one workplace and writes what it shows."""

    def __init__(self, store: Path, folder: Path, scale: float, only: str, size: str = "") -> None:
        self.services = main.build()
        self.app: QApplication = make_application(self.services, Settings())
        Theme(self.services.resources, scale).install(self.app)
        self.folder, self.scale, self.only = folder, scale, only
        self.size, self.mark = sizes.size_at(scale, size), sizes.mark(scale, size)
        self.place = Workplace(Opening(self.services, str(store)), Settings())
        self.place.start()

    def rest(self) -> None:
        """Let reading, writing and layouts come to rest."""
        end, quiet = time.monotonic() + PATIENCE, 0
        while quiet < 30 and time.monotonic() < end:
            self.app.processEvents()
            time.sleep(0.006)
            quiet = 0 if self.place.jobs.busy else quiet + 1

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Write the window, or another widget."""
        self.rest()
        if name.startswith(self.only):
            (widget or self.place.shell or self.place.gate).grab().save(str(self.folder / f"{name}{self.mark}.png"))

    def sit(self, account: str) -> None:
        """Somebody takes the desk."""
        if self.place.shell is not None:
            self.place.change_person()
        self.rest()
        before = self.place.shell
        self.place.gate.ask(account, "demo")
        end = time.monotonic() + PATIENCE
        while self.place.shell is before and time.monotonic() < end:
            self.rest()
        self.place.shell.resize(*self.size)
        self.rest()

    @property
    def cases(self):  # type: ignore[no-untyped-def]
        return self.place.tabs.cases

    def home(self) -> None:
        """Back to the list."""
        self.place.shell.stack.home()
        self.rest()

    def begin(self, action: str, title: str = "") -> QWidget:
        """Press a step."""
        step = next((s for s in self.cases.steps if s.action == action and title in s.title), None)
        self.cases.begin(step or Step(action, titles()[action], self.cases.page.case.id))
        self.rest()
        return self.place.shell.stack.page

    def show(self, number: str = NUMBER) -> None:
        """Bring a case to the right."""
        self.cases.show_case(number)
        self.rest()

    def go(self) -> None:
        """Press the main button of the page in front."""
        page = self.place.shell.stack.page
        (page.submit if hasattr(page, "submit") else page.go_on)()
        self.rest()


def before_sign_in(camera: Camera, folder: Path) -> None:
    """The pages before the desk."""
    camera.rest()
    camera.place.gate.resize(*camera.size)
    camera.take("sign-in")
    from ui.gate import Gate

    gate = Gate(Opening(camera.services, str(folder / "nothing-here")), camera.place.jobs, Settings())
    gate.resize(*camera.size)
    gate.show()
    camera.take("first-run", gate)
    gate.close()


def registration(camera: Camera) -> str:
    """The list and the registration of a case; the account of its judge."""
    camera.sit("clerk")
    camera.cases.choose_scope("all")
    camera.take("cases-clerk")
    camera.cases.open_registration()
    camera.take("registration-empty")
    page = camera.place.shell.stack.page
    for name, text in {"number": NUMBER, "cause": "民间借贷纠纷", "basis_no": "（2017）琼9027民初88号", "basis_kind": "民事判决书", "basis_organ": "本院", "basis_effective_on": "2017-12-20",
                       "obligation": "立即向申请执行人符示例支付借款本金50000元及利息", "principal": "50000", "interest": "123.45"}.items():
        page.form[name].set_text(text)
    page.form["applicants"].set_text("符示例\x1f自然人\x1f\x1f\x1f")
    page.form["debtors"].set_text("林例一\x1f自然人\x1f469027198808080008\x1f乐东黎族自治县九所镇某村\x1f\n某某养殖公司\x1f法人\x1f\x1f\x1f")
    page.check()
    camera.take("registration")
    camera.go()
    number = camera.place.desk.reads.case(NUMBER).case.judge
    return {"法官甲": "judge-1", "法官乙": "judge-2", "法官丙": "judge-3", "法官丁": "judge-4"}[number]


def seal(camera: Camera, judge: str) -> None:
    """What waits in the case is sealed; the judge is back at it."""
    camera.sit("seal")
    camera.show()
    for step in [step for step in camera.cases.steps if step.action == "document.seal"]:
        camera.cases.begin(step)
        camera.rest()
        camera.place.shell.stack.page.seal.click()
        camera.rest()
    camera.sit(judge)
    camera.show()
    camera.rest()


def drafting(camera: Camera, judge: str) -> None:
    """Steps, drafts and issue."""
    camera.sit(judge)
    camera.show()
    camera.begin("notice.execution")
    camera.take("form-notice")
    camera.go()
    camera.take("draft-notice")
    for _ in range(2):
        camera.go()
    camera.home()
    seal(camera, judge)
    page = camera.begin("measure.propose", "冻结存款")
    page.form.fill({"bank": "某某银行乐东支行", "account_no": "6228480000006621"})
    camera.take("form-freeze")
    page.form.fill({"months": 36})
    camera.go()
    camera.take("form-refused")
    page.form.fill({"months": 12})
    camera.go()
    camera.take("draft-freeze")
    draft = camera.place.shell.stack.page
    draft.choose_day(date(2022, 4, 12))
    camera.take("draft-redated")
    draft.choose_day(None)
    camera.rest()
    draft.paper_clicked(1)
    camera.take("draft-notice-to-bank")
    camera.go()
    camera.take("draft-approved")
    camera.go()
    camera.take("draft-issued")
    camera.home()


def case_pages(camera: Camera) -> None:
    """The parts of the case page and the kept document."""
    camera.show()
    camera.take("case-overview")
    for number, name in enumerate(("case-parties", "case-measures", "case-papers", "case-trail"), 1):
        camera.cases.panel.bar.setCurrentIndex(number)
        camera.take(name)
    camera.cases.panel.bar.setCurrentIndex(0)
    row = next(d for d in camera.cases.page.documents if d.number)
    camera.cases.open_document(row.id, row.state)
    camera.take("document")
    from ui.case.sample import ask_copies

    page = camera.place.shell.stack.page
    dialog = ask_copies(page, camera.place.link, camera.place.tabs.notices, page.document, page.copies)
    camera.take("print", dialog)
    dialog.close()
    camera.home()


def all_forms(camera: Camera) -> None:
    """The form of every action once."""
    for action in titles():
        camera.show()
        camera.rest()
        camera.begin(action)
        camera.take(f"form-{action.replace('.', '-')}")
        camera.home()


def after_issue(camera: Camera) -> None:
    """Seal, service, receipt; then the days left."""
    camera.sit("seal")
    camera.cases.choose_scope("all")
    camera.show()
    camera.take("case-seal")
    for step in [s for s in camera.cases.steps if s.action == "document.seal"]:
        camera.cases.begin(step)
        camera.rest()
        camera.place.shell.stack.page.seal.click()
        camera.rest()
    camera.sit("clerk")
    camera.show()
    camera.rest()
    camera.begin("service.record", "协助")
    camera.take("form-service")
    camera.go()
    page = camera.begin("measure.reply")
    page.form.fill({"controlled": 3_000_000, "ends_on": date(2018, 12, 30), "receipt_no": "R1", "reason": "余额不足"})
    camera.take("form-receipt")
    camera.go()
    camera.show()
    camera.take("case-days-left")
    camera.cases.panel.bar.setCurrentIndex(2)
    camera.take("case-measures-live")
    camera.cases.side.choose("todo")
    camera.take("cases-todo")
    camera.cases.side.choose("review")
    camera.take("cases-review")


def window(camera: Camera) -> None:
    """Search, refusal, lock, password, day, narrow window."""
    shell = camera.place.shell
    shell.activateWindow()
    shell.top.search.begin()
    shell.top.search.setText("林例一")
    shell.top.search.look()
    camera.take("search")
    shell.top.search.leave()
    shell.password_asked.emit()
    camera.take("password")
    camera.home()
    for tool in camera.place.tabs.tools(lambda day, done: None):
        if tool is not None and tool.title.startswith("演示日期"):
            shell.open_tool(tool)
            camera.take("demonstration-day")
    shell.choose_tab(0)
    camera.cases.radar_asked.emit()
    camera.take("radar")
    camera.home()
    many_measures.spread(camera.place.desk, 90, camera.place.desk.day)
    camera.cases.radar_asked.emit()
    camera.take("radar-many")
    camera.home()
    total = camera.place.desk.reads.case_list(ListFilter("open")).total
    shell.notices.done(f"在办 {total} 件。")
    shell.lock()
    camera.take("locked")
    shell.unlock()


def main_(arguments: list[str]) -> int:
    """Write the pictures asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--only", default="")
    sizes.add(parser)
    asked = parser.parse_args(arguments)
    asked.folder.mkdir(parents=True, exist_ok=True)
    scenes: list[Callable[[Camera], object]] = [case_pages, all_forms, after_issue, window]
    for scale in asked.scale or [1.0, 1.5]:
        with tempfile.TemporaryDirectory() as place:
            store = Path(place) / "store"
            if asked.store:
                shutil.copytree(asked.store, store)
            else:
                Opening(main.build(), str(store)).make_demonstration()
            camera = Camera(store, asked.folder, scale, asked.only, asked.size)
            before_sign_in(camera, Path(place))
            drafting(camera, registration(camera))
            for scene in scenes:
                scene(camera)
            camera.place.leave()
            if camera.place.shell is not None:
                camera.place.shell.close()
    return 0


if __name__ == "__main__":
    sys.exit(main_(sys.argv[1:]))
