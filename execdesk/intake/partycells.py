"""The parties of a row: names, numbers of identity papers, address and telephone brought together."""

from __future__ import annotations

from execdesk.intake.cells import Answer, Decision, Note, Option, Refused, Value, compact, tidy
from execdesk.intake.names import by_count, is_organisation, read_names
from execdesk.intake.numbers import Identity, read_identity, split_identities
from execdesk.intake.report import LedgerParty
from execdesk.intake.settling import RowReader
from execdesk.intake.workbook import Cell

_LEGAL = ("公司", "银行", "支行", "信用社", "联社")
_SEXES = {"男": 1, "女": 2}
Assigned = tuple[str, ...]  # one number or empty per name, in the names' order


def read_parties(reader: RowReader, side: str) -> tuple[LedgerParty, ...]:
    """The parties of one side (``applicant`` or ``debtor``); empty where a question or problem stands in the way."""
    numbers = _numbers(reader, f"{side}_id")
    names = _names(reader, side, len(numbers or ()))
    if not names or numbers is None:
        return ()
    assigned = _assign(reader, side, names, numbers)
    if assigned is None:
        return ()
    identities = [_identity(reader, side, name, number) for name, number in zip(names, assigned, strict=True)]
    return _parties(reader, side, names, identities)


def _numbers(reader: RowReader, column: str) -> tuple[str, ...] | None:
    """The numbers of the cell, () where there is none, None where the cell is refused."""
    cell = reader.cell(column)
    if cell is None:
        return ()
    found = split_identities(cell)
    if isinstance(found, Refused):
        reader.state(column, compact(cell.text))
        reader.refuse(column, cell.text, found)
        return None
    reader.state(column, "、".join(compact(number).upper() for number in found))
    return found


def _names(reader: RowReader, side: str, count: int) -> tuple[str, ...]:
    cell = reader.cell(side)
    if cell is None:
        if not any(question.column == reader.letter(side) for question in reader.reading.questions):
            text = f"没有写{reader.setting.columns.title[side]}，请补上后再导入。"
            reader.refuse(side, "", Refused("names.empty", text))
        return ()
    answer = read_names(cell.text)
    reader.state(side, "、".join(answer.value) if isinstance(answer, Value) else compact(cell.text))
    return reader.settle(side, cell.text, by_count(answer, count), read_names) or ()


def _assign(reader: RowReader, side: str, names: tuple[str, ...], numbers: tuple[str, ...]) -> Assigned | None:
    """Which number belongs to which name: in order where there are as many, else a question."""
    if len(numbers) == len(names):
        return numbers
    if not numbers:
        if reader.has(f"{side}_id"):
            reader.warn("identity.missing", f"{'、'.join(names)}没有证件号码，请补登。")
        return ("",) * len(names)
    cell = reader.cell(f"{side}_id")
    shown = cell.text if cell else ""
    none = Option[Assigned]("none", "证件号码先空着，另行补登", ("",) * len(names), "台账没有说明各号码属于谁")
    options = [none]
    kinds = _by_kind(names, numbers)
    if kinds is not None:
        options.insert(0, Option(f"kind:{'、'.join(kinds)}", _told(names, kinds), kinds, "只有这一位与证件种类相称"))
    text = f"{len(names)} 名当事人（{'、'.join(names)}），{len(numbers)} 个证件号码，对不上。"
    answer: Answer[Assigned] = Decision("identity.count", text, tuple(options), options[0].key if kinds else "")

    def again(entry: str) -> Answer[Assigned]:
        found = split_identities(Cell("", entry, entry, "text"))
        if isinstance(found, Refused):
            return found
        if len(found) != len(names):
            return Refused("identity.count", f"请按当事人的顺序填写 {len(names)} 个号码。")
        return Value(found)

    return reader.settle(f"{side}_id", shown, answer, again)


def _by_kind(names: tuple[str, ...], numbers: tuple[str, ...]) -> Assigned | None:
    """A distribution of fewer numbers than names where units and persons leave only one."""
    if len(numbers) != 1:
        return None
    unit = not compact(numbers[0])[:17].isdigit()
    fits = [name for name in names if is_organisation(name) == unit]
    return tuple(numbers[0] if name == fits[0] else "" for name in names) if len(fits) == 1 else None


def _told(names: tuple[str, ...], numbers: Assigned) -> str:
    return "，".join(f"{name}：{number or '空着'}" for name, number in zip(names, numbers, strict=True))


def _identity(reader: RowReader, side: str, name: str, number: str) -> Identity | None:
    if not number:
        return None

    def read(entry: str) -> Answer[Identity]:
        return read_identity(entry, name, reader.setting.areas, reader.setting.today)

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
