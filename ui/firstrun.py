"""No store yet: what a person can do first."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.bars import TITLE
from ui.dialogs import Dialog
from ui.theme import px
from ui.widgets import Button, Card, column, holder, label, line, row, scrolled, secondary, wrapped


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
        for number, (name, does, title, words) in enumerate(self.CHOICES):
            button = Button(does, "primary" if number == 0 else "", act=partial(self.chosen.emit, name))
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
        body = row(None, column(None, *heads, 8, card, 4, foot, None, None, gap=6), None)
        self.setLayout(column(scrolled(holder(body, "page")), gap=0))


class SetUpDialog(Dialog):
    """How a real store is made: who must be there, the command to copy, what happens then."""

    def __init__(self, command: str, parent: QWidget | None = None) -> None:
        super().__init__("怎样建正式库", parent)
        steps = (
            "一、院长、系统管理员到场；备好一个只放根证书的 U 盘和一个放恢复码的信封。",
            "二、系统管理员在本机的命令行运行下面的命令，「U盘上的文件」换成实际的路径。",
            "三、按提示当面输入：院长输入根证书的口令，院长和系统管理员各自输入自己的登录密码；约十分钟。",
            "四、把显示的恢复码封入信封、U 盘交院长保管，重新打开本窗口登录。",
        )
        self.command = QLineEdit(command)  # to copy
        self.command.setReadOnly(True)
        self.command.setCursorPosition(0)
        self.command.setAccessibleName("设立命令")
        self.copy = Button("复制命令", "primary", icon="copy", act=lambda: QGuiApplication.clipboard().setText(command))
        words = column(*map(wrapped, steps[:2]), self.command, *map(wrapped, steps[2:]), None, gap=10, margins=(0, 0, 10, 0))
        card = Card(label("怎样建正式库", "page-title"), scrolled(holder(words)), row(self.copy, None, Button("关闭", act=self.close), gap=8), gap=10, margins=(18, 14, 18, 14))
        card.box.setStretch(1, 1)
        self.setLayout(column(card, margins=(10, 10, 10, 10)))
        self.fit(560, 370)
