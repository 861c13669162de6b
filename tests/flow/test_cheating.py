"""Nobody brings about an approval, a delegation, a post or a signature that is not his: through actions, rows or the journal."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from peewee import Database, PostgresqlDatabase

from execdesk.access.register import ACTIONS, Action
from execdesk.approval.proof import require_proven
from execdesk.issue.gates import require_gates
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.approvals import Decision, Panel, Permit, Request
from execdesk.records.base import canonical, new_id
from execdesk.records.cases import Assignment, Case
from execdesk.records.court import Adoption, Group, LawCorrection
from execdesk.records.incidents import Incident
from execdesk.records.journal import Line
from execdesk.records.measures import Measure
from execdesk.records.papers import Document, KeptFile
from execdesk.records.people import Certificate, Delegation, Person, Post
from execdesk.records.sanctions import ObstructionAct
from execdesk.records.teams import Team
from tests.at_will import at_will
from tests.flow.bureau import DEBTOR, Bureau
from tests.looking import kept
from tests.world import Notes, Shelf, at_work, recipe

DETENTION = {"days": 15, "ground": "refuse", "facts": "拒不履行", "reasoning": "构成妨害", "sanction_number": "（2018）琼9027司惩1号"}
PEOPLE = ["admin", "president", "vice", "director", "judge-1", "clerk", "officer", "seal"]


def scene(bureau: Bureau, case: str) -> None:
    """In a case a matter of every kind of state: drafted, submitted, approved, issued without seal, waiting for 院长; prepared posts and letters."""
    judge = bureau.judge(case)
    first = bureau.freeze(case).ids("Request")[0]
    bureau.desk.do("request.submit", request=first)
    second = bureau.freeze(case).ids("Request")[0]
    for action in ("request.submit", "request.approve"):
        bureau.at(judge).do(action, request=second)
    third = bureau.freeze(case).ids("Request")[0]
    for action in ("request.submit", "request.approve"):
        bureau.at(judge).do(action, request=third)
    bureau.desk.do("document.issue", document=bureau.papers(third)[0].id)
    order = bureau.desk.do("order.consumption", case=case, party=DEBTOR).ids("Request")[0]
    bureau.desk.do("request.submit", request=order)
    panel = bureau.desk.do("request.open", case=case, matter="auction_property").ids("Request")[0]
    bureau.desk.do("request.submit", request=panel)
    bureau.desk.do("panel.ask", request=panel, reason="重大")
    bureau.freeze(case)
    for person in ("admin", "clerk", "officer"):
        bureau.at("admin").do("post.prepare", person=person, post="judge", starts_on=bureau.day, group="coastal")
    bureau.desk.do("post.prepare", person="clerk", post="vice_president", starts_on=bureau.day)
    bureau.desk.do("delegation.prepare", person="vice", letter="乐法授〔2018〕9号", matters=["all"], starts_on=bureau.day, ends_on=date(2018, 12, 31))


def ids(model: Any) -> list[str]:
    return [row.id for row in model.select(model.id)]


def candidates(field: Field, case: str) -> list[Any]:
    """What somebody would try in a field."""
    rows: dict[str, Any] = {
        "case": [case], "request": ids(Request), "document": ids(Document), "measure": ids(Measure), "delegation": ids(Delegation),
        "certificate": ids(Certificate), "panel": ids(Panel), "permit": ids(Permit), "corrects": [None], "run": ["x"], "team": ids(Team),
        "incident": ids(Incident) or ["x"], "adoption": ids(Adoption) or ["x"], "correction": ids(LawCorrection) or ["x"],
        "group": ["coastal", ids(Group)[0]], "party": [DEBTOR], "signer": ["vice", "admin", None], "matter": ["freeze_deposit", "detention", "all"],
        "matters": [["all"], ["detention"]], "type": ["ruling_freeze", "decision_detention", "order_consumption"],
        "post": [*ids(Post)[-4:], "judge", "president", "admin"], "staffing": ["political"], "side": ["debtor"], "method": ["direct"],
        "presiding": ["judge-1"], "members": [["judge-2", "judge-3"]], "kinds": [["人大代表"]], "inputs": [{"signer": "admin"}, {}], "values": [{"name": "林例乙"}],
        "minutes": [[{"member": p, "vote": "agree", "opinion": "同意"} for p in ("judge-1", "judge-2", "judge-3")]], "file": ["/nonexistent.xlsx"],
        "sanction_number": ["（2018）琼9027司惩9号"], "number": ["（2018）琼9027执9号"], "identifiers": [{"bank": "某某银行", "account_no": "6228480000006621"}], "scan": [""],
        "ends_on": [date(2018, 12, 31)], "circumstances": [None], "ground": ["refuse", "satisfied"], "approvers": [["甲", "乙", "丙"]],
        "password": ["wrong password"], "own_password": ["demo", "wrong password"], "second_password": ["wrong password"], "recovery_code": ["AAAA-BBBB"], "purpose": ["person"], "days": [5],
        "act": ids(ObstructionAct) or ["x"], "statute_item": ["refuse"], "receipt": ["x"], "second": ["president", "director"], "series": ["ruling"], "wrong": ["冻结"], "right": ["查封"], "forgotten": [True, False], "site": ["HQ"],
        "person": PEOPLE, "judge": PEOPLE, "clerk": ["clerk"], "officers": [["officer"]], "witness": ["president"], "members_": [[]],
        "applicants": [["符示例"]], "debtors": [[DEBTOR]], "account": ["newcomer"], "role": ["officer"], "copies": [1], "rank": [1],
    }
    if field.name in rows:
        found: list[Any] = rows[field.name]
        return found
    by_kind: dict[str, list[Any]] = {
        "whole": [1], "count": [1], "version": [1], "flag": [True], "day": [date(2018, 1, 2)], "amount": [100], "many": [["all"]], "map": [{}], "record": [{}],
    }
    if field.kind == "choice" and field.pairs:
        return [key for key, _words in field.pairs]
    return by_kind.get(field.kind, ["同意"])


def attempts(action: Action, case: str, chance: random.Random, most: int = 24) -> Iterator[dict[str, Any]]:
    fields = [f for f in action.fields if f.required or chance.random() < 0.5]
    combos = list(itertools.islice(itertools.product(*(candidates(f, case) for f in fields)), 4000))
    for combo in chance.sample(combos, min(most, len(combos))):
        yield dict(zip((f.name for f in fields), combo, strict=True))


def standing() -> dict[str, Any]:
    """Everything that only others than the one at the desk may bring about."""
    return {
        "decisions": ids(Decision), "letters": sorted(r.id for r in Delegation.select().where(Delegation.state == "effective")),
        "posts": sorted(r.id for r in Post.select().where(Post.state == "effective")), "files": ids(KeptFile),
        "approved": sorted(r.id for r in Request.select().where(Request.state.in_(["approved", "used"]))),
        "signed": sorted(d.id for d in Document.select().where(Document.signed_on.is_null(False))),
        "certificates": sorted(c.id for c in Certificate.select().where(Certificate.state != "revoked")),
        "panels": sorted((p.id, p.state) for p in Panel.select()), "adopted": sorted(a.id for a in Adoption.select().where(Adoption.state == "effective")),
        "law": sorted(c.id for c in LawCorrection.select().where(LawCorrection.state == "effective")),
        "judges": sorted(a.id for a in Assignment.select().where(Assignment.role == "judge")),
    }


@recipe("every state")
def _every_state(shelf: Shelf, folder: Path) -> Notes:
    with at_work(shelf, "served", folder) as (bureau, notes):
        scene(bureau, notes["case"])
        return notes


@pytest.mark.attack("8.3")
@pytest.mark.begins("every state")
@pytest.mark.parametrize("account", ["admin", "clerk", "officer"])
def test_every_verb_alone_brings_about_nothing_of_others(bureau: Bureau, notes: Notes, account: str) -> None:
    bureau.at("vice")
    case = notes["case"]
    before, me = standing(), Person.get(Person.account == account)
    first = Line.select().count()
    chance, done, faults = random.Random(2018), [], []
    desk = bureau.at(account)
    for action in ACTIONS.values():
        for values in attempts(action, case, chance):
            try:
                desk.do(action.name, **values)
                done.append(action.name)
            except Refusal:
                continue
            except Exception as error:
                faults.append(f"{action.name} {values}: {error!r}")
    assert not faults, "\n".join(faults[:20])
    after = standing()
    may_judge = {"judges"} if account == "clerk" else set()  # the clerk registers cases, which the rule then assigns
    may_post = {"posts"}  # posts without authority take effect at once
    may_revoke = {"certificates"} if account == "admin" else set()
    for what in after.keys() - may_judge - may_post - may_revoke:
        assert set(after[what]) <= set(before[what]), (account, what, sorted(set(done)))
    assert after["files"] == before["files"] and after["decisions"] == before["decisions"] and after["signed"] == before["signed"]
    assert set(after["certificates"]) <= set(before["certificates"])
    needs = bureau.services.organisation.posts
    fresh = [Post.get_by_id(p) for p in set(after["posts"]) - set(before["posts"])]
    assert not [p.post for p in fresh if needs[p.post].countersign]
    lines = Line.select().where(Line.taken > first)
    assert {line.person for line in lines} <= {me.id}
    verdict = desk.check()
    assert verdict.whole, [f.text for f in verdict.faults]


# -- behind the program's back -----------------------------------------------------------------------------------------------


@recipe("approved")
def _approved(shelf: Shelf, folder: Path) -> Notes:
    """A freeze approved and not yet issued."""
    with at_work(shelf, "noticed", folder) as (bureau, notes):
        request = bureau.freeze(notes["case"]).ids("Request")[0]
        bureau.desk.do("request.submit", request=request)
        bureau.desk.do("request.approve", request=request)
        return {**notes, "request": request}


@pytest.fixture
def approved(bureau: Bureau, notes: Notes) -> tuple[str, str, str]:
    """The case, the request, and its judge, who sits at the desk."""
    bureau.at(notes["judge"])
    return notes["case"], notes["request"], notes["judge"]


def sql(bureau: Bureau, statement: str, *values: Any) -> None:
    run(bureau.desk.session.store.base, statement, *values)


def run(base: Database, statement: str, *values: Any) -> None:
    base.execute_sql(statement.replace("?", base.param), values)


def unguard(base: Database) -> None:
    """Take away what keeps lines as they are, as who owns the tables can."""
    if isinstance(base, PostgresqlDatabase):
        base.execute_sql(f'ALTER TABLE "{Line._meta.table_name}" DISABLE TRIGGER USER')
        return
    for (name,) in base.execute_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        base.execute_sql(f'DROP TRIGGER "{name}"')


EDITS = [
    ("request", "UPDATE request SET content_hash = 'x' WHERE id = ?"),
    ("decision", "UPDATE decision SET opinion = '不同意' WHERE request = ?"),
    ("amount", "UPDATE measure SET amount_fen = 999999999 WHERE id IN (SELECT measure FROM document WHERE request = ?)"),
    ("draft", "UPDATE document SET inputs = '{\"amount_fen\":1}' WHERE request = ?"),
    ("party", "UPDATE party SET name = '林例乙' WHERE 'x' != ?"),
    ("gone", "DELETE FROM decision WHERE request = ?"),
    ("index", "DELETE FROM touch WHERE tbl = 'Decision' AND 'x' != ?"),
]


@pytest.mark.begins("approved")
@pytest.mark.parametrize(("what", "statement"), EDITS, ids=[e[0] for e in EDITS])
def test_an_edit_behind_the_journal_is_found_and_closes_issue(bureau: Bureau, approved: tuple[str, str, str], what: str, statement: str) -> None:
    case, request, judge = approved
    paper = bureau.papers(request)[0].id
    sql(bureau, statement, request)
    refusal = bureau.refused(judge, "document.issue", document=paper)
    assert refusal.code == "journal.incident", refusal.text
    assert Incident.get().case == case
    assert not bureau.desk.check().whole
    other = bureau.register("（2018）琼9027执2号")
    bureau.notice(other)
    assert Document.select().where(Document.case == other, Document.signed_on.is_null(False)).exists(), "other cases go on"


@pytest.mark.begins("approved")
def test_a_pending_matter_in_a_damaged_case_is_not_approved(bureau: Bureau, approved: tuple[str, str, str]) -> None:
    case, request, judge = approved
    other = bureau.at(judge).do("request.open", case=case, matter="extend_enforcement_period").ids("Request")[0]
    bureau.desk.do("request.submit", request=other)
    sql(bureau, "UPDATE cases SET claim_fen = 1 WHERE id = ?" if Case._meta.table_name == "cases" else f'UPDATE "{Case._meta.table_name}" SET claim_fen = 1 WHERE id = ?', case)
    assert bureau.refused("president", "request.approve", request=other).code == "journal.incident"


@pytest.mark.begins("approved")
def test_a_line_signed_anew_by_another_session_is_found(bureau: Bureau, approved: tuple[str, str, str]) -> None:
    case, request, judge = approved
    paper = bureau.papers(request)[0].id
    line = Line.select().where(Line.act == "request.approve").get()
    body = json.loads(bytes(line.body))
    signer = bureau.at("clerk").session.store.signer
    assert signer is not None
    body["person"], body["key"] = body["person"], signer.key
    raw = canonical(body).encode()
    digest = hashlib.sha256(raw).hexdigest()
    unguard(bureau.desk.session.store.base)
    sql(
        bureau, f'UPDATE "{Line._meta.table_name}" SET body = ?, hash = ?, signature = ? WHERE taken = ?',
        raw, digest, signer.sign(bytes.fromhex(digest)), line.taken,
    )
    refusal = bureau.refused(judge, "document.issue", document=paper)
    assert refusal.code == "journal.incident" and "另一个人" in refusal.text or "没有登录凭证" in refusal.text, refusal.text


def forged(bureau: Bureau, request: str, person: str, *, key: Any, kind: str = "approve") -> None:
    """A decision of somebody else, written through an act of the one at the desk: the journal is whole, the row is not his."""
    row = Request.get_by_id(request)
    session = bureau.desk.session
    ruling = session.authority.decide(row.matter, subject=row.subject, on=session.day, circumstances=frozenset(row.circumstances))
    from execdesk.approval.proof import statement_of

    post = "president"
    with at_will(session, "request.approve", case=row.case) as act:
        decision = Decision(
            id=new_id(), request=request, kind=kind, person=person, post=session.authority.data.posts[post], on=act.day, at=act.at, level=ruling.level,
            article=ruling.article, phrase=ruling.phrase, reason=ruling.reason, rule_id=ruling.rule_id, data_hash=ruling.data_hash,
            content_hash=row.content_hash, chain_head="HQ.1:1 x", conflict=False,
        )
        decision.statement = statement_of(row, ruling, decision, post, "")
        decision.signature = base64.b64encode(key.sign(decision.statement.encode())).decode()
        act.add(decision)
        act.change(act.get(Request, request), state="approved")


class Loose:
    """A key that no certificate of the court vouches for."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())

    def sign(self, data: bytes) -> bytes:
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))


