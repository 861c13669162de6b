"""The parties of a row: names, numbers of identity papers, address and telephone brought together."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from execdesk.fields.cells import Answer, Cell, CellDecision, Note, Option, Refused, Value, compact, tidy
from execdesk.fields.names import by_count, is_organisation, read_names, without_papers
from execdesk.fields.numbers import Identity, IdentityPaper, read_identity, read_papers
from execdesk.intake.columns import OF_SIDE
from execdesk.intake.report import LedgerParty
from execdesk.intake.settling import RowReader

_LEGAL = ("公司", "银行", "支行", "信用社", "联社")
_SEXES = {"男": 1, "女": 2}
Assigned = tuple[str, ...]  # one number or empty per name, in the names' order


def read_parties(reader: RowReader, side: str) -> tuple[LedgerParty, ...]:
    """The parties of one side (``applicant`` or ``debtor``), those of numbered columns behind the others.

    Empty where a question or problem stands in the way.
    """
    found = [_of_columns(reader, side)]
    for number, columns in sorted(reader.context.layout.numbered.items()):
        reader.number = number
        if reader.cell(side) is not None:
            found.append(_of_columns(reader, side))
        elif extra := next((cell for column in sorted(OF_SIDE[side] & columns.keys()) if (cell := reader.cell(column))), None):
            text = f"写了第 {number} 名{reader.setting.columns.title[side]}的证件号码、住址等，没有写姓名，请补上后再导入。"
            reader.refuse(side, extra.text, Refused("names.empty", text))
    reader.number = 0
    if not all(found):
        return ()
    if len(found) == 1:
        return found[0]
    return tuple(replace(party, position=at) for at, party in enumerate((party for one in found for party in one), 1))


def _of_columns(reader: RowReader, side: str) -> tuple[LedgerParty, ...]:
    """The parties of one set of columns."""
    papers = _papers(reader, side)
    names = _names(reader, side, len(papers or ()))
    if not names or papers is None:
        return ()
    assigned = _assign(reader, side, names, papers)
    if assigned is None:
        return ()
    kinds = _kinds(reader, len(names)) if side == "debtor" else [()] * len(names)
    identities = [_identity(reader, side, *one) for one in zip(names, assigned, kinds, strict=True)]
    return _parties(reader, side, names, identities)


def _papers(reader: RowReader, side: str) -> tuple[IdentityPaper, ...] | None:
    """The numbers of the side's own cell, or those in brackets behind the names; None where they are refused."""
    column = f"{side}_id"
    cell, named = reader.cell(column), reader.cell(side)
    behind = tuple(IdentityPaper(number, name) for name, number in without_papers(named.text)[1]) if named else ()
    if cell is None:
        return behind
    found = read_papers(cell)
    if isinstance(found, Refused):
        reader.state(column, compact(cell.text))
        reader.refuse(column, cell.text, found)
        return None
    reader.state(column, "、".join(paper.label + compact(paper.number).upper() for paper in found) or compact(cell.text))
    for paper in found:
        if paper.remark and compact(paper.remark) not in compact(named.text if named else ""):
            reader.warn("identity.remark", f"证件号码后写有「{paper.remark}」，没有读入，请核对。")
    if behind and found and {p.number for p in behind} != {compact(p.number).upper() for p in found}:
        told = "姓名后括号里的号码与证件号码栏不一致，请核对后再导入。"
        reader.refuse(column, cell.text, Refused("identity.two_places", told))
        return None
    return behind or found


def _names(reader: RowReader, side: str, count: int) -> tuple[str, ...]:
    cell = reader.cell(side)
    if cell is None:
        if not any(question.column == reader.letter(side) for question in reader.reading.questions):
            text = f"没有写{reader.setting.columns.title[side]}，请补上后再导入。"
            reader.refuse(side, "", Refused("names.empty", text))
        return ()
    answer = read_names(without_papers(cell.text)[0])
    reader.state(side, "、".join(answer.value) if isinstance(answer, Value) else compact(cell.text))
    return reader.settle(side, cell.text, by_count(answer, count), read_names) or ()


