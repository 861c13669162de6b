"""What the file on paper lends to forms: what its papers can show, what has been entered, what is still to be examined before 终本."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from execdesk.access.providers import FormContext, Pairs, options, start
from execdesk.casefile.fileitems import FileItem, file_items
from execdesk.casefile.view import view_in
from execdesk.casework.course.tnr import wanted_entries
from execdesk.casework.property.forms import things_in
from execdesk.records.cases import Party
from execdesk.records.fileentries import FileEntry


@options("file_items")
def items_told(context: FormContext) -> Pairs:
    """What a paper in the file can show; of an item that is about one sort of property, one for each sort of the law."""
    heads = context.session.law.value("tnr.query_heads", context.day).value
    return [told for item in file_items(context.session.resources).values() for told in _with_heads(item, heads)]


def _with_heads(item: FileItem, heads: Iterable[str]) -> Iterator[tuple[str, str]]:
    if "head" in item.asks:
        yield from ((f"{item.id}:{head}", f"{item.name}：{head}") for head in heads)
    else:
        yield item.id, item.name


@options("one_of_parties")
def one_of_parties(context: FormContext) -> Pairs:
    """One of the parties by name, or the whole case."""
    return [(None, "全案"), *((party.id, party.name) for party in view_in(context).parties)]


@options("things_or_none")
def things_or_none(context: FormContext) -> Pairs:
    """One of the things of the case, or none."""
    return [(None, "不涉及"), *((one.rows[0].id, one.rows[0].words) for one in things_in(view_in(context)))]


@options("file_entries_now")
def entries_now(context: FormContext) -> Pairs:
    """What has been entered of the file."""
    view, items = view_in(context), file_items(context.session.resources)
    return [(row.id, _line(row, items, view.party(row.party))) for row in view.rows(FileEntry)]


def _line(row: FileEntry, items: Mapping[str, FileItem], party: Party | None) -> str:
    parts = (party.name if party else "", items[row.item].name, row.head or "", str(row.on), f"卷内第{row.page}页" if row.page else "")
    return " ".join(part for part in parts if part)


@start("file_entries")
def file_entries(context: FormContext) -> list[dict[str, Any]]:
    """What the examination before 终本 still lacks, an entry each; where nothing lacks, an empty one."""
    view = view_in(context)
    sides = Counter(party.side for party in view.parties)
    alone = {party.id for party in view.parties if sides[party.side] == 1}  # of one who is alone on his side nobody need say whom it is about
    found = [{"item": f"{item}:{head}" if head else item, **({"party": party} if party and party not in alone else {})} for item, party, head in wanted_entries(context.session, view.case)]
    return found or [{"item": next(iter(file_items(context.session.resources)))}]
