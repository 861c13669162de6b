"""Faults of a check as incidents: what they close, who settles them, and that settling alone opens nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from execdesk.desk import Desk
from execdesk.integrity.incidents import HARMLESS, closed_now, record_faults
from execdesk.issue.gates import require_open
from execdesk.law.refusal import Refusal
from execdesk.records.cases import Case
from execdesk.records.incidents import Incident
from execdesk.records.journal import Line
from execdesk.store.findings import Fault, Verdict
from tests.court_store import NUMBER, refused

Enter = Callable[..., Desk]
SAID = {"who": "局长乙会同管理员查证", "found": "与纸质卷宗核对，案由应为民间借贷纠纷"}


def tampered(desk: Desk, cause: str = "买卖合同纠纷") -> str:
    """Change the case behind the journal; its row id."""
    case: str = Case.get(Case.number == NUMBER).id
    desk.session.store.base.execute_sql('UPDATE "case" SET "cause" = ? WHERE "id" = ?', (cause, case))
    return case


def checked(desk: Desk) -> Verdict:
    verdict = desk.check()
    desk.note_check(verdict)
    return verdict


def test_a_whole_store_opens_no_incident_and_is_remembered(enter: Enter) -> None:
    desk = enter("director")
    assert desk.reads.health().checked == "还没有做完过一次全面自检"
    assert checked(desk).whole
    assert Incident.select().count() == 0
    assert desk.reads.health().checked.endswith("（今天）")


def test_a_row_changed_behind_the_journal_closes_its_case_only(enter: Enter) -> None:
    desk = enter("director")
    case = tampered(desk)
    assert not checked(desk).whole
    row = Incident.get()
    assert (row.kind, row.case, row.state) == ("tamper", case, "open")
    assert "案由" in row.text or "cause" in row.text
    assert (closed_now().everything, closed_now().cases) == (False, {case})
    with pytest.raises(Refusal) as refusal:
        require_open(desk.session, Case.get_by_id(case))
    assert refusal.value.code == "journal.incident"
    assert "1 件案件暂不能批准和签发" in desk.reads.health().closed


def test_the_desk_signs_the_finding_and_the_person_stays_signed_in(enter: Enter) -> None:
    desk = enter("judge")
    tampered(desk)
    before = desk.session.store.signer
    checked(desk)
    line = Line.select().order_by(Line.taken.desc()).get()
    assert (line.act, line.person) == ("store.incident", "")
    assert desk.session.store.signer is before


def test_the_same_fault_is_one_incident_however_often_it_is_found(enter: Enter) -> None:
    desk = enter("director")
    tampered(desk)
    checked(desk)
    lines = Line.select().count()
    checked(desk)
    assert Incident.select().count() == 1
    assert Line.select().count() == lines


def test_settling_needs_two_sentences_and_the_right_person(enter: Enter) -> None:
    desk = enter("admin")
    tampered(desk)
    checked(desk)
    row = Incident.get().id
    assert refused(desk, "incident.settle", incident=row, **SAID) == "access.duty"
    assert refused(enter("judge"), "incident.settle", incident=row, **SAID) == "access.duty"
    desk = enter("director")
    assert refused(desk, "incident.settle", incident=row, who="", found="查明了原因") == "field.missing"
    assert refused(desk, "incident.settle", incident=row, who="局长乙", found="好") == "incident.words"
    desk.do("incident.settle", incident=row, **SAID)
    assert refused(desk, "incident.settle", incident=row, **SAID) == "incident.state"
    shown = desk.reads.health().incidents[0]
    assert (shown.open, shown.settled) == (False, "局长乙：局长乙会同管理员查证。与纸质卷宗核对，案由应为民间借贷纠纷。")


@pytest.mark.attack("8.8")
def test_settling_alone_opens_nothing_while_the_row_is_still_wrong(enter: Enter) -> None:
    desk = enter("director")
    case = tampered(desk)
    checked(desk)
    desk.do("incident.settle", incident=Incident.get().id, **SAID)
    assert closed_now().cases == frozenset()
    with pytest.raises(Refusal, match="不能批准和签发"):
        require_open(desk.session, Case.get_by_id(case))
    assert Incident.select().where(Incident.state == "open").count() == 1
    tampered(desk, "民间借贷纠纷")
    desk.do("incident.settle", incident=Incident.get(Incident.state == "open").id, **SAID)
    require_open(desk.session, Case.get_by_id(case))


def test_a_broken_chain_closes_everything_but_signing_in_and_settling(enter: Enter) -> None:
    desk = enter("director")
    record_faults(desk.session, Verdict(faults=[Fault("line", "HQ.1:3", "留痕 HQ.1:3 被改动。", chain=True)]))
    assert closed_now().everything
    assert refused(desk, "law.propose", key="control.term.bank_deposit", value="6", valid_from=desk.day, source="某条", reason="有误") == "journal.closed"
    assert "除登录和办结事件外都不能办理" in desk.reads.health().closed
    desk.do("incident.settle", incident=Incident.get().id, **SAID)


def test_a_fault_that_touches_no_case_is_named_and_closes_nothing(enter: Enter) -> None:
    desk = enter("director")
    record_faults(desk.session, Verdict(faults=[Fault("orphan", "文件 ab12", "有一个没有记录指向的文件。")]))
    assert Incident.get().kind == HARMLESS
    assert (closed_now().everything, closed_now().cases) == (False, frozenset())


def test_an_incident_of_the_recovery_envelope_ends_with_its_certificate(enter: Enter) -> None:
    desk = enter("director")
    with desk.session.act("certificate.issue") as act:
        act.add(Incident(kind="recovery_envelope", place="Certificate:1", text="启用恢复信封", found_at=act.at, state="open"))
    assert refused(desk, "incident.settle", incident=Incident.get().id, **SAID) == "incident.certificate"
    assert not desk.reads.health().incidents[0].may_settle
