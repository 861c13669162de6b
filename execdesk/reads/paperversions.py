"""Versions of the papers of one request beside each other: each draft that was saved, each content that was put forward."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from execdesk.access.session import Session, person_of
from execdesk.documents.assemble import preview
from execdesk.documents.content import Content, ContentTable, Paragraph
from execdesk.documents.difference import line_pairs
from execdesk.documents.wire import load
from execdesk.drafting.around import papers_of_case
from execdesk.drafting.assembly import assembly_of
from execdesk.drafting.drafts import document_of
from execdesk.law.refusal import Refusal
from execdesk.reads.texts import Difference, DifferenceRow
from execdesk.records.papers import Document
from execdesk.store.clock import COURT_TIME
from execdesk.store.rowlines import lines_on
from execdesk.store.store import utc


@dataclass(frozen=True)
class PaperVersion:
    """One version of a paper: its key, and in words which paper, who wrote it and when."""

    key: str
    words: str


@dataclass(frozen=True)
class _Saved:
    words: str
    inputs: str
    content: str


def paper_versions(session: Session, document: str) -> tuple[PaperVersion, ...]:
    """The versions of a paper and of the others of its request and kind, in the order in which they were written."""
    row = document_of(document)
    papers = [one for one in papers_of_case(row.case) if one.id == row.id or (row.request and one.request == row.request and one.type_id == row.type_id)]
    found = []
    for paper in papers:
        other = "" if len(papers) == 1 else f"，{Document.get_by_id(paper.id).addressee or f'第 {papers.index(paper) + 1} 件'}"
        found += [PaperVersion(f"{paper.id}/{number}", f"{saved.words}{other}") for number, saved in enumerate(_saved(paper.id), 1)]
    return tuple(found)


def _saved(document: str) -> Iterator[_Saved]:
    """What each line left of what is filled in and put forward."""
    inputs, content, before, number = "", "", ("", ""), 0
    for line, values in lines_on("Document", document):
        inputs, content = str(values.get("inputs") or inputs), str(values.get("content") or "") if "content" in values else content
        if (inputs, content) != before:
            before, number = (inputs, content), number + 1
            person, at = person_of(line.person), utc(line.at).astimezone(COURT_TIME)
            yield _Saved(f"第 {number} 稿，{person.name if person else ''} {at:%m-%d %H:%M} {'提交' if content else '草稿'}", inputs, content)


def paper_difference(session: Session, old: str, new: str) -> Difference:
    """What differs between two versions, as they are printed; a draft reads as its case stands now.

    Raises:
        Refusal: ``document.version`` where there is no such version; as assembling a draft.
    """
    (before, first), (after, second) = _version(session, old), _version(session, new)
    pairs = line_pairs([words for _, words in first], [words for _, words in second])
    return Difference(before, after, tuple(
        DifferenceRow((second[pair.new_at] if pair.new_at is not None else first[pair.old_at or 0])[0], pair) for pair in pairs
    ))


def _version(session: Session, key: str) -> tuple[str, list[tuple[str, str]]]:
    document, _, number = key.partition("/")
    row, found = document_of(document), list(_saved(document))
    if not number.isdecimal() or not 0 < int(number) <= len(found):
        raise Refusal("找不到这一稿，可能已有变化。请刷新后重新选择。", code="document.version")
    saved = found[int(number) - 1]
    if saved.content:
        return saved.words, list(_lines(session, load(json.loads(saved.content))))
    row.inputs = json.loads(saved.inputs or "{}")
    return saved.words, list(_lines(session, assembly_of(session, row, session.day).content))


def _lines(session: Session, content: Content) -> Iterator[tuple[str, str]]:
    """What is printed, line by line, each with the name of its place."""
    shown = preview(content, session.day).content
    yield "标题", shown.title
    for place, blocks in (("", shown.body), ("回执", shown.slip)):
        for number, block in enumerate(blocks, 1):
            if isinstance(block, ContentTable):
                yield from ((f"{place}第{number}段第{line}行", "　".join(cell.text for cell in row)) for line, row in enumerate(block.rows, 1))
            elif isinstance(block, Paragraph):
                yield f"{place}第{number}段", block.text
    yield from (("联系方式", line) for line in shown.contact)
    yield from (("附件", line) for line in shown.attachments)
    yield from (("署名", f"{line.label}　{line.name}") for line in shown.signature.signatories)