@pytest.mark.parametrize("whose", ["loose", "judge"])
def test_a_decision_in_another_name_does_not_open_the_gate(bureau: Bureau, whose: str) -> None:
    case = bureau.register()
    judge = bureau.judge(case)
    request = bureau.at(judge).do("sanction.detain", case=case, act=bureau.obstruction(case), party=DEBTOR, **DETENTION).ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    president = Person.get(Person.account == "president").id
    key = bureau.desk.session.key if whose == "judge" else Loose()
    forged(bureau, request, president, key=key)
    refusal = bureau.refused(judge, "document.issue", document=bureau.papers(request)[0].id)
    assert refusal.code == "journal.incident" and "以他人名义" in refusal.text, "the line says it"
    with pytest.raises(Refusal) as caught:
        require_proven(bureau.desk.session, Decision.get(Decision.request == request), Request.get_by_id(request), Case.get_by_id(case))
    assert caught.value.code == "decision.forged", "and so does the word itself"


def test_a_decision_by_one_who_was_not_allowed_does_not_open_the_gate(bureau: Bureau) -> None:
    case = bureau.register()
    judge = bureau.judge(case)
    request = bureau.at(judge).do("sanction.detain", case=case, act=bureau.obstruction(case), party=DEBTOR, **DETENTION).ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    forged(bureau, request, bureau.desk.session.me.id, key=bureau.desk.session.key)
    refusal = bureau.refused(judge, "document.issue", document=bureau.papers(request)[0].id)
    assert refusal.code == "journal.incident" and "无权写的审批" in refusal.text, "the line says it"
    with pytest.raises(Refusal) as caught:
        require_proven(bureau.desk.session, Decision.get(Decision.request == request), Request.get_by_id(request), Case.get_by_id(case))
    assert caught.value.code == "decision.allowed", "and so does the word itself"


