"""Reports of property as forms, terms and next steps see them: which is waited for until when, what the judge made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from execdesk.access.providers import FormContext, Pairs, options, start
from execdesk.casefile.dossier import Dossier
from execdesk.casefile.steps import Step, steps
from execdesk.casefile.terms import End, Start, TermRules, earliest, of_the_node, term
from execdesk.casefile.view import CaseView, view_in
from execdesk.casefile.waiting import Waits, waiting
from execdesk.law.datafile import read_plain
from execdesk.records.charge import FINDING, KEEPING, WATCHING
from execdesk.records.sanctions import ObstructionAct
from execdesk.records.search import DeclarationState, PropertyDeclaration

PERIOD = "property_report.period"
ACT_KIND = "false_report"  # the kind of obstruction that a wrong report is


@dataclass(frozen=True)
class DeclarationWords:
    """What the law asks a debtor to report, and what a judge may make of his report, each by id."""

    heads: dict[str, str]
    changes: dict[str, str]
    results: dict[str, str]
    wrong: frozenset[str]  # results that call for a sanction
    without: frozenset[str]  # results that need no report


@lru_cache(maxsize=4)
def declaration_words(resources: Path) -> DeclarationWords:
    """``resources/search/declaration.toml``."""

    def read(data: dict[str, Any]) -> DeclarationWords:
        named = {table: {row["id"]: row["name"] for row in data[table]} for table in ("head", "change", "result")}
        marked = {mark: frozenset(row["id"] for row in data["result"] if row[mark]) for mark in ("wrong", "without")}
        return DeclarationWords(named["head"], named["change"], named["result"], marked["wrong"], marked["without"])

    return read_plain(resources / "search" / "declaration.toml", read)


def _due(dossier: Dossier, _rules: TermRules) -> Iterator[Start]:
    """From service of the order until the debtor has reported, or the judge has found that he did not."""
    for row in dossier.of(PropertyDeclaration):
        if row.state == DeclarationState.ASKED:
            yield Start(row, row.asked_on, PERIOD, length=row.days)


def _ends(rules: TermRules, one: Start) -> Iterator[End]:
    """The day to which more time was given, else the days that the order gives, by the law of the day of service."""
    if one.row.extended_to is not None:
        yield End(one.row.extended_to, "准予延期")
    else:
        yield from of_the_node(rules, one)


REPORT_DUE = term(
    "property_report.due", words="申报财产", title="报告财产期限", owner="draft", starts=_due, ends=_ends, tables=(PropertyDeclaration,), of=PropertyDeclaration,
)


def _to_check(dossier: Dossier, _rules: TermRules) -> Iterator[Waits]:
    yield from (Waits(row, "财产申报待核查") for row in dossier.of(PropertyDeclaration) if row.state == DeclarationState.SUBMITTED)


TO_CHECK = waiting(
    "declaration.check", place=32, find=_to_check, tables=(PropertyDeclaration,), duty="undertake", step=lambda row: f"核查财产申报（{row.submitted_on}）",
    who=("您可核查", "承办法官核查"),
)


def last_day(view: CaseView, row: PropertyDeclaration) -> date | None:
    """The last day on which a report that is waited for may come in; ``None`` where the order gives no days."""
    start = Start(row, row.asked_on, PERIOD, length=row.days)  # type: ignore[arg-type]
    found = earliest(_ends(view.rules, start))
    return found.on if found else None


@steps(35)
def reports(view: CaseView) -> Iterator[Step]:
    """Reports that are waited for, and those that did not come in time."""
    enter, judge = bool(view.may.intersection(KEEPING.duties)), bool(view.may.intersection(FINDING.duties))
    for row in view.rows(PropertyDeclaration):
        if row.state != DeclarationState.ASKED:
            continue
        who, end = name_of(view, row), last_day(view, row)
        if end is not None and end < view.day:
            yield Step("declaration.check", f"认定{who}逾期未报告财产", row.id, f"{end} 届满", "soon", ("承办法官认定", "您可认定")[judge], judge)
        yield Step("declaration.record", f"登记{who}的财产申报", row.id, f"{row.asked_on} 送达报告财产令", "", ("办案人员登记", "您可登记")[enter], enter)


@steps(36)
def wrong(view: CaseView) -> Iterator[Step]:
    """A report that was false, late or refused: the law asks for a sanction, which needs a recorded act first (财产调查规定第9、10条)."""
    found = declaration_words(view.session.resources)
    recorded = {row.party for row in view.rows(ObstructionAct) if row.statute_item == ACT_KIND}
    mine = bool(view.may.intersection(WATCHING.duties))
    for row in view.rows(PropertyDeclaration):
        if row.result in found.wrong and row.party not in recorded:
            yield Step(
                "obstruction.record", f"财产申报{found.results[row.result]}，登记妨害行为", row.party, "依法应予罚款、拘留、纳入失信", "soon",
                ("办案人员登记", "您可登记")[mine], mine, values=(("party", row.party), ("statute_item", ACT_KIND), ("words", row.words or "")),
            )


def name_of(view: CaseView, row: PropertyDeclaration) -> str:
    """Whose report it is."""
    party = view.party(row.party)
    return party.name if party is not None else "被执行人"


@options("declaration_heads")
def declaration_heads(context: FormContext) -> Pairs:
    """The five heads of property that the order asks for."""
    return list(declaration_words(context.session.resources).heads.items())


@options("declaration_changes")
def declaration_changes(context: FormContext) -> Pairs:
    """The kinds of change that the order asks for."""
    return list(declaration_words(context.session.resources).changes.items())


@options("declaration_results")
def declaration_results(context: FormContext) -> Pairs:
    """What a judge may make of a report."""
    return list(declaration_words(context.session.resources).results.items())


def _line(view: CaseView, row: PropertyDeclaration) -> str:
    told = f"{row.submitted_on} 申报" if row.submitted_on else f"{row.asked_on} 送达报告财产令"
    return f"{name_of(view, row)}，{told}"


def case_of_declaration(row: str) -> str:
    """The case (row id) that a report is of; empty for none."""
    found = PropertyDeclaration.get_or_none(PropertyDeclaration.id == row)
    return found.case if found else ""


def _in_states(context: FormContext, *states: str) -> Pairs:
    view = view_in(context)
    return [(row.id, _line(view, row)) for row in view.rows(PropertyDeclaration) if row.state in states]


@options("declarations_asked", case=case_of_declaration)
def declarations_asked(context: FormContext) -> Pairs:
    """The reports that are waited for."""
    return _in_states(context, DeclarationState.ASKED)


@options("declarations_open", case=case_of_declaration)
def declarations_open(context: FormContext) -> Pairs:
    """The reports that the judge has not looked at."""
    return _in_states(context, DeclarationState.SUBMITTED, DeclarationState.ASKED)


@start("declaration")
def declaration(context: FormContext) -> str | None:
    """The report the form is about, else the first that is open."""
    rows = view_in(context).rows(PropertyDeclaration)
    open_rows = [row.id for row in rows if row.state != DeclarationState.CHECKED]
    return context.target if context.target in {row.id for row in rows} else next(iter(open_rows), None)
