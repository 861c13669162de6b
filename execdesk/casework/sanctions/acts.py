"""Acts of obstruction: the kinds of the law as data, and those recorded in a case."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from execdesk.casefile.view import CaseView
from execdesk.law.datafile import read_plain
from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.cases import Case
from execdesk.records.papers import Document, DocumentState
from execdesk.records.sanctions import ObstructionAct


@dataclass(frozen=True)
class ActKind:
    """A kind of obstruction: its words, the article as a citation token, the ground of detention it supports (empty where none)."""

    id: str
    name: str
    article: str
    ground: str
    confirmed: bool


@lru_cache(maxsize=4)
def act_kinds(resources: Path) -> dict[str, ActKind]:
    """The kinds of ``resources/sanctions/acts.toml``, by id."""
    return read_plain(
        resources / "sanctions" / "acts.toml",
        lambda data: {row["id"]: ActKind(row["id"], row["name"], row["article"], row["ground"], row["confirmed"]) for row in data["act"]},
    )


def act_of(case: Case, row: str) -> ObstructionAct:
    """A recorded act of the case.

    Raises:
        Refusal: ``sanction.act`` where it is not one.
    """
    found = ObstructionAct.get_or_none((ObstructionAct.id == row) & (ObstructionAct.case == case.id) & ObstructionAct.struck.is_null())
    if found is None:
        raise Refusal("找不到所依据的妨害行为，请先登记。", code="sanction.act", ways=(WayOn("登记妨害行为", "obstruction.record"),))
    act: ObstructionAct = found
    return act


def acts_in(view: CaseView) -> list[ObstructionAct]:
    """The acts recorded in a case, the latest first."""
    return sorted(view.rows(ObstructionAct), key=lambda row: (row.on, row.id), reverse=True)


def who_did(view: CaseView, row: ObstructionAct) -> str:
    """Whose act it was, by name."""
    party = view.party(row.party)
    return party.name if party is not None else row.outsider or "案外人"


def bearing(documents: list[Document], act: str) -> Document | None:
    """The paper of a sanction that names the act, unless it came to nothing; an act bears at most one of each kind."""
    return next((d for d in documents if (d.inputs or {}).get("act") == act and d.state != DocumentState.VOID and d.struck is None), None)
