"""Printing of drafts and of kept documents: which copies there are, and counting them before they go out."""

from __future__ import annotations

from functools import partial
from typing import Any

from execdesk.reads import FormShown
from execdesk.reads.cases import DocumentRow
from execdesk.reads.casewords import narrow
from ui.link import Link
from ui.notices import Notices
from ui.pages import Page
from ui.printing import CopyKind, Order, PrintDialog, print_pdf

KINDS = {"正本": "sealed_copy", "副本": "duplicate", "原本": "original", "湿印本": "wet_seal"}


def ask_sample(page: Any) -> None:
    """Print a draft as it stands: marked as a draft, with neither seal nor signature, and not counted."""
    if page.shown is None:
        return
    pdf = page.shown.pdf
    kind = CopyKind("样稿", "样稿不是文书，不盖章，不计份数。", lambda: pdf)
    dialog = PrintDialog(page.shown.title, [kind], parent=page.window())
    dialog.ordered.connect(lambda order: send(page, page.link, page.notices, pdf, order))
    dialog.open()


def send(owner: Page, link: Link, notices: Notices, pdf: bytes, order: Order) -> None:
    """Send bytes to the printer, off the window's thread."""
    link.jobs.run(owner, lambda: print_pdf(pdf, order), done=lambda printed: notices.done(printed.words))


def ask_copies(owner: Page, link: Link, notices: Notices, row: DocumentRow, copies: dict[str, bytes]) -> PrintDialog:
    """Ask which copies of an issued document; they are counted in the journal before they go to the printer."""
    notes = {"正本": "送达当事人，盖院印", "副本": "附卷或抄送", "原本": "存档的签名件", "湿印本": "不印电子印章，供手工盖章"}
    kinds = [CopyKind(name, notes[name], partial(copies.__getitem__, name)) for name in copies]
    note = f"已打印 {row.printed} 次，再印记入留痕。" if row.printed else "打印份数记入留痕。"
    dialog = PrintDialog(f"{row.title} {narrow(row.number)}", kinds, note=note, parent=owner.window())
    dialog.ordered.connect(lambda order: print_counted(owner, link, notices, row, copies, order))
    dialog.open()
    return dialog


def print_counted(owner: Page, link: Link, notices: Notices, row: DocumentRow, copies: dict[str, bytes], order: Order) -> None:
    """Count, then print."""
    values = {"document": row.id, "kind": KINDS[order.kind], "copies": order.copies}
    link.do(owner, "document.print", values, done=lambda _changes: send(owner, link, notices, copies[order.kind], order))


def print_sheet_counted(owner: Page, link: Link, notices: Notices, request: str, pdf: bytes, order: Order) -> None:
    """Count copies of an approval sheet, then print them."""
    values = {"request": request, "copies": order.copies}
    link.do(owner, "request.print_sheet", values, done=lambda _changes: send(owner, link, notices, pdf, order))


def print_made(owner: Page, link: Link, notices: Notices, shown: FormShown) -> None:
    """Ask how many of the pages that an action said it prints; the form has the values it was done with."""

    def ask(pdf: bytes) -> None:
        dialog = PrintDialog(shown.title, [CopyKind("原件", "打印后手填、签名的一份", lambda: pdf)], parent=owner.window())
        dialog.ordered.connect(lambda order: send(owner, link, notices, pdf, order))
        dialog.open()

    link.read(owner, lambda reads: getattr(reads, shown.prints)(**shown.given), done=ask)
