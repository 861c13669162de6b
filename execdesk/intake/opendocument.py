"""What the XML of an .ods tells beside its values; repeated rows and cells are counted before any reader lays them out.

The values are read by calamine, which tells neither formulas nor hidden rows.
"""

from __future__ import annotations

import re

from execdesk.intake.limits import MAX_COLUMN, MAX_ROW, refuse
from execdesk.intake.spreadsheet_xml import SheetScan, parse
from execdesk.intake.workbook import SheetFacts

_BEYOND = 10_000_000


class _OdsScanner:
    def __init__(self) -> None:
        self.sheets: list[tuple[str, bool, SheetScan]] = []
        self.hidden_styles: set[str] = set()
        self._style = ""
        self._reset()

    def _reset(self) -> None:
        self._rows = self._columns = 0
        self._row = self._column = 0
        self._row_repeat = 1
        self._row_used = False
        self._formulas: dict[tuple[int, int], str] = {}
        self._hidden: set[int] = set()
        self._empty: set[tuple[int, int]] = set()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if name == "style":
            self._style = plain.get("name", "")
        elif name == "table-properties" and plain.get("display") == "false":
            self.hidden_styles.add(self._style)
        elif name == "table" and "name" in plain:
            self._reset()
            self._name, self._sheet_hidden = plain["name"], plain.get("style-name", "") in self.hidden_styles
        elif name == "table-row":
            self._row_repeat = _count(plain.get("number-rows-repeated"))
            self._row_used, self._column = False, 0
            if plain.get("visibility") in ("collapse", "filter") and self._row_repeat < MAX_ROW:
                self._hidden.update(range(self._row, self._row + self._row_repeat))
        elif name in ("table-cell", "covered-table-cell"):
            self._cell(plain)

    def _cell(self, plain: dict[str, str]) -> None:
        repeat = _count(plain.get("number-columns-repeated"))
        used = "value-type" in plain or "formula" in plain
        if used:
            self._row_used = True
            self._columns = max(self._columns, self._column + repeat)
            if "formula" in plain and repeat < MAX_COLUMN:
                self._formulas[(self._row, self._column)] = _formula(plain["formula"])
                if plain.get("value-type") == "string":
                    self._empty.add((self._row, self._column))
        self._column += repeat

    def end(self, name: str) -> None:
        if name == "table-row":
            self._row += self._row_repeat
            if self._row_used:
                self._rows = self._row
        elif name == "table":
            facts = SheetFacts(self._formulas, frozenset(self._empty), {}, frozenset(self._hidden))
            self.sheets.append((self._name, self._sheet_hidden, SheetScan(self._rows, self._columns, facts)))

    def text(self, _: str) -> None:
        return None


def scan_ods(parts: dict[str, bytes]) -> list[tuple[str, bool, SheetScan]]:
    """(name, hidden, used area and facts) of every sheet. Raises Refusal where there is no table document."""
    if "content.xml" not in parts:
        raise refuse("文件不是 ODS 表格（缺少 content.xml）。", "not_workbook")
    if b"encryption-data" in parts.get("meta-inf/manifest.xml", b""):
        raise refuse("文件设有密码，读不出内容。请先在表格软件中取消密码。", "encrypted")
    scanner = _OdsScanner()
    parse(parts["content.xml"], scanner.start, scanner.end, scanner.text)
    return scanner.sheets


def _count(text: str | None) -> int:
    return min(int(text), _BEYOND) if text and text.isdigit() and len(text) < 12 else 1


def _formula(text: str) -> str:
    """of:=SUM([.A1:.B2]) → =SUM(A1:B2)."""
    plain = re.sub(r"^[a-z]+:=", "=", text)
    return re.sub(r"\[\.([^\].]+?)(?::\.([^\]]+))?\]", lambda m: m[1] + (":" + m[2] if m[2] else ""), plain).replace(";", ",")
