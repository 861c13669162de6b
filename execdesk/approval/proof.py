"""What a decision is worth: its statement says what its row says, his own certificate signed it, and he was allowed on that day."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from execdesk.access.certificates import read_pem
from execdesk.access.desk_keys import trust_of
from execdesk.access.session import Session
from execdesk.approval.paper import approvers_of, require_on_paper, second_persons, whose
from execdesk.approval.standing import KnownByWriter, letter_row, person_facts, request_facts, ruling_for
from execdesk.law.authority import Ruling
from execdesk.law.permission import may_decide, may_sign
from execdesk.law.refusal import Refusal
from execdesk.records.approvals import COUNTING, MAY_STAND, Decision, PaperApproval, Request
from execdesk.records.base import canonical, moment_text
from execdesk.records.cases import Case
from execdesk.records.people import Certificate, Person


def statement_of(request: Request, ruling: Ruling, decision: Decision, post: str, letter: str) -> str:
    """The words that are signed: what was decided on which content, by whom, in which post, under which letter and rule."""
    return canonical({
        "request": request.id, "matter": request.matter, "subject": request.subject, "kind": decision.kind, "person": decision.person,
        "post": post, "delegation": letter, "on": decision.on.isoformat(), "at": moment_text(decision.at), "level": decision.level,
        "rule": decision.rule_id, "data": decision.data_hash, "content": decision.content_hash, "opinion": decision.opinion or "",
        "head": decision.chain_head, "paper": decision.on_paper or "", "sheet": decision.paper_approval or "",
    })


def require_proven(session: Session, decision: Decision, request: Request, case: Case, step: int = 0) -> None:
    """Refuse a decision that is not what it says: ``decision.forged``, or as the permission rules for one who was not allowed.

    ``step`` is the decision's place among the approvals, for the ladder before the reform.
    """
    person = Person.get_or_none(Person.id == decision.person)
    if person is None or not _says_so(session, decision, request) or not _signed(session, decision):
        name = person.name if person else "不明的人"
        raise Refusal(
            f"「{request.title}」上{name}于 {decision.on} 的意见与其签名不符，不能作为依据。请报告系统管理员，并重新报批。", code="decision.forged"
        )
    ruling = ruling_for(session, request, decision.on)
    if (ruling.rule_id, ruling.level) != (decision.rule_id, decision.level):
        raise Refusal(
            f"「{request.title}」批准时所依规则与现行审批权限表在 {decision.on} 的规则不同，请重新报批。", code="decision.rule", clauses=ruling.clauses
        )
    if decision.on_paper is None:
        _require_allowed(session, decision, request, case, ruling, person, step)
    else:
        _require_recorded(session, decision, request, case, ruling)


def _require_recorded(session: Session, decision: Decision, request: Request, case: Case, ruling: Ruling) -> None:
    """An approval on paper counts as its sheet was entered: by another than whose application it is, of people who could on that day."""
    paper = PaperApproval.get_or_none(PaperApproval.id == decision.paper_approval)
    fault = "没有相应的纸面批准记录" if paper is None else _paper_fault(session, decision, paper, request, case)
    if paper is not None and not fault:
        try:
            require_on_paper(session, ruling)
            people = [person for row in paper.approvers if (person := Person.get_or_none(Person.id == row)) is not None]
            approvers_of(session, request, case, decision.on, people, KnownByWriter.by(decision))
        except Refusal as refusal:
            fault = refusal.text.rstrip("。")
    if fault:
        raise Refusal(f"「{request.title}」录入的 {decision.on} 书面批准没有效力：{fault}。请重新报批。", code="decision.allowed", clauses=ruling.clauses)


def _paper_fault(session: Session, decision: Decision, paper: PaperApproval, request: Request, case: Case) -> str:
    """What an approval on paper lacks by its own record; nothing where it is whole."""
    if paper.struck is not None or paper.state not in COUNTING or (paper.request, paper.content_hash) != (request.id, decision.content_hash):
        return "批准人已经否认，或者不是对这份内容的批准"
    if (paper.entered_by, paper.approved_on) != (decision.person, decision.on) or not paper.scan:
        return "与录入的记录不符"
    if not paper.asked_on <= paper.approved_on <= paper.entered_on:
        return "日期不合"
    own, site = whose(request, case), str(KnownByWriter.by(decision).entry.data["site"])
    if decision.person not in own:
        return ""
    others = second_persons(session, site, paper.entered_on, {*own, *paper.approvers})
    return "由提出人自己录入，而本处另有可以录入的人" if others or not paper.alone else ""


def _require_allowed(
    session: Session, decision: Decision, request: Request, case: Case, ruling: Ruling, person: Person, step: int, *, beside: bool = False
) -> None:
    """What he knew counts: what was taken from him later, or elsewhere without his knowing, does not undo his word."""
    facts = person_facts(person, request, case, decision.on, KnownByWriter.by(decision, beside=beside))
    asked = request_facts(request, ruling, case, decision.on)
    if ruling.ladder:
        asked = type(asked)(asked.upward, asked.applicant_posts, step)
    try:
        if decision.kind == "sign_issue":
            may_sign(session.authority, ruling, facts)
        else:
            may_decide(session.authority, ruling, facts, asked)
    except Refusal as refusal:
        raise Refusal(
            f"「{request.title}」上{person.name}于 {decision.on} 的意见没有效力：{refusal.text}", code="decision.allowed", clauses=refusal.clauses
        ) from refusal


def decided_otherwise(session: Session) -> list[tuple[Decision, str]]:
    """Live approvals whose stored rule is not what the table here says of their day, each with a sentence.

    Only those made by another table than this one need a look: the same data give the same rule.
    """
    found = []
    query = Decision.select().where(
        Decision.data_hash != session.authority.data.data_hash, Decision.kind.in_(("approve", "sign_issue")), Decision.struck.is_null()
    )
    for decision in query.order_by(Decision.at, Decision.id):
        request = Request.get_or_none(Request.id == decision.request)
        if request is None or request.content_hash != decision.content_hash or request.state not in MAY_STAND:
            continue
        ruling = ruling_for(session, request, decision.on)
        if (ruling.rule_id, ruling.level) != (decision.rule_id, decision.level):
            levels = session.authority.data.levels
            then = levels[decision.level].name if decision.level in levels else decision.level
            found.append((decision, f"「{request.title}」{decision.on} 按{then}批准，而本机的审批权限表在该日属{ruling.level_name}：两处所用的表不同，须核对。"))
    return found


def provisional(session: Session, decision: Decision, request: Request, case: Case) -> str | None:
    """Why a decision stands only until 院长 has looked: his authority was taken back elsewhere, and neither knew of the other.

    ``None`` for one that stands without more, or not at all.
    """
    person = Person.get_by_id(decision.person)
    known = KnownByWriter.by(decision, beside=True)
    for row in Certificate.select().where(Certificate.person == decision.person, Certificate.purpose == "person"):
        found = known.row(row)
        if found is not None and found.revoked_at is not None and _made_with(decision, row):
            return f"{person.name}签名所用的证书同时在另一处被撤销"
    if decision.on_paper is not None or decision.kind not in ("approve", "sign_issue"):
        return None
    try:
        _require_allowed(session, decision, request, case, ruling_for(session, request, decision.on), person, decision_step(decision, request), beside=True)
    except Refusal as refusal:
        return f"{person.name}的职务或授权同时在另一处被收回：{refusal.text.rstrip('。')}"
    return None


def decision_step(decision: Decision, request: Request) -> int:
    """A decision's place among the approvals of its round."""
    earlier = Decision.select().where(
        Decision.request == request.id, Decision.kind == "approve", Decision.content_hash == decision.content_hash, Decision.at < decision.at
    )
    return int(earlier.count())


