"""The recovery code, shown this once: printed or saved for its envelope, or copied down."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from execdesk.law.refusal import Refusal
from execdesk.law.values import Sheet, SheetStep
from execdesk.opening import SetUp, save_file
from ui.notices import Notices
from ui.printing import CopyKind, Order, PrintDialog, print_pdf
from ui.saving import ask_file
from ui.sheetview import sheet_pdf
from ui.widgets import Button, column, label, row, wrapped

KIND = "恢复信封"


class EnvelopePage(QWidget):
    """The code with what becomes of it, and the two ways to get it on paper."""

    def __init__(self) -> None:
        super().__init__()
        self.code, self.fingerprint, self.says = label("", "main"), wrapped("", "secondary"), Notices()
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.print = Button("打印信封…", icon="printer", act=self.ask_print)
        self.save = Button("存为 PDF…", act=self.ask_save)
        self.sheet: Sheet | None = None
        words = (
            "这是恢复码。只显示这一次，程序里不留。打印出来封入信封，由院长指定的人保管；没有打印机的，照抄下来核对一遍。",
            "只有一人在场要签发证书，或者院长、局长都不在而要换人时，才启封。用过一次就换新的。",
        )
        self.setLayout(column(label("本院已设立", "card-title"), *(wrapped(one, "secondary") for one in words), self.code, self.fingerprint, row(self.print, self.save, None), self.says, None, gap=12))

    def show_code(self, court: str, made: SetUp) -> None:
        """Show the code of a court that was just founded."""
        self.code.setText(made.recovery_code)
        print_ = made.root_fingerprint
        self.fingerprint.setText(f"证书根指纹：{print_[:16]} {print_[16:32]} {print_[32:48]} {print_[48:]}。请抄在信封上：核对本库是不是本院的，凭它。")
        steps = (SheetStep("恢复码", "逐字核对一遍", made.recovery_code), SheetStep("证书根指纹", "抄在信封上", print_))
        notes = "启封须两人在场，记录启封的日期、事由和在场人；用过即作废，换封新码。"
        self.sheet = Sheet(f"{court} 恢复信封", (("数据文件夹", str(made.folder)),), steps, notes)

    def ask_print(self) -> None:
        """Offer the printers."""
        if self.sheet is None:
            return
        pdf = sheet_pdf(self.sheet)
        self.dialog = PrintDialog(self.sheet.title, (CopyKind(KIND, "一份，封入信封", lambda: pdf),), parent=self.window())
        self.dialog.ordered.connect(lambda order: self._printed(pdf, order))
        self.dialog.open()

    def _printed(self, pdf: bytes, order: Order) -> None:
        try:
            self.says.done(print_pdf(pdf, order).words)
        except Refusal as refusal:
            self.says.refuse(refusal)

    def ask_save(self) -> None:
        """Ask where the page goes; whoever holds the file holds the code."""
        name = ask_file(self, "恢复信封存到", str(Path.home() / "恢复信封.pdf"), "PDF (*.pdf)", ".pdf")
        if name and self.sheet is not None:
            try:
                save_file(Path(name), sheet_pdf(self.sheet))
            except Refusal as refusal:
                self.says.refuse(refusal)
            else:
                self.says.info("已存。打印以后请把这个文件删掉：拿到它的人就拿到了恢复码。", soon=True)
