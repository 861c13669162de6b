"""Before the desk: the first-run page where no store lies, else the sign-in page, in one window."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from execdesk.desk import Desk
from execdesk.law.refusal import Refusal
from execdesk.opening import Opening
from ui.bars import title_of
from ui.firstrun import FirstRunPage
from ui.founding.page import FoundingPage
from ui.jobs import Jobs, Watch
from ui.notices import Notices, ProgressStrip, Shelf
from ui.settings import Settings
from ui.signin import Account, PasswordCard, SignInPage
from ui.widgets import Button, column, holder, row

SETTINGS_FILE = "window.json"
COURT, SHORT = "court", "court.short"  # what a window remembers of the court, whose store tells it only after sign-in
LOOK_AGAIN = 2000  # ms between two looks whether an electronic key is plugged in


def seconds_in(refusal: Refusal) -> int:
    """The seconds a refused sign-in has to wait, as its sentence says."""
    found = re.search(r"(\d+) 秒", refusal.text)
    return int(found[1]) if found else 0


def is_odd_day(error: BaseException) -> bool:
    """Whether the store asks the person if today is today: it lay idle long, or the clock is wrong."""
    return isinstance(error, Refusal) and error.code == "store.clock"


def answer(card: PasswordCard, error: BaseException) -> None:
    """Show a refused password on its card; any other error is ours."""
    if not isinstance(error, Refusal):
        card.reset()
        raise error
    card.refused(error, seconds_in(error))


def _restored(made: Any) -> str:
    """What the sign-in page says of a store that was just restored."""
    faulty = f"这份备份做的时候，留痕已有缺损，登录以后记为事件，请先查清：{made.found[0]}" if made.found else ""
    return f"已恢复，今后的留痕另起一代。登记纸上最后文号前不能签发文书。{faulty}"


class Gate(QStackedWidget):
    """The window before anyone is signed in. ``opened(Desk)``; with a desk given, ``taken(account)`` when another person takes it."""

    opened = Signal(object)
    taken = Signal()

    def __init__(self, opening: Opening, jobs: Jobs, settings: Settings, desk: Desk | None = None, wish: str = "") -> None:
        super().__init__()
        self.opening, self.jobs, self.settings, self.desk = opening, jobs, settings, desk
        self._wish, self._odd_day, self._note = wish, False, ""
        self.setWindowTitle(title_of(str(settings.get(SHORT, ""))))
        self.setProperty("kind", "page")
        self.notices: Notices
        self.progress: ProgressStrip
        self.page: SignInPage | None = None
        self.first: FirstRunPage | None = None
        self.founding: FoundingPage | None = None
        self.show_first() if not opening.exists else self.show_sign_in()

    def show_first(self) -> None:
        """Nothing lies in the folder yet."""
        self.first = FirstRunPage(str(self.opening.folder), self.opening.begun)
        self.first.chosen.connect(self.chosen)
        box = column(self._shelf(), self.first, gap=0)
        box.setStretch(1, 1)
        self._put(holder(box, "page"))

    def show_sign_in(self, note: str = "") -> None:
        """Somebody is to sign in."""
        opening = self.opening
        accounts = [Account(row.name, row.shown) for row in opening.accounts]
        last = self._wish or str(self.settings.get("signin.last", "")) if self.desk is None or accounts else ""  # another person takes the desk: his name is asked
        self._note = note
        court = str(self.settings.get(COURT, "")) or (opening.services.organisation.court.name if opening.demo else "")  # a demonstration is of the court it ships with
        self.page = SignInPage(accounts, court=court, last=last, note=self._told(), demo=opening.demo)
        self.page.asked.connect(self.ask)
        self._put(self.page)
        if opening.keys_for("").able:
            self._look_for_key(self.page)

    def _told(self) -> str:
        return "\n".join(filter(None, (self._note, self.opening.backup_told(self.settings.get("backup.at", "")))))

    def tell_backup(self) -> None:
        """A backup was made while somebody is to sign in."""
        if self.page is not None and self.page is self.currentWidget():
            self.page.show_note(self._told())

    def _look_for_key(self, page: SignInPage) -> None:
        """Look whether an electronic key is plugged in, and again after a while."""
        def found(plugged: bool) -> None:
            page.card.key_here(plugged)
            QTimer.singleShot(LOOK_AGAIN, page, lambda: self._look_for_key(page))

        self.jobs.read(page, self.opening.token_here, done=found)

    def _put(self, widget: QObject) -> None:
        while (old := self.currentWidget()) is not None:
            self.removeWidget(old)
            old.deleteLater()
        self.addWidget(widget)  # type: ignore[arg-type]
        self.setCurrentWidget(widget)  # type: ignore[arg-type]

    def ask(self, name: str, password: str) -> None:
        """Try a name and a password."""
        page, desk = self.page, self.desk
        assert page is not None
        confirm = self._odd_day
        if desk is not None:
            self.jobs.run(self, lambda: desk.change_person(name, password, confirm_day=confirm), done=lambda _none: self._taken(name), failed=self._refused)
        else:
            self.jobs.run(self, lambda: self.opening.open(name, password, confirm_day=confirm), done=lambda made: self._opened(name, made), failed=self._refused)

    def _refused(self, error: BaseException) -> None:
        assert self.page is not None
        self._odd_day = self._odd_day or is_odd_day(error)  # signing in once more says that the day is right
        answer(self.page.card, error)

    def _opened(self, name: str, desk: Desk) -> None:
        self._remember(name)
        self.opened.emit(desk)

    def _taken(self, name: str) -> None:
        self._remember(name)
        self.taken.emit()

    def _remember(self, name: str) -> None:
        self.settings.put("signin.last", name)
        self.settings.save()

    def chosen(self, choice: str) -> None:
        if choice == "demo":
            watch = Watch("正在建演示库，导入样例台账", can_cancel=False)
            self._close(True)
            court = self.opening.services.organisation.court
            self.jobs.run(self, self.opening.make_demonstration, done=lambda lines: self._set_up(court.name, court.short), failed=self._failed, watch=watch)
        elif choice == "restore":
            file, _ = QFileDialog.getOpenFileName(self, "选备份文件", str(Path.home()))
            if file:
                self._ask_backup(Path(file))
        else:
            self._found()

    def _found(self) -> None:
        """Go through the pages of a founding, or on with one that was left."""
        page = self.founding = FoundingPage(self.opening, self.jobs)
        page.left.connect(self.show_first)
        page.founded.connect(lambda made: self._set_up(page.plan.court["name"], page.plan.court["short"], f"本院已设立，可以登录的：{'、'.join(made.accounts)}。登录以后看「工具 → 本院第一天」。"))
        box = column(self._shelf(), page, gap=0)
        box.setStretch(1, 1)
        self._put(holder(box, "page"))

    def _set_up(self, court: str, short: str, note: str = "") -> None:
        """Somebody is to sign in to what was set up a moment ago; its court, where that is known before the store is opened."""
        self.settings.keep_in(self.opening.folder / SETTINGS_FILE)
        self.settings.put(COURT, court)
        self.settings.put(SHORT, short)
        self.settings.save()
        self.setWindowTitle(title_of(short))
        self.show_sign_in(note)

    def _shelf(self) -> Shelf:
        self.notices, self.progress = Notices(), ProgressStrip(self.jobs)
        return Shelf(self.progress, self.notices)

    def _ask_backup(self, file: Path) -> None:
        page = SignInPage([], note=f"恢复 {file.name}：请填写备份中的登录名和密码；用恢复信封的，登录名填 recovery。")
        page.asked.connect(lambda name, password: self._restore(page, file, name, password))
        self.page = page
        box = column(self._shelf(), page, row(None, Button("返回，另选一份", "link", act=self.show_first), None, margins=(0, 0, 0, 16)), gap=0)
        box.setStretch(1, 1)
        self._put(holder(box, "page"))

    def _restore(self, page: SignInPage, file: Path, name: str, password: str) -> None:
        watch = Watch("正在从备份恢复并核对", "没有写入任何文件", unit="块")
        self.jobs.run(
            self, lambda: self.opening.restore(file, name, password, lambda done, total: watch.tell(done, total)),
            done=lambda made: self._set_up("", "", _restored(made)),
            failed=lambda error: answer(page.card, error), watch=watch, stopped=lambda: page.card.refused(Refusal("已取消恢复，没有写入任何文件。", code="restore.cancelled")),
        )

    def _close(self, shut: bool) -> None:
        if self.first is not None:
            for button in self.first.buttons.values():
                button.setEnabled(not shut)

    def _failed(self, error: BaseException) -> None:
        self._close(False)
        self.notices.show_error(error)
