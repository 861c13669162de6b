"""A glyph of the court's own from its act to the paper and to the other desk; forged ones have no effect."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from execdesk.documents.content import OwnGlyph
from execdesk.documents.wire import dump
from execdesk.drafting.assembly import assembly_of
from execdesk.drafting.drafts import content_hash, frozen
from execdesk.issue.printing import copy_for
from execdesk.law.refusal import Refusal
from execdesk.records.base import new_id
from execdesk.records.court import Glyph
from execdesk.records.papers import Document
from execdesk.records.people import Person, Post
from execdesk.store.act import Act
from execdesk.store.files import digest_of, files_of
from execdesk.store.replay import state_hash, stored_rows
from tests.flow.bureau import Bureau
from tests.flow.test_owners import forged_line, taken_in
from tests.flow.test_two_desks import send
from tests.glyphfonts import LIKE, UNKNOWN, font_bytes, font_file
from tests.looking import look_at

NAME = f"林{UNKNOWN}一"
DEBTORS = [{"name": NAME, "id_no": "469027198808080008", "address": "海南省乐东黎族自治县九所镇某村"}]


def who(account: str) -> str:
    return str(Person.get(Person.account == account).id)


def prepared(bureau: Bureau, folder: Path, like: str = LIKE) -> str:
    bureau.at("admin").do("glyph.prepare", character=UNKNOWN, font=font_file(folder, {UNKNOWN: like}), source="照身份证正面的字形")
    return str(Glyph.get(Glyph.state == "proposed", Glyph.struck.is_null()).id)


def in_use(bureau: Bureau, folder: Path, like: str = LIKE) -> str:
    row = prepared(bureau, folder, like)
    bureau.at("director").do("glyph.release", glyph=row)
    return row


def words(bureau: Bureau, pdf: bytes) -> str:
    return re.sub(r"\s", "", bureau.desk.session.pdf.text(pdf))


def notice(bureau: Bureau, case: str) -> tuple[str, str]:
    """Request and paper of a notice to the debtor, at the judge's desk."""
    changes = bureau.at(bureau.judge(case)).do("notice.execution", case=case, party=NAME)
    return changes.ids("Request")[0], bureau.papers(changes.ids("Request")[0])[0].id


def files_go_too(source: Bureau, target: Bureau) -> None:
    """The kept files that the target lacks, as a package brings them beside its lines."""
    look_at(source.desk)
    ours = files_of(source.desk.session.store.base)
    held = {name: ours.get(name) or b"" for name in ours.all_names()}
    look_at(target.desk)
    files_of(target.desk.session.store.base).put(held)


def test_from_the_act_to_the_paper_and_to_the_other_desk(bureau: Bureau, branch: Callable[[Bureau], Bureau], tmp_path: Path) -> None:
    bureau.at("clerk")
    other = branch(bureau)
    bureau.at("admin")
    look_at(bureau.desk)
    row = in_use(bureau, tmp_path / "fonts")
    case = bureau.register(debtors=DEBTORS)
    request, paper = notice(bureau, case)
    bureau.desk.do("request.submit", request=request)
    bureau.desk.do("request.approve", request=request, opinion="同意")
    bureau.issue_all(request, bureau.judge(case))
    look_at(bureau.desk)
    issued = Document.get_by_id(paper)
    assert issued.state == "issued" and [one.glyph for one in frozen(issued).glyphs] == [row]
    copied = copy_for(bureau.desk.session, paper).pdf
    assert NAME in words(bureau, copied)
    assert NAME in words(bureau, bureau.desk.reads.approval_sheet(request))
    assert bureau.desk.reads.verdict(paper).valid

    other.at("clerk")
    assert send(bureau, other).breaches == {}
    look_at(other.desk)
    assert Glyph.get_by_id(row).state == "effective"
    second = other.at(other.judge(case)).do("request.open", case=case, matter="terminate_this_round", party=NAME).ids("Request")[0]
    assert other.refused(other.account, "glyph.release", glyph=row).code == "access.duty"
    with pytest.raises(Refusal, match="字形文件不在本机") as lacking:
        other.desk.reads.approval_sheet(second)
    assert lacking.value.code == "glyph.no_file"
    third, _ = notice(other, case)
    assert other.refused(other.account, "request.submit", request=third).code == "glyph.no_file", "told before it is approved, not when its number is due"
    files_go_too(bureau, other)
    other.at(other.judge(case)).do("request.submit", request=third)
    assert NAME in words(other, other.desk.reads.approval_sheet(second)), "drawn at the other desk with the file that came"
    assert copy_for(other.desk.session, paper).pdf == copied
    assert other.desk.check().whole, [fault.text for fault in other.desk.check().faults]
    send(other, bureau)
    assert state_hash(stored_rows(bureau.desk.session.store)) == state_hash(stored_rows(other.desk.session.store))


