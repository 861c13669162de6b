"""Printing the approval sheet of a request: its copies are counted in the journal before they go out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from execdesk.desk import Desk
from ui.jobs import Runner
from ui.notices import Notices
from ui.printing import CopyKind, Order, PrintDialog, Printed, print_pdf


def print_sheet(
    owner: QWidget, desk: Desk, jobs: Runner, notices: Notices, request: str, title: str, asked: Callable[[PrintDialog], None],
    failed: Callable[[BaseException], None],
) -> None:
    """Make the sheet and ask how many; ``asked`` is handed the dialog once it is open."""

    def counted(pdf: bytes, order: Order) -> Printed:
        desk.do("request.print_sheet", request=request, copies=order.copies)
        return print_pdf(pdf, order)

    def send(pdf: bytes, order: Order) -> None:
        jobs.run(owner, lambda: counted(pdf, order), done=lambda done: notices.done(done.words), failed=failed)

    def ready(pdf: bytes) -> None:
        kind = CopyKind("审批单", "存卷；载明层级、条文、每人意见和内容的校验值", lambda: pdf)
        dialog = PrintDialog(f"审批单 {title}", (kind,), parent=owner.window())
        dialog.ordered.connect(lambda order: send(pdf, order))
        asked(dialog)
        dialog.open()

    jobs.read(owner, lambda: desk.reads.approval_sheet(request), done=ready, failed=failed)


def print_paper(
    owner: QWidget, desk: Desk, jobs: Runner, notices: Notices, request: str, title: str, asked: Callable[[PrintDialog], None],
    failed: Callable[[BaseException], None],
) -> None:
    """Note that the sheet to be signed by hand is printed, make it, and ask where; ``asked`` is handed the dialog once it is open."""

    def made() -> bytes:
        desk.do("paper.print", request=request)
        pdf: bytes = desk.reads.paper_sheet(request)
        return pdf

    def ready(pdf: bytes) -> None:
        kind = CopyKind("报批单", "交有权的人签名；签名后由提出人以外的人扫描录入", lambda: pdf)
        dialog = PrintDialog(f"纸面报批单 {title}", (kind,), parent=owner.window())
        dialog.ordered.connect(lambda order: jobs.run(owner, lambda: print_pdf(pdf, order), done=lambda done: notices.done(done.words), failed=failed))
        asked(dialog)
        dialog.open()

    jobs.run(owner, made, done=ready, failed=failed)