def _assign(reader: RowReader, side: str, names: tuple[str, ...], papers: tuple[IdentityPaper, ...]) -> Assigned | None:
    """Which number belongs to which name: by the names that stand with the numbers, else in order where there are as many and
    they suit, else a question."""
    numbers = tuple(paper.number for paper in papers)
    labelled = _by_label(names, papers)
    if labelled is not None:
        return labelled
    if not numbers:
        if reader.has(f"{side}_id"):
            reader.warn("identity.missing", f"{'、'.join(names)}没有证件号码，请补登。")
        return ("",) * len(names)
    if len(numbers) == len(names) and not _twice(numbers) and (turned := _by_kinds(names, numbers)) is None:
        if missing := [name for name, number in zip(names, numbers, strict=True) if not number]:
            reader.warn("identity.missing", f"{'、'.join(missing)}没有证件号码，请补登。")
        return numbers
    cell = reader.cell(f"{side}_id")
    none = Option[Assigned]("none", "证件号码先空着，另行补登", ("",) * len(names), "台账没有说明各号码属于谁")
    options, proposal = [none], ""
    code, text = "identity.count", f"{len(names)} 名当事人（{'、'.join(names)}），{len(numbers)} 个证件号码，对不上。"
    kinds = _by_kind(names, numbers)
    if len(numbers) == len(names):
        kinds = None if _twice(numbers) else turned
        code = "identity.same" if _twice(numbers) else "identity.order"
        what = "几名当事人写了同一个证件号码" if _twice(numbers) else "证件号码的种类与当事人的顺序对不上"
        text = f"{what}（{_assigned_words(names, numbers)}），请核对。"
    if kinds is not None:
        options.insert(0, Option(f"kind:{'、'.join(kinds)}", _assigned_words(names, kinds), kinds, "按证件种类与当事人相称"))
        proposal = options[0].key
    return reader.settle(f"{side}_id", cell.text if cell else "", CellDecision(code, text, tuple(options), proposal), _own_entry(names))


def _own_entry(names: tuple[str, ...]) -> Callable[[str], Answer[Assigned]]:
    def again(entry: str) -> Answer[Assigned]:
        found = read_papers(Cell("", entry, entry, "text"))
        if isinstance(found, Refused):
            return found
        if len(found) != len(names):
            return Refused("identity.count", f"请按当事人的顺序填写 {len(names)} 个号码，没有的写「无」。")
        return Value(_by_label(names, found) or tuple(paper.number for paper in found))

    return again


def _by_label(names: tuple[str, ...], papers: tuple[IdentityPaper, ...]) -> Assigned | None:
    """The numbers by the names that stand with them; None unless each stands with the name of one party."""
    told = {compact(paper.label or paper.remark): paper.number for paper in papers if paper.number}
    plain = {compact(name): name for name in names}
    if not told or len(told) != len(papers) or not told.keys() <= plain.keys():
        return None
    return tuple(told.get(name, "") for name in plain)


def _twice(numbers: tuple[str, ...]) -> bool:
    written = [compact(number).upper() for number in numbers if number]
    return len(set(written)) < len(written)


def _of_unit(number: str) -> bool:
    return not compact(number)[:15].isdigit()


def _by_kinds(names: tuple[str, ...], numbers: tuple[str, ...]) -> Assigned | None:
    """The numbers in the order that suits units and persons, where the order they are written in does not and another would."""
    units = [is_organisation(name) for name in names]
    if not all(re.fullmatch(r"[0-9A-Z]{15,18}", compact(number).upper()) for number in numbers):
        return None  # passports and others fit no rule
    theirs = [_of_unit(number) for number in numbers]
    if units == theirs or sorted(units) != sorted(theirs):
        return None
    rest = {kind: [number for number in numbers if _of_unit(number) == kind] for kind in (True, False)}
    return tuple(rest[unit].pop(0) for unit in units)


