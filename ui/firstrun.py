"""No store yet: what a person can do first."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.bars import WORKBENCH
from ui.theme import px
from ui.widgets import Button, Card, column, holder, label, line, row, scrolled, secondary, wrapped


class FirstRunPage(QWidget):
    """No store yet: look at a demonstration, found the court, or restore a backup. ``chosen("demo" | "found" | "restore")``; ``begun``
    where a founding was begun here and left."""

    chosen = Signal(str)

    CHOICES = (
        ("demo", "看示范", "先试用", "虚构的人员和样例台账，密码都是 demo；可随时删去，与正式库互不相干。"),
        ("found", "建立本院…", "本部第一次使用", "院长、局长、系统管理员在场，备好一个 U 盘和一个信封；约十分钟，随时可以存着再办。"),
        ("restore", "恢复备份…", "换了电脑或原库损坏", "选一份备份；恢复后先收回另一边的数据、核对纸面最后文号，才能再签发。"),
    )

    def __init__(self, folder: str = "", begun: bool = False) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.buttons: dict[str, Button] = {}
        card = Card(gap=0, margins=(0, 4, 0, 4))
        card.setFixedWidth(px(560))
        for number, (name, does, title, words) in enumerate(self.CHOICES):
            if begun and name == "found":
                does, words = "接着建立本院…", "上次填的都在这台电脑的数据文件夹里，密码除外。"
            button = Button(does, "primary" if name == ("found" if begun else "demo") else "", act=partial(self.chosen.emit, name))
            button.setFixedWidth(px(140))
            self.buttons[name] = button
            text = wrapped(words, "secondary")
            if number:
                card.box.addWidget(line("hairline"))
            part = row(column(label(title, "strong"), text, gap=3), button, gap=16, margins=(20, 12, 20, 12))
            part.setStretch(0, 1)
            card.box.addLayout(part)
        heads = (label(WORKBENCH, "main", "navy"), secondary("这台电脑上还没有库。"))
        foot = secondary(f"数据文件夹：{folder}" if folder else "")
        body = row(None, column(None, *heads, 8, card, 4, foot, None, None, gap=6), None)
        self.setLayout(column(scrolled(holder(body, "page")), gap=0))