@pytest.mark.attack("8.3")
@pytest.mark.begins("approved")
def test_content_changed_between_approval_and_issue_through_an_act_is_found(bureau: Bureau, approved: tuple[str, str, str]) -> None:
    case, request, judge = approved
    row = bureau.papers(request)[0]
    desk = bureau.at(judge)
    content = json.loads(canonical(row.content).replace("50123.45", "90123.45"))
    from execdesk.documents.wire import load
    from execdesk.drafting.drafts import content_hash

    with at_will(desk.session, "document.fill", case=case) as act:
        act.change(act.get(Document, row.id), content=content, content_hash=content_hash(load(content)))
    with pytest.raises(Refusal) as caught:
        require_gates(desk.session, Document.get_by_id(row.id), Request.get_by_id(request), Case.get_by_id(case))
    assert caught.value.code == "document.changed", "the gate sees it"
    assert bureau.refused(judge, "document.issue", document=row.id).code == "journal.incident", "and the line says it before"


@pytest.mark.begins("approved")
def test_a_revoked_certificate_does_nothing_more(bureau: Bureau, approved: tuple[str, str, str]) -> None:
    case, request, judge = approved
    session = bureau.at(judge).session
    person, key, signer = session.person, session.key, session.store.signer
    assert person is not None and key is not None
    bureau.at("admin").do("certificate.revoke", certificate=key.certificate, reason="钥匙遗失")
    session.person, session.key, session.store.signer = person, key, signer  # his window stands open elsewhere
    lines = Line.select().count()
    for action, values in (("document.issue", {"document": bureau.papers(request)[0].id}), ("request.withdraw", {"request": request, "reason": "x"})):
        with pytest.raises(Refusal) as caught:
            bureau.desk.do(action, **values)
        assert caught.value.code == "access.certificate_revoked"
    assert Line.select().count() == lines
    assert bureau.desk.check().whole