def _made_with(decision: Decision, certificate: Certificate) -> bool:
    try:
        return _verifies(read_pem(certificate.pem)[0].public_key(), base64.b64decode(decision.signature), decision.statement.encode())
    except ValueError:
        return False


def _says_so(session: Session, decision: Decision, request: Request) -> bool:
    try:
        told = json.loads(decision.statement)
        post, letter = str(told["post"]), str(told["delegation"])
    except (ValueError, KeyError, TypeError):
        return False
    names = {session.authority.data.posts.get(post), getattr(session.organisation.posts.get(post), "name", None)}
    return (
        statement_of(request, ruling_for(session, request, decision.on), decision, post, letter) == decision.statement
        and decision.post in names
        and (letter_row(decision.person, letter) if letter else None) == decision.delegation
    )


def _signed(session: Session, decision: Decision) -> bool:
    try:
        signature = base64.b64decode(decision.signature, validate=True)
    except (binascii.Error, ValueError):
        return False
    return any(_verifies(key, signature, decision.statement.encode()) for key in _keys(session, decision))


def _keys(session: Session, decision: Decision) -> Iterator[Any]:
    """Public keys of certificates of this court that were the person's own and, as far as he knew, in force at that moment."""
    trust, known = trust_of(session.store), KnownByWriter.by(decision)
    for row in Certificate.select().where(Certificate.person == decision.person, Certificate.purpose == "person"):
        then = known.row(row)
        if then is not None and then.revoked_at is None and trust.vouched(row.journal_values(), decision.at) is None:
            yield read_pem(row.pem)[0].public_key()


def _verifies(key: Any, signature: bytes, statement: bytes) -> bool:
    try:
        key.verify(signature, statement, ec.ECDSA(SHA256()))
    except (InvalidSignature, TypeError):
        return False
    return True
