"""What becomes of corrections of law, of adoptions, of faults that somebody settles, of numbers found on paper."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from execdesk.access.demonstration import keep_day
from execdesk.access.safekeeping import restore
from execdesk.desk import Desk
from execdesk.issue.clearing import series_asked
from execdesk.records.cases import Case
from execdesk.records.incidents import Incident
from execdesk.records.people import Person
from tests import court_store
from tests.at_will import at_will
from tests.flow.bureau import Bureau
from tests.moves.walking import Walk, walks
from tests.world import at_home

Enter = Callable[..., Desk]
CORRECTION = {"value": "6", "valid_from": date(2018, 1, 1), "source": "某司法解释第一条", "reason": "条文已改"}


@walks(
    Case="case.register >open",
    LawCorrection="""
        law.propose >proposed
        law.approve proposed>effective
        law.refuse proposed>refused
    """,
    Adoption="""
        adoption.prepare >proposed
        adoption.approve proposed>effective
        adoption.refuse proposed>refused
    """,
)
def test_the_director_approves_or_refuses_what_was_prepared(walk: Walk, enter: Enter) -> None:
    keys = ("control.term.bank_deposit", "control.term.movable")
    corrections = [enter("judge").do("law.propose", key=key, **CORRECTION).ids("LawCorrection")[0] for key in keys]
    desk = enter("admin")
    adoptions = [desk.do("adoption.prepare", document_types=[kind]).ids("Adoption")[0] for kind in ("notice_execution", "order_consumption")]
    desk = enter("director")
    desk.do("law.approve", correction=corrections[0])
    desk.do("law.refuse", correction=corrections[1], reason="依据不足")
    desk.do("adoption.approve", adoptions=[adoptions[0]])
    desk.do("adoption.refuse", adoption=adoptions[1], reason="文本有误")


@walks(
    Incident="""
        store.incident >open
        incident.settle open>settled
        breach.undo open>settled
    """,
)
def test_a_fault_stands_until_somebody_settles_it(walk: Walk, enter: Enter) -> None:
    desk = enter("president")
    desk.session.store.base.execute_sql('UPDATE "case" SET "cause" = ? WHERE "id" = ?', ("买卖合同纠纷", Case.get().id))
    desk.note_check(desk.check())
    desk.do("incident.settle", incident=Incident.get().id, who="局长乙会同管理员查证", found="与纸质卷宗核对，案由应为民间借贷纠纷")
    with at_will(enter("clerk").session, "person.staffing") as act:
        act.change(act.get(Person, desk.session.me.id), name="林例丙")
    desk = enter("president")
    desk.note_check(desk.check())
    desk.do("breach.undo", incident=Incident.get(Incident.state == "open").id, reason="查明由书记员用自编程序写下")


@walks(
    Incident="store.incarnation >open",
)
def test_a_copied_store_goes_on_in_a_chain_of_its_own(walk: Walk, real_store: Path, tmp_path: Path) -> None:
    at_home(real_store, tmp_path / "data")
    desk = court_store.at(Path(shutil.copytree(tmp_path / "data", tmp_path / "copy")), "director")
    desk.do("store.go_on", witness="president", witness_password=court_store.password_of("president"), reason="试用新电脑")
    desk.close()


@pytest.mark.file("a restored store is a file")
@walks(
    TakenNumber="store.clear_restored >paper",
)
def test_a_restored_store_learns_the_numbers_used_on_paper(walk: Walk, bureau: Bureau, tmp_path: Path) -> None:
    bureau.register()
    keep_day(bureau.folder, bureau.day)
    bureau.at("admin").backups.write(tmp_path / "copy.backup")
    bureau.close()
    restore(tmp_path / "copy.backup", tmp_path / "again", "director", "demo")
    again = Bureau(bureau.services, tmp_path / "again", bureau.day)
    desk = again.at("director")
    numbers = [{"series": key, "number": "（2018）琼9027执1号" if key == "notice" else "无"} for key in series_asked(desk.session)]
    desk.do("store.clear_restored", numbers=numbers, words="查了卷宗和发文簿", other_desk="黄流席位尚未启用")
    again.close()
