"""Who is in charge of a case: its judge, those assigned to it, the judge's team with whoever 局长 lent it for some days; and 局长, who gives cases."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from execdesk.access.duty import duties, require_may
from execdesk.access.session import Session
from execdesk.casefile.lookup import assigned, rows_of
from execdesk.law.refusal import Refusal, WayOn
from execdesk.records.base import Journaled
from execdesk.records.cases import Assignment, Case
from execdesk.records.charge import GIVES, InCharge
from execdesk.records.owners import ROLES_OF_LINES, Grant
from execdesk.records.teams import TeamMember

OF_CASE = frozenset({"undertake", "draft", "carry_out"})  # duties that are done only in one's own cases


def in_charge(session: Session, case: Case, person: str | None = None) -> bool:
    """Whether a person (the one signed in where none is told) is in charge of a case today; everybody is of one that has no judge yet."""
    me, day = person or session.me.id, session.day
    judge = assigned(case.id, "judge", day)
    if judge is None or judge.id == me or (me == session.me.id and GIVES in duties(session)):
        return True
    clerk = assigned(case.id, "clerk", day)
    if clerk is not None and clerk.id == me:
        return True
    lent = (row for row in rows_of(Assignment, case.id) if row.role == "officer" and row.person == me)
    return any(row.starts_on <= day and (row.ends_on is None or row.ends_on >= day) for row in lent) or _in_team_of(judge.id, me, day)


def _in_team_of(judge: str, person: str, day: date) -> bool:
    """Whether a person is on a day a member of a team whose judge another is on that day."""
    members = list(TeamMember.select().where(
        TeamMember.person.in_((judge, person)), TeamMember.struck.is_null(), TeamMember.starts_on <= day, TeamMember.ends_on.is_null() | (TeamMember.ends_on >= day)
    ))
    led = {row.team for row in members if row.person == judge and row.role == "judge"}
    return any(row.person == person and row.team in led for row in members)


def require_in_charge(session: Session, cases: Case | Iterable[Case], charge: InCharge, what: str) -> None:
    """Refuse unless a post of the person signed in carries a duty of the charge and he is in charge of the case, or of one of several. What is
    of no case is left to the duty alone. The judge of lines asks the same (:mod:`execdesk.access.line_charge`).

    Raises:
        Refusal: ``access.duty``, ``access.case`` naming the judge whose case it is, and the ways on.
    """
    require_may(session, charge.duties, what)
    told = [cases] if isinstance(cases, Case) else list(cases)
    if not told or charge.everywhere in duties(session) or any(in_charge(session, case) for case in told):
        return
    judge = assigned(told[0].id, "judge", session.day)
    raise Refusal(
        f"不能由您办理：{told[0].number}由{judge.name if judge else '他人'}及其团队承办，{what}由承办人办理。需要您办理的，请局长将您编入该团队"
        "（借调的写明到哪一日），或者变更承办法官。", code="access.case", ways=(WayOn("编入团队", "team.join"), WayOn("分案", "case.assign")),
    )


def refused_to(session: Session, case: Case, tables: Iterable[type[Journaled]]) -> frozenset[str]:
    """The acts on rows of these tables that the person signed in may not do in a case, as the tables say it: for ways that are then not offered."""
    may = duties(session)

    def open_to(grant: Grant) -> bool:
        if may.isdisjoint(grant.by):
            return not ROLES_OF_LINES.keys().isdisjoint(grant.by)  # what somebody is to the row, the act asks
        return grant.charge is None or grant.charge.everywhere in may or in_charge(session, case)

    grants = [grant for table in tables for grant in table.OWNERS.grants if not grant.new]
    named, held = {act for grant in grants for act in grant.acts}, {act for grant in grants if open_to(grant) for act in grant.acts}
    return frozenset(named - held)