@pytest.mark.attack("8.3")
def test_a_vice_president_without_a_letter_for_it_does_not_sign_as_president(bureau: Bureau) -> None:
    case = bureau.register()
    bureau.notified(case)
    judge = bureau.judge(case)
    bureau.at("president").do("delegation.revoke", delegation=Delegation.get().id, revoked_on=bureau.day, reason="收回")
    request = bureau.at(judge).do("order.consumption", case=case, party=DEBTOR, signer="vice").ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    bureau.at("president").do("request.approve", request=request)
    paper = bureau.papers(request)[0].id
    assert bureau.refused("president", "document.issue", document=paper).code == "document.signer"
    assert bureau.refused("vice", "document.issue", document=paper).code == "authority.delegation"


@pytest.mark.parametrize("signer", ["judge-1", "admin", "director"])
def test_nobody_but_the_heads_stands_under_an_order_of_the_president(bureau: Bureau, signer: str) -> None:
    case = bureau.register()
    bureau.notified(case)
    judge = bureau.judge(case)
    assert bureau.refused(judge, "order.consumption", case=case, party=DEBTOR, signer=signer).code == "field.value"
    request = bureau.at(judge).do("order.consumption", case=case, party=DEBTOR, signer="vice").ids("Request")[0]
    paper = bureau.papers(request)[0]
    with at_will(bureau.desk.session, "document.fill", case=case) as act:  # past the form
        act.change(act.get(Document, paper.id), inputs={**paper.inputs, "signer": signer})
    assert bureau.refused(judge, "request.submit", request=request).code == "document.signer"


