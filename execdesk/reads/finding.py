"""Ctrl+K: cases by any part of a number, a name, pinyin initials, a plate or an account."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from execdesk.access.session import Session
from execdesk.reads.caselist import rows_for
from execdesk.records.cases import CaseState
from execdesk.store.search import Hit, IndexPart, Search
from execdesk.store.searchtexts import initials as initials

KINDS = {"number": "案号", "name": "当事人", "initials": "当事人", "plate": "车牌", "account": "账号", "identity": "证件号码"}
SHOWN = 10


@dataclass(frozen=True)
class HitRow:
    """One case found: by what, its number, the words beside, and the case's row id behind ``case:``."""

    kind: str
    title: str
    detail: str
    target: str


@dataclass(frozen=True)
class Found:
    """Cases found; ``percent`` says how far the index is, ``None`` once it is whole: until then numbers and names alone are looked for."""

    hits: tuple[HitRow, ...]
    percent: int | None = None


_ONE = threading.Lock()


def search_of(session: Session) -> Search:
    """The one search of this session's store; it follows the acts from its first use on."""
    with _ONE:  # the index is made and asked for in two threads
        found = session.memory.get("search")
        if not isinstance(found, Search) or found.store is not session.store:
            found = Search(session.store)
            found.listen()
            session.memory["search"] = found
        return found


def index_on(session: Session) -> IndexPart | bool:
    """Go on with the index by one slice: a part that is now to be written, or whether there was something to lay out."""
    search = search_of(session)
    return search.look() or search.lay_out()


def index_write(session: Session, part: IndexPart) -> None:
    """Write a part of the index."""
    search_of(session).write(part)


def find(session: Session, needle: str) -> Found:
    """The first cases in which the text occurs, at once."""
    hits, remaining = search_of(session).find_at_once(needle, SHOWN)
    rows = rows_for(session, [hit.case for hit in hits])
    made = []
    for hit in hits:
        if (row := rows.get(hit.case)) is not None:
            about = f"{row.applicant} 申请执行 {row.debtor}"
            seen = hit.kind == "number" or (hit.kind in ("name", "initials") and hit.shown in about)
            beside = "" if seen else f"{_shown(hit)} · "
            state = "" if row.state == CaseState.OPEN else f" · {row.state_words}"
            number = row.number.replace("（", "(").replace("）", ")")
            made.append(HitRow(KINDS.get(hit.kind, "案件"), number, f"{beside}{about} · {row.judge or '未分案'}{state}", f"case:{row.id}"))
    return Found(tuple(made), None if remaining.little else remaining.percent)


def _shown(hit: Hit) -> str:
    """The text found; of a number of identity only its owner and the end."""
    if hit.kind != "identity":
        return hit.shown
    name, _, number = hit.shown.rpartition(" ")
    return f"{name} 尾号 {number[-4:]}"
