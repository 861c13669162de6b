"""The slots of a finished content: filled at issue, shown filled for today, or reported as open."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from execdesk.documents.content import Block, Content, ContentTable, CutLine, Paragraph
from execdesk.documents.slots import CLAIM, OWN_NUMBER, body_date
from execdesk.law.days import add_days, add_months
from execdesk.law.refusal import Refusal

_MARK = re.compile(r"⟦([^⟦⟧]*)⟧")
_DAY = re.compile(r"signed_on(?:\+(\d+)m)?(?:([+-]\d+)d)?")
_LEFT = re.compile(r"×+|…+|[{}［］]|〔(?!\d{4}〕)|(?<!〔\d{4})〕|＿+")
_GAP = "＿＿＿＿"


@dataclass(frozen=True)
class OpenSlot:
    """A place that only the day of issue fills: its mark, what stands there for today, and the words beside it."""

    mark: str
    shown: str
    words: str


@dataclass(frozen=True)
class Preview:
    """Content filled for viewing; ``open`` names what depends on the day of issue."""

    content: Content
    open: tuple[OpenSlot, ...]


def fill(content: Content, number: str, signed_on: date, others: Mapping[str, str] | None = None) -> Content:
    """``content`` with its own ``number``, its signing date and the numbers of the ``others`` of the same submission.

    The result has no slot left. Raises Refusal ``document.blank`` where a value is still missing, ``document.claim`` where the case does not
    record what a sentence claims, ``document.number`` where a number is missing, not wanted or not the one entered.
    """
    if blanks := unfilled(content):
        raise Refusal(f"文书尚有空白项：{'、'.join(blanks.values())}。请填写后再签发。", code="document.blank")
    if unproven := [claim["label"] for claim in claims_of(content).values() if not claim["value"]]:
        raise Refusal(f"文书写了案件没有记录的事实：{'、'.join(unproven)}。请先登记，再签发。", code="document.claim")
    _check_number(content, number)

    def word(mark: str) -> str:
        return _filled(mark, number, signed_on, others or {})

    return replace(_mapped(content, word), number=number, signed_on=signed_on)


def preview(content: Content, today: date, number: str = "", others: Mapping[str, str] | None = None) -> Preview:
    """``content`` as it would read if issued ``today``, gaps shown as lines, with the list of what 随签发日."""
    found: dict[str, OpenSlot] = {}

    def word(mark: str) -> str:
        if mark.startswith("blank:"):
            return _GAP
        try:
            shown = _filled(mark, number or content.number.strip("⟦⟧"), today, others or {})
        except Refusal:
            shown = "（文号待取）"
        if mark == "own_number" and not number:
            shown = "（文号待取）"
        found[mark] = OpenSlot(f"⟦{mark}⟧", shown, "随签发日" if mark.startswith("signed_on") else "签发时取号")
        return shown

    shown = _mapped(content, word)
    own = content.number if content.number != OWN_NUMBER else number or "（文号待取）"
    return Preview(replace(shown, number=own, signed_on=today), tuple(found.values()))


def unfilled(content: Content) -> dict[str, str]:
    """Required values that are still missing, by slot name, with their labels."""
    names = [mark.removeprefix("blank:") for mark in _marks(content) if mark.startswith("blank:") and not mark.startswith(f"blank:{CLAIM}")]
    names += [name for name, fact in content.facts.items() if not fact["value"] and not name.startswith(CLAIM)]
    labels = {name: content.facts.get(name, {}).get("label", name) for name in names}
    return dict(sorted(labels.items()))


def claims_of(content: Content) -> dict[str, dict[str, str]]:
    """What the printed sentences claim, by name: ``label``, and ``value``, the proof in words, empty where the case records none."""
    return {name.removeprefix(CLAIM): fact for name, fact in content.facts.items() if name.startswith(CLAIM)}


def leftovers(content: Content) -> tuple[str, ...]:
    """Marks of an unfinished text that must never be printed: ××, ……, {}, 〔〕, ［］, lines; known slots are not among them."""
    found: list[str] = []
    for text in texts(content):
        for sign in _LEFT.finditer(_MARK.sub("", text)):
            found.append(sign[0])
    return tuple(dict.fromkeys(found))


def texts(content: Content) -> Iterator[str]:
    """Every printed text of the content, number and signers included."""
    yield from (content.court, content.title, content.number, *content.contact, *content.attachments)
    for block in (*content.body, *content.slip):
        if isinstance(block, ContentTable):
            yield from (cell.text for row in block.rows for cell in row)
        elif isinstance(block, Paragraph | CutLine):
            yield block.text
    yield from (line.label + line.name for line in content.signature.signatories)
    yield content.signature.clerk


def _marks(content: Content) -> Iterator[str]:
    for text in (*texts(content), content.subject):
        yield from (found[1] for found in _MARK.finditer(text))


def _filled(mark: str, number: str, signed_on: date, others: Mapping[str, str]) -> str:
    if mark == "own_number":
        return number
    if found := _DAY.fullmatch(mark):
        return body_date(add_days(add_months(signed_on, int(found[1] or 0)), int(found[2] or 0)))
    kind, _, key = mark.partition(":")
    if kind == "number" and others.get(key):
        return others[key]
    raise Refusal("同批文书的文号尚未取得，请先签发被引用的文书。", code="document.number")


def _check_number(content: Content, number: str) -> None:
    if content.number == OWN_NUMBER and not number:
        raise Refusal("文书尚未取得文号，不能签发。", code="document.number")
    if content.number != OWN_NUMBER and number != content.number:
        wanted = content.number or "不编文号"
        raise Refusal(f"文书的文号应为「{wanted}」，现给的是「{number}」，请核对。", code="document.number")


def _mapped(content: Content, word: Callable[[str], str]) -> Content:
    def text(raw: str) -> str:
        return _MARK.sub(lambda found: word(found[1]), raw)

    def block(raw: Block) -> Block:
        if isinstance(raw, ContentTable):
            rows = tuple(tuple(replace(cell, text=text(cell.text)) for cell in row) for row in raw.rows)
            return replace(raw, rows=rows)
        return replace(raw, text=text(raw.text)) if isinstance(raw, Paragraph | CutLine) else raw

    return replace(
        content, title=text(content.title), body=tuple(block(part) for part in content.body),
        slip=tuple(block(part) for part in content.slip), contact=tuple(text(line) for line in content.contact),
        attachments=tuple(text(line) for line in content.attachments), subject=text(content.subject),
        facts={name: {**fact, "value": text(fact["value"])} for name, fact in content.facts.items()},
    )  # fmt: skip
