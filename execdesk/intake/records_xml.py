"""XML of records, as banks and registries answer queries: each kind of record becomes a sheet, whose first row names its columns.

A value stands in an element or in an attribute, under any root; what stands above a record (the number of the request, the bank) holds for
each record below.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from execdesk.fields.cells import Cell
from execdesk.intake.limits import Extent, refuse
from execdesk.intake.packed import check_xml
from execdesk.intake.spreadsheet_xml import parse
from execdesk.intake.workbook import RowCells, SheetRows, Workbook, letter, make_cell

DEEPEST = 40  # elements within each other


@dataclass
class _Node:
    name: str
    values: dict[str, str]
    children: list[_Node] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


class _Tree:
    """The elements of a file; one that has neither attributes nor elements is a value of the one around it."""

    def __init__(self) -> None:
        self.root = _Node("", {})
        self._open = [self.root]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) > DEEPEST:
            raise refuse("文件的内部结构嵌套太深，未读取。", "damaged")
        node = _Node(name, {key.rpartition(":")[2]: value.strip() for key, value in attributes.items() if not key.startswith("xmlns")})
        self._open[-1].children.append(node)
        self._open.append(node)

    def end(self, _name: str) -> None:
        node = self._open.pop()
        if not node.children and not node.values:
            self._open[-1].children.pop()
            self._open[-1].values.setdefault(node.name, "".join(node.text).strip())

    def text(self, data: str) -> None:
        self._open[-1].text.append(data)


def is_records(data: bytes) -> bool:
    """Whether ``data`` is XML that is neither a page nor a spreadsheet, by its beginning."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith(b"<") and b"<html" not in head and b"<table" not in head and b"urn:schemas-microsoft-com" not in head


def read_records(data: bytes) -> Workbook:
    """The records in ``data``, a sheet for each name of an element that has values.

    Raises:
        Refusal: ``file.damaged``, ``file.dtd``, ``file.too_large``, ``file.empty``.
    """
    check_xml(data)
    tree = _Tree()
    parse(data, tree.start, tree.end, tree.text)
    found: dict[str, list[dict[str, str]]] = {}
    _gather(tree.root, {}, found)
    if not found:
        raise refuse("文件里没有内容。", "empty")
    extent = Extent()
    return Workbook(tuple(_sheet(name, rows, extent) for name, rows in found.items()), "xml")


def _gather(node: _Node, above: dict[str, str], found: dict[str, list[dict[str, str]]]) -> None:
    known = {**above, **node.values}
    if node.values and node.name:
        found.setdefault(node.name, []).append(known)
    for child in node.children:
        _gather(child, known, found)


def _sheet(name: str, rows: list[dict[str, str]], extent: Extent) -> SheetRows:
    columns = list(dict.fromkeys(key for row in rows for key in row))
    extent.add_sheet(len(rows) + 1, len(columns))
    head = _cells(dict(zip(columns, columns, strict=True)), columns)
    return SheetRows(name, False, (RowCells(1, head), *(RowCells(at, _cells(row, columns)) for at, row in enumerate(rows, 2))), frozenset())


def _cells(row: dict[str, str], columns: list[str]) -> tuple[Cell, ...]:
    made = (make_cell(letter(at), row.get(column, "")) for at, column in enumerate(columns))
    return tuple(cell for cell in made if cell is not None)