def test_only_the_keeper_seals_and_with_the_seals_own_key(bureau: Bureau) -> None:
    case = bureau.register()
    desk = bureau.at(bureau.judge(case))
    paper = bureau.through(desk.do("notice.execution", case=case, party=DEBTOR), seal=False)[0]
    for account in ("admin", "clerk", "judge-1", "president"):
        assert bureau.refused(account, "document.seal", document=paper).code == "access.duty"
    assert bureau.refused("clerk", "document.wet_seal", document=paper, note="某人盖").code == "document.wet_seal"
    assert bureau.refused("clerk", "document.print", document=paper, kind="sealed_copy").code == "print.state"
    bureau.at("seal").do("document.seal", document=paper)


def test_a_damaged_file_is_neither_sealed_nor_printed(bureau: Bureau) -> None:
    case = bureau.register()
    desk = bureau.at(bureau.judge(case))
    paper = bureau.through(desk.do("notice.execution", case=case, party=DEBTOR), seal=False)[0]
    name = Document.get_by_id(paper).file
    data = kept().get(name) or b""
    run(kept().base, "UPDATE kept_bytes SET data = ? WHERE sha256 = ?", b"\0" + data[1:], name)
    assert bureau.refused("seal", "document.seal", document=paper).code == "document.file_damaged"


