"""What differs between the content that was approved and the content that the facts give now, in words."""

from __future__ import annotations

from execdesk.documents.characters import named
from execdesk.documents.content import Content
from execdesk.documents.filling import texts
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
    found += [f"本院补字{named(sign)}的字形已经变动" for sign in _redrawn(approved, now)]
    if not found:
        found = [f"「{old}」变为「{new}」" for old, new in _lines_apart(approved, now)][:3]
    return found or ["版式或附件与批准时不同"]


def _redrawn(approved: Content, now: Content) -> list[str]:
    """The characters whose glyph of the court's own is another than approved, or is there no more, or has come since."""
    old, new = ({one.character: one.sha256 for one in content.glyphs} for content in (approved, now))
    printed = set("".join(texts(now)))  # one that went with its words differs with them
    return sorted(sign for sign in old.keys() | new.keys() if old.get(sign) != new.get(sign) and sign in printed)


def _names(content: Content) -> str:
    return "、".join([*(s.name for s in signers(content)), *([f"书记员{content.signature.clerk}"] if content.signature.clerk else [])])


def _lines_apart(approved: Content, now: Content) -> list[tuple[str, str]]:
    """Paragraphs that differ, side by side: party lines are no slots of their own."""
    old, new = ([str(getattr(b, "text", b)) for b in c.body] for c in (approved, now))
    size = max(len(old), len(new))
    pairs = zip([*old, *["空"] * (size - len(old))], [*new, *["空"] * (size - len(new))], strict=True)
    return [(a, b) for a, b in pairs if a != b]
