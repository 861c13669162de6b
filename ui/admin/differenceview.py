"""What differs between two versions of a text: words that are gone struck out, new ones underlined, what stays the same in grey where it is whole."""

from __future__ import annotations

from html import escape

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from execdesk.reads.texts import Difference, DifferenceRow
from ui.theme import BASE_FONT_PX, COLOURS, SECONDARY, current, px

_GONE = f'text-decoration:line-through; color:{COLOURS["amber"]}; background-color:{COLOURS["amber_ground"]}'
_NEW = f'text-decoration:underline; color:{COLOURS["navy"]}; background-color:{COLOURS["selection"]}'
_STYLES = {"gone": _GONE, "new": _NEW, "same": f'color:{COLOURS["ink"]}'}


class DifferenceView(QTextBrowser):
    """Shows one difference; its words can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: Difference | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setAccessibleName("正文对照")
        self.document().setDocumentMargin(px(12))

    def show_difference(self, found: Difference | None, empty: str = "") -> None:
        """Show a difference, or say why there is none; the place on screen stays."""
        place = self.verticalScrollBar().value()
        self.shown = found
        self.setHtml(difference_html(found) if found is not None else f'<p style="color:{COLOURS["secondary"]}">{escape(empty)}</p>' if empty else "")
        self.verticalScrollBar().setValue(place)

    def copy_difference(self) -> None:
        """Put the difference on the clipboard as plain lines."""
        if self.shown is not None:
            QGuiApplication.clipboard().setText(difference_text(self.shown))


def difference_html(found: Difference) -> str:
    """A difference as rich text: each changed line, gone words struck out, new ones underlined."""
    small, grey = BASE_FONT_PX * current().scale * SECONDARY, COLOURS["secondary"]
    rows = "".join(_row(row, small) for row in found.rows if row.changed)
    same = sum(not row.changed for row in found.rows)
    rest = f'<p style="color:{grey}; font-size:{small:.1f}px; margin-top:8px">其余 {same} 处逐字相同。</p>'
    return rows + rest if rows else f'<p style="color:{grey}">两个文本逐字相同。</p>'


def _row(row: DifferenceRow, small: float) -> str:
    grey, amber = COLOURS["secondary"], COLOURS["amber"]
    word = "新增" if row.pair.old is None else "删去" if row.pair.new is None else "改动" if row.pair.changed else "只改适用"
    words = "".join(f'<span style="{_STYLES[piece.kind]}">{escape(piece.text)}</span>' for piece in row.pair.pieces)
    rule = f'<br><span style="color:{amber}; font-size:{small:.1f}px">适用：{escape(row.rule)}</span>' if row.rule else ""
    head = f'<span style="color:{grey}; font-size:{small:.1f}px">【{escape(row.mark)}】{word}</span>'
    return f'<p style="margin:0 0 8px 0">{head}<br>{words}{rule}</p>'


def difference_text(found: Difference) -> str:
    """A difference as plain lines, each changed one before and after."""
    lines = [f"原文本：{found.old}", f"新文本：{found.new}", found.words]
    for row in found.rows:
        if row.changed:
            lines += [f"【{row.mark}】", f"原：{row.pair.old if row.pair.old is not None else '（无）'}", f"改：{row.pair.new if row.pair.new is not None else '（删去）'}"]
            lines += [f"适用：{row.rule}"] if row.rule else []
    return "\n".join(lines)
