"""What papers of the file on paper can show, as data: of whom, what else is entered with it, what is asked for before a case ends in 终本."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from execdesk.law.datafile import read_plain

ASKED = {"head": "财产种类", "reference": "查询编号", "words": "内容", "property": "财产"}
OF = ("debtor", "applicant", "case")


@dataclass(frozen=True)
class FileItem:
    """One thing that a paper can show of a debtor, an applicant or the case. ``asks`` are what is entered beside the day; ``ended`` says
    what a second day means, empty where there is none; of a ``group`` one item suffices; ``wanted`` are asked for before 终本."""

    id: str
    name: str
    of: str
    asks: tuple[str, ...]
    ended: str
    group: str
    wanted: bool


@lru_cache(maxsize=4)
def file_items(resources: Path) -> Mapping[str, FileItem]:
    """The items of ``resources/file/items.toml`` by id, in their order; Refusal ``program.data`` for a file that cannot be."""
    return read_plain(resources / "file" / "items.toml", lambda data: {row["id"]: _item(row) for row in data["item"]})


def _item(row: Mapping[str, Any]) -> FileItem:
    item = FileItem(row["id"], row["name"], row["of"], tuple(row.get("asks", ())), row.get("ended", ""), row.get("group", row["id"]), row.get("wanted", False))
    if item.of not in OF or not set(item.asks) <= ASKED.keys():
        raise ValueError(f"「{item.id}」的 of 或 asks 写错了")
    return item
