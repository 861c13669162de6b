"""Below the form for a new password: the electronic keys that are plugged in, and the way to sign in with one."""

from __future__ import annotations

from PySide6.QtCore import Signal

from execdesk.opening import KeysHere
from ui.signin import PasswordField
from ui.theme import px
from ui.widgets import Button, Card, label, row, wrapped

NONE = "有电子钥匙的，插好以后重新打开本页，可以换用钥匙的PIN码登录。"
IN_USE = "您现在用电子钥匙登录：改回密码的，上面「现在的PIN码」填它的PIN码。"


class TokenCard(Card):
    """Which keys are here; ``asked`` to take one up. Hidden where this PC has no driver for such keys."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__(gap=10, margins=(24, 20, 24, 20))
        self.setFixedWidth(px(380))
        self.about = wrapped(NONE, "secondary")
        self.go = Button("换用电子钥匙…", act=self.asked.emit)
        for part in (label("电子钥匙", "page-title"), self.about):
            self.box.addWidget(part)
        self.box.addLayout(row(self.go, None))
        self.go.hide()
        self.hide()

    def show_keys(self, found: KeysHere, password: PasswordField) -> None:
        """Say what is plugged in; ``password`` is the field above, which takes the PIN of one in use."""
        plugged = "、".join(words for _serial, words in found.plugged)
        self.about.setText("".join([IN_USE if found.in_use else "", f"已插好：{plugged}。" if plugged else NONE]))
        self.go.setVisible(bool(plugged))
        if found.in_use:
            password.call("现在的PIN码")
        self.setVisible(found.able)
