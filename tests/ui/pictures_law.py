"""Writes pictures of the judge's tools and the pages of administration on the real window: ``python -m tests.ui.pictures_law FOLDER``.

The screen stays 1366×768 while the type grows, as on an office PC whose display is set to 150 % or 200 %.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import main
from execdesk.opening import Opening
from tests.law.calculator_samples import TYPED
from tests.ui.pictures import Camera
from ui.case.compare import CompareDialog
from ui.case.draftpage import DraftPage
from ui.team.dialogs import ActDialog

SCREEN = (1366, 768)


def open_tool(camera: Camera, title: str) -> Any:
    """A line of the menu 工具; its page."""
    tool = next(one for one in camera.place.tabs.tools(None) if one is not None and one.title == title)
    camera.place.shell.open_tool(tool)
    camera.rest()
    return camera.place.shell.stack.page


def calculators(camera: Camera) -> None:
    """Every calculator empty of what the case does not know, and filled."""
    camera.sit("judge-1")
    camera.cases.table.select(camera.cases.table.model.key(camera.cases.table.model.row(0)))
    camera.rest()
    page = open_tool(camera, "计算")
    for name, samples in TYPED.items():
        page.list.choose(name)
        camera.take(f"calc-{name}-0-case")
        page.panel.form.restore(samples[-1])
        page.panel.calculate()
        camera.take(f"calc-{name}-1-filled")
        if page.columns.shown != ("计算", "填写", "计算单"):
            page.columns.bring("计算单")
            camera.take(f"calc-{name}-2-sheet")
    page.list.choose("control_end")
    page.panel.form.restore({"kind": "bank_deposit", "start": "2018-01-02", "months": "36"})
    page.panel.calculate()
    camera.take("calc-refused")
    page.list.choose("interest")
    page.panel.print.click()
    camera.take("calc-print", camera.place.shell.findChildren(type(camera.app.activeModalWidget()))[-1] if camera.app.activeModalWidget() else None)
    if (dialog := camera.app.activeModalWidget()) is not None:
        dialog.close()


def clause(camera: Camera, name: str) -> None:
    """F1 where the keyboard is."""
    camera.place.shell.ask_clause()
    camera.rest()
    from ui.lawview import ClauseDialog

    found = camera.place.shell.findChildren(ClauseDialog)
    if found:
        camera.take(name, found[-1])
        found[-1].close()
        camera.rest()


def law(camera: Camera) -> None:
    """法规参数: figures, a clause, a correction from the form to its approval."""
    camera.sit("judge-1")
    page = open_tool(camera, "法规参数")
    camera.take("law")
    page.search.setText("冻结")
    camera.rest()
    page.table.filter("冻结")
    camera.take("law-found")
    page.columns.bring("依据与沿革")
    camera.take("law-detail")
    clause(camera, "law-clause")
    key = "control.term.bank_deposit"
    page.correct(page.book.history(key)[-1])
    camera.take("law-correct", page.dialog)
    page.dialog.close()
    camera.place.desk.do("law.propose", key=key, value="6", valid_from=camera.place.desk.day, source="某文件第三条", reason="数值有误")
    camera.sit("director")
    page = open_tool(camera, "法规参数")
    page.show_corrections()
    camera.take("law-corrections")
    camera.place.desk.do("law.approve", correction=camera.place.desk.reads.law_desk().corrections[0].id)
    page = open_tool(camera, "法规参数")
    page.scopes.choose("corrected")
    camera.take("law-corrected")
    page = open_tool(camera, "计算")
    page.list.choose("control_end")
    page.panel.form.restore({"kind": "bank_deposit", "start": camera.place.desk.day.isoformat(), "months": ""})
    page.panel.calculate()
    camera.take("calc-corrected")


def administration(camera: Camera) -> None:
    """Every section and every dialog, of the administrator and of who countersigns."""
    for account in ("admin", "president"):
        camera.sit(account)
        page = open_tool(camera, "人员和授权")
        for key in ("people", "posts", "letters", "certificates"):
            page.list.choose(key)
            page.table.select(page.sections[key].rows[-1].id)
            camera.take(f"admin-{account}-{key}")
            _dialogs(camera, page, account, key)
    for account, name in (("admin", "采用文书"), ("director", "采用文书"), ("admin", "诊断"), ("director", "诊断")):
        camera.sit(account)
        page = open_tool(camera, name)
        camera.take(f"{'adoption' if name == '采用文书' else 'diagnostics'}-{account}")
        if name == "诊断":
            page.start_check()
            camera.take(f"diagnostics-{account}-checked")


def _dialogs(camera: Camera, page: Any, account: str, key: str) -> None:
    section = page.sections[key]
    steps = [(step, None) for step in section.begin] + [(step, row) for row in section.rows for step in row.steps]
    seen = set()
    for step, chosen in steps:
        if step.action in seen or not page.desk.reads.form(step.action, given=dict(step.values)).fields:
            continue
        seen.add(step.action)
        page.do(step, chosen)
        camera.take(f"admin-{account}-{step.action.replace('.', '-')}", page.dialog)
        page.dialog.close()
        camera.rest()


def texts(camera: Camera) -> None:
    """A text of the court's own: written, wrong, released, before 局长, compared."""
    kind = "notice_execution"

    def opened(account: str) -> Any:
        camera.sit(account)
        open_tool(camera, "采用文书").text_asked.emit(kind)
        camera.rest()
        return camera.place.shell.stack.page

    page = opened("admin")
    camera.take("texts-open")
    words = page.editor.toPlainText()
    page.editor.setPlainText(words.replace("{", "{没有", 1))
    page.look()
    camera.take("texts-wrong")
    page.editor.setPlainText(words.replace("特此通知。", "特此通知，望遵照执行。") + "\n【增】本通知书自送达之日起生效，不履行的，依法强制执行。")
    page.form.restore({"source": "执行局2018年第1次会议纪要", "reason": "写清生效的时间"})
    page.look()
    camera.take("texts-written")
    page.go_on()
    camera.rest()
    page = opened("judge-1")
    camera.take("texts-release")
    page.go_on()
    camera.rest()
    camera.sit("director")
    camera.place.shell.choose_tab(2)
    camera.rest()
    tab = camera.place.tabs.approvals
    tab._choose(f"consent:{tab.inbox.consents[0].key}")
    camera.take("texts-inbox")
    page = open_tool(camera, "采用文书")
    page.table.select(kind)
    camera.take("texts-adopt")
    page.approve.click()
    page = opened("admin")
    page.step(1)
    camera.take("texts-versions")