def test_no_office_holder_of_the_plan_signs_in_a_demonstration_store(bureau: Bureau) -> None:
    case = bureau.register()
    judge = bureau.judge(case)
    person = Person.get(Person.account == judge)
    with at_will(bureau.at("admin").session, "person.rename") as act:
        act.change(act.get(Person, person.id), name="马雪涛")
    request = bureau.at(judge).do("notice.execution", case=case, party=DEBTOR).ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    bureau.desk.do("request.approve", request=request)
    assert bureau.refused(judge, "document.issue", document=bureau.papers(request)[0].id).code == "document.demo_signer"


def swapped(bureau: Bureau, paper: str) -> None:
    """Another PDF in the place of the kept one, with its own hash wherever the old one stood."""
    old = Document.get_by_id(paper).file
    data = (kept().get(old) or b"") + b"% another\n"
    new = hashlib.sha256(data).hexdigest()
    run(kept().base, "UPDATE kept_bytes SET data = ?, sha256 = ? WHERE sha256 = ?", data, new, old)
    for table, column in ((KeptFile, "sha256"), (Document, "file")):
        sql(bureau, f'UPDATE "{table._meta.table_name}" SET {column} = ? WHERE {column} = ?', new, old)


def test_another_pdf_with_its_hash_is_neither_sealed_nor_printed_and_is_found(bureau: Bureau) -> None:
    case = bureau.register()
    desk = bureau.at(bureau.judge(case))
    paper = bureau.through(desk.do("notice.execution", case=case, party=DEBTOR), seal=False)[0]
    swapped(bureau, paper)
    refusal = bureau.refused("clerk", "document.print", document=paper, kind="wet_seal")
    assert refusal.code == "document.file_damaged" and "不符" in refusal.text
    assert bureau.refused("seal", "document.seal", document=paper).code == "journal.incident"
    kinds = {(fault.kind, fault.place.split()[0]) for fault in bureau.desk.check().faults}
    assert {("row", "留存文件"), ("row", "文书")} <= kinds


