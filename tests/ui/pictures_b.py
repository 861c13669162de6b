"""Writes pictures of the approval and team tabs, administration and diagnostics: ``python -m tests.ui.pictures_b FOLDER``."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from execdesk.desk import Desk  # noqa: E402
from execdesk.law.refusal import WayOn  # noqa: E402
from tests.ui import office_store, sizes  # noqa: E402
from tests.ui.at_once import AtOnce  # noqa: E402
from tests.ui.gallery import RESOURCES, settle  # noqa: E402
from ui.adminpage import AdminPage  # noqa: E402
from ui.approvaltab import ApprovalTab  # noqa: E402
from ui.bars import PersonInBar, StoreShown  # noqa: E402
from ui.jobs import Jobs  # noqa: E402
from ui.pages import Page  # noqa: E402
from ui.settings import Settings  # noqa: E402
from ui.shell import Shell  # noqa: E402
from ui.teamtab import TeamTab  # noqa: E402
from ui.theme import Theme  # noqa: E402


class Stage:
    """A window on a copy of the store, with one person at it."""

    def __init__(self, made: office_store.Made, account: str) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.desk: Desk = office_store.at(Path(shutil.copytree(made.folder, self.folder / "data")), account)
        self.ids = made.ids
        self.jobs = Jobs()
        self.runner = AtOnce()

    def window(self, make: Callable[[Stage, Shell], Page], tab: int) -> Shell:
        """The shell with one real page."""
        shell: Shell
        pages = [Page("案件"), Page("团队"), Page("审批")]
        shell = Shell(jobs=self.jobs, settings=Settings(), pages=pages)
        me = self.desk.session.me
        shell.show_person(me.account, PersonInBar(me.name, ""))
        shell.show_store(StoreShown("本部", ("数据截至此刻",), 18, self.desk.day))
        shell.choose_tab(tab)
        page = make(self, shell)
        shell.open_page(page) if tab == 0 else shell.stacks[tab].put(page, None)
        page.entered()
        return shell

    def close(self) -> None:
        self.desk.close()
        self.jobs.close()
        shutil.rmtree(self.folder)


def approval(account: str, key: str = "") -> Callable[[Stage], QWidget]:
    """The approval tab of somebody with one request chosen."""

    def make(stage: Stage) -> QWidget:
        def page(stage: Stage, shell: Shell) -> Page:
            return ApprovalTab(stage.desk, stage.runner, shell.notices, shell.open_page)

        shell = stage.window(page, 2)
        tab = shell.stacks[2].page
        assert isinstance(tab, ApprovalTab)
        if key:
            shell.setProperty("after", lambda: tab.choose(stage.ids[key]))
        return shell

    return make


def approving(after: Callable[[ApprovalTab, Stage], object]) -> Callable[[Stage], QWidget]:
    """The approval tab with something done in it."""

    def make(stage: Stage) -> QWidget:
        shell = stage.window(lambda stage, shell: ApprovalTab(stage.desk, stage.runner, shell.notices, shell.open_page), 2)
        tab = shell.stacks[2].page
        assert isinstance(tab, ApprovalTab)
        shell.setProperty("after", lambda: after(tab, stage))
        return shell

    return make


def paper(tab: ApprovalTab, _stage: Stage) -> None:
    """The first paper that waits for the seal."""
    tab.list.choose(next(key for key in tab.list.keys if key.startswith("paper:")))


def letter(tab: ApprovalTab, stage: Stage) -> None:
    """The letter behind a refusal, as a dialog."""
    tab.choose(stage.ids["search"])
    tab.go_on(WayOn("看授权书", "delegation:乐法授〔2017〕1号"))
    tab.window().setProperty("picture", tab.dialog)


def clause(tab: ApprovalTab, stage: Stage) -> None:
    """The clause behind a refusal, as a dialog."""
    tab.choose(stage.ids["search"])
    tab.go_on(WayOn("看条文 F1", "clause:6.4"))
    tab.window().setProperty("picture", tab.dialog)


def panel(step: str) -> Callable[[ApprovalTab, Stage], None]:
    """Naming a panel, or its minutes."""

    def after(tab: ApprovalTab, stage: Stage) -> None:
        desk, auction = stage.desk, stage.ids["auction"]
        desk.change_person(stage.ids["judge"], "demo")
        desk.do("panel.ask", request=auction, reason="标的较大")
        desk.change_person("director", "demo")
        if step == "panel_conclude":
            first, *others = [row for row, _ in desk.reads.form("panel.designate", given={"request": auction}).fields[0].field.pairs[:3]]
            desk.do("panel.designate", request=auction, presiding=first, members=others)
            desk.change_person(stage.ids["judge"], "demo")
        tab.reload()
        tab.choose(auction)
        tab.card.buttons[step].click()
        tab.window().setProperty("picture", tab.dialog)

    return after


def tool(tab: int, make_page: Callable[[Stage, Shell], Page], after: Callable[[Page], object] = lambda page: None) -> Callable[[Stage], QWidget]:
    """A page in a tab, with something done to it before the picture."""

    def make(stage: Stage) -> QWidget:
        shell = stage.window(make_page, tab)
        page = shell.stacks[tab].page
        shell.setProperty("after", lambda: after(page))
        return shell

    return make


def team(stage: Stage, shell: Shell) -> Page:
    """The team tab."""
    return TeamTab(stage.desk, stage.runner, shell.notices, shell.open_page)


def other_day(page: Page) -> None:
    """A later day on which somebody is lent and a policeman is gone."""
    assert isinstance(page, TeamTab)
    found = page.desk.reads.team_day(page.day)
    coast = found.groups[0]
    lent = coast.teams[0].columns[3][0].id
    page.desk.do("team.part", team=coast.teams[0].id, person=lent, last_day=page.day, reason="派驻期满")
    page.step(1)


def team_dialog(step: str) -> Callable[[Page], object]:
    """A dialog of the team tab as the picture."""

    def after(page: Page) -> None:
        assert isinstance(page, TeamTab) and page.shown is not None
        page.act(step, page.shown.groups[0].teams[0] if step not in ("form",) else None) if step != "lists" else page.lists.click()
        page.window().setProperty("picture", page.dialog)

    return after


def admin(stage: Stage, shell: Shell) -> Page:
    """People and letters."""
    return AdminPage(stage.desk, stage.runner, shell.notices, shell.open_page)


def section(key: str, step: str = "") -> Callable[[Page], object]:
    """A section in front, or the dialog of one of its steps."""

    def after(page: Page) -> None:
        assert isinstance(page, AdminPage)
        page.list.choose(key)
        if step:
            page.buttons[step].click()
            page.window().setProperty("picture", page.dialog)

    return after


SCENES: dict[str, tuple[str, Callable[[Stage], QWidget]]] = {
    "approval_president": ("president", approval("president", "tnr")),
    "approval_judge_refused": ("judge-1", approval("judge-1", "detain")),
    "approval_judge_freeze": ("judge-1", approval("judge-1", "freeze")),
    "approval_vice_refused": ("vice", approval("vice", "search")),
    "approval_director_own": ("director", approval("director", "own_release")),
    "approval_seal": ("seal", approving(paper)),
    "approval_letter": ("vice", approving(letter)),
    "approval_clause": ("vice", approving(clause)),
    "approval_panel": ("director", approving(panel("panel_designate"))),
    "approval_minutes": ("director", approving(panel("panel_conclude"))),
    "team": ("director", tool(1, team)),
    "team_gap": ("director", tool(1, team, other_day)),
    "team_form": ("director", tool(1, team, team_dialog("form"))),
    "team_join": ("director", tool(1, team, team_dialog("join"))),
    "team_lists": ("director", tool(1, team, team_dialog("lists"))),
    "admin_people": ("admin", tool(0, admin, section("people"))),
    "admin_posts": ("president", tool(0, admin, section("posts"))),
    "admin_letters": ("president", tool(0, admin, section("letters"))),
    "admin_certificates": ("admin", tool(0, admin, section("certificates"))),
    "admin_new_post": ("admin", tool(0, admin, section("posts", "post.prepare"))),
    "admin_new_letter": ("admin", tool(0, admin, section("letters", "delegation.prepare"))),
    "admin_new_certificate": ("admin", tool(0, admin, section("certificates", "certificate.issue"))),
    "approval_empty": ("admin", approval("admin")),
}


def main(arguments: list[str]) -> int:
    """Write the pictures asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="")
    sizes.add(parser)
    asked = parser.parse_args(arguments)
    asked.folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        made = office_store.make(Path(folder) / "made")
        for scale in asked.scale or [1.0, 1.5]:
            Theme(RESOURCES, scale).install(app)
            for name, (account, make) in SCENES.items():
                if name.startswith(asked.only):
                    _take(app, made, name, account, make, asked.folder, scale, asked.size)
    return 0


def _take(app: QApplication, made: office_store.Made, name: str, account: str, make: Callable[[Stage], QWidget], folder: Path, scale: float, size: str) -> None:
    stage = Stage(made, account)
    widget = make(stage)
    if widget.property("own_size") is None:
        widget.resize(*sizes.size_at(scale, size))
    widget.show()
    settle(app)
    if (after := widget.property("after")) is not None:
        after()
        settle(app)
    shown = widget.property("picture") or widget
    shown.grab().save(str(folder / f"{name}{sizes.mark(scale, size)}.png"))
    widget.close()
    stage.close()
    widget.deleteLater()
    settle(app)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
