"""What is searched of a case: its numbers, names with their pinyin initials, plates, accounts, and the spelling they are compared in."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice, product
from typing import Any, NamedTuple

from peewee import Database

from execdesk.records.cases import Case, Party
from execdesk.records.measures import Measure
from execdesk.records.property import Property, PropertyOwner
from execdesk.records.tables import BY_NAME
from execdesk.store import rows
from execdesk.store.clashes import parents_ever, state_of

WATCHED = ("Case", "Party", "Measure", "Property", "PropertyOwner")
LONGEST = 128
_READINGS = 8
_PLATE = re.compile(r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-z][a-z0-9]{5,6}")
_CODE = re.compile(r"(?=.*\d)[0-9A-Za-z ]{5,40}")  # an account, a chassis number: figures and letters
_NUMBER = re.compile(r"(\d{4})\D*?\d*(\D+?\d+)号?")
_DROP = dict.fromkeys(map(ord, "()[]〔〕【】〈〉·•-—_.,、:'\" \t\r\n\x00"))


class _Number(NamedTuple):
    id: str
    number: str
    sequence: int


class _Name(NamedTuple):
    case: str
    name: str
    id_no: str | None


class _Thing(NamedTuple):
    """A property under control in the case, or one that a party of it owns."""

    case: str
    words: str
    identifiers: str


def normal(text: str) -> str:
    """The one spelling in which texts are compared: full width and case made equal, brackets and spaces gone."""
    return unicodedata.normalize("NFKC", text).lower().translate(_DROP)


@lru_cache(maxsize=8192)
def initials(name: str) -> tuple[str, ...]:
    """The pinyin initials of a name, in several readings: 单 is shàn as a surname and dān elsewhere."""
    from pypinyin import Style, pinyin  # its dictionary takes half a second to load: only where names are spelt

    readings = pinyin(name, style=Style.FIRST_LETTER, heteronym=True)
    surname = pinyin(name[:1], style=Style.FIRST_LETTER, heteronym=True)  # alone: in a phrase it has but one reading
    letters = [tuple(dict.fromkeys(r[:1] for r in some if r)) for some in readings]
    if surname and letters and len(readings[0][0]) == 1:
        letters[0] = tuple(dict.fromkeys([*letters[0], *(r[:1] for r in surname[0])]))
    combinations = islice(product(*reversed(letters)), _READINGS)  # the surname's readings vary first
    return tuple(dict.fromkeys("".join(reversed(combination)) for combination in combinations))


def texts_of(case: _Number, parties: Iterable[_Name], things: Iterable[_Thing]) -> Iterator[tuple[str, str, str]]:
    """The searchable texts of a case: (kind, text, as shown)."""
    yield "number", case.number, case.number
    short = _NUMBER.fullmatch(normal(case.number))
    if short:
        yield "number", short[1] + short[2], case.number
    yield "number", str(case.sequence), case.number
    for party in parties:
        yield "name", party.name, party.name
        for letters in initials(party.name):
            yield "initials", letters, party.name
        if party.id_no:
            yield "identity", party.id_no, f"{party.name} {party.id_no}"
    for thing in things:
        for value in json.loads(thing.identifiers).values():
            if _CODE.fullmatch(value):
                yield "account", value, f"{thing.words.partition(' 尾号')[0]} {value}".strip()
        for plate in _PLATE.findall(normal(f"{thing.words} {' '.join(json.loads(thing.identifiers).values())}")):
            yield "plate", plate, plate.upper()


def entries_of(base: Database, cases: list[str]) -> list[tuple[str, str, str, str]]:
    """Index rows of some cases: case, kind, text, as shown. Struck rows are not searched."""
    if not cases:
        return []
    of: dict[str, tuple[_Number, list[_Name], list[_Thing]]] = {
        values[0]: (_Number._make(values), [], []) for values in _read(base, Case, _Number._fields, "id", cases)
    }
    for values in _read(base, Party, _Name._fields, "case", cases):
        if values[0] in of:
            of[values[0]][1].append(_Name._make(values))
    for statement in (_CONTROLLED, _OWNED):
        marks = ", ".join([base.param] * len(cases))
        for values in base.execute_sql(statement.format(marks=marks), cases).fetchall():
            if values[0] in of:
                of[values[0]][2].append(_Thing._make(values))
    made = []
    for case, parts in of.items():
        told = {(kind, normal(text)[:LONGEST]): shown[:LONGEST] for kind, text, shown in texts_of(*parts)}
        made += [(case, kind, text, shown) for (kind, text), shown in told.items() if text]
    return made


_CONTROLLED = (
    f'SELECT m."case", p."words", p."identifiers" FROM "{Measure._meta.table_name}" m JOIN "{Property._meta.table_name}" p ON p."id" = m."property" '
    'WHERE m."case" IN ({marks}) AND m."struck" IS NULL AND p."struck" IS NULL ORDER BY m."id"'
)
_OWNED = (
    f'SELECT y."case", p."words", p."identifiers" FROM "{PropertyOwner._meta.table_name}" o JOIN "{Property._meta.table_name}" p ON p."id" = o."property" '
    f'JOIN "{Party._meta.table_name}" y ON y."id" = o."party" '
    'WHERE y."case" IN ({marks}) AND o."struck" IS NULL AND p."struck" IS NULL AND y."struck" IS NULL ORDER BY o."id"'
)
_AFFECTED = (
    f'SELECT "case" FROM "{Measure._meta.table_name}" WHERE "property" IN ({{marks}}) UNION SELECT y."case" FROM "{PropertyOwner._meta.table_name}" o '
    f'JOIN "{Party._meta.table_name}" y ON y."id" = o."party" WHERE o."property" IN ({{marks}})'
)


def _read(base: Database, model: type[Any], names: tuple[str, ...], by: str, cases: list[str]) -> list[tuple[Any, ...]]:
    columns = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join([base.param] * len(cases))
    statement = f'SELECT {columns} FROM "{model._meta.table_name}" WHERE "{by}" IN ({marks}) AND "struck" IS NULL ORDER BY "id"'
    found: list[tuple[Any, ...]] = base.execute_sql(statement, cases).fetchall()
    return found


def cases_touched(base: Database, touched: set[tuple[str, str]]) -> set[str]:
    """The cases whose texts may have changed, the former case of a party that moved among them."""
    cases = {row for table, row in touched if table == "Case"}
    for table in ("Party", "Measure"):
        name = BY_NAME[table]._meta.table_name
        for some in rows.batches(sorted(row for kind, row in touched if kind == table)):
            marks = ", ".join([base.param] * len(some))
            statement = f'SELECT "id", "case", "version" FROM "{name}" WHERE "id" IN ({marks})'
            for row, case, version in base.execute_sql(statement, some).fetchall():
                cases.add(case)
                if version > 1:
                    cases |= {parent for kind, parent in parents_ever(state_of(table, row)) if kind == "Case"}
    return cases | _with_things(base, touched)


def _with_things(base: Database, touched: set[tuple[str, str]]) -> set[str]:
    """The cases in which a touched property, or the property of a touched share, is under control or owned by a party."""
    things = {row for table, row in touched if table == "Property"}
    for some in rows.batches(sorted(row for table, row in touched if table == "PropertyOwner")):
        query: Any = PropertyOwner.select(PropertyOwner.property).where(PropertyOwner.id.in_(some)).tuples()
        things |= {thing for (thing,) in query}
    cases: set[str] = set()
    for some in rows.batches(sorted(things)):
        marks = ", ".join([base.param] * len(some))
        cases |= {case for (case,) in base.execute_sql(_AFFECTED.format(marks=marks), [*some, *some]).fetchall()}
    return cases
