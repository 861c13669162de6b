"""Where a case belongs: by the same rule as at registration, or a question with the rule's proposal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from execdesk.access.routing import Leads, Route, read_places, route, words_of
from execdesk.fields.cells import Answer, CellDecision, Option, Refused, Value, compact, tidy
from execdesk.intake.report import LedgerParty
from execdesk.intake.settling import RowReader

LISTED = "listed"
_UNSURE = "，请由人决定。"


@dataclass(frozen=True)
class Placing:
    """Town and group, or the kind of the rule's answer that says why there is none; ``reason`` is shown beside the group."""

    state: str
    town: str = ""
    group: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Placed:
    """What of a row, beside its addresses, speaks for a group: the judge (name, person), the debtors, type code and basis, the
    addresses in the rows that go on with it."""

    judge: tuple[str, str]
    debtors: Sequence[LedgerParty]
    kind: str
    basis_no: str
    further: Sequence[str] = ()


def place(reader: RowReader, row: Placed, *, ask: bool) -> Placing:
    """The town and group of the row. Only an open case of the bureau is worth a question (``ask``)."""
    address, stated = reader.cell("address"), _stated(reader)
    lines = [*([stated] if stated else []), *(line for cell in reader.every("address") for line in tidy(cell.text).split("\n")), *row.further]
    organisation, context = reader.setting.organisation, reader.context
    day = max(context.filed.get(reader.reading.row.number, organisation.court.plan_from), organisation.court.plan_from)
    found = route(lines, organisation, day)
    if found.group:
        _other_group(reader, row, found.group, ask)
        return _remember(reader, row, Placing(LISTED, found.town or "", found.group, found.reason))
    if not ask:
        reader.warn(_code(found, lines), f"{found.reason.removesuffix(_UNSURE)}，未定组。")
        return Placing(found.kind, found.town or "", "", found.reason.removesuffix(_UNSURE))
    found = route(lines, organisation, day, _leads(reader, row))
    column, shown = ("town", stated) if stated else ("address", address.text if address else "")
    return _remember(reader, row, _ask(reader, column, shown, found, lines), found)


def _stated(reader: RowReader) -> str:
    cell = reader.cell("town")
    text = compact(cell.text) if cell else ""
    reader.state("town", text)
    return text


def _code(found: Route, lines: Sequence[str]) -> str:
    return f"town.{found.kind}" if any(compact(line) for line in lines) else "town.missing"


def _other_group(reader: RowReader, row: Placed, group: str, ask: bool) -> None:
    name, person = row.judge
    own = reader.setting.group_of.get(person, group)
    if ask and own != group:
        names = {code: one.name for code, one in reader.setting.organisation.groups.items()}
        reader.warn("judge.other_group", f"住所地属{names[group]}，台账承办人{name}在{names[own]}，按台账分案。")


def _leads(reader: RowReader, row: Placed) -> Leads:
    context, setting = reader.context, reader.setting
    numbers = [party.id_no for party in row.debtors if party.id_no]
    known = setting.leads(row.kind, row.basis_no, numbers, before=context.waiting)
    series = next((context.series[number] for number in numbers if number in context.series), None)
    property_at = reader.text("property_at") if reader.has("property_at") else ""
    return replace(
        known, companion_group=known.companion_group or series, handler_group=setting.group_of.get(row.judge[1]),
        handler=row.judge[0], property_at=[property_at] if property_at else [],
    )


def _remember(reader: RowReader, row: Placed, placing: Placing, found: Route | None = None) -> Placing:
    """Later rows of the same debtors go together with this one; a case dealt by turns takes the turn."""
    proposal = found.proposal if found else None
    group = placing.group or (proposal.group if proposal else "")
    for party in row.debtors if group else ():
        if party.id_no:
            reader.context.series.setdefault(party.id_no, group)
    reader.context.waiting += bool(proposal and proposal.by_turns)
    return placing


def _ask(reader: RowReader, column: str, shown: str, found: Route, lines: Sequence[str]) -> Placing:
    text = f"{found.reason.removesuffix(_UNSURE)}。请选定归哪一组办理。"
    proposal = f"group:{found.proposal.group}" if found.proposal else ""
    answer: Answer[Placing] = CellDecision(_code(found, lines), text, _options(reader, found, lines), proposal)
    organisation = reader.setting.organisation

    def again(entry: str) -> Answer[Placing]:
        own = route([entry], organisation, organisation.court.plan_from)
        if not own.group:
            return Refused(f"town.{own.kind}", f"「{entry}」不是方案所列乡镇。")
        return Value(Placing(LISTED, own.town or "", own.group, f"导入时填写{own.town}"))

    return reader.settle(column, shown, answer, again) or Placing(found.kind, found.town or "")


def _options(reader: RowReader, found: Route, lines: Sequence[str]) -> tuple[Option[Placing], ...]:
    organisation = reader.setting.organisation
    reason, town = found.reason.removesuffix(_UNSURE), found.town or ""
    options: list[Option[Placing]] = []
    for code, group in sorted(organisation.groups.items()):
        ground = found.proposal.reason if found.proposal and found.proposal.group == code else ""
        because = f"{reason}；导入时选定{group.name}" + (f"（{ground}）" if ground else "")
        options.append(Option(f"group:{code}", f"归{group.name}", Placing(found.kind, town, code, because), ground))
    if found.kind == "several":
        for name, code in _towns(reader, lines):
            placing = Placing(LISTED, name, code, f"{reason}；导入时选定{name}")
            options.append(Option(f"town:{name}", f"按{name}，归{organisation.groups[code].name}", placing, "住址写有这个镇"))
    queued = Placing(found.kind, town, "", words_of(found, organisation))
    options.append(Option("queue", "先导入，列入「未列明，待定组」，以后再定", queued, "不影响登记，定组后再分案"))
    return tuple(options)


def _towns(reader: RowReader, lines: Sequence[str]) -> list[tuple[str, str]]:
    organisation = reader.setting.organisation
    areas = [place.area for line in lines for place in read_places(line, organisation) if place.kind == "town"]
    return list(dict.fromkeys((area.name, area.group) for area in areas if area and area.group))
