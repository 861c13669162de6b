"""Whether the desk's own key may sign what a line writes: it lies readable on the machine, so alone it opens incidents and no more.

A person's certificate signs with it where a chain is begun anew and where the store is upgraded; what an upgrade changes follows from the
rows before. The founding line and a desk that joins are judged where the root is known.
"""

from __future__ import annotations

from execdesk.records.incidents import Incident
from execdesk.records.words import TABLES
from execdesk.store.converting import MIGRATION, conversion_fault
from execdesk.store.known import KnownRows
from execdesk.store.line import BY_DESK_AND_PERSON, DESK_ACTS, INCARNATION, Entry

_OPENS = frozenset({"store.incident", INCARNATION})
_BLANK = ("settled_by", "settled_note", "struck")


class DeskVerifier:
    """Judges lines by what their writers knew (``known``, which is begun for each run of lines)."""

    def __init__(self, known: KnownRows) -> None:
        self._known = known

    def breach(self, entry: Entry) -> str | None:
        """Why a line has no effect, as the end of a sentence."""
        act = entry.data["act"]
        if entry.data["person"]:
            return "以个人名义写下了只由本机登记的事项" if act in DESK_ACTS else None
        if act in BY_DESK_AND_PERSON and "with" not in entry.data:
            return "只有本机钥匙的签名，没有在场的人用证书签名"
        if act == INCARNATION and entry.number != 1:
            return "另起一代，却不是该代的第一条"
        try:
            return conversion_fault(entry, self._known) if act == MIGRATION else _not_opening(entry) if act in _OPENS else None
        except (TypeError, ValueError, KeyError, AttributeError):
            return "写下的内容残缺不全，读不出改了什么"


def _not_opening(entry: Entry) -> str | None:
    for change in entry.changes:
        if change.table != Incident.__name__:
            return f"由本机钥匙写下了{TABLES[change.table]}"
        if not change.new or any(change.values.get(name) is not None for name in _BLANK):
            return "由本机钥匙改动了异常事件：本机只能登记，须由人办结"
        if change.values["found_at"] != entry.data["at"]:
            return "倒填了异常事件的时间"
    return None
