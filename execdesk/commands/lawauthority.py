"""What ``law authority`` answers: who decides, who signs besides, what must be had or told first, and why."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from execdesk.documents.typefile import read_types
from execdesk.law.authority import AuthorityTable
from execdesk.law.matters import Ruling
from execdesk.law.units import LEVELS

PANELS = {"none": "不需要", "usual": "通常应当合议", "required": "应当合议", "conditional": "视情形合议"}
NOTES = {"guard": "前提", "panel_note": "合议说明", "trap": "注意", "ambiguity": "疑问", "recommended": "读法", "note": "说明"}


def document_titles(law: Path) -> Mapping[str, str]:
    """What the documents of the catalogue beside the law's folder are called, by id: the name of the style, else the title."""
    return {name: doc.style_2016 or doc.title for name, doc in read_types(law.parent / "documents").items()}


def ruling_figures(table: AuthorityTable, ruling: Ruling, titles: Mapping[str, str]) -> dict[str, Any]:
    """A ruling for programs."""
    return {
        "matter": ruling.matter, "name": ruling.name, "level": ruling.level, "level_name": ruling.level_name,
        "path": list(ruling.path), "article": ruling.article, "phrase": ruling.phrase, "reason": ruling.reason,
        "statute_signer": ruling.statute_signer, "panel": ruling.panel, "conflict": ruling.conflict, "rule": ruling.rule_id,
        "confirmed": ruling.confirmed, "reserved": ruling.reserved, "permits": list(ruling.permits), "tasks": ruling.extra,
        "documents": [{"id": each, "title": titles[each]} for each in ruling.documents], "approver": ruling.approver, "circumstances": _circumstances(table, ruling),
    }  # fmt: skip


def ruling_lines(table: AuthorityTable, ruling: Ruling, titles: Mapping[str, str]) -> list[str]:
    """A ruling for people, a line for each thing to know; what does not arise is left out."""
    data = table.data
    told = (
        ("决定", data.posts.get(ruling.approver, "")),
        ("逐级批准" if ruling.ladder else "途经（只附意见或者退回）", "、".join(data.levels[step].name for step in ruling.path)),
        ("合议庭", PANELS[ruling.panel] if ruling.panel != "none" else ""),
        ("法定签发人", LEVELS.get(ruling.statute_signer, "")),
        ("授权", "副院长办理的，授权书须逐项写明本事项" if ruling.reserved else ""),
        *(("须先取得", permit) for permit in ruling.permits),
        ("报告、通报", ruling.extra),
        ("文书", "、".join(dict.fromkeys(titles[each] for each in ruling.documents))),
        ("可以说明的情形", "、".join(_circumstances(table, ruling))),
        *_notes(table, ruling),
    )
    lines = [f"{ruling.name}：{ruling.level_name}", ruling.reason, *(f"{head}：{text}" for head, text in told if text)]
    return lines + (["兜底冲突"] if ruling.conflict else [])


def _notes(table: AuthorityTable, ruling: Ruling) -> list[tuple[str, str]]:
    row = table.data.matters.get(ruling.matter)
    if row is None:
        return []
    grounds = [("依法应当的情形", "、".join(row.duty)), ("须裁量的情形", "、".join(row.discretion))]
    return grounds + [(head, row.notes.get(key, "")) for key, head in NOTES.items()]


def _circumstances(table: AuthorityTable, ruling: Ruling) -> list[str]:
    """The circumstances that may be stated of the matter asked, in words."""
    known = {key for each in table.situations(ruling.asked) for key in each}
    return [name for key, name in table.data.circumstances.items() if key in known]
