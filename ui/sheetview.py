"""A calculation sheet on screen and on paper: inputs, steps, result, rules with source and 「未经核实」."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QGuiApplication, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from execdesk.law.ruletexts import figure_of
from execdesk.law.sheets import UNCONFIRMED, sheet_lines, validity_text
from execdesk.law.values import DatedValue, Sheet, Step
from ui.theme import BASE_FONT_PX, CARD_TITLE, COLOURS, MAIN, SECONDARY, current, px

PAPER_FONT_PT = 10.5
PAPER_MARGIN_MM = 20
DOTS = 8  # of the paper's resolution to a point
HEAD_PT, FOOT_PT = 24, 30
SHORT_RESULT = 30  # characters of a result that is shown as the one main thing


def title_of(value: DatedValue) -> str:
    """What a figure is called; its key where nobody named it."""
    return value.name or value.key


def sheet_html(sheet: Sheet, size: float, unit: str = "px") -> str:
    """The sheet as rich text, base font ``size``: on the screen (``px``) the result first, on paper (``pt``) in the order of working."""
    def at(ratio: float) -> str:
        return f"{size * ratio:.1f}{unit}"

    grey, amber, ink = COLOURS["secondary"], COLOURS["amber"], COLOURS["ink"]
    marks = [UNCONFIRMED] if sheet.unconfirmed else []
    marks += ["含本院更正"] if any(value.corrected_by for value in sheet.basis) else []
    marked = "".join(f'<span style="color:{amber}; font-size:{at(SECONDARY)}">　{mark}</span>' for mark in marks)
    parts = [f'<p style="font-size:{at(CARD_TITLE)}; font-weight:bold; color:{ink}; margin:0">{escape(sheet.title)}{marked}</p>']
    inputs = _table("".join(_pair(name, value, grey) for name, value in sheet.inputs))
    worked = any(step.working or step.source for step in sheet.steps)
    steps = "".join(_step(number, step, worked, grey, at(SECONDARY)) for number, step in enumerate(sheet.steps, 1))
    main = at(MAIN if unit == "px" and len(sheet.result) <= SHORT_RESULT else CARD_TITLE)
    result = f'<p style="font-size:{main}; font-weight:bold; color:{COLOURS["navy"]}; margin:8px 0 6px 0">{escape(sheet.result)}</p>'
    if unit == "px":
        parts += [result, inputs, _head("计算", grey, at(SECONDARY)), _table(steps)]
    else:
        head = f'<thead><tr style="color:{grey}"><td>&nbsp;</td><td>步骤</td><td>{"算式和依据" if worked else ""}</td><td align="right">结果</td></tr></thead>'
        parts += [inputs, _head("计算", grey, at(SECONDARY)), _table(head + steps), result]
    if sheet.basis:
        parts.append(_head("依据", grey, at(SECONDARY)))
        parts.append(_table("".join(_rule(value, grey, amber, at(SECONDARY)) for value in sheet.basis)))
    return f'<div style="color:{ink}">{"".join(parts)}</div>'


def _head(text: str, grey: str, size: str) -> str:
    return f'<p style="color:{grey}; font-size:{size}; margin:10px 0 2px 0">{text}</p>'


def _table(rows: str) -> str:
    return f'<table width="100%" cellspacing="0" cellpadding="2" style="margin-top:4px">{rows}</table>' if rows else ""


def _pair(name: str, value: str, grey: str) -> str:
    return f'<tr><td width="34%" style="color:{grey}">{escape(name)}</td><td>{escape(value)}</td></tr>'


def _step(number: int, step: Step, worked: bool, grey: str, size: str) -> str:
    """One line; where no step shows a working, its room belongs to the results."""
    source = f'<span style="color:{grey}; font-size:{size}">{escape(step.source)}</span>' if step.source else ""
    between = "<br>" if step.working and source else ""
    label, result = (37, 24) if worked else (26, 67)
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
    document.setHtml(sheet_html(sheet, PAPER_FONT_PT, "pt"))
    size = QSizeF(writer.width(), writer.height() - (HEAD_PT + FOOT_PT) * DOTS)
    document.setPageSize(size)
    painter = QPainter(writer)
    for page in range(document.pageCount()):
        if page:
            writer.newPage()
        painter.save()
        painter.translate(0, HEAD_PT * DOTS - page * size.height())
        document.drawContents(painter, _page_box(page, size))
        painter.restore()
        _draw_edges(painter, writer, font, (f"{sheet.title}（续）" if page else "", foot), page + 1, document.pageCount())
    painter.end()
    return bytes(buffer.data().data())


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
