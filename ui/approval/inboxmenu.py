"""The menu of the inbox: of one entry what the buttons beside it do, of several what may lawfully be done with them in one go."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from execdesk.reads.approvals import PaperRow
from execdesk.reads.states import DocumentState
from ui.approval.inboxlist import InboxList
from ui.approval.requestcard import RequestCard

MAIN = "（Ctrl+Enter）"


class InboxMenu(QObject):
    """Opens on the right button and the menu key. ``seal`` seals several papers; ``walk`` takes entries one after the other, since each
    request is decided and signed by itself."""

    def __init__(self, view: InboxList, card: RequestCard, seal: Callable[[Sequence[PaperRow]], object], walk: Callable[[Sequence[str]], object]) -> None:
        super().__init__(view)
        self._view, self._card, self._seal, self.walk = view, card, seal, walk
        self._at: QPoint | None = None
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._asked)

    def _asked(self, at: QPoint) -> None:
        self._at = self._view.viewport().mapToGlobal(at)
        if len(self._view.chosen_keys) > 1:
            self._offer_several(self._view.chosen_keys)
        else:
            self.shown()

    def shown(self) -> None:
        """The card shows an entry: if its menu is asked for, it opens now."""
        if self._at is None or self._card.key != self._view.current_key or not self._card.buttons:
            return
        menu = self._menu()
        for button in self._card.buttons.values():
            main = button.property("kind") == "primary" and button.isEnabled()
            self._add(menu, button.text() + (MAIN if main else ""), button.click).setEnabled(button.isEnabled())
        self._open(menu)

    def _offer_several(self, keys: Sequence[str]) -> None:
        menu = self._menu()
        papers = [self._view.of.papers[key.partition(":")[2]] for key in keys if key.startswith("paper:")]
        sealed = [paper for paper in papers if paper.mine and paper.state == DocumentState.TO_SEAL]
        if len(sealed) == len(keys):
            self._add(menu, f"加盖院印，选中的 {len(sealed):,} 份", lambda: self._seal(sealed))
        self._add(menu, f"逐件办理选中的 {len(keys):,} 件", lambda: self.walk(keys))
        self._open(menu)

    def _menu(self) -> QMenu:
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _add(self, menu: QMenu, words: str, run: Callable[[], object]) -> QAction:
        item = QAction(words, menu)
        item.triggered.connect(lambda _on=False: run())
        menu.addAction(item)
        return item

    def _open(self, menu: QMenu) -> None:
        assert self._at is not None
        at, self._at = self._at, None
        menu.popup(at)
