"""The search for property under the measures of a case: clues, reports of debtors, queries with what each head became."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from execdesk.reads.cases import CasePage
from execdesk.reads.searching import ClueRow, QueryRow, ReportRow
from execdesk.reads.states import AnswerState, CaseState, ClueState, DeclarationState
from ui.case.words import day_words
from ui.flow import Flow
from ui.widgets import Button, FactLines, chip, label, line, row, secondary, wrapped

Link = Callable[..., Button]
NOT_ANSWERED = "未反馈"


def show_search(box: QVBoxLayout, page: CasePage, link: Link) -> None:
    """Put what was searched below what was found; the ways to go on only while the case is open."""
    found, at_work = page.searched, page.case.state == CaseState.OPEN
    refused = found.refused  # what this person may not do is not offered to him
    _head(box, "线索", len(found.clues), [link("登记线索…", "clue.give", page.case.id)] if at_work else [])
    for clue in found.clues:
        _clue(box, clue, link if at_work else None, refused)
    if found.reports or at_work:
        _head(box, "财产申报", len(found.reports), [link("登记补充申报…", "declaration.supplement", page.case.id)] if at_work else [])
    for report in found.reports:
        _report(box, report, link if at_work else None, refused)
    ways = [link("登记查询…", "query.send", page.case.id)] if at_work else []
    if at_work and found.queries:
        ways.append(link("导入反馈…", "query.import", page.case.id))
    if at_work and any(query.from_file for query in found.queries):
        ways.append(link("撤销导入…", "query.undo", page.case.id))
    _head(box, "查询", len(found.queries), ways)
    for query in found.queries:
        _query(box, query, link if at_work else None, refused)


def _head(box: QVBoxLayout, title: str, count: int, links: list[Button]) -> None:
    if not count and not links:
        return
    box.addWidget(line("hairline"))
    box.addLayout(row(label(title, "strong"), secondary(str(count) if count else "还没有"), None, *links, gap=10))


def _clue(box: QVBoxLayout, clue: ClueRow, link: Link | None, refused: frozenset[str]) -> None:
    marks = [chip("紧急", "soon")] if clue.urgent else [] if clue.clear else [chip("不明确")]
    until = f"核实至 {clue.due_on}" if clue.due_on else clue.state_words
    box.addLayout(row(secondary(f"{day_words(clue.given_on)} {clue.given_by}"), *marks, None, secondary(until)))
    box.addWidget(wrapped(clue.text))
    if clue.found:
        box.addWidget(wrapped(clue.found, "secondary"))
    ways: dict[str, tuple[tuple[str, str], ...]] = {
        ClueState.GIVEN: (("登记核实…", "clue.check"), ("标明缓急…", "clue.grade"), ("不予核实…", "clue.close")),
        ClueState.CHECKED: (("确认…", "clue.confirm"), ("退回再核实…", "clue.again"), ("再登记核实…", "clue.check")),
    }
    _links(box, ways.get(clue.state, ()), clue.id, link, refused)


def _report(box: QVBoxLayout, report: ReportRow, link: Link | None, refused: frozenset[str]) -> None:
    told = f"限至 {report.due_on}" if report.due_on else f"{report.submitted_on} 申报" if report.submitted_on else ""
    box.addLayout(row(label(report.debtor), secondary(told), None, secondary(report.result or report.state_words)))
    for words in report.lines:
        box.addWidget(wrapped(words))
    if report.words:
        box.addWidget(wrapped(report.words, "secondary"))
    ways: dict[str, tuple[tuple[str, str], ...]] = {
        DeclarationState.ASKED: (("登记申报…", "declaration.record"), ("准予延期…", "declaration.extend")),
        DeclarationState.SUBMITTED: (("核查…", "declaration.check"),),
    }
    _links(box, ways.get(report.state, ()), report.id, link, refused)


def _query(box: QVBoxLayout, query: QueryRow, link: Link | None, refused: frozenset[str]) -> None:
    box.addLayout(row(label(query.debtor), secondary(f"{day_words(query.sent_on)} {query.request_no}"), None, *([link("登记反馈…", "query.answer", query.id)] if link else [])))
    pairs: list[tuple[str, Any]] = [(head, label(what, "", "soon" if what == NOT_ANSWERED else "")) for head, what in query.heads]
    box.addWidget(FactLines(pairs, name_width=96))
    for answer in query.answers:
        told = row(wrapped(answer.words), secondary(answer.state_words))
        told.setStretch(0, 1)
        box.addLayout(told)
        ways = {AnswerState.PROPOSED: (("登记为财产…", "query.take"), ("不登记…", "query.aside")), AnswerState.ASIDE: (("恢复待处理…", "query.again"),)}
        _links(box, ways.get(answer.state, ()), answer.id, link, refused)


def _links(box: QVBoxLayout, ways: tuple[tuple[str, str], ...], target: str, link: Link | None, refused: frozenset[str]) -> None:
    offered = [(words, action) for words, action in ways if action not in refused]
    if link is not None and offered:
        box.addWidget(Flow(*(link(words, action, target) for words, action in offered), gap=10))
