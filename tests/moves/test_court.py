"""What becomes of corrections of law, of adoptions, of glyphs, of faults that somebody settles, of numbers found on paper."""

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
from tests.glyphfonts import LIKE, UNKNOWN, font_file
from tests.moves.walking import Walk, walks
from tests.world import DAY, at_home

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
    Glyph="""
        glyph.prepare >proposed
        glyph.release proposed>effective effective>ended
        glyph.refuse proposed>refused
        glyph.end effective>ended
    """,
)
def test_the_director_approves_or_refuses_what_was_prepared(walk: Walk, enter: Enter, tmp_path: Path) -> None:
    keys = ("control.term.bank_deposit", "control.term.movable")
    corrections = [enter("judge").do("law.propose", key=key, **CORRECTION).ids("LawCorrection")[0] for key in keys]
    desk = enter("admin")
    glyphs = []
    for number, sign in enumerate((UNKNOWN, "\ue000", UNKNOWN)):
        glyphs.append(desk.do("glyph.prepare", character=sign, font=font_file(tmp_path / "fonts", {sign: chr(ord(LIKE) - number)}), source="照身份证").ids("Glyph")[0])
        if number < 2:
            enter("director").do(("glyph.release", "glyph.refuse")[number], glyph=glyphs[-1], **({"reason": "字形不对"} if number else {}))
            desk = enter("admin")
    adoptions = [desk.do("adoption.prepare", document_types=[kind]).ids("Adoption")[0] for kind in ("notice_execution", "order_consumption")]
    desk = enter("director")
    desk.do("law.approve", correction=corrections[0])
    desk.do("law.refuse", correction=corrections[1], reason="依据不足")
    desk.do("adoption.approve", adoptions=[adoptions[0]])
    desk.do("adoption.refuse", adoption=adoptions[1], reason="文本有误")
    desk.do("glyph.release", glyph=glyphs[2])
    desk.do("glyph.end", glyph=glyphs[2], reason="该字已改")


def text_words(desk: Desk, type_id: str, more: str) -> str:
    return f"{desk.reads.text_words(type_id, desk.reads.text_desk(type_id).now)}\n【增】{more}"


@walks(
    TextCorrection="""
        text.draft >draft
        text.save draft>draft
        text.submit draft>proposed
        text.return proposed>draft
        text.release proposed>released
        text.withdraw draft>withdrawn proposed>withdrawn released>withdrawn
        adoption.approve released>effective
        adoption.refuse released>refused
    """,
    Adoption="""
        text.release >proposed
    """,
)
def test_a_text_of_the_court_is_worded_released_and_adopted_by_three(walk: Walk, enter: Enter) -> None:
    types, why = ("notice_execution", "order_consumption", "ruling_income", "ruling_tnr", "ruling_deduct"), {"source": "会议纪要", "reason": "写清楚"}
    desk = enter("admin")
    rows = {kind: desk.do("text.draft", document_type=kind, words=text_words(desk, kind, "另加一段。"), valid_from=DAY, **why).ids("TextCorrection")[0] for kind in types}
    desk.do("text.save", correction=rows["ruling_tnr"], words=desk.reads.text_words("ruling_tnr", f"{rows['ruling_tnr']}/1"), valid_from=DAY, **why)
    desk.do("text.withdraw", correction=rows["ruling_tnr"], reason="不改了")
    for kind in types[:3] + types[4:]:
        desk.do("text.submit", correction=rows[kind])
    desk.do("text.withdraw", correction=rows["ruling_deduct"], reason="不改了")
    desk = enter("judge")
    desk.do("text.return", correction=rows["notice_execution"], reason="错字")
    enter("admin").do("text.submit", correction=rows["notice_execution"])
    desk = enter("judge")
    made = {kind: desk.do("text.release", correction=rows[kind]).ids("Adoption")[0] for kind in types[:3]}
    desk = enter("director")
    desk.do("adoption.approve", adoptions=[made["notice_execution"]])
    desk.do("adoption.refuse", adoption=made["order_consumption"], reason="不必改")
    enter("admin").do("text.withdraw", correction=rows["ruling_income"], reason="另拟")


@walks(
    Phrase="""
        phrase.keep >own
        phrase.offer own>proposed
        phrase.return proposed>own
        phrase.release proposed>released
        phrase.drop own>dropped proposed>dropped
        phrase.retire released>dropped
    """,
)
def test_a_phrase_is_a_persons_own_until_another_makes_it_the_courts(walk: Walk, enter: Enter) -> None:
    desk = enter("clerk")
    rows = [desk.do("phrase.keep", words=f"被执行人名下查无第{number}项财产").ids("Phrase")[0] for number in range(3)]
    desk.do("phrase.drop", phrase=rows[0])
    for row in rows[1:]:
        desk.do("phrase.offer", phrase=row)
    desk.do("phrase.drop", phrase=rows[1])
    enter("judge").do("phrase.return", phrase=rows[2], reason="错字")
    enter("clerk").do("phrase.offer", phrase=rows[2])
    desk = enter("judge")
    desk.do("phrase.release", phrase=rows[2])
    desk.do("phrase.retire", phrase=rows[2], reason="不再使用")


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
