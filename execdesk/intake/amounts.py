"""The amounts of a row: each read, then the checks that hold between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from execdesk.fields.cells import Answer, Cell, CellDecision, Option, Value, compact
from execdesk.fields.money import read_money, read_money_text
from execdesk.intake.settling import RowReader
from execdesk.law.words import amount_in_list

MONEY = ("claim", "principal", "interest", "costs", "fee", "recovered")
SMALL_CLAIM = 100_00  # fen; below, the figure is likely one of 万元 in a column that names no unit


def _money(reader: RowReader, column: str) -> int | None:
    cell = reader.cell(column)
    unit = reader.context.layout.unit.get(reader.letter(column), 1)
    if cell is None:
        return None
    answer = read_money(cell, unit)
    reader.state(column, str(answer.value) if isinstance(answer, Value) else compact(cell.text))
    if cell.formula and isinstance(answer, Value) and answer.value is not None:
        answer = _compared(reader, column, cell, answer, unit)
    return reader.settle(column, cell.text, answer, lambda entry: read_money_text(entry, unit))


def _compared(reader: RowReader, column: str, cell: Cell, answer: Value[int | None], unit: int) -> Answer[int | None]:
    """The shown value of a formula beside what its formula gives from the shown values."""
    computed = reader.context.computed(cell.formula or "")
    fen = round(computed * unit * 100) if computed is not None else None
    if fen is None or answer.value is None or abs(fen - answer.value) <= 1:
        return answer
    text = f"显示值 {amount_in_list(answer.value)} 与公式「{cell.formula}」算得的 {amount_in_list(fen)} 不一致"
    if column not in ("claim", "recovered"):
        reader.warn("formula.differs", f"{cell.column} 列{text}，用显示值。")
        return answer
    options: tuple[Option[int | None], ...] = (
        Option(f"take:{answer.value}", f"用显示值 {amount_in_list(answer.value)} 元", answer.value),
        Option(f"take:{fen}", f"用算得的 {amount_in_list(fen)} 元", fen),
    )
    return CellDecision("formula.differs", f"{text}，请选定。", options)


def read_amounts(reader: RowReader, closing_mode: str, further: Sequence[Mapping[str, int]] = ()) -> dict[str, int | None]:
    """The amounts of a case in fen; ``further`` are those of the rows that go on with it."""
    money = {name: _together(reader, name, _money(reader, name), [one[name] for one in further if name in one]) for name in MONEY}
    money["claim"] = _split_agrees(reader, money)
    claim, recovered = money["claim"], money["recovered"]
    if claim is not None and 0 < claim < SMALL_CLAIM and reader.context.layout.unit.get(reader.letter("claim"), 1) == 1:
        reader.warn("money.small", f"申请标的按元记 {amount_in_list(claim)} 元，数额很小；如台账按万元填写，请更正。")
    if claim is not None and recovered is not None and recovered > claim:
        reader.warn("recovered.over_claim", f"实际到位 {amount_in_list(recovered)} 元多于申请标的 {amount_in_list(claim)} 元，照台账记。")
    if closing_mode == "执行完毕" and claim is not None and (recovered or 0) < claim:
        reader.warn("closing.recovered_short", f"以执行完毕结案，而到位 {amount_in_list(recovered or 0)} 元少于标的 {amount_in_list(claim)} 元。")
    return {f"{name}_fen": amount for name, amount in money.items()}


def _together(reader: RowReader, column: str, own: int | None, further: Sequence[int]) -> int | None:
    """The amount of a case whose rows each have one: the same, or a question whether they are parts."""
    every = [own, *further] if own is not None else list(further)
    if len(set(every)) <= 1:
        return every[0] if every else None
    total, first = sum(every), every[0]
    listed = "、".join(f"{amount_in_list(one)} 元" for one in every)
    options = (
        Option(f"sum:{total}", f"合计 {amount_in_list(total)} 元", total, "各行各是一笔"),
        Option(f"take:{first}", f"用首行的 {amount_in_list(first)} 元", first, "后面的已包含在内"),
    )
    answer: Answer[int] = CellDecision("money.continued", f"本行和接着写的各行分别写了 {listed}，请选定。", options)
    again: Any = lambda entry: read_money_text(entry)  # noqa: E731
    return reader.settle(column, listed, answer, again)


def _split_agrees(reader: RowReader, money: dict[str, int | None]) -> int | None:
    """The claim; where parts are given, it must be their sum with or without the fee of enforcement."""
    claim = money["claim"]
    parts = [money[name] for name in ("principal", "interest", "costs") if money[name] is not None]
    if claim is None or money["principal"] is None or len(parts) < 2:
        return claim
    total = sum(part for part in parts if part is not None)
    if claim in (total, total + (money["fee"] or 0)):
        return claim
    options = (
        Option(f"take:{claim}", f"用合计 {amount_in_list(claim)} 元", claim),
        Option(f"take:{total}", f"用分项之和 {amount_in_list(total)} 元", total),
    )
    text = f"标的 {amount_in_list(claim)} 元与分项之和 {amount_in_list(total)} 元不符，请选定。"
    answer: Answer[int] = CellDecision("claim.split", text, options)
    again: Any = lambda entry: read_money_text(entry)  # noqa: E731
    return reader.settle("claim", amount_in_list(claim), answer, again)
