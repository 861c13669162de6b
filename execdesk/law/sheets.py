"""Printing a sheet as plain lines: inputs, rules with source and validity, steps, result, 「未经核实」."""

from __future__ import annotations

from datetime import date

from execdesk.law.days import day_text
from execdesk.law.ruletexts import figure_of
from execdesk.law.values import DatedValue, Sheet, SheetStep

UNCONFIRMED = "未经核实"


def sheet_lines(sheet: Sheet) -> list[str]:
    """The sheet as lines that make sense in any typeface; an unconfirmed figure marks its line and the head."""
    lines = [sheet.title + (f"（{UNCONFIRMED}）" if sheet.unconfirmed else "")]
    lines += [f"{label}：{value}" for label, value in sheet.inputs]
    lines += ["依据：", *(f"  {rule_line(value)}" for value in sheet.basis)] if sheet.basis else []
    lines += ["计算：", *(f"  {number}. {_step_line(step)}" for number, step in enumerate(sheet.steps, 1))]
    lines.append(f"结果：{sheet.result}")
    if sheet.unconfirmed:
        lines.append(f"注意：标有「{UNCONFIRMED}」的数值未经核实，使用前请对照原文。")
    return lines


def rule_line(value: DatedValue) -> str:
    """One figure with its source, validity and standing."""
    marks = "" if value.confirmed else f"（{UNCONFIRMED}）"
    corrected = f"（{value.corrected_by}）" if value.corrected_by else ""
    return f"{value.name or value.key}：{figure_of(value)}；{value.source}；{validity_text(value)}{marks}{corrected}"


def validity_text(value: DatedValue) -> str:
    """2015年2月4日起施行, or from … to …."""
    since, until = _edge(value.valid_from), _edge(value.valid_to)
    if since and until:
        return f"{since}至{until}有效"
    if since:
        return f"{since}起有效"
    return f"{until}前有效" if until else "不限日期"


def _edge(day: date | None) -> str:
    return day_text(day) if day else ""


def _step_line(step: SheetStep) -> str:
    working = f"：{step.working}" if step.working else ""
    source = f"（{step.source}）" if step.source else ""
    return f"{step.label}{working} → {step.result}{source}"
