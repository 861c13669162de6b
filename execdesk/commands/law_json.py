"""What ``law`` commands answer as JSON: figures in whole fen with their words beside them, and the sheet with its steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from execdesk.law.calculators import Calculation, Money
from execdesk.law.sheets import sheet_lines
from execdesk.law.values import DatedValue, Sheet


def as_json(done: Calculation) -> dict[str, Any]:
    """A calculation as JSON: its figures and its sheet."""
    return {**_plain_map(done.figures), **sheet_json(done.sheet)}


def sheet_json(sheet: Sheet) -> dict[str, Any]:
    """A sheet as JSON: title, result, inputs, steps, basis, lines, and whether something in it is unconfirmed."""
    steps = [{"label": s.label, "working": s.working, "result": s.result, "source": s.source} for s in sheet.steps]
    return {"title": sheet.title, "result": sheet.result, "inputs": [list(pair) for pair in sheet.inputs], "steps": steps,
            "basis": [basis_json(value) for value in sheet.basis], "unconfirmed": sheet.unconfirmed,
            "lines": sheet_lines(sheet)}  # fmt: skip


def basis_json(value: DatedValue) -> dict[str, Any]:
    """A dated value as JSON."""
    return {"key": value.key, "value": value.value, "unit": value.unit, "source": value.source,
            "valid_from": _plain(value.valid_from), "valid_to": _plain(value.valid_to), "confirmed": value.confirmed,
            "corrected_by": value.corrected_by}  # fmt: skip


def _plain_map(figures: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for key, value in figures.items():
        plain[key] = _plain(value)
        if isinstance(value, Money):
            plain[key + "_text"] = value.text
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, Money):
        return value.fen
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return _plain_map(value) if isinstance(value, dict) else value
