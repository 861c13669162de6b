"""A person's decisions on the questions of a ledger, and the four lists as they stand with them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from execdesk.intake.report import LedgerEntry, LedgerReport, Question, SharedQuestion
from execdesk.intake.settling import OWN, SKIP

Key = tuple[Any, ...]
Place = tuple[str, int]
LISTS = ("imported", "decide", "refused", "passed_over")


@dataclass(frozen=True)
class Checked:
    """A report and the decisions it was made with."""

    report: LedgerReport
    decisions: dict[Key, str]


@dataclass(frozen=True)
class Listed:
    """A row where the window lists it. ``words`` say what was decided on it, empty while it is open."""

    entry: LedgerEntry
    words: str = ""

    @property
    def place(self) -> Place:
        """Sheet and row."""
        return self.entry.sheet, self.entry.row


@dataclass(kw_only=True)
class Decided:
    """Decisions by question, the rows that were asked about, and the last report."""

    decisions: dict[Key, str] = field(default_factory=dict)
    asked: dict[Place, LedgerEntry] = field(default_factory=dict)
    report: LedgerReport | None = None
    refused_choices: dict[Key, str] = field(default_factory=dict)
    made: dict[Key, str] = field(default_factory=dict)  # the decisions behind the report
    _listed: dict[str, list[Listed]] = field(default_factory=dict, repr=False)
    _listed_for: tuple[LedgerReport | None, dict[Key, str]] = field(default=(None, {}), repr=False)
    names: frozenset[str] = frozenset()  # of people at this court, which differ between rows where evidence does not

    def adopt(self, checked: Checked) -> LedgerReport:
        """Take a check as the present state. A decision that was made with and did not settle its question is forgotten."""
        report, made = checked.report, checked.decisions
        for entry in report.decide:
            for question in entry.questions:
                key = self.key(entry, question)
                if key in made and self.decisions.get(key) == made[key]:
                    self.refused_choices[key] = self.decisions.pop(key)
            known = self.asked.get((entry.sheet, entry.row), entry)
            now = {self.key(entry, q) for q in entry.questions}
            kept = tuple(q for q in known.questions if self.decisions.get(self.key(entry, q)) and self.key(entry, q) not in now)
            self.asked[entry.sheet, entry.row] = replace(entry, questions=(*kept, *entry.questions))
        self.report, self.made = report, made
        return report

    # decisions
    @staticmethod
    def key(entry: LedgerEntry, question: Question) -> Key:
        """Where a decision on a question of a row is kept."""
        return (entry.sheet, entry.row, question.column, question.code)

    def choice(self, entry: LedgerEntry, question: Question) -> str:
        """What was decided on a question; empty while it is open."""
        return self.decisions.get(self.key(entry, question), "")

    def decide(self, entry: LedgerEntry, question: Question, choice: str) -> None:
        """Choose an option by its key for one row."""
        self.decisions[self.key(entry, question)] = choice

    def decide_own(self, entry: LedgerEntry, question: Question, words: str) -> None:
        """The person's own entry for one cell."""
        self.decide(entry, question, OWN + words)

    def leave_out(self, entry: LedgerEntry, question: Question) -> None:
        """This row is not imported."""
        self.decide(entry, question, SKIP)

    def decided(self, entry: LedgerEntry) -> bool:
        """Whether anything was decided on a row."""
        return any(len(key) == 4 and key[:2] == (entry.sheet, entry.row) for key in self.decisions)

    def take_back(self, entry: LedgerEntry) -> None:
        """Forget the decisions on a row."""
        for key in [k for k in self.decisions if len(k) == 4 and k[:2] == (entry.sheet, entry.row)]:
            del self.decisions[key]

    def answer(self, shared: SharedQuestion, choice: str) -> None:
        """Answer a question that serves many rows; an empty choice takes the answer back."""
        if choice:
            self.decisions[shared.code, shared.name] = choice
        else:
            self.decisions.pop((shared.code, shared.name), None)

    def answered(self, question: Question | SharedQuestion) -> str:
        """The answer given for all rows with a question's name; empty where there is none."""
        return self.decisions.get((question.code, question.name), "") if question.name else ""

    def decided_words(self, entry: LedgerEntry) -> str:
        """What was decided on a row, for its line in the list; empty while a question of it is open."""
        said = []
        for question in entry.questions:
            chosen = self.choice(entry, question)
            if chosen == SKIP:
                return "不导入"
            if chosen.startswith(OWN):
                said.append(f"填 {chosen.removeprefix(OWN)}")
            elif chosen:
                said.append(next((o.label for o in question.options if o.key == chosen), chosen))
            elif not self.answered(question):
                return ""
        return "；".join(said)

    def open_question(self, entry: LedgerEntry) -> Question | None:
        """The first question of a row without a decision."""
        return next((q for q in entry.questions if not self.choice(entry, q) and not self.answered(q)), None)

    def alike(self, entry: LedgerEntry, question: Question) -> tuple[tuple[tuple[LedgerEntry, Question], ...], int]:
        """Other open rows with the same question whose evidence speaks for their own proposal just as it does here, and how
        many open rows of the same kind have other evidence."""
        if self.report is None:
            return (), 0
        open_rows = [
            (one.entry, asked) for one in self.lists()["decide"] if one.place != (entry.sheet, entry.row)
            for asked in one.entry.questions if asked.code == question.code and not self.choice(one.entry, asked) and not self.answered(asked)
        ]
        wanted = _evidence(entry, question, self.names)
        same = tuple((other, asked) for other, asked in open_rows if wanted and asked.column == question.column and _evidence(other, asked, self.names) == wanted)
        return same, len(open_rows) - len(same)

    # lists
    def lists(self) -> dict[str, list[Listed]]:
        """Every row of the file in one of the four lists. A row decided on stays where it was asked, with what was decided."""
        report, decided = self._listed_for
        if report is not self.report or decided != self.decisions:
            self._listed, self._listed_for = self._list(), (self.report, dict(self.decisions))
        return self._listed

    def _list(self) -> dict[str, list[Listed]]:
        assert self.report is not None
        found: dict[str, list[Listed]] = {name: [] for name in LISTS}
        for name in LISTS:
            for entry in getattr(self.report, name):
                asked = self.asked.get((entry.sheet, entry.row), entry)
                words = self.decided_words(asked) if asked.questions else ""
                if name == "decide":
                    found[name].append(Listed(asked, words))
                elif asked.questions and ((words and name != "refused") or self._changed(asked)):
                    found["decide"].append(Listed(asked, words))
                else:
                    found[name].append(Listed(entry, words))
        return found

    def _changed(self, asked: LedgerEntry) -> bool:
        """Whether a row was decided on anew, or a decision taken back, since the last check."""
        keys = [self.key(asked, question) for question in asked.questions]
        return any(self.decisions.get(key) != self.made.get(key) for key in keys)

    def of_kind(self, code: str) -> tuple[int, int]:
        """How many rows ask such a question, and how many of them are decided."""
        rows = [one for one in self.lists()["decide"] if any(q.code == code for q in one.entry.questions)]
        return len(rows), sum(bool(one.words) for one in rows)

    def cases(self) -> int:
        """How many cases would be written now."""
        return len({case.number for entry in self.report.imported for case in entry.cases}) if self.report is not None else 0


def _evidence(entry: LedgerEntry, question: Question, names: frozenset[str]) -> str:
    """What speaks for a row's proposal, without the row's own words and figures; empty where nothing does."""
    option = next((o for o in question.options if question.proposal and o.key == question.proposal), None)
    if option is None or not option.ground:
        return ""
    ground = option.ground
    for text in sorted({*names, *(t for _, t in entry.raw if len(t) > 1)}, key=len, reverse=True):
        ground = ground.replace(text, "…")
    return re.sub(r"\d+", "0", ground)
