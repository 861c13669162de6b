"""Content as it is kept in a row and read back: the same values, the same hash."""

from __future__ import annotations

import json
from typing import Any

from execdesk.documents.content import Cell, Content, CutLine, Paragraph, Signatory, SignatureBlock, Table

Block = Paragraph | Table | CutLine


def to_plain(content: Content) -> dict[str, Any]:
    """A content as plain JSON values, sources included."""
    plain: dict[str, Any] = json.loads(content.canonical())
    return {**plain, "facts": content.facts}


def from_plain(data: dict[str, Any]) -> Content:
    """The content behind :func:`to_plain`."""
    values = dict(data)
    block = dict(values.pop("signature"))
    for name in ("signatories", "invisible"):
        block[name] = tuple(Signatory(**s) for s in block[name])
    for name in ("body", "slip"):
        values[name] = tuple(_block(b) for b in values[name])
    for name in ("contact", "attachments"):
        values[name] = tuple(values[name])
    values["signed_on"] = None
    return Content(signature=SignatureBlock(**block), **values)


def _block(data: dict[str, Any]) -> Block:
    if data.get("kind") == "table":
        rows = tuple(tuple(Cell(**cell) for cell in row) for row in data["rows"])
        return Table(tuple(data["widths"]), rows)
    if data.get("kind") == "cut":
        return CutLine(data["text"])
    return Paragraph(**data)
