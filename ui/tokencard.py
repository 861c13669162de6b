"""The form to sign in with an electronic key from now on, below that for a new password."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from execdesk.opening import KeysHere
from ui.signin import PasswordField
from ui.theme import px
from ui.widgets import Button, Card, label, row, wrapped

NONE = "有电子钥匙的，插好以后重新打开本页，可以换用钥匙的PIN码登录。"
ABOUT = "换用以后，登录和两人在场的事都插好钥匙、输入PIN码，原来的密码不再有用。钥匙丢了或者锁了，按忘了密码办理。"
IN_USE = "您现在用电子钥匙登录：上面「现在的密码」填它的PIN码，改好即恢复用密码。"


class TokenCard(Card):
    """Which key, the present password, the PIN. ``asked(old, serial, pin)``; hidden where this PC has no driver for such keys."""

    asked = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__(gap=10, margins=(24, 20, 24, 20))
        self.setFixedWidth(px(380))
        self.about = wrapped(NONE, "secondary")
        self.keys = QComboBox()  # before anything is known of it; a key is no value of a form
        self.keys.setAccessibleName("电子钥匙")
        self.old, self.pin = PasswordField("现在的密码"), PasswordField("电子钥匙的PIN码（至少 6 位）")
        self.sentence = wrapped("", "secondary", "soon")
        self.go = Button("换用电子钥匙", act=self.ask)
        self.old.entered.connect(self.pin.setFocus)
        self.pin.entered.connect(self.ask)
        self.filled = (self.keys, self.old, self.pin, self.go)
        for part in (label("电子钥匙", "page-title"), self.about, *self.filled[:3], self.sentence):
            self.box.addWidget(part)
        self.box.addLayout(row(self.go, None))
        self.sentence.hide()
        self.hide()

    def show_keys(self, found: KeysHere, password: PasswordField) -> None:
        """Offer the keys that are plugged in; ``password`` is the field above, which takes the PIN of one in use."""
        for serial, words in found.plugged:
            self.keys.addItem(words, serial)
        for part in self.filled:
            part.setVisible(bool(found.plugged))
        self.about.setText("".join([IN_USE if found.in_use else "", ABOUT if found.plugged else NONE]))
        if found.in_use:
            for field in (password, self.old):
                field.call("现在的PIN码")
        self.setVisible(found.able)

    def ask(self) -> None:
        """Hand on what was typed where it can be right."""
        if not self.old.text or not self.pin.text:
            self.say(f"请填写{self.old.title.text()}和电子钥匙的PIN码。")
        else:
            self.go.setEnabled(False)
            self.asked.emit(self.old.text, str(self.keys.currentData()), self.pin.text)

    def say(self, text: str) -> None:
        """A sentence under the fields; opens the button again."""
        self.sentence.setText(text)
        self.sentence.show()
        self.go.setEnabled(True)
