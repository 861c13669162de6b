"""What differs between the content that was approved and the content that the facts give now, in words."""

from __future__ import annotations

from execdesk.documents.content import Content
from execdesk.issue.keeping import signers


def differences(approved: Content, now: Content) -> list[str]:
    """What differs between two contents, by the names of the filled values, else by the part."""
    found = []
    for name in dict.fromkeys((*approved.facts, *now.facts)):
        old, new = approved.facts.get(name, {}), now.facts.get(name, {})
        if old.get("value", "") != new.get("value", ""):
            label = new.get("label") or old.get("label") or name
            found.append(f"{label}由「{old.get('value') or '空'}」变为「{new.get('value') or '空'}」")
    if approved.signature != now.signature:
        found.append(f"署名由「{_names(approved)}」变为「{_names(now)}」")
    if not found:
        found = [f"「{old}」变为「{new}」" for old, new in _lines_apart(approved, now)][:3]
    return found or ["版式或附件与批准时不同"]


def _names(content: Content) -> str:
    return "、".join([*(s.name for s in signers(content)), *([f"书记员{content.signature.clerk}"] if content.signature.clerk else [])])


def _lines_apart(approved: Content, now: Content) -> list[tuple[str, str]]:
    """Paragraphs that differ, side by side: party lines are no slots of their own."""
    old, new = ([str(getattr(b, "text", b)) for b in c.body] for c in (approved, now))
    size = max(len(old), len(new))
    pairs = zip([*old, *["空"] * (size - len(old))], [*new, *["空"] * (size - len(new))], strict=True)
    return [(a, b) for a, b in pairs if a != b]
