"""Deciding a request: comment on the way, approve, return, sign for issue where statute names the signer; every word is signed."""

from __future__ import annotations

import base64
from datetime import date

from execdesk.access.consenting import deciding_key
from execdesk.access.session import Session
from execdesk.approval.proof import statement_of
from execdesk.approval.requests import live_decisions
from execdesk.approval.standing import letter_row
from execdesk.law.authority import Ruling
from execdesk.law.permission import Permission, PersonFacts
from execdesk.law.refusal import Refusal
from execdesk.records.approvals import Decision, Request
from execdesk.store.act import Act
from execdesk.store.store import Store


def may_refer(facts: PersonFacts) -> bool:
    """Whether a person may refer the matter upward: the judge in charge alone."""
    return facts.is_responsible_judge


class Speaker:
    """Who comments or returns without deciding: post and its name."""

    def __init__(self, post: str, post_name: str) -> None:
        self.post, self.post_name, self.delegation, self.level = post, post_name, "", ""


def has_signature(request: Request) -> bool:
    """Whether the statutory signer has signed the issue sheet for the content as it stands."""
    return any(d.kind == "sign_issue" for d in live_decisions(request))


def decide(
    session: Session, act: Act, request: Request, ruling: Ruling, permission: Permission | Speaker, kind: str, opinion: str, *,
    on: date | None = None, paper: str | None = None, sheet: str | None = None, content: str | None = None,
) -> Decision:
    """Write one word on a request, signed with the person's certificate key; ``content`` is what it is about, where that is no longer what stands."""
    if session.key is None:
        raise Refusal("签名钥匙尚未解锁，请重新登录。", code="access.locked")
    decision = Decision(
        request=request.id, kind=kind, person=session.me.id, post=permission.post_name,
        delegation=letter_row(session.me.id, permission.delegation) if permission.delegation else None, on=on or act.day, at=act.at,
        level=ruling.level, article=ruling.article, phrase=ruling.phrase, reason=ruling.reason, opinion=opinion.strip() or None,
        conflict=ruling.conflict, rule_id=ruling.rule_id, data_hash=ruling.data_hash, content_hash=content or request.content_hash,
        chain_head=head_text(session.store), on_paper=paper, paper_approval=sheet,
    )
    decision.statement = statement_of(request, ruling, decision, permission.post, permission.delegation)
    decision.signature = base64.b64encode(deciding_key(session).sign(decision.statement.encode())).decode()
    return act.add(decision)


def head_text(store: Store) -> str:
    """The chain's end as printed on approval sheets: ``HQ.1:12 3fa9…``."""
    head = store.head
    return f"{store.chain}:{head.number} {head.hash[:16]}"
