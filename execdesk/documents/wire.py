"""Content as JSON and back: what a draft keeps, what is approved, what pages are drawn from again."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from execdesk.documents.content import (
    FORMER,
    GRID,
    Block,
    Content,
    ContentTable,
    CutLine,
    OwnGlyph,
    Paragraph,
    Signatory,
    SignatureBlock,
    TableCell,
    WritingLines,
)


def dump(content: Content) -> dict[str, Any]:
    """``content`` as plain JSON values; :func:`load` gives back an equal content with the same hash."""
    data = asdict(content)
    data["signed_on"] = content.signed_on.isoformat() if content.signed_on else None
    if not content.glyphs:
        data.pop("glyphs")
    loaded: dict[str, Any] = json.loads(json.dumps(data, ensure_ascii=False))
    return loaded


def load(data: dict[str, Any]) -> Content:
    """The content that :func:`dump` wrote; raises ``ValueError``, ``KeyError`` or ``TypeError`` for anything else."""
    values = dict(data)
    values["form"] = GRID[0] if data["form"] == FORMER else data["form"]
    for place in ("body", "slip"):
        values[place] = tuple(_block(entry) for entry in data[place])
    for place in ("contact", "attachments"):
        values[place] = tuple(data[place])
    values["glyphs"] = tuple(OwnGlyph(**entry) for entry in data.get("glyphs", ()))
    values["signature"] = _signature(data["signature"])
    values["signed_on"] = date.fromisoformat(data["signed_on"]) if data["signed_on"] else None
    return Content(**values)


def _block(data: dict[str, Any]) -> Block:
    kind = data.get("kind")
    if kind == "table":
        rows = tuple(tuple(TableCell(**cell) for cell in row) for row in data["rows"])
        return ContentTable(tuple(data["widths"]), rows)
    if kind == "lines":
        return WritingLines(data["pages"])
    return CutLine(data["text"]) if kind == "cut" else Paragraph(**data)


def _signature(data: dict[str, Any]) -> SignatureBlock:
    values = dict(data)
    for place in ("signatories", "invisible"):
        values[place] = tuple(Signatory(**entry) for entry in data[place])
    return SignatureBlock(**values)
