"""What a check finds: faults with their place, in sentences, and which cases they close for issue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from execdesk.records.base import Journaled
from execdesk.records.tables import BY_NAME, JOURNALED, children_of, parents_of
from execdesk.records.words import FIELDS, TABLES, value_words

_TITLES = ("number", "name", "title", "words", "bank_ref", "account", "letter", "file_name", "type_id", "key")
_FOR_ALL = frozenset(model.__name__ for model in JOURNALED if model.OF_ALL)


@dataclass(frozen=True)
class Fault:
    """One fault: its kind, the place, a sentence; ``chain`` faults and those that concern ``everything`` close all issue, others the
    cases concerned.

    Kinds: ``line``, ``head`` (chain); ``mark`` (the mark beside the store is gone), ``row``, ``index``, ``file``, ``orphan``; ``breach``
    (a line has effect whose writer had not the authority); ``board`` (a list says what the rows do not); ``page`` (a page cannot be read
    or is not sound), ``schema`` (an object of the database is gone, changed or nobody's); ``slot`` (a key slot is damaged or nobody's);
    ``signature`` (a kept paper's signatures do not hold).
    """

    kind: str
    place: str
    text: str
    chain: bool = False
    rows: tuple[tuple[str, str], ...] = ()
    everything: bool = False


@dataclass
class Verdict:
    """The result of a check: how much was read (``papers``: kept papers whose signatures were judged), the faults in the order found.

    ``apart``: rows that cannot stand together may be there, so that whoever notes the check looks once more and names them.
    """

    lines: int = 0
    rows: int = 0
    files: int = 0
    papers: int = 0
    faults: list[Fault] = field(default_factory=list)
    apart: bool = True

    @property
    def whole(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


STAGE_WORDS = {"lines": "留痕", "rows": "记录", "files": "留存文件", "board": "案件列表", "schema": "数据库的结构", "papers": "文书"}


def unreadable(stage: str, error: Exception) -> Fault:
    """A page that cannot be read ends a walk: where, in words."""
    words = STAGE_WORDS.get(stage, stage)
    text = f"{words}读不下去（{type(error).__name__}）：数据库的页有损坏，磁盘出错，或者有人改了文件。请停止使用，从备份恢复。"
    return Fault("page", f"页 {words}", text, everything=True)


def joined(verdicts: Iterable[Verdict]) -> Verdict:
    """The results of several checks as one, the faults in their order."""
    whole = Verdict()
    for one in verdicts:
        whole = Verdict(
            whole.lines + one.lines, whole.rows + one.rows, whole.files + one.files, whole.papers + one.papers, whole.faults + one.faults
        )
    return whole


@dataclass(frozen=True)
class Closed:
    """What may not be issued while faults are open: everything, or some cases."""

    everything: bool = False
    cases: frozenset[str] = frozenset()

    def closes(self, case: str) -> bool:
        """Whether issue is closed in a case."""
        return self.everything or case in self.cases


def closed_cases(faults: Iterable[Fault]) -> Closed:
    """Which cases faults close for issue. A broken chain, people, posts, certificates and law data concern all."""
    everything, cases = False, set()
    for fault in faults:
        if fault.chain or fault.everything or any(table in _FOR_ALL for table, _ in fault.rows):
            everything = True
        for table, row in fault.rows:
            cases |= cases_of(BY_NAME[table], row)
    return Closed(everything, frozenset(cases))


def cases_of(model: type[Journaled], row: str) -> set[str]:
    """The cases a row is of: the one it belongs to, through its parents if need be; of one that is of no case, those of the rows that belong to it."""
    if model.__name__ == "Case":
        return {row}
    found = _cases_below(model, row) if model.OF_CHILDREN else set()
    record = model.get_or_none(model.id == row)
    if record is None:
        return found
    case = getattr(record, "case", None)
    if case:
        return {str(case)}
    for name, parent in parents_of(model):
        if getattr(record, name):
            found |= cases_of(parent, getattr(record, name))
    return found


def _cases_below(model: type[Journaled], row: str) -> set[str]:
    found: set[str] = set()
    for child, name in children_of(model):
        for record in child.select().where(child._meta.fields[name] == row):
            if (case := getattr(record, "case", None)) is not None:
                found.add(str(case))
            elif (party := getattr(record, "party", None)) is not None:
                found |= cases_of(BY_NAME["Party"], party)
    return found


def row_name(table: str, row: str, *values: Mapping[str, Any] | None) -> str:
    """A row as a person knows it: 「案件（2017）琼9027执1号」, else its table and id."""
    for known in values:
        for name in _TITLES:
            if known and known.get(name):
                return f"{TABLES.get(table, table)}「{known[name]}」（记录 {row}）"
    return f"{TABLES.get(table, table)}记录 {row}"


def row_fault(table: str, row: str, expected: Mapping[str, Any] | None, actual: Mapping[str, Any] | None) -> Fault | None:
    """How a row in the database differs from what the journal says."""
    if expected == actual:
        return None
    name = row_name(table, row, expected, actual)
    place = f"{TABLES.get(table, table)} {row}"
    above = tuple(
        (parent.__name__, values[field])
        for values in (expected, actual)
        for field, parent in parents_of(BY_NAME[table])
        if values and values.get(field)
    )  # a row that is gone no longer says whose it was: what it belonged to does
    concerned = tuple(dict.fromkeys(((table, row), *above)))
    if actual is None:
        return Fault("row", place, f"{name}不见了：留痕中有，数据库中没有，有人绕过程序删除。", rows=concerned)
    if expected is None:
        return Fault("row", place, f"{name}来历不明：数据库中有，留痕中没有，有人绕过程序添加。", rows=concerned)
    wrong = [n for n in sorted(expected.keys() | actual.keys()) if expected.get(n) != actual.get(n)]
    if not wrong:
        return None
    told = "；".join(
        f"{FIELDS.get(n, n)}在留痕中是{value_words(expected.get(n))}，在数据库中是{value_words(actual.get(n))}" for n in wrong
    )
    return Fault("row", place, f"{name}被改动：{told}。有人绕过程序改了数据库。", rows=concerned)


def writes_fault(table: str, row: str, actual: Mapping[str, Any]) -> Fault:
    """A row that says of its values that other lines wrote them than did: what is changed next would name the wrong line as replaced."""
    text = f"{row_name(table, row, actual)}的版本被改动：各项由哪条留痕写成，与留痕不符。有人绕过程序改了数据库。"
    return Fault("row", f"{TABLES.get(table, table)} {row}", text, rows=((table, row),))
