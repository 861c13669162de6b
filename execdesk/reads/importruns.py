"""Who may import ledgers."""

from __future__ import annotations

from execdesk.access.duty import require_may
from execdesk.access.session import Session
from execdesk.law.refusal import Refusal


def importing_refused(session: Session) -> str:
    """Why the person signed in may check a ledger but not import it; empty where he may."""
    try:
        require_may(session, "import_ledger", "导入台账")
    except Refusal as refusal:
        return refusal.text
    return ""