def _by_kind(names: tuple[str, ...], numbers: tuple[str, ...]) -> Assigned | None:
    """A distribution of fewer numbers than names where units and persons leave only one."""
    if len(numbers) != 1:
        return None
    unit = not compact(numbers[0])[:17].isdigit()
    fits = [name for name in names if is_organisation(name) == unit]
    return tuple(numbers[0] if name == fits[0] else "" for name in names) if len(fits) == 1 else None


def _assigned_words(names: tuple[str, ...], numbers: Assigned) -> str:
    return "，".join(f"{name}：{number or '空着'}" for name, number in zip(names, numbers, strict=True))


def _kinds(reader: RowReader, count: int) -> list[tuple[str, ...]]:
    """The kinds of paper that the ledger names, party by party; one word speaks for all. A word nobody knows is said."""
    cell = reader.cell("debtor_id_kind") if reader.has("debtor_id_kind") else None
    if cell is None:
        return [()] * count
    reader.state("debtor_id_kind", compact(cell.text))
    words = [word for word in re.split(r"[\n、,;/]", tidy(cell.text)) if word.strip()]
    known = reader.setting.columns.papers
    for word in words:
        if compact(word) not in known:
            reader.warn("identity.kind_unknown", f"证件类型「{word}」认不出，按号码判断。")
    kinds = [known.get(compact(word), ()) for word in words]
    return kinds if len(kinds) == count else [kinds[0] if len(set(kinds)) == 1 else ()] * count


def _identity(reader: RowReader, side: str, name: str, number: str, kinds: tuple[str, ...]) -> Identity | None:
    if not number:
        return None

    def read(entry: str) -> Answer[Identity]:
        return read_identity(entry, name, reader.setting.areas, reader.setting.today, kinds)

    return reader.settle(f"{side}_id", number, read(number), read, name)


def _parties(
    reader: RowReader, side: str, names: tuple[str, ...], identities: list[Identity | None]
) -> tuple[LedgerParty, ...]:
    addresses = _spread(reader, "address" if side == "debtor" else "applicant_address", len(names))
    phones = _spread(reader, f"{side}_phone", len(names))
    sexes = _spread(reader, "debtor_sex", len(names)) if side == "debtor" else [""] * len(names)
    parties = []
    for at, (name, identity) in enumerate(zip(names, identities, strict=True)):
        sex = _SEXES.get(sexes[at].strip("性"))
        if identity and identity.sex and sex and identity.sex != sex:
            reader.warn("identity.sex", f"「{name}」登记性别与证件号码不一致，请核对。")
        known = identity or Identity("", "")
        parties.append(
            LedgerParty(
                side, at + 1, _kind(name, known.kind), name, known.kind, known.number, sex or known.sex, known.born_on,
                addresses[at], phones[at],
            )
        )  # fmt: skip
    return tuple(parties)


def _kind(name: str, id_kind: str) -> str:
    if id_kind in ("credit_code", "registration15", "org_code") or is_organisation(name):
        return "legal" if any(word in name for word in _LEGAL) else "organisation"
    return "natural"


def _spread(reader: RowReader, column: str, count: int) -> list[str]:
    """One text per party: line by line where there are as many lines, else the whole to the only or first one."""
    cell = reader.cell(column) if reader.has(column) else None
    if cell is None:
        return [""] * count
    text = tidy(cell.text)
    reader.state(column, compact(text))
    lines = [line for line in text.split("\n") if line]
    if len(lines) == count:
        return lines
    if count > 1 and len(lines) == 1 and column == "address":
        reader.reading.warnings.append(Note("address.shared", "几名被执行人只写了一个住址，记在第一名之下。"))
    return [" ".join(lines), *[""] * (count - 1)]
