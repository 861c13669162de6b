"""The draft of a founding: the plan in the data folder until the first line is written, without passwords."""

from __future__ import annotations

import json
from pathlib import Path

from execdesk.access.files import write_atomic
from execdesk.access.foundingplan import FoundingPlan, read_plan
from execdesk.access.organisation_data import Organisation
from execdesk.law.refusal import Refusal

DRAFT_FILE = "founding-draft.json"


def keep_plan(folder: Path, plan: FoundingPlan) -> None:
    """Write the draft; refuses as :func:`execdesk.access.files.write_atomic`."""
    write_atomic(folder / DRAFT_FILE, json.dumps(plan.data(), ensure_ascii=False, indent=1).encode())


def kept_plan(folder: Path, shipped: Organisation) -> FoundingPlan | None:
    """The draft that lies there; ``None`` where none does or it cannot be read."""
    try:
        return read_plan(json.loads((folder / DRAFT_FILE).read_text(encoding="utf-8")), shipped)
    except (OSError, ValueError, RecursionError, Refusal):
        return None


def forget_plan(folder: Path) -> None:
    """Take the draft away: the court is founded."""
    (folder / DRAFT_FILE).unlink(missing_ok=True)
