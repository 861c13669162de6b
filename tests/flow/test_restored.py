"""A restored copy, a holding elsewhere, an open incident: no issue until a person has cleared it."""

from __future__ import annotations

from pathlib import Path

import pytest

from execdesk.access.demonstration import keep_day
from execdesk.access.safekeeping import back_up, restore
from execdesk.integrity.incidents import as_desk
from execdesk.issue.clearing import series_asked
from execdesk.records.incidents import Incident
from execdesk.records.papers import Document
from tests.flow.bureau import DEBTOR, Bureau


def ready(bureau: Bureau, case: str) -> tuple[str, str]:
    request = bureau.at(bureau.judge(case)).do("notice.execution", case=case, party=DEBTOR).ids("Request")[0]
    for action in ("request.submit", "request.approve"):
        bureau.desk.do(action, request=request)
    return bureau.papers(request)[0].id, bureau.account


@pytest.mark.file("a restored store is a file")
def test_a_restored_store_issues_again_once_the_numbers_on_paper_are_entered(bureau: Bureau, tmp_path: Path) -> None:
    case = bureau.register()
    paper, judge = ready(bureau, case)
    keep_day(bureau.folder, bureau.day)
    back_up(bureau.desk.session.store, tmp_path / "copy.zip")
    bureau.at(judge).do("document.issue", document=paper)
    assert Document.get_by_id(paper).number == "（2018）琼9027执1号"
    bureau.close()
    restore(tmp_path / "copy.zip", tmp_path / "again", "director", "demo")
    again = Bureau(bureau.services, tmp_path / "again", bureau.day)
    assert again.refused(judge, "document.issue", document=paper).code == "store.restored"
    answers = [{"series": key, "number": "（2018）琼9027执1号" if key == "notice" else "无"} for key in series_asked(again.desk.session)]
    assert again.refused("clerk", "store.clear_restored", numbers=answers, words="查了卷宗").code == "access.duty"
    again.at("director").do("store.clear_restored", numbers=answers, words="查了卷宗和发文簿", other_desk="黄流席位尚未启用")
    again.at(judge).do("document.issue", document=paper)
    assert Document.get_by_id(paper).number == "（2018）琼9027执1号之一", "the number on paper is not given again"
    assert again.desk.check().whole
    again.close()


def test_an_open_incident_of_tampering_closes_issue_until_settled(bureau: Bureau) -> None:
    case = bureau.register()
    paper, judge = ready(bureau, case)
    with as_desk(bureau.desk.session), bureau.desk.session.act("store.incident", case=case) as act:
        act.add(Incident(kind="tamper", place="某行", text="某行被改动", case=case, found_at=act.at, state="open"))
    assert bureau.refused(judge, "document.issue", document=paper).code == "journal.incident"
    bureau.at("president").do("incident.settle", incident=Incident.get().id, who="信息科某人", found="系磁盘坏道，已从备份恢复")
    bureau.at(judge).do("document.issue", document=paper)


def test_settling_does_not_open_issue_over_a_fault_that_is_still_there(bureau: Bureau) -> None:
    case = bureau.register()
    paper, judge = ready(bureau, case)
    bureau.desk.session.store.base.execute_sql("UPDATE party SET name = '林例乙' WHERE name = '林例一'")
    assert bureau.refused(judge, "document.issue", document=paper).code == "journal.incident"
    bureau.at("president").do("incident.settle", incident=Incident.get().id, who="信息科某人", found="未查出原因")
    assert bureau.refused(judge, "document.issue", document=paper).code == "journal.incident"
