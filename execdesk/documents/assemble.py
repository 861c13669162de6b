"""From facts and a text to content: every value in its place with its source, the signing day's values left as slots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from execdesk.documents.content import Block, Content, ContentTable, CutLine, Paragraph, Role, TableCell, WritingLines
from execdesk.documents.facts import Facts
from execdesk.documents.filling import Preview, fill, leftovers, preview, unfilled
from execdesk.documents.parties import party_lines
from execdesk.documents.signature import signature_block
from execdesk.documents.slots import OWN_NUMBER, SLOT_LISTS, FactScope, Filled
from execdesk.documents.texts import DocType, ItemText, RowText, TextPart, TextVersion
from execdesk.law.book import LawBook
from execdesk.law.refusal import Refusal
from execdesk.law.words import format_case_number, number_in_words, parse_case_number

__all__ = ["Preview", "assemble", "assembled", "fill", "leftovers", "preview", "scope_of", "unfilled"]


def assemble(doc_type: DocType, text: TextVersion, facts: Facts, book: LawBook, on: date) -> Content:
    """The content of a document to be signed on ``on`` (which chooses articles and block, and is itself left open).

    Missing values are marked, not refused, so that a draft can be seen; :func:`unfilled` lists them. Raises Refusal where
    the law has no article for the day, an input cannot be read, or somebody may not sign.
    """
    return assembled(doc_type, text, scope_of(text, facts, book, on))


def assembled(doc_type: DocType, text: TextVersion, scope: FactScope) -> Content:
    """As :func:`assemble`, through a scope that afterwards knows what was asked, filled and missing."""
    facts, on, filled = scope.facts, scope.on, scope.filled
    if not text.in_force(on):
        raise Refusal(f"正文 {text.id} 不适用于 {on} 签署的文书，请重新选择。", code="document.text_version")
    places: dict[str, list[Block]] = {"body": [], "slip": [], "contact": []}
    for part in text.parts:
        if part.when.holds(scope):
            places[part.into].extend(block for block in _part(part, scope) if not isinstance(block, Paragraph) or block.text)
    content = Content(
        type_id=doc_type.id,
        form=doc_type.form,
        court=facts.court.name,
        title=text.title.render(scope),
        body=tuple(places["body"]),
        signature=signature_block(doc_type, text, facts.staff, on),
        number=_number(doc_type, facts),
        slip=tuple(places["slip"]),
        contact=tuple(block.text for block in places["contact"] if isinstance(block, Paragraph)),
        attachments=_attachments([entry.render(scope) for entry in text.attachments]),
        subject=text.subject.render(scope),
        text_version=text.version,
        facts=filled.values,
    )
    for name, label in filled.missing.items():
        path = text.slots[name].source if name in text.slots else name
        content.facts.setdefault(name, {"value": "", "label": label, "source": "", "path": path})
    return content


def scope_of(text: TextVersion, facts: Facts, book: LawBook, on: date) -> FactScope:
    """The facts as ``text`` sees them, for checks and for the citations that hold."""
    return FactScope(facts, text, book, on, Filled())


def _attachments(names: Sequence[str]) -> tuple[str, ...]:
    """附：某文书; several are numbered below one another, what is not there left out."""
    names = [name for name in names if name]
    if len(names) < 2:
        return tuple(f"附：{name}" for name in names)
    return tuple(f"{'附：' if number == 1 else '　　'}{number}. {name}" for number, name in enumerate(names, 1))


def _number(doc_type: DocType, facts: Facts) -> str:
    if not doc_type.series:
        return ""
    if facts.sanction_number:
        entered = parse_case_number(facts.sanction_number).number
        return format_case_number(entered) if entered else facts.sanction_number
    return OWN_NUMBER


def _part(part: TextPart, scope: FactScope) -> Iterator[Block]:
    role: Role = part.role  # type: ignore[assignment]
    if part.kind == "parties":
        target = scope.facts.target
        found = scope.facts.parties
        if part.who == "target":  # he stands there in his role before this paper: 被拘留人
            found = (replace(target, role=part.roles[0]),) if target else ()
        wording = scope.text_version.wording
        if part.who == "target" and target is None:
            scope.filled.missing["target"] = part.roles[0]
        yield from (Paragraph(line, "party") for line in party_lines(found, part.roles, wording))
    elif part.kind == "items":
        lines = [line for item in part.items for line in _item(item, scope)]
        if not lines:
            scope.filled.missing.update(_missing_items(part, scope))
        for number, line in enumerate(lines, 1):
            prefix = f"{number_in_words(number)}、" if len(lines) > 1 else ""
            yield Paragraph(prefix + line, role)
    elif part.kind == "lines":
        yield WritingLines(part.pages)
    elif part.kind == "table":
        yield ContentTable(part.widths, tuple(row for entry in part.rows for row in _row(entry, scope)))
    elif part.text is not None and part.kind == "cut":
        yield CutLine(part.text.render(scope))
    elif part.text is not None:
        for inner in _elements(part.each, scope):
            yield Paragraph(part.text.render(inner), role, part.keep)


def _missing_items(part: TextPart, scope: FactScope) -> dict[str, str]:
    """What keeps the operative part empty: the list a person has to fill, else the part itself."""
    names = [each.partition(".")[2] for each in part.lists() if each.startswith(SLOT_LISTS)]
    return {name: scope.text_version.slots[name].label for name in names} or {"operative": "主文"}


def _elements(each: str, scope: FactScope) -> Iterator[FactScope]:
    if not each:
        yield scope
        return
    for place, element in enumerate(scope.elements(each)):
        yield scope.within(element, place)


def _item(item: ItemText, scope: FactScope) -> Iterator[str]:
    for inner in _elements(item.each, scope):
        if item.when.holds(inner):
            yield item.text.render(inner)


def _row(row: RowText, scope: FactScope) -> Iterator[tuple[TableCell, ...]]:
    for inner in _elements(row.each, scope):
        if row.when.holds(inner):
            yield tuple(
                TableCell(cell.text.render(inner), cell.label, cell.span, row.height, cell.align)  # type: ignore[arg-type]
                for cell in row.cells
            )
