"""Who stands under a document: by its type and the day, by whether a panel sat; never by who approved."""

from __future__ import annotations

from datetime import date

from execdesk.documents.content import Signatory, SignatureBlock
from execdesk.documents.facts import Official, StaffFacts
from execdesk.documents.texts import DocType, TextVersion
from execdesk.law.refusal import Refusal


def block_on(doc_type: DocType, text: TextVersion, on: date) -> str:
    """The block the type bears on ``on``; a text may say that its form has none."""
    if text.signature:
        return text.signature
    for rule in doc_type.signature:
        if rule.in_force(on):
            return rule.block
    raise Refusal(f"《{doc_type.title}》在 {on} 没有规定落款，请核对签署日。", code="document.no_block")


def signature_block(doc_type: DocType, text: TextVersion, staff: StaffFacts, on: date) -> SignatureBlock:
    """The block with its signature fields.

    A panel that sat signs whatever the ruling or decision; types without a printed signer carry the responsible judge
    invisibly; a statutory signer signs invisibly too. Refusal ``document.signer`` for anybody who may not stand there.
    """
    block = block_on(doc_type, text, on)
    if block in ("judge", "panel"):
        made = _panel(staff) if staff.panel and doc_type.judicial else _judge(staff)
    elif block == "president":
        made = _president(staff)
    elif block == "judge_clerk_table":
        made = SignatureBlock("judge", (_signed("审判员（执行员）", _session(staff.judge), "Judge1"),), staff.clerk)
    elif block == "seal_only":
        made = SignatureBlock("seal_only", invisible=(_signed("承办法官", _session(staff.judge), "Judge1"),))
    else:
        kind = {"officers": "officers", "approval": "approval"}.get(block, "none")
        return SignatureBlock(kind, seal=False)  # type: ignore[arg-type]
    return _completed(made, doc_type, staff)


def _completed(made: SignatureBlock, doc_type: DocType, staff: StaffFacts) -> SignatureBlock:
    invisible = made.invisible
    printed = {signatory.person for signatory in made.signatories}
    if staff.statutory is not None and staff.statutory.person not in printed:
        invisible = (*invisible, _signed(staff.statutory.post, staff.statutory, "Statutory1"))
    return SignatureBlock(made.kind, made.signatories, made.clerk, invisible, made.seal, doc_type.judicial)


def _judge(staff: StaffFacts) -> SignatureBlock:
    return SignatureBlock("judge", (_signed("审判员", _session(staff.judge), "Judge1"),), staff.clerk)


def _panel(staff: StaffFacts) -> SignatureBlock:
    presiding, *members = staff.panel
    if len(staff.panel) < 3 or len(staff.panel) % 2 == 0:
        raise Refusal("合议庭应由三名以上的单数成员组成，请重新指定。", code="document.panel")
    if len({member.person for member in staff.panel}) != len(staff.panel):
        raise Refusal("合议庭成员重复，请重新指定。", code="document.panel")
    lines = [_signed("审判长", _session(presiding), "Judge1")]
    for number, member in enumerate(members, 2):
        label = "人民陪审员" if member.lay else "审判员"
        lines.append(_signed(label, member if member.lay else _session(member), f"Judge{number}"))
    return SignatureBlock("panel", tuple(lines), staff.clerk)


def _president(staff: StaffFacts) -> SignatureBlock:
    signer = staff.president
    if signer is None:
        raise Refusal("本文书由院长签发，尚未确定签发人，请先报院长。", code="document.signer")
    if signer.post not in ("院长", "副院长"):
        raise Refusal(
            f"本文书由院长或者院长授权的副院长签发，{signer.name}任{signer.post}，不能署名。", code="document.signer"
        )
    return SignatureBlock("president", (_signed(signer.post, signer, "President"),))


def _session(official: Official) -> Official:
    if not official.judge:
        raise Refusal(
            f"{official.name}任{official.post}，不是法官，不能在文书上署名。请由承办法官署名。", code="document.signer"
        )
    return official


def _signed(label: str, official: Official, field: str) -> Signatory:
    return Signatory(label, official.name, official.person, field)
