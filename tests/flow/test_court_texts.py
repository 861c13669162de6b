"""Texts and phrases of the court against a program of one's own, on two desks, and on paper: what was signed keeps its words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from execdesk.records.court import Adoption, Phrase, TextCorrection
from execdesk.records.papers import Document
from execdesk.store.act import Act
from execdesk.store.clashes import clash_lines
from tests.flow.bureau import Bureau
from tests.flow.test_forging import named, who, write
from tests.flow.test_two_desks import send
from tests.looking import look_at

TYPE = "notice_execution"
WHY = {"source": "会议纪要", "reason": "写清楚"}
MORE = "本院另加的一段。"


def begun(bureau: Bureau, account: str = "admin", more: str = MORE, submit: bool = True) -> str:
    """A correction of the notice put before a second person; its row."""
    desk = bureau.at(account)
    words = desk.reads.text_words(TYPE, desk.reads.text_desk(TYPE).now)
    row = desk.do("text.draft", document_type=TYPE, words=f"{words}\n【增】{more}", valid_from=bureau.day, **WHY).ids("TextCorrection")[0]
    if submit:
        desk.do("text.submit", correction=row)
    return row


def in_force(bureau: Bureau, more: str = MORE) -> str:
    """A correction of the notice that three have brought into effect."""
    row = begun(bureau, more=more)
    bureau.at("judge-1").do("text.release", correction=row)
    bureau.at("director").do("adoption.approve", adoptions=[Adoption.get(Adoption.state == "proposed").id])
    return row


def released_by(row: str, account: str) -> Callable[[Act], Any]:
    return lambda act: act.change(act.get(TextCorrection, row), state="released", released_by=who(account).id, released_on=act.day)


def adopted_by(row: str, account: str) -> Callable[[Act], Any]:
    return lambda act: act.change(act.get(TextCorrection, row), state="effective", approved_by=who(account).id, approved_on=act.day)


def worded(row: str, words: str = "另一摘要") -> Callable[[Act], Any]:
    def work(act: Act) -> None:
        found = act.get(TextCorrection, row)
        act.change(found, body={**found.body, "subject": words})

    return work


@pytest.mark.attack("8.3")
def test_nobody_releases_or_adopts_the_text_he_worded(bureau: Bureau) -> None:
    row, own = begun(bureau), begun(bureau, "judge-1")
    lines = [
        write(bureau, "admin", released_by(row, "admin"), "text.release"),
        write(bureau, "admin", released_by(row, "judge-1"), "text.release"),
        write(bureau, "clerk", released_by(row, "clerk"), "text.release"),
        write(bureau, "judge-1", released_by(own, "judge-1"), "text.release"),
        write(bureau, "director", adopted_by(row, "director"), "adoption.approve"),
        write(bureau, "admin", adopted_by(row, "president"), "adoption.approve"),
        write(bureau, "judge-2", worded(row), "text.save"),
        write(bureau, "admin", worded(row, "又一摘要"), "text.save"),
    ]
    found = named(bureau)
    assert [number for number, line in enumerate(lines) if line not in found] == []


@pytest.mark.attack("8.3")
def test_the_director_adopts_nothing_that_he_released_himself(bureau: Bureau) -> None:
    row = begun(bureau)
    write(bureau, "director", released_by(row, "director"), "text.release")
    line = write(bureau, "director", adopted_by(row, "director"), "adoption.approve")
    assert line in named(bureau)


@pytest.mark.attack("8.3")
def test_the_words_of_an_adopted_text_are_not_changed_behind_it(bureau: Bureau) -> None:
    row = in_force(bureau)
    assert MORE in bureau.at("clerk").reads.text_words(TYPE, bureau.desk.reads.text_desk(TYPE).now)
    assert write(bureau, "admin", worded(row), "text.save") in named(bureau)


@pytest.mark.attack("8.3")
def test_nobody_makes_his_own_phrase_the_courts(bureau: Bureau) -> None:
    row = bureau.at("judge-1").do("phrase.keep", words="查无可供执行的财产").ids("Phrase")[0]
    bureau.desk.do("phrase.offer", phrase=row)
    assert bureau.refused("judge-1", "phrase.release", phrase=row).code == "access.oneself"
    by_himself = write(bureau, "judge-1", lambda act: act.change(act.get(Phrase, row), state="released", released_by=who("judge-1").id, released_on=act.day), "phrase.release")
    assert by_himself in named(bureau)


@pytest.mark.begins("noticed")
def test_what_was_signed_keeps_its_words_and_the_next_paper_bears_the_new_ones(bureau: Bureau, notes: dict[str, Any]) -> None:
    bureau.at("clerk")
    before = Document.get_by_id(notes["notice"])
    pages, said = bureau.desk.reads.pages(before.id), before.content
    in_force(bureau)
    bureau.at("clerk")
    after = Document.get_by_id(notes["notice"])
    assert (after.content, after.content_hash, bureau.desk.reads.pages(after.id)) == (said, before.content_hash, pages)
    assert bureau.desk.reads.verdict(after.id).valid
    assert bureau.desk.check().whole
    case = bureau.register("（2018）琼9027执77号")
    fresh = bureau.papers(bureau.at(bureau.judge(case)).do("notice.execution", case=case, party=bureau.party(case).id, days=None).ids("Request")[0])[0]
    text = bureau.desk.session.catalogue.text(TYPE, bureau.day)
    assert said["text_version"] != text.version
    bureau.desk.do("request.submit", request=fresh.request)
    content = Document.get_by_id(fresh.id).content
    assert content["text_version"] == text.version
    assert MORE in str(content)


def test_words_changed_at_one_desk_while_another_releases_them_clash(bureau: Bureau, branch: Callable[[Bureau], Bureau]) -> None:
    row = begun(bureau)
    other = branch(bureau)
    bureau.at("judge-1").do("text.release", correction=row)
    other.at("admin").do("text.return", correction=row, reason="还要改")
    send(bureau, other)
    send(other, bureau)
    for desk in (bureau, other):
        look_at(desk.desk)
        assert list(clash_lines("TextCorrection", row)) == ["state"]


def test_a_text_adopted_at_one_desk_is_printed_at_the_other(bureau: Bureau, branch: Callable[[Bureau], Bureau]) -> None:
    other = branch(bureau)
    in_force(bureau)
    other.at("clerk")
    version = bureau.desk.session.catalogue.text(TYPE, bureau.day).version
    assert other.desk.session.catalogue.text(TYPE, bureau.day).version != version
    send(bureau, other)
    look_at(other.desk)
    assert other.desk.session.catalogue.text(TYPE, bureau.day).version == version
