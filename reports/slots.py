"""Slots in a text: what a draft shows for them, and what must never reach an issued page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from execdesk.documents.content import Content, ContentTable, CutLine, Paragraph
from execdesk.law.refusal import Refusal, WayOn
from reports.style import style_of

SLOT = re.compile(r"⟦([^⟧]*)⟧")
LEFT_OVER = re.compile(r"⟦[^⟧]*⟧?|××+|……|\{[^}]*\}|〔[^〔〕]*\|[^〔〕]*〕|［…］")
SHOWN = {"own_number": "〔文号待取〕", "signed_on": "〔随签发日〕"}


def shown(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text a draft prints, with the ranges that stand for open slots."""
    out, spans, last = "", [], 0
    for match in SLOT.finditer(text):
        out += text[last : match.start()]
        label = label_of(match.group(1))
        spans.append((len(out), len(out) + len(label)))
        out, last = out + label, match.end()
    return out + text[last:], tuple(spans)


def label_of(name: str) -> str:
    """The words that stand for one slot on a draft."""
    if name.startswith("signed_on"):
        return SHOWN["signed_on"]
    if name.startswith("number:"):
        return "〔同批文书号〕"
    return SHOWN.get(name, f"〔{name}〕")


def texts(content: Content) -> Iterator[str]:
    """Every string that is printed, apart from the number and the date."""
    yield from (content.court, content.title, *content.contact, *content.attachments)
    for block in (*content.body, *content.slip):
        if isinstance(block, Paragraph | CutLine):
            yield block.text
        elif isinstance(block, ContentTable):
            yield from (cell.text for row in block.rows for cell in row)
    for line in content.signature.signatories:
        yield from (line.label, line.name)
    yield content.signature.clerk


def printed(content: Content) -> list[str]:
    """Every string on the pages; a form with cells bears its number in one of them, not above."""
    return [*texts(content), *([content.number] if numbered(content) else [])]


def numbered(content: Content) -> bool:
    """Whether the number stands in the head."""
    return style_of(content.form).setter in ("text", "red_head")


def check_filled(content: Content) -> None:
    """Refuses (``document.unfilled``) a content in which a slot, ××, …… or a choice of the template is left over."""
    for text in printed(content):
        found = LEFT_OVER.search(text)
        if found:
            raise unfilled(f"文书中还有未填写的内容「{found.group()}」，在「{around(text, found)}」一句。请补全后再签发。")
    if content.signed_on is None and needs_date(content):
        raise unfilled("文书还没有签发日期，不能成文。请由签发人签发，日期随签发日填入。")


def needs_date(content: Content) -> bool:
    """Whether the block prints the signing date."""
    return content.signature.kind in ("judge", "panel", "president", "seal_only")


def unfilled(text: str) -> Refusal:
    """The refusal of an unfinished document."""
    return Refusal(text, code="document.unfilled", ways=(WayOn("回到拟稿页补全", "document.draft"),))


def around(text: str, found: re.Match[str]) -> str:
    """The place in the text, short enough for a sentence."""
    return text[max(0, found.start() - 10) : found.end() + 10]
