"""Entering what the file on paper shows: notices served before the program, inquiries made outside it, what the applicant said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from execdesk.access.register import CASE, action
from execdesk.access.session import Session
from execdesk.casefile.charge import require_in_charge
from execdesk.casefile.fileitems import ASKED, FileItem, file_items
from execdesk.casefile.lookup import case_of, open_for_bureau, parties_of, party_of
from execdesk.casework.course.tnr import recorded
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.cases import Case
from execdesk.records.charge import NOTING
from execdesk.records.fileentries import FileEntry
from execdesk.store.act import Changes

_SIDES = {"debtor": "被执行人", "applicant": "申请执行人"}
_ENTRY = (
    Field("item", "事项", "choice", options="file_items"), Field("on", "日期", "day", required=False, most="today"),
    Field("page", "卷内页码", required=False, most=32), Field("party", "就谁", "choice", required=False, options="one_of_parties", rare=True),
    Field("ended_on", "届满或反馈日期", "day", required=False, rare=True), Field("reference", "查询编号", required=False, most=64, rare=True),
    Field("property", "财产", "choice", required=False, options="things_or_none", rare=True), Field("words", "内容", "long", required=False, rare=True),
)


@action(
    "file.enter", "登记卷内材料", CASE, Field("entries", "材料", "group", of=_ENTRY, start="file_entries"),
    button="登记材料", menu=78, note="本系统以外形成的材料。预列的是终本核对还缺的事项：填了日期的登记，没有日期的不登记；登记后即作为前提核对的依据。"
    "「更多栏目」里：执行通知书写所定期间届满之日，网络查询写编号和反馈日期（没有反馈的空着）、查到的财产，不能处置的写财产和理由，听取意见写申请执行人怎么说，拍卖成交写买受人、成交价和保证金。本系统登记过的网络查询不用再登记。",
)
def enter(session: Session, *, case: str, entries: list[Any]) -> Changes:
    """Enter what papers in the file show, each with its day; what has no day is left out, so that a list can be filled as far as it goes.

    Raises Refusal ``file.nothing`` where no entry has a day, ``file.entry`` for one that lacks what its item asks or names the wrong side, or says what is entered already.
    """
    found = open_for_bureau(case_of(case))
    require_in_charge(session, found, NOTING, "登记卷内材料")
    items = file_items(session.resources)
    known = {_key(row) for row in recorded(found.id)}
    rows = [_row(found, items, told, number) for number, told in enumerate(entries, 1) if told.get("on") is not None]
    if not rows:
        raise Refusal("没有一项填了日期，没有登记。请在要登记的事项上填写日期；不用登记的空着即可。", code="file.nothing")
    for row in rows:
        if _key(row) in known:
            raise Refusal(f"「{items[row.item].name}」{row.on} 已经登记过，同一材料只登记一次。", code="file.entry")
        known.add(_key(row))
    with session.act("file.enter", case=found.id) as act:
        act.add_many(rows)
    return act.changes


def _row(case: Case, items: Mapping[str, FileItem], told: Mapping[str, Any], number: int) -> FileEntry:
    """One entry; an item that is about one sort of property names it after a colon."""
    name, _, head = told["item"].partition(":")
    item = items[name]
    where = f"第 {number} 项「{item.name}」"
    able = parties_of(case.id, item.of) if item.of != "case" else []
    party = party_of(case, told["party"]) if told.get("party") else able[0] if len(able) == 1 else None
    if item.of != "case" and (party is None or party.side != item.of):
        raise Refusal(f"{where}须写明是哪一名{_SIDES[item.of]}。", code="file.entry")
    if lacks := [ASKED[name] for name in item.asks if not {**told, "head": head}.get(name)]:
        raise Refusal(f"{where}还须填写{'、'.join(lacks)}。", code="file.entry")
    on, ended = told["on"], told.get("ended_on")
    if ended is not None and (not item.ended or ended < on):
        raise Refusal(f"{where}{f'的{item.ended} {ended} 早于 {on}，请核对' if item.ended else '没有届满或反馈日期，请不要填'}。", code="file.entry")
    kept = {name: told.get(name) or None for name in ("reference", "property", "words", "page")}
    return FileEntry(case=case.id, item=item.id, party=party.id if party is not None and item.of != "case" else None, on=on, ended_on=ended, head=head or None, **kept)


def _key(row: FileEntry) -> tuple[Any, ...]:
    return (row.item, row.party, row.property, row.on, row.head, row.reference)


@action(
    "file.strike", "划去卷内材料", CASE, Field("entry", "材料", "choice", options="file_entries_now"), Field("reason", "理由", "long", hint="如页码、日期登记错误"),
    button="划去", note="原登记留在留痕里；写错的，划去后重新登记。", menu=79,
)
def strike(session: Session, *, case: str, entry: str, reason: str) -> Changes:
    """Take back an entry made in error; it stays legible. Raises Refusal ``file.reason`` without a reason."""
    found = open_for_bureau(case_of(case))
    require_in_charge(session, found, NOTING, "划去卷内材料")
    if not reason.strip():
        raise Refusal("划去须写明理由。", code="file.reason")
    with session.act("file.strike", case=found.id, reason=reason.strip()) as act:
        act.strike(act.get(FileEntry, entry), reason.strip())
    return act.changes
