"""A calculation sheet on screen and on paper: inputs, steps, result, rules with source and 「未经核实」."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
    QTextTable,
    QTextTableCell,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from execdesk.law.ruletexts import figure_of
from execdesk.law.sheets import UNCONFIRMED, sheet_lines, validity_text
from execdesk.law.values import DatedValue, Sheet, SheetStep
from ui.theme import BASE_FONT_PX, CARD_TITLE, COLOURS, MAIN, SECONDARY, current, px

PAPER_FONT_PT = 10.5
PAPER_MARGIN_MM = 20
DOTS = 8  # of the paper's resolution to a point
HEAD_PT, FOOT_PT = 24, 30
SHORT_RESULT = 30  # characters of a result that is shown as the one main thing


def title_of(value: DatedValue) -> str:
    """What a figure is called; its key where nobody named it."""
    return value.name or value.key


def sheet_html(sheet: Sheet, size: float, unit: str = "px", breaks: Sequence[int] = ()) -> str:
    """The sheet as rich text, base font ``size``: on the screen (``px``) the result first, on paper (``pt``) in the order of
    working, with a new page before each of the steps ``breaks`` (counted from 0)."""
    def at(ratio: float) -> str:
        return f"{size * ratio:.1f}{unit}"

    grey, amber, ink = COLOURS["secondary"], COLOURS["amber"], COLOURS["ink"]
    marks = [UNCONFIRMED] if sheet.unconfirmed else []
    marks += ["含本院更正"] if any(value.corrected_by for value in sheet.basis) else []
    marked = "".join(f'<span style="color:{amber}; font-size:{at(SECONDARY)}">　{mark}</span>' for mark in marks)
    parts = [f'<p style="font-size:{at(CARD_TITLE)}; font-weight:bold; color:{ink}; margin:0">{escape(sheet.title)}{marked}</p>']
    inputs = _table("".join(_pair(name, value, grey) for name, value in sheet.inputs))
    worked = any(step.working or step.source for step in sheet.steps)
    widths = _widths(max((len(step.label) for step in sheet.steps), default=0), worked, 37 if unit == "px" else 31)
    steps = [_step(number, step, widths, grey, at(SECONDARY)) for number, step in enumerate(sheet.steps, 1)]
    main = at(MAIN if unit == "px" and len(sheet.result) <= SHORT_RESULT else CARD_TITLE)
    result = f'<p style="font-size:{main}; font-weight:bold; color:{COLOURS["navy"]}; margin:8px 0 6px 0">{escape(sheet.result)}</p>'
    if unit == "px":
        parts += [result, inputs, _head("计算", grey, at(SECONDARY)), _table("".join(steps))]
    else:
        head = f'<thead><tr style="color:{grey}"><td>&nbsp;</td><td>步骤</td><td>{"算式和依据" if worked else ""}</td><td align="right">结果</td></tr></thead>'
        ends = [*breaks, len(steps)]
        tables = [_table(head + "".join(steps[start:end]), start > 0) for start, end in zip([0, *breaks], ends, strict=True)]
        parts += [inputs, _head("计算", grey, at(SECONDARY)), *tables, result]
    if sheet.basis:
        parts.append(_head("依据", grey, at(SECONDARY)))
        parts.append(_table("".join(_rule(value, grey, amber, at(SECONDARY)) for value in sheet.basis)))
    return f'<div style="color:{ink}">{"".join(parts)}</div>'


def _head(text: str, grey: str, size: str) -> str:
    return f'<p style="color:{grey}; font-size:{size}; margin:10px 0 2px 0">{text}</p>'


def _table(rows: str, new_page: bool = False) -> str:
    top = "page-break-before:always" if new_page else "margin-top:4px"
    return f'<table width="100%" cellspacing="0" cellpadding="2" style="{top}">{rows}</table>' if rows else ""


def _pair(name: str, value: str, grey: str) -> str:
    return f'<tr><td width="34%" style="color:{grey}">{escape(name)}</td><td>{escape(value)}</td></tr>'


def _widths(longest: int, worked: bool, most: int) -> tuple[int, int]:
    """Shares of labels and results in percent; where no step shows a working, its room belongs to the results."""
    label = min(max(round(longest * 1.8) + 2, 14), most)
    return (label, 25) if worked else (label, 93 - label)


def _step(number: int, step: SheetStep, widths: tuple[int, int], grey: str, size: str) -> str:
    source = f'<span style="color:{grey}; font-size:{size}">{escape(step.source)}</span>' if step.source else ""
    between = "<br>" if step.working and source else ""
    label, result = widths
    return (
        f'<tr><td width="5%" style="color:{grey}">{number}</td><td width="{label}%">{escape(step.label)}</td>'
        f'<td>{escape(step.working)}{between}{source}</td><td width="{result}%" align="right"><b>{escape(step.result)}</b></td></tr>'
    )


def _rule(value: DatedValue, grey: str, amber: str, size: str) -> str:
    mark = "" if value.confirmed else f'<span style="color:{amber}">　{UNCONFIRMED}</span>'
    corrected = f'　<span style="color:{amber}">{escape(value.corrected_by)}</span>' if value.corrected_by else ""
    return (
        f'<tr><td>{escape(title_of(value))}：{escape(figure_of(value))}{mark}<br><span style="color:{grey}; font-size:{size}">'
        f"{escape(value.source)}　{escape(validity_text(value))}{corrected}</span></td></tr>"
    )


class SheetView(QTextBrowser):
    """Shows one sheet; its words can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet: Sheet | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setAccessibleName("计算单")
        self.document().setDocumentMargin(px(14))

    def show_sheet(self, sheet: Sheet | None) -> None:
        """Show a sheet, or nothing; the place on screen stays."""
        place = self.verticalScrollBar().value()
        self.sheet = sheet
        self.setHtml(sheet_html(sheet, BASE_FONT_PX * current().scale) if sheet is not None else "")
        self.verticalScrollBar().setValue(place)

    def copy_sheet(self) -> None:
        """Put the sheet on the clipboard as plain lines."""
        if self.sheet is not None:
            QGuiApplication.clipboard().setText("\n".join(sheet_lines(self.sheet)))