def phrases(camera: Camera) -> None:
    """A draft with the store of phrases, what the last of its kind bears, and its versions beside each other."""
    camera.sit("judge-1")
    desk, case = camera.place.desk, camera.cases.table.model.row(0).number
    words = "贵司在履行生效法律文书方面内部管理不到位"
    rows = []
    for inputs in ({"problem": words, "reply_within": "三十日"}, {"problem": f"{words}，应予改正"}):
        row = desk.do("document.propose", case=case, type="letter_judicial_advice", matter="judicial_advice", addressee="海南某某建设工程有限公司").ids("Document")[0]
        desk.do("document.fill", document=row, inputs=inputs)
        rows.append(row)
    for text in (words, "建议在收到本建议后书面反馈整改情况", "经查，被执行人名下无其他可供执行的财产"):
        desk.do("phrase.keep", words=text, slot="problem" if text == words else "")
    page = DraftPage(camera.place.link, camera.place.tabs.notices, rows[1])
    camera.place.tabs.open_page(page)
    camera.take("phrases-draft")
    page.open_phrases()
    camera.take("phrases-shelf", page.phrases)
    page.phrases.close()
    page.compare()
    camera.take("phrases-compare", page.findChildren(CompareDialog)[0] if page.findChildren(CompareDialog) else camera.app.activeModalWidget())


def clearing(camera: Camera) -> None:
    """The form after a restore."""
    link = camera.place.link
    dialog = ActDialog(link.desk, link.jobs, "store.clear_restored", parent=camera.place.shell, clause="screen:clearing")
    dialog.open()
    camera.take("clearing", dialog)
    dialog.close()


def before(camera: Camera, folder: Path) -> None:
    """Sign-in, a refused password, the first run, the lock, a new password."""
    camera.take("sign-in")
    camera.place.gate.ask("judge-1", "falsch")
    camera.take("sign-in-refused")
    from ui.gate import Gate
    from ui.settings import Settings

    gate = Gate(Opening(camera.services, str(folder / "nothing-here")), camera.place.jobs, Settings())
    gate.resize(*SCREEN)
    gate.show()
    camera.take("first-run", gate)
    gate.close()


def lock(camera: Camera, _folder: Path) -> None:
    """The lock, and the new password."""
    camera.sit("judge-1")
    camera.place.shell.lock()
    camera.take("locked")
    camera.place.shell.unlock()
    camera.place.shell.password_asked.emit()
    camera.take("password")


class FixedCamera(Camera):
    """A camera whose window keeps the size of the screen."""

    def sit(self, account: str) -> None:
        super().sit(account)
        self.place.shell.resize(*SCREEN)
        self.rest()


def main_(arguments: list[str]) -> int:
    """Write the pictures asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--scene", action="append")
    parser.add_argument("--scale", type=float, action="append")
    asked = parser.parse_args(arguments)
    asked.folder.mkdir(parents=True, exist_ok=True)
    scenes: dict[str, Callable[[Camera], object]] = {"calculators": calculators, "law": law, "administration": administration, "texts": texts, "phrases": phrases, "clearing": clearing}
    for scale in asked.scale or [1.0, 1.5, 2.0]:
        with tempfile.TemporaryDirectory() as place:
            store = Path(place) / "store"
            if asked.store:
                shutil.copytree(asked.store, store)
            else:
                Opening(main.build(), str(store)).make_demonstration()
            camera = FixedCamera(store, asked.folder, scale, asked.only)
            if not asked.scene or "before" in asked.scene:
                before(camera, Path(place))
                lock(camera, Path(place))
            elif "clearing" in asked.scene:
                camera.sit("director")
            for name, scene in scenes.items():
                if not asked.scene or name in asked.scene:
                    scene(camera)
            camera.place.leave()
            if camera.place.shell is not None:
                camera.place.shell.close()
    return 0


if __name__ == "__main__":
    sys.exit(main_(sys.argv[1:]))
