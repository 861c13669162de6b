"""The window as a whole: theme and fault reports, sign-in, one shell a person, lock, change of person, quitting."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from PySide6.QtCore import QLibraryInfo, QObject, QSize, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication, QWidget

from execdesk import __version__
from execdesk.desk import AppServices, CheckStep, Desk
from execdesk.opening import Opening, change_password, move_day
from execdesk.reads.standing import PersonShown, StoreFacts
from ui.backups import DailyBackup
from ui.bars import PersonInBar as PersonInBar
from ui.bars import StoreShown
from ui.errors import FaultDialog, Faults
from ui.gate import COURT, SETTINGS_FILE, SHORT, Gate, answer, is_odd_day
from ui.jobs import Jobs
from ui.link import Link
from ui.lock import NewPasswordCard
from ui.notices import Notices
from ui.pages import Page
from ui.settings import Settings
from ui.shell import LOCK_AFTER_MINUTES, Shell
from ui.tabs import Tabs
from ui.team.dialogs import ActDialog
from ui.theme import Theme
from ui.tokencard import TokenCard
from ui.widgets import column, holder, row, scrolled

FIRST_SIZE = QSize(1366, 768)
FRAME = QSize(16, 48)  # what a system puts around a window: edges and the bar with its title
CHECK_PAUSE = 1_000  # milliseconds between two steps of the weekly check
CHECK_QUIET = 2.0  # seconds in which nobody asked for anything before a step: while a person scrolls or types, it rests
FAULTS_FOLDER = "faults"


PIN = "电子钥匙的PIN码"


class Workplace(QObject):
    """Everything from the password to the last window closed. ``gate`` and ``shell`` are the windows there are."""

    def __init__(self, opening: Opening, settings: Settings, faults: Faults | None = None, wish: str = "") -> None:
        super().__init__()
        self.opening, self.settings, self.faults = opening, settings, faults
        self.jobs = Jobs()
        self.desk: Desk | None = None
        self.gate: Gate | None = None
        self.shell: Shell | None = None
        self.tabs: Tabs | None = None
        self.link: Link | None = None
        self._wish, self._odd_day = wish, False
        self.daily = DailyBackup(self.jobs, self)
        self.daily.made.connect(self._backed_up_by_itself)
        self._checking = QTimer(self)
        self._checking.setInterval(CHECK_PAUSE)
        self._checking.timeout.connect(self._check_on)
        if faults is not None:
            faults.happened.connect(self._fault)

    def start(self) -> None:
        """Show the first window."""
        self._show_gate()
        if self.faults is not None and self.faults.last_time:
            FaultDialog(self.faults.last_time, self.gate, last_time=True).open()

    def _show_gate(self) -> None:
        gate = Gate(self.opening, self.jobs, self.settings, self.desk, self._wish)
        gate.opened.connect(self._opened)
        gate.taken.connect(self._sit_down)
        take_place(gate, self.shell)
        self.gate = gate
        gate.show()

    def _opened(self, desk: Desk) -> None:
        self.desk = desk
        self._sit_down()

    def _sit_down(self) -> None:
        """Read who sits here, then show the window for him."""
        assert self.desk is not None
        desk = self.desk
        self.jobs.read(self, lambda: (desk.reads.person(), desk.reads.store_facts()), done=self._show_shell)

    def _show_shell(self, found: tuple[PersonShown, StoreFacts]) -> None:
        person, facts = found
        old = self.shell
        assert self.desk is not None
        if self.tabs is not None:
            self.tabs.leave()
        link = self.link = Link(self.desk, self.jobs, self)
        link.backed_up.connect(self._backed_up)
        notices = Notices()
        self.tabs = Tabs(link, notices, self.settings.of(person.id), person)
        shell = Shell(
            jobs=self.jobs, settings=self.settings, pages=self.tabs.pages, tools=self.tabs.tools(self.day_moved if facts.demo_day else None),
            search=self.tabs.search, lock_after=int(self.settings.get("lock.minutes", LOCK_AFTER_MINUTES)), notices=notices,
        )
        self.tabs.join(shell)
        shell.show_person(person.account, PersonInBar(person.name, " · ".join(part for part in (person.group_name, person.posts) if part)))
        shell.show_court(facts.court_short)
        shell.show_store(_store_shown(facts))
        self._remember_store(facts)
        self.daily.attend(shell, self.desk)
        shell.locked.connect(self._lock)
        shell.unlock_asked.connect(self._unlock)
        shell.sign_out_asked.connect(self.change_person)
        shell.password_asked.connect(self._ask_password)
        for warning in self._warnings():
            notices.info(warning, soon=True)
        if old is not None or self.settings.bytes("shell.geometry").isEmpty():
            take_place(shell, old or self.gate)
        shell.setMinimumSize(shell.minimumSize().boundedTo(shell.screen().availableSize() - FRAME))  # a screen enlarged to 150 % has less room
        self.shell = shell
        shell.show()
        shell.idle.start()
        self._close_old(old)
        self._checking.start()

    def _backed_up_by_itself(self) -> None:
        if self.link is not None:
            self.link.backed_up.emit()

    def _backed_up(self) -> None:
        if self.desk is not None and self.shell is not None:
            self.jobs.read(self.shell, self.desk.reads.store_facts, done=self._tell_store)

    def _tell_store(self, facts: StoreFacts) -> None:
        if self.shell is not None:
            self.shell.show_store(_store_shown(facts))
        self._remember_store(facts)
        if self.gate is not None:
            self.gate.tell_backup()

    def _remember_store(self, facts: StoreFacts) -> None:
        """For the sign-in page, which comes before anything can be read."""
        self.settings.put(COURT, facts.court)
        self.settings.put(SHORT, facts.court_short)
        self.settings.put("backup.at", facts.backed_up)
        self.settings.save()

    def _close_old(self, old: Shell | None) -> None:
        if old is not None:
            old.idle.stop()
            old.hide()
            old.deleteLater()
        if self.gate is not None:
            self.gate.hide()
            self.gate.deleteLater()
            self.gate = None

    def _warnings(self) -> list[str]:
        assert self.desk is not None
        signed_in = self.desk.signed_in
        found = list(self.desk.notices)
        if signed_in.earlier_failures:
            found.append(f"上次登录以来，有 {signed_in.earlier_failures} 次密码错误。若不是您本人，请告知系统管理员。")
        return found

    # the weekly check, in steps between other work
    def _check_on(self) -> None:
        if self.desk is None or self.jobs.quiet < CHECK_QUIET or self.shell is None or self.shell.is_locked:
            return
        self._checking.stop()
        self.jobs.read(self, self.desk.check_look, done=self._check_looked)

    def _check_looked(self, step: CheckStep | None) -> None:
        """What a step found waits for its turn with what people write; the looking itself is in nobody's way."""
        desk = self.desk
        if step is not None and desk is not None:
            self.jobs.run(self, lambda: desk.check_note(step), done=self._checked, aside=True)

    def _checked(self, more: bool) -> None:
        if more:
            self._checking.start()

    # lock and change of person
    def _lock(self) -> None:
        assert self.desk is not None and self.tabs is not None
        self.tabs.keep_drafts()
        self.jobs.run(self, self.desk.lock)
        self.daily.at_lock()
        shell, account = self.shell, self.shell.account if self.shell else ""
        if shell is not None:
            self.jobs.read(shell, lambda: self.opening.keys_for(account), done=lambda found: shell.cover.card.password.call(PIN if found.in_use else "密码"))

    def _unlock(self, name: str, password: str) -> None:
        desk, shell, confirm = self.desk, self.shell, self._odd_day
        assert desk is not None and shell is not None

        def failed(error: BaseException) -> None:
            self._odd_day = self._odd_day or is_odd_day(error)  # unlocking once more says that the day is right
            answer(shell.cover.card, error)

        self.jobs.run(shell, lambda: desk.change_person(name, password, confirm_day=confirm), done=lambda _none: shell.unlock(), failed=failed)

    def change_person(self) -> None:
        """Another person takes the desk; what this one has half filled is kept for him."""
        assert self.desk is not None and self.shell is not None and self.tabs is not None
        self.tabs.keep_drafts()
        self.tabs.leave()
        self.jobs.run(self, self.desk.lock)
        self.daily.at_lock()
        self.shell.idle.stop()
        self._show_gate()
        self.shell.hide()

    # password and day
    def _ask_password(self) -> None:
        assert self.shell is not None
        card = NewPasswordCard()
        page = Page("改密码")
        card.setProperty("clause", "screen:password")
        keys = TokenCard()
        page.setLayout(column(scrolled(holder(column(row(None, card, None), row(None, keys, None), None, gap=12, margins=(12, 24, 12, 12)))), gap=0))
        card.asked.connect(lambda old, new: self._change_password(page, card, old, new))
        keys.asked.connect(lambda: self._take_up_key(page))
        account = self.shell.account
        self.jobs.read(page, lambda: self.opening.keys_for(account), done=lambda found: keys.show_keys(found, card.old))
        self.shell.open_page(page)
        card.old.setFocus()

    def _take_up_key(self, page: Page) -> None:
        desk, shell = self.desk, self.shell
        assert desk is not None and shell is not None

        def done(_changes: object) -> None:
            page.go_back.emit()
            shell.notices.done(self.dialog.shown.done)

        self.dialog = ActDialog(desk, self.jobs, "person.token", done=done, parent=shell)
        self.dialog.open()

    def _change_password(self, page: Page, card: NewPasswordCard, old: str, new: str) -> None:
        desk, shell = self.desk, self.shell
        assert desk is not None and shell is not None

        def done(_none: object) -> None:
            page.go_back.emit()
            shell.notices.done("密码已改，下次登录用新密码。")

        self.jobs.run(page, lambda: change_password(desk, old, new), done=done, failed=lambda error: card.say(getattr(error, "text", str(error))))

    def day_moved(self, day: date, done: Callable[[], object]) -> None:
        desk, shell = self.desk, self.shell
        assert desk is not None and shell is not None

        def moved(_none: object) -> None:
            shell.show_store(_store_shown(StoreFacts(shell._store.site, day, shell._store.ages, shell._store.fault, self.settings.get("backup.at", ""))))
            if self.link is not None:
                self.link.look_at_day()
            done()

        self.jobs.run(shell, lambda: move_day(desk, day), done=moved)

    # faults and the end
    def _fault(self, report: str) -> None:
        window = self.shell or self.gate
        if isinstance(window, Shell):
            window.show_fault(report)
        elif window is not None:
            FaultDialog(report, window).open()

    def leave(self) -> bool:
        """Keep what is half filled, finish writing, close the store; whether all work ended, as :meth:`Jobs.close` says."""
        self._checking.stop()
        self.daily.cancel()
        if self.tabs is not None:
            self.tabs.keep_drafts()
            self.tabs.leave()
        if self.desk is not None:
            self.jobs.run(self, self.desk.close)
        ended = self.jobs.close()
        if self.desk is not None:
            self.desk.close()
        return ended


