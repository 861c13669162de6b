"""An act that goes around its verb is still asked what must hold beside the state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from execdesk.records.approvals import Request
from execdesk.records.base import Journaled
from execdesk.records.incidents import Incident
from execdesk.records.measures import Measure
from execdesk.records.papers import Document
from execdesk.records.people import Certificate, Person, Post
from execdesk.store.act import Act, UnmetCondition
from tests.flow.bureau import Bureau
from tests.world import Notes

Write = Callable[[Act], Journaled]


@pytest.fixture
def world() -> str:
    return "frozen"


def served() -> Document:
    return Document.get(Document.type_id == "notice_assist_deposit")


def changed(row: Callable[[], Journaled], **values: Any) -> Write:
    return lambda act: act.change(act.get(type(row()), row().id), **values)


def a_post(state: str) -> Write:
    person = "clerk"
    return lambda act: act.add(Post(person=Person.get(Person.account == person).id, post="judge", site="HQ", starts_on=act.day, state=state))


def a_certificate(state: str) -> Write:
    def write(act: Act) -> Journaled:
        old = Certificate.get(Certificate.person == Person.get(Person.account == "clerk").id)
        return act.add(Certificate(person=old.person, site=old.site, serial="1", pem=old.pem, purpose="person", state=state, issued_at=act.at))

    return write


WRONG: list[tuple[str, Write, str]] = [
    ("document.void", changed(served, state="void"), "尚未送达"),
    ("measure.reply", changed(Measure.get, state="void"), "查无财产或拒绝协助"),
    ("measure.reply", changed(Measure.get, state="ordered"), "轮候"),
    ("receipt.deducted", changed(Measure.get, state="transferred"), "已全部划走"),
    ("service.record", changed(Measure.get, state="renewed"), "原期限届满前送达"),
    ("post.prepare", a_post("effective"), "无须会签"),
    ("certificate.issue", a_certificate("valid"), "两人在场"),
    ("certificate.issue", changed(lambda: Certificate.get(Certificate.purpose == "person"), state="revoked"), "签发了新证书"),
    ("post.end", lambda act: act.add(Incident(kind="tamper", place="x", text="x", found_at=act.at, state="open")), "签发钥匙的持有人离任"),
]


@pytest.mark.parametrize(("name", "write", "needed"), WRONG, ids=[f"{name} {needed}" for name, _, needed in WRONG])
def test_what_does_not_hold_is_named(bureau: Bureau, notes: Notes, name: str, write: Write, needed: str) -> None:
    session = bureau.at(notes["judge"]).session
    head = session.store.head.number
    with pytest.raises(UnmetCondition, match=needed), session.act(name, case=notes["case"]) as act:
        write(act)
    assert session.store.head.number == head


def test_papers_still_to_sign_and_papers_signed_are_counted(bureau: Bureau, notes: Notes) -> None:
    bureau.at("clerk")
    request = bureau.freeze(notes["case"]).ids("Request")[0]
    for verb in ("request.submit", "request.approve"):
        bureau.desk.do(verb, request=request)
    first, second = bureau.papers(request)
    session = bureau.desk.session

    def tried(name: str, row: Journaled, state: str) -> str:
        with pytest.raises(UnmetCondition) as refused, session.act(name, case=notes["case"]) as act:
            act.change(act.get(type(row), row.id), state=state)
        return refused.value.text

    assert "所附文书都已签发" in tried("document.issue", Request.get_by_id(request), "used")
    assert "内容与批准的不同" in tried("request.lapse", Request.get_by_id(request), "lapsed")
    bureau.desk.do("document.issue", document=first.id)
    assert "尚未签发文书" in tried("request.withdraw", Request.get_by_id(request), "withdrawn")
    assert "尚未签发文书" in tried("request.withdraw", second, "draft")
    assert "本处无印章管理员" in tried("document.wet_seal", first, "issued")
