"""Where a case belongs: the town its ledger or the debtor's address names, or a question with a proposal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from execdesk.intake.cells import Answer, Decision, Option, Refused, Value, compact, tidy
from execdesk.intake.settling import RowReader
from execdesk.intake.towns import Town, TownFinding, find_town

_TITLES = {
    "unlisted": "乡镇未列明", "outside": "住址在县外", "several": "住址涉及几个乡镇", "missing": "没有住址",
}  # fmt: skip


@dataclass(frozen=True)
class Placing:
    """Town and group, or the state that says why there is none; ``reason`` is shown beside the group."""

    state: str
    town: str = ""
    group: str = ""
    reason: str = ""


def place(reader: RowReader, judge: str, *, ask: bool) -> Placing:
    """The town and group of the row. Only an open case of the bureau is worth a question (``ask``)."""
    towns = reader.setting.towns
    address = reader.cell("address")
    finding = find_town(tidy(address.text) if address else "", towns)
    column, shown = "address", address.text if address else ""
    stated = _stated(reader)
    if stated:
        column, shown = "town", stated
        finding = _with_town(stated, finding, towns)
    if finding.state == "town":
        return Placing("town", finding.town, finding.group, finding.ground)
    if not ask:
        reader.warn(f"town.{finding.state}", f"{finding.ground}，乡镇未定。")
        return Placing(finding.state, reason=finding.ground)
    return _ask(reader, column, shown, finding, judge)


def _stated(reader: RowReader) -> str:
    cell = reader.cell("town")
    text = compact(cell.text) if cell else ""
    reader.state("town", text)
    return text


def _with_town(stated: str, by_address: TownFinding, towns: Sequence[Town]) -> TownFinding:
    """The ledger's own column of towns, unless the address speaks of another town."""
    listed = [town for town in towns if stated in (town.name, town.name.removesuffix("镇"))]
    found = listed[0] if listed else None
    if found is None or found.kind != "town":
        group = found.group if found else ""
        return TownFinding("unlisted", ground=f"台账乡镇写「{stated}」，方案未列明", proposal=group)
    if by_address.state == "town" and by_address.town != found.name:
        names = (found.name, by_address.town)
        return TownFinding("several", ground=f"台账乡镇写{found.name}，住址在{by_address.town}", names=names)
    return TownFinding("town", found.name, found.group, f"台账乡镇写明{found.name}", names=(found.name,))


def _ask(reader: RowReader, column: str, shown: str, finding: TownFinding, judge: str) -> Placing:
    options, proposal = _options(reader, finding, judge)
    text = f"{_TITLES[finding.state]}：{finding.ground}。请选定归哪一组办理。"
    answer: Answer[Placing] = Decision(f"town.{finding.state}", text, options, proposal)

    def again(entry: str) -> Answer[Placing]:
        found = find_town(entry, reader.setting.towns)
        if found.state != "town":
            return Refused(f"town.{found.state}", f"「{entry}」不是方案所列乡镇。")
        return Value(Placing("town", found.town, found.group, f"您填写{found.town}"))

    return reader.settle(column, shown, answer, again) or Placing(finding.state, reason=finding.ground)


def _options(reader: RowReader, finding: TownFinding, judge: str) -> tuple[tuple[Option[Placing], ...], str]:
    towns = [town for town in reader.setting.towns if town.kind == "town"]
    options: list[Option[Placing]] = []
    if judge:
        reason = f"{finding.ground}；按台账承办人{judge}所在组"
        options.append(Option("judge", f"随台账承办人{judge}所在组", Placing(finding.state, reason=reason), "台账已载明承办人"))
    for town in towns:
        if town.name in finding.names:
            placing = Placing("town", town.name, town.group, f"您选定{town.name}")
            options.append(Option(f"town:{town.name}", f"按{town.name}，归{town.group}", placing, "住址写有这个镇"))
    for group in dict.fromkeys(town.group for town in towns):
        placing = Placing(finding.state, group=group, reason=f"{finding.ground}；您选定{group}")
        ground = "与该单位所在地最近" if group == finding.proposal else ""
        options.append(Option(f"group:{group}", f"归{group}", placing, ground))
    near = f"group:{finding.proposal}" if finding.proposal else ""
    return tuple(options), "judge" if judge else near
