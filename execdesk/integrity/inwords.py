"""What becomes of rows, in words: which one, what it said and what it will say."""

from __future__ import annotations

from typing import Any

from execdesk.records.base import MomentField, RowField
from execdesk.records.papers import SIGNED
from execdesk.records.tables import BY_NAME
from execdesk.records.words import FIELDS, TABLES, value_words
from execdesk.store.striking import RowChange

_NAMES = ("number", "name", "title", "words", "bank_ref", "letter", "file_name", "text")
_LONGEST = 60


def change_words(one: RowChange) -> str:
    """A row that is taken out, comes back or says something else, in a sentence."""
    known: Any = one.after or one.before or {}
    name = f"{TABLES[one.table]}「{_name(one.table, known)}」"
    if one.after is None or one.before is None:
        return f"{name}不再有这一条" if one.after is None else f"{name}恢复登记"
    wrong = [field for field in sorted(known) if one.before.get(field) != one.after.get(field)]
    return f"{name}{'；'.join(f'{FIELDS.get(n, n)}由{_said(one.table, n, one.before.get(n))}改回{_said(one.table, n, one.after.get(n))}' for n in wrong)}"


def paper_words(one: RowChange) -> str:
    """What must be done about a paper that went out and no longer counts; empty for anything else."""
    before, after = one.before or {}, one.after or {}
    if one.table != "Document" or before.get("state") not in SIGNED or after.get("state") in SIGNED:
        return ""
    return f"《{before['title']}》{before.get('number') or ''}不再算数：已印出、送达的纸件，请收回或者告知收件人，由有权的人重新签发"


def _name(table: str, values: Any) -> str:
    for field in _NAMES:
        if values.get(field):
            return str(values[field])[:_LONGEST]
    named = [_said(table, field.name, values[field.name]) for field in BY_NAME[table].journal_fields() if isinstance(field, RowField) and values.get(field.name)]
    return "，".join(named[:3]).replace("「", "").replace("」", "") or "未命名"


def _said(table: str, name: str, value: Any) -> str:
    field, moves = BY_NAME[table]._meta.fields[name], BY_NAME[table].MOVES
    if name == "state" and moves is not None:
        return f"「{moves.words.get(value, value)}」"
    if isinstance(field, RowField) and value:
        row: Any = BY_NAME[field.target].get_or_none(BY_NAME[field.target].id == value)
        found = next((getattr(row, one) for one in _NAMES if row is not None and getattr(row, one, None)), "另一记录")
        return f"「{str(found)[:_LONGEST]}」"
    if isinstance(field, MomentField) and value:
        return f"「{str(value)[:10]}」"
    return value_words(value if not isinstance(value, str) else value[:_LONGEST])
