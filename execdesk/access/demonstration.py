"""What a demonstration store tells before anyone signs in: that it is one, and on which day it stands.

It is one by its first line and its root; the mark beside the store only saves a wrong question, and is checked on opening.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from execdesk.access import places
from execdesk.access.files import write_atomic

DAY_FILE = "demonstration-day.json"


def is_demonstration(folder: Path) -> bool:
    """Whether the folder holds a demonstration store: only such a one keeps its root with the data."""
    return (folder / places.DEMO_ROOT_FILE).exists()


def demonstration_day(folder: Path) -> date | None:
    """The day on which the demonstration store last stood."""
    try:
        return date.fromisoformat(json.loads((folder / DAY_FILE).read_text(encoding="utf-8"))["day"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def keep_day(folder: Path, day: date) -> None:
    """Remember the day for the next start."""
    write_atomic(folder / DAY_FILE, json.dumps({"day": day.isoformat()}).encode())