def _store_shown(facts: StoreFacts) -> StoreShown:
    return StoreShown(facts.site, facts.ages, LOCK_AFTER_MINUTES, facts.demo_day, facts.fault)


def take_place(window: QWidget, like: QWidget | None) -> None:
    """Lie where another window of ours lies; the first takes 1366×768, or the whole of a screen that has no more room."""
    if like is None:
        window.resize(FIRST_SIZE)
        room = window.screen().availableSize()
        pretended = QApplication.platformName() == "offscreen"  # a screen without edges
        whole = not pretended and (room.width() <= FIRST_SIZE.width() or room.height() <= FIRST_SIZE.height())
    else:
        window.resize(like.size())
        window.move(like.pos())
        whole = like.isMaximized()
    if whole:
        window.setWindowState(Qt.WindowState.WindowMaximized)


class _LeftOut(QTranslator):
    WORDS: ClassVar[dict[str, str]] = {"&Look in:": "查找范围(&I)：", "Files of &type:": "文件类型(&T)："}

    def isEmpty(self) -> bool:  # noqa: N802
        return False

    def translate(self, _context: str, source: str, _aside: str | None = None, _number: int = -1) -> str:
        return self.WORDS.get(source, "")


def speak_chinese(app: QApplication) -> None:
    """Qt's own words (the menu of a text field, a file dialog without a desktop) in Chinese; asked last is what its own file leaves out."""
    app.installTranslator(_LeftOut(app))
    words = QTranslator(app)
    if words.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(words)


def make_application(services: AppServices, settings: Settings) -> QApplication:
    """The Qt application in the shipped look, at the size the person chose."""
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("execdesk")
    scale = settings.get("scale", 1.0)
    speak_chinese(app)
    Theme(services.resources, float(scale)).install(app)
    return app


def run_window(build: Callable[[], Any], args: argparse.Namespace) -> int:
    """Open the window on the data folder told; its exit code."""
    services: AppServices = build()
    opening = Opening(services, args.data, getattr(args, "today", None))
    settings = Settings(opening.folder / SETTINGS_FILE if opening.exists else None)
    app = make_application(services, settings)
    faults = Faults(opening.folder / FAULTS_FOLDER, __version__) if opening.exists else None
    if faults is not None:
        faults.install()
    place = Workplace(opening, settings, faults, getattr(args, "user", None) or "")
    QTimer.singleShot(0, place, place.start)
    code = app.exec()
    ended = place.leave()
    if faults is not None:
        faults.leave()
    if not ended:  # a place that answers no more holds a thread for good, and the end of the process would wait for it
        os._exit(code)
    return code


__all__ = ["Workplace", "make_application", "run_window"]
