"""No store yet: what a person can do first."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.bars import TITLE
from ui.theme import px
from ui.widgets import Button, Card, column, label, line, row, secondary, wrapped


class FirstRunPage(QWidget):
    """No store yet: make a new one, restore a backup, or join with a package. ``chosen("new" | "restore" | "join")``."""

    chosen = Signal(str)

    CHOICES = (
        ("new", "新建库…", "本部第一次使用", "建立本院根证书、恢复码和第一批人员，约十分钟，须院长和系统管理员在场。"),
        ("restore", "从备份恢复…", "换了电脑或原库损坏", "选一份备份；恢复后先收回另一边的数据、核对纸面最后文号，才能再签发。"),
        ("join", "加入已有的库…", "黄流人民法庭第一次使用", "用本部做好的加入包建立这一边的库。"),
    )

    def __init__(self, folder: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.buttons: dict[str, Button] = {}
        card = Card(gap=0, margins=(0, 4, 0, 4))
        card.setFixedWidth(px(560))
        for number, (name, deed, title, words) in enumerate(self.CHOICES):
            button = Button(deed, "primary" if number == 0 else "", act=partial(self.chosen.emit, name))
            button.setFixedWidth(px(140))
            self.buttons[name] = button
            text = wrapped(words, "secondary")
            if number:
                card.box.addWidget(line("hairline"))
            part = row(column(label(title, "strong"), text, gap=3), button, gap=16, margins=(20, 12, 20, 12))
            part.setStretch(0, 1)
            card.box.addLayout(part)
        heads = (label(TITLE, "main", "navy"), secondary("这台电脑上还没有库。"))
        foot = secondary(f"数据文件夹：{folder}" if folder else "")
        self.setLayout(row(None, column(None, *heads, 8, card, 4, foot, None, None, gap=6), None))