def test_another_glyph_after_approval_lapses_it_and_issued_papers_stay(bureau: Bureau, tmp_path: Path) -> None:
    in_use(bureau, tmp_path / "fonts")
    case = bureau.register(debtors=DEBTORS)
    request, paper = notice(bureau, case)
    bureau.desk.do("request.submit", request=request)
    bureau.desk.do("request.approve", request=request, opinion="同意")
    me = bureau.account
    in_use(bureau, tmp_path / "fonts", "\U00030edd")
    refusal = bureau.refused(me, "document.issue", document=paper)
    assert refusal.code == "approval.lapsed" and f"本院补字「{UNKNOWN}」（U+2EBF0）的字形已经变动" in refusal.text, refusal.text
    bureau.desk.do("request.submit", request=request)
    bureau.desk.do("request.approve", request=request, opinion="同意")
    bureau.issue_all(request, me)
    look_at(bureau.desk)
    before = copy_for(bureau.desk.session, paper).pdf
    bureau.at("director").do("glyph.end", glyph=Glyph.get(Glyph.state == "effective").id, reason="该字已有字库")
    assert copy_for(bureau.desk.session, paper).pdf == before and bureau.desk.reads.verdict(paper).valid
    assert bureau.desk.check().whole


@pytest.mark.attack("8.3")
@pytest.mark.parametrize("what", ["released by who prepared it", "born in use", "changed in use", "of two characters", "of a common letter", "without a file's name", "in another's name", "released by an administrator", "of another day"])
def test_a_forged_glyph_has_no_effect(bureau: Bureau, branch: Callable[[Bureau], Bureau], tmp_path: Path, what: str) -> None:
    """With a modified program and one's own password: nobody releases his own glyph, nobody but the administrator prepares one, none changes."""
    row = (in_use if what == "changed in use" else prepared)(bureau, tmp_path / "fonts")
    director, admin = who("director"), who("admin")

    def add(act: Act, **values: Any) -> None:
        plain = {"character": UNKNOWN, "sha256": "a" * 64, "size": 10, "source": "自称", "proposed_by": admin, "proposed_on": bureau.day, "state": "proposed"}
        act.add(Glyph(**{"id": new_id(), **plain, **values}))

    def change(act: Act, **values: Any) -> None:
        act.change(act.get(Glyph, row), **values)

    now = {"state": "effective", "approved_on": bureau.day}
    forged: dict[str, tuple[str, str, Callable[[Act], None]]] = {
        "released by who prepared it": ("admin", "glyph.release", lambda act: change(act, **now, approved_by=admin)),
        "released by an administrator": ("admin", "glyph.release", lambda act: change(act, **now, approved_by=director)),
        "born in use": ("admin", "glyph.prepare", lambda act: add(act, **now, approved_by=director)),
        "changed in use": ("director", "glyph.release", lambda act: change(act, sha256="b" * 64)),
        "of two characters": ("admin", "glyph.prepare", lambda act: add(act, character="罚款")),
        "of a common letter": ("admin", "glyph.prepare", lambda act: add(act, character="1")),
        "without a file's name": ("admin", "glyph.prepare", lambda act: add(act, sha256="x")),
        "of another day": ("admin", "glyph.prepare", lambda act: add(act, proposed_on=bureau.day.replace(day=1))),
        "in another's name": ("admin", "glyph.prepare", lambda act: add(act, proposed_by=director)),
    }
    account, name, work = forged[what]
    bureau.at(account)
    entry = forged_line(bureau, name, work, "")
    other = branch(bureau)
    other.at("clerk")
    receipt = taken_in(other, [entry])
    assert list(receipt.breaches) == [entry.ref], what


@pytest.mark.attack("8.3")
def test_a_director_who_is_administrator_too_does_not_release_his_own(bureau: Bureau, tmp_path: Path) -> None:
    """Both posts in one hand are no second pair of eyes: neither by the action nor by a line."""
    bureau.at("admin").do("post.prepare", person="director", post="admin", starts_on=bureau.day)
    waiting = [post.id for post in Post.select().where(Post.state == "prepared")]
    if waiting:
        bureau.at("president").do("post.countersign", posts=waiting)
    bureau.at("director").do("glyph.prepare", character=UNKNOWN, font=font_file(tmp_path / "fonts"), source="照身份证")
    row = Glyph.get().id
    assert bureau.refused("director", "glyph.release", glyph=row).code == "access.oneself"
    me = who("director")
    entry = forged_line(bureau, "glyph.release", lambda act: act.change(act.get(Glyph, row), state="effective", approved_by=me, approved_on=bureau.day), "")
    assert list(taken_in(bureau, [entry]).breaches) == [entry.ref]


@pytest.mark.attack("8.3")
def test_a_paper_names_only_glyphs_in_use(bureau: Bureau, tmp_path: Path) -> None:
    """Who submits with a modified program a content drawn with a font that nobody released, submits nothing."""
    row = prepared(bureau, tmp_path / "fonts")
    case = bureau.register()
    changes = bureau.at(bureau.judge(case)).do("notice.execution", case=case, party="林例一")
    request, paper = changes.ids("Request")[0], changes.ids("Document")[0]
    document = Document.get_by_id(paper)
    honest = assembly_of(bureau.desk.session, document, bureau.day).content

    def submit(glyph: OwnGlyph | None) -> list[Any]:
        content = replace(honest, glyphs=(glyph,) if glyph else ())

        def work(act: Act) -> None:
            act.change(act.get(Document, paper), content=dump(content), content_hash=content_hash(content), text_version=content.text_version, state="submitted", law_hash="0" * 64)

        return list(taken_in(bureau, [forged_line(bureau, "request.submit", work, case)]).breaches)

    assert request and submit(OwnGlyph(UNKNOWN, Glyph.get_by_id(row).sha256, row)), "not released"
    assert submit(OwnGlyph("罚", digest_of(font_bytes()), new_id())), "of no row"
    assert not submit(None), "the same without it"
