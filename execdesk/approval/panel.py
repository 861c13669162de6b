"""合议庭 for major matters: the judge asks, 局长 designates an odd number, the minutes carry every vote (plan, article 5)."""

from __future__ import annotations

from execdesk.access.session import Session
from execdesk.casefile.lookup import assigned
from execdesk.records.approvals import Panel
from execdesk.records.cases import Case


def panel_of(request: str) -> Panel | None:
    """The panel of a request, if one was asked for."""
    found: Panel | None = Panel.get_or_none(Panel.request == request, Panel.struck.is_null())
    return found


def may_ask(session: Session, case: Case) -> bool:
    """Whether the person signed in is the judge in charge, who alone asks for a panel."""
    judge = assigned(case.id, "judge", session.day)
    return judge is not None and judge.id == session.me.id


def may_record(session: Session, panel: Panel, case: Case) -> bool:
    """Whether the person signed in keeps the minutes: clerk or judge of the case, or one who sat."""
    able = [assigned(case.id, role, session.day) for role in ("judge", "clerk")]
    return session.me.id in {*(p.id for p in able if p), *panel.members}
