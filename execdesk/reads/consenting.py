"""What waits for one key of who must sign: certificates with what was signed under them, posts, letters of authority, glyphs of the court's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from execdesk.access.consenting import UNTIL_THEN, about_certificate, waiting_certificates
from execdesk.access.duty import duties
from execdesk.access.session import Session, is_past, posts_on
from execdesk.documents.characters import named
from execdesk.reads.consents import Consent
from execdesk.reads.letterview import letter_view
from execdesk.reads.wordsconsent import wording_consents
from execdesk.records.approvals import Decision, Request
from execdesk.records.court import Glyph, ProposalState
from execdesk.records.papers import Document, KeptFile
from execdesk.records.people import Certificate, CertificateState, Delegation, GrantState, Person, Post
from execdesk.store.clock import COURT_TIME

_KINDS = {"person": ("signed", "cosigned"), "seal": ("sealed",)}
_SAID = {"approve": "批准", "sign_issue": "签发", "return": "退回", "comment": "签署意见", "refer": "转报"}


def consents(session: Session) -> tuple[Consent, ...]:
    """What waits for the consent of the person signed in: certificates, posts, letters of authority, glyphs, the court's own
    words. His own is not among it."""
    able = duties(session)
    found: list[Consent] = []
    if "ratify" in able:
        found += _certificates(session)
    if "countersign" in able:
        found += _posts(session)
    if "delegate" in able:
        found += [_letter(session, row) for row in _letters_waiting(session)]
    if "adopt" in able:
        found += _glyphs(session)
    return (*found, *wording_consents(session))


def _certificates(session: Session) -> list[Consent]:
    rows = waiting_certificates(session)
    if not rows:
        return []
    people = _people(rows)
    return [Consent(
        "certificates", f"{len(rows)} 张新证书待您同意", _day(rows[0].issued_at), "certificate.ratify", {"certificates": [row.id for row in rows]},
        "两人在场签发，院长同意以后才能审批、签名、盖章", "全部同意", _why({row.state for row in rows}),
        tuple((people[row.person], about_certificate(session, row)) for row in rows),
        tuple(f"{people[row.person]}：{line}" for row in rows for line in signed_lines(row)),
    )]


def _posts(session: Session) -> list[Consent]:
    """Prepared posts that the person signed in may countersign: those of 院长 and 局长 only where he holds that office or they are past."""
    mine = {post.post for post in posts_on(session.me.id, session.day)}
    found = Post.select().where(Post.state == GrantState.PREPARED, Post.struck.is_null(), Post.person != session.me.id).order_by(Post.id)
    rows = [
        row for row in found
        if (data := session.organisation.posts.get(row.post)) is not None and (not data.succession or data.code in mine or is_past(row, session.day))
    ]
    if not rows:
        return []
    people = _people(rows)
    title = f"{people[rows[0].person]}任{session.organisation.posts[rows[0].post].name}" if len(rows) == 1 else f"{len(rows)} 项任职"
    return [Consent(
        "posts", f"{title}待您会签", min(row.starts_on for row in rows), "post.countersign", {"posts": [row.id for row in rows]},
        "系统管理员登记，院长或局长会签以后生效", "全部会签", "会签以前，这些职务不能审批、签名、盖章。不同意的，在「工具 → 人员和授权 → 职务」里逐项不同意。",
        tuple((people[row.person], _post_words(session, row)) for row in rows),
    )]


def _post_words(session: Session, row: Post) -> str:
    term = f"{row.starts_on} 至 {row.ends_on}" if row.ends_on else f"{row.starts_on} 起"
    basis = f"，依据{row.note}" if row.note else ""
    return f"{session.organisation.posts[row.post].name}，{term}{basis}"


def _letters_waiting(session: Session) -> list[Delegation]:
    return list(Delegation.select().where(Delegation.state == GrantState.PREPARED, Delegation.struck.is_null(), Delegation.person != session.me.id).order_by(Delegation.id))


def _letter(session: Session, row: Delegation) -> Consent:
    view = letter_view(session, row)
    facts = (("受权人", view.person), ("期间", view.term), ("扫描件", "已存" if row.scan else "无"), *(("事项", words) for words in view.matters))
    return Consent(
        f"letter.{row.id}", f"授权书{row.letter}待您签署", row.starts_on, "delegation.countersign", {"delegation": row.id},
        "系统管理员登记，院长签署以后生效", "签署生效", "签署以后，受权人即可批准列明的事项。不签署的，在「工具 → 人员和授权 → 授权书」里办理。", facts,
    )


def _glyphs(session: Session) -> list[Consent]:
    """Glyphs of the court's own that wait for whoever is signed in, the oldest first."""
    found = Glyph.select().where(Glyph.state == ProposalState.PROPOSED, Glyph.struck.is_null(), Glyph.proposed_by != session.me.id).order_by(Glyph.id)
    return [Consent(
        f"glyph.{row.id}", f"本院补字{named(row.character)}待您批准", row.proposed_on, "glyph.release", {"glyph": row.id},
        "系统管理员登记，局长批准以后文书用这个字形", "批准", "右边是印在文书里的样子，请对照证件看清笔画。不批准的，在「工具 → 人员和授权 → 本院补字」里办理。",
        (("字", named(row.character)), ("依据", row.source), ("登记", f"{Person.get_by_id(row.proposed_by).name} {row.proposed_on}")), specimen=row.id,
    ) for row in found]


def _people(rows: Sequence[Any]) -> dict[str, str]:
    return {one.id: one.name for one in Person.select().where(Person.id.in_({row.person for row in rows}))}


def _why(states: set[str]) -> str:
    parts = [f"「待院长同意」的，{UNTIL_THEN}"] if CertificateState.AWAITING in states else []
    parts += ["「待追认」的已经可以办理，所签的列在下面"] if CertificateState.PROVISIONAL in states else []
    return f"{'；'.join(parts)}。不同意的，在「工具 → 人员和授权 → 证书」里逐张不予同意。"


def signed_lines(row: Certificate) -> tuple[str, ...]:
    """The papers and words signed with a certificate that is not, or not yet, good for everything; oldest first."""
    if row.state == CertificateState.VALID:
        return ()
    until = row.revoked_at
    kept = KeptFile.select().where(KeptFile.person == row.person, KeptFile.kind.in_(_KINDS[row.purpose]), KeptFile.at >= row.issued_at)
    said = Decision.select().where(Decision.person == row.person, Decision.at >= row.issued_at) if row.purpose == "person" else ()
    found = [(one.at, _paper(one)) for one in kept] + [(one.at, _word(one)) for one in said]
    return tuple(words for at, words in sorted(found) if until is None or at < until)


def _paper(kept: KeptFile) -> str:
    document = Document.get_by_id(kept.document)
    return f"《{document.title}》{document.number or ''} {_day(kept.at)} {'盖章' if kept.kind == 'sealed' else '签名'}"


def _word(decision: Decision) -> str:
    return f"「{Request.get_by_id(decision.request).title}」{_day(decision.at)} {_SAID.get(decision.kind, '审批意见')}"


def _day(at: datetime) -> date:
    return at.astimezone(COURT_TIME).date()
