"""Before somebody approves or issues: the history of the case he touches must hold, and no fault may stand open against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from peewee import Database, fn

from execdesk.access.desk_keys import trust_of
from execdesk.access.session import Session
from execdesk.integrity.incidents import TAMPER, record_faults
from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.cases import Case
from execdesk.records.incidents import Incident, IncidentState
from execdesk.records.journal import IN_BREACH, Line, Touch
from execdesk.records.papers import Document, KeptFile
from execdesk.store.casehistory import authority_faults, case_faults, row_faults
from execdesk.store.chains import entries_at, entry_of
from execdesk.store.findings import Fault, Verdict
from execdesk.store.line import Entry
from execdesk.store.rows import batches
from execdesk.store.signatures import TEACHING, LineVerifier

_SAYING_WHO = frozenset({"Post", "Delegation", "Certificate"})


def require_whole(session: Session, case: Case) -> None:
    """Refuse where a check found the journal or this case damaged; checks anew the case's own rows and lines, and who may decide.

    Raises:
        Refusal: ``journal.incident`` naming the place. A fault found here first is recorded as an incident.
    """
    known = open_incident(case.id)
    if known is None:
        judge = line_verifier(session)
        faults = authority_faults(session.store.base, judge) or case_faults(session.store.base, judge, case.id)
        known = _record(session, case, faults) if faults else None
    if known is not None:
        raise Refusal(
            f"{known.text.rstrip('。')}。查清之前，有关案件不能批准和签发。", code="journal.incident", ways=(WayOn("看事件", "incidents"),)
        )


def require_kept(session: Session, document: Document) -> None:
    """Refuse to hand out a paper whose own record does not hold: it may not be the one that was signed and kept.

    Raises:
        Refusal: ``document.file_damaged`` naming the place.
    """
    faults = paper_faults(session, document)
    if faults:
        raise Refusal(
            f"《{document.title}》的登记与留痕不符，不能打印：{faults[0].text}请立即报告系统管理员。", code="document.file_damaged", ways=(WayOn("看事件", "incidents"),)
        )


def paper_faults(session: Session, document: Document) -> list[Fault]:
    """The faults in the record of a paper and of its kept files, and in the lines behind them."""
    kept = KeptFile.select(KeptFile.id).where(KeptFile.document == document.id)
    return row_faults(session.store.base, line_verifier(session), {("Document", document.id), *(("KeptFile", row.id) for row in kept)})


@dataclass(frozen=True)
class KeptByLine:
    """The line that keeps a file, for which document; ``fault`` says why line or row does not hold, empty where they do."""

    entry: Entry
    document: str
    fault: str = ""


def kept_by_line(session: Session, digest: str) -> KeptByLine | None:
    """The line that keeps the file of that SHA-256 as a revision of a document; the first that holds, or else one with its fault."""
    base, found = session.store.base, None
    for row in KeptFile.select().where(KeptFile.sha256 == digest, KeptFile.struck.is_null()).order_by(KeptFile.id):
        place = Touch.select(fn.MIN(Touch.line)).where(Touch.table == "KeptFile", Touch.row == row.id).scalar()
        line = Line.get_or_none(Line.taken == place)
        if line is None:
            continue
        faults = row_faults(base, line_verifier(session), {("KeptFile", row.id), ("Document", row.document)})
        found = KeptByLine(entry_of(line), row.document, faults[0].text if faults else "")
        if not faults:
            break
    return found


def open_incident(case: str) -> Incident | None:
    """The fault that stands open against the case, or against everything."""
    found: Incident | None = Incident.get_or_none(
        Incident.kind == TAMPER, Incident.state == IncidentState.OPEN, Incident.struck.is_null(), (Incident.case == case) | Incident.case.is_null()
    )
    return found


def line_verifier(session: Session) -> LineVerifier:
    """What judges lines and knows all keys and certificates told here; kept for the session and taught what came since.

    Lines that say who may are judged before they are believed; those that open sessions were when each was written or taken in.
    """
    kept: tuple[LineVerifier, int] | None = session.memory.get("line_judge")
    judge, upto = kept or (trust_of(session.store).judge(session.organisation.posts, session.authority), 0)
    touched, upto = _teaching_since(session.store.base, upto)
    for some in batches(sorted(touched)):
        for place, entry in entries_at(session.store.base, some).items():
            if touched[place] & _SAYING_WHO:
                judge.many([entry])
            else:
                judge.learn(entry, IN_BREACH[0] not in touched[place])
    session.memory["line_judge"] = judge, upto
    return judge


def _record(session: Session, case: Case, faults: list[Fault]) -> Incident:
    """Open incidents for faults found here; what a check has closed before stays closed."""
    new = record_faults(session, Verdict(faults=faults))
    found = open_incident(case.id) or next(iter(new), None)
    return found or Incident(kind=TAMPER, place=faults[0].place, text=faults[0].text, case=case.id, state=IncidentState.OPEN)


def _teaching_since(base: Database, upto: int) -> tuple[dict[int, set[str]], int]:
    """The places of lines that say who may, with the tables they touch, since a place in the index; and how far it goes now.

    Every act asks this, so no query is built for it: what came since the last time is a few rows at the end of the index.
    """
    name, teaching, touched = Touch._meta.table_name, {*TEACHING, IN_BREACH[0]}, dict[int, set[str]]()
    which, params = (f'"id" > {base.param}', (upto,)) if upto else (f'"tbl" IN ({", ".join([base.param] * len(teaching))})', tuple(teaching))
    last = int(base.execute_sql(f'SELECT MAX("id") FROM "{name}"').fetchone()[0] or 0)
    for place, table in base.execute_sql(f'SELECT "line", "tbl" FROM "{name}" WHERE {which}', params).fetchall():
        if table in teaching:
            touched.setdefault(place, set()).add(table)
    return touched, last


def warrant(session: Session, entries: Sequence[Entry]) -> str | None:
    """Why lines that the person signed in is about to write would have no effect, on this desk or on any other."""
    return line_verifier(session).warrant(entries)