def sheet_pdf(sheet: Sheet, foot: str = "") -> bytes:
    """The sheet on A4 as PDF bytes, with a foot line (who, when, which store) and page numbers; its title again on later pages."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margin = PAPER_MARGIN_MM
    writer.setPageMargins(QMarginsF(margin, margin, margin, margin), QPageLayout.Unit.Millimeter)
    writer.setResolution(72 * DOTS)
    writer.setTitle(sheet.title)
    document = QTextDocument()
    font = QFont(current().font())
    font.setPointSizeF(PAPER_FONT_PT)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    document.documentLayout().setPaintDevice(writer)
    size = QSizeF(writer.width(), writer.height() - (HEAD_PT + FOOT_PT) * DOTS)
    document.setPageSize(size)
    _set_whole_steps(document, sheet)
    with QPainter(writer) as painter:
        for page in range(document.pageCount()):
            if page:
                writer.newPage()
            painter.save()
            painter.translate(0, HEAD_PT * DOTS - page * size.height())
            document.drawContents(painter, _page_box(page, size))
            painter.restore()
            _draw_edges(painter, writer, font, (f"{sheet.title}（续）" if page else "", foot), page + 1, document.pageCount())
    return bytes(buffer.data().data())


def _set_whole_steps(document: QTextDocument, sheet: Sheet) -> None:
    """Lay the sheet out so that no step is torn by the end of a page."""
    breaks: list[int] = []
    document.setHtml(sheet_html(sheet, PAPER_FONT_PT, "pt"))
    while (torn := _torn_step(document, sheet, breaks)) is not None:
        breaks.append(torn)
        document.setHtml(sheet_html(sheet, PAPER_FONT_PT, "pt", breaks))


def _torn_step(document: QTextDocument, sheet: Sheet, breaks: Sequence[int]) -> int | None:
    """The first step after the last break that begins on one page and ends on the next."""
    tables = [frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)]
    table = tables[(1 if sheet.inputs else 0) + len(breaks)] if sheet.steps else None
    height, first = document.pageSize().height(), breaks[-1] if breaks else 0
    if table is None:
        return None
    for line in range(2, table.rows()):  # the heads are row 0; a first step too high for a page stays torn
        boxes = [_box(document, table.cellAt(line, place)) for place in range(table.columns())]
        if int(min(top for top, _ in boxes) / height) != int((max(end for _, end in boxes) - 1) / height):
            return first + line - 1
    return None


def _box(document: QTextDocument, cell: QTextTableCell) -> tuple[float, float]:
    """Top and end of a cell's words."""
    layout = document.documentLayout()
    first, last = cell.firstCursorPosition().block(), cell.lastCursorPosition().block()
    return layout.blockBoundingRect(first).top(), layout.blockBoundingRect(last).bottom()


def _page_box(page: int, size: QSizeF) -> QRectF:
    return QRectF(0, page * size.height(), size.width(), size.height())


def _draw_edges(painter: QPainter, writer: QPdfWriter, font: QFont, words: tuple[str, str], page: int, pages: int) -> None:
    """Head and foot of one page."""
    small = QFont(font)
    small.setPointSizeF(PAPER_FONT_PT * SECONDARY)
    painter.setFont(small)
    head, foot = words
    high, y = 20 * DOTS, writer.height() - 20 * DOTS
    painter.drawText(0, 0, writer.width(), high, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), head)
    painter.drawText(0, y, writer.width(), high, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom), foot)
    painter.drawText(0, y, writer.width(), high, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom), f"第 {page} 页，共 {pages} 页")