LETTERS = [
    ("scope", "UPDATE delegation SET matters = '[\"all\",\"detention\"]'"), ("term", "UPDATE delegation SET ends_on = '2099-12-31'"),
    ("post", "UPDATE post SET post = 'president' WHERE post = 'admin'"), ("back", "UPDATE post SET starts_on = '2001-01-01' WHERE post = 'director'"),
    ("certificate", "UPDATE certificate SET state = 'valid', revoked_at = NULL, pem = pem || ' '"),
    ("letter", "INSERT INTO delegation (id, person, letter, matters, starts_on, ends_on, state, version, writes) "
               "SELECT 'x', person, '伪造', '[\"detention\"]', '2018-01-01', '2099-01-01', 'effective', 1, '{}' FROM delegation"),
]


@pytest.mark.parametrize("statement", [s for _, s in LETTERS], ids=[n for n, _ in LETTERS])
def test_who_may_decide_is_not_changed_by_hand(bureau: Bureau, statement: str) -> None:
    """Beside the journal, in the rows alone: no approval comes of it, not even before the weekly check."""
    case = bureau.register()
    request = bureau.at(bureau.judge(case)).do("sanction.detain", case=case, act=bureau.obstruction(case), party=DEBTOR, **DETENTION).ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    sql(bureau, statement)
    for account in ("vice", "admin"):
        assert bureau.refused(account, "request.approve", request=request).code == "journal.incident"
    assert Request.get_by_id(request).state == "submitted"
    assert not bureau.desk.check().whole


def test_an_approval_by_another_table_of_levels_is_an_incident(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody lowered a level in his copy of the data, approved, and put the file back."""
    case = bureau.register()
    judge = bureau.judge(case)
    request = bureau.at(judge).do("request.open", case=case, matter="extend_enforcement_period").ids("Request")[0]
    bureau.desk.do("request.submit", request=request)
    real = bureau.desk.session.authority
    data = replace(real.data, data_hash="0" * 64)

    class Lowered:
        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

        def decide(self, *args: Any, **named: Any) -> Any:
            return replace(real.decide(*args, **named), level="judge", data_hash=data.data_hash)

    bureau.desk.session.authority = Lowered()  # type: ignore[assignment]
    bureau.desk.session.store.ruled = False
    changes = bureau.at(judge).do("request.approve", request=request)
    bureau.desk.session.store.ruled = True
    bureau.desk.session.authority = real
    verdict = bureau.desk.check()
    assert [(fault.kind, fault.place) for fault in verdict.faults] == [("breach", changes.lines[0])], "the table belongs to the rules of lines"
    bureau.desk.note_check(verdict)
    bureau.desk.note_check(verdict)
    (row,) = Incident.select().where(Incident.kind == "rule")
    assert row.case == case and "院长" in row.text
    with pytest.raises(Refusal) as caught:
        require_proven(bureau.desk.session, Decision.get(Decision.request == request), Request.get_by_id(request), Case.get_by_id(case))
    assert caught.value.code == "decision.rule"


@pytest.mark.begins("approved")
def test_approved_after_it_was_withdrawn(bureau: Bureau, approved: tuple[str, str, str]) -> None:
    """Behind the actions: a word on a withdrawn request, its state put back by the same hand, opens no issue."""
    case, request, judge = approved
    bureau.at(judge).do("request.withdraw", request=request, reason="撤回")
    assert bureau.refused(judge, "request.approve", request=request).code == "request.state"
    with at_will(bureau.desk.session, "request.approve", case=case) as act:
        act.change(act.get(Request, request), state="approved")
    refusal = bureau.refused(judge, "document.issue", document=bureau.papers(request)[0].id)
    assert refusal.code == "journal.incident" and "由「已撤回」成为「已批准」" in refusal.text
