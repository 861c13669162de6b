"""Statutes, interpretations and other documents the figures come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from execdesk.law.datafile import check_order, may, need, read_data

# The order in which a ruling cites: law, regulation, interpretation, then documents below them.
KINDS = ("law", "regulation", "interpretation", "normative", "standard", "plan")
SOURCE = {
    "id": need(str),
    "title": need(str),
    "doc_no": need(str),
    "kind": need(str),
    "valid_from": need(date),
    "valid_to": may(date),
    "seen": need(str),
    "note": may(str),
}


@dataclass(frozen=True)
class Source:
    """One text of one document, in force from ``valid_from`` to ``valid_to`` (``None``: still)."""

    id: str
    title: str
    doc_no: str
    kind: str
    valid_from: date
    valid_to: date | None
    seen: str
    note: str = ""

    @property
    def cited_title(self) -> str:
        """The title in 《》, a title inside it in 〈〉."""
        return "《" + self.title.replace("《", "〈").replace("》", "〉") + "》"

    def in_force(self, on: date) -> bool:
        """Whether this text was in force on ``on``."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    @property
    def span(self) -> str:
        """自 2013-01-01 至 2017-06-30, or 自 2024-01-01 起."""
        return f"自 {self.valid_from} " + (f"至 {self.valid_to}" if self.valid_to else "起")


def load_sources(path: Path) -> Mapping[str, Source]:
    """The sources in ``path`` by id; raises LawDataError for a repeated id, an unknown kind, a reversed span."""
    found: dict[str, Source] = {}
    for row in read_data(path, {"source": SOURCE}).rows("source"):
        check_order(row)
        if row["kind"] not in KINDS:
            raise row.wrong(f"不认识的种类「{row['kind']}」，可用：{'、'.join(KINDS)}。", "kind")
        if row["id"] in found:
            raise row.wrong(f"来源「{row['id']}」重复。", "id")
        found[row["id"]] = Source(**{"valid_to": None, **row.data})
    return found
