"""The approval table: (matter, subject, day, circumstances) in; exactly one deciding level out, with its reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from itertools import combinations, compress, product
from pathlib import Path

from execdesk.law.authority_data import AuthorityData, exclusive, load_authority_data
from execdesk.law.book import LawBook, load_law
from execdesk.law.matters import Matter, Ruling, Variant
from execdesk.law.plan import Plan, clause_words, load_plan
from execdesk.law.refusal import Clause, Refusal
from execdesk.law.units import LEVELS

__all__ = ["AuthorityTable", "Cell", "Ruling", "load_authority"]

ORDINARY = "ordinary"
SPECIAL = "special_subject"
UNLISTED_RULE = "T01"
LADDER_RULE = "ladder_before_reform"
CATCH_ALLS = ("judge_catch_all", "director_catch_all")


@dataclass(frozen=True)
class Cell:
    """One question the table can be asked."""

    matter: str
    subject: str
    on: date
    circumstances: frozenset[str]


@dataclass(frozen=True)
class AuthorityTable:
    """The loaded table; pure."""

    data: AuthorityData
    plan: Plan

    def matter(self, name: str) -> Matter | None:
        """The matter with this id or Chinese name; ``None`` where it stands in no list."""
        found = self.data.matters.get(name)
        return found or next((row for row in self.data.matters.values() if row.name == name), None)

    def choosable(self) -> tuple[Matter, ...]:
        """The matters a person can choose, in the order of the plan; catch-all rows are reasons, not matters."""
        return tuple(row for row in self.data.matters.values() if not row.catch_all)

    def suggest(self, name: str) -> tuple[str, ...]:
        """Names of listed matters close to ``name``, for somebody about to ask for an unlisted one."""
        return tuple(get_close_matches(name, [row.name for row in self.choosable()], n=3, cutoff=0.4))

    def decide(
        self, matter: str, *, subject: str = ORDINARY, on: date, circumstances: Collection[str] = frozenset()
    ) -> Ruling:
        """Who decides ``matter`` (id or Chinese name) on ``on``.

        An unlisted matter is a declared conflict and goes to the director. Raises Refusal ``authority.catch_all`` for a
        catch-all row, ``authority.matter`` for no name at all, ``authority.subject`` or ``authority.circumstance`` for an
        unknown one, ``authority.contradiction`` for circumstances that exclude each other.
        """
        if not matter.strip():
            raise Refusal("请先选择要报批的事项。", code="authority.matter")
        facts = self._facts(subject, circumstances)
        row = self.matter(matter)
        if row is None:
            return self._unlisted(matter, on, subject, facts)
        if row.catch_all:
            raise Refusal(
                f"「{row.name}」是兜底条款，不能作为事项选用。请选择具体事项；没有列明的，直接写明事项名称。",
                code="authority.catch_all",
                clauses=(self.clause(row.plan_article, row.plan_phrase),),
            )
        target, moves = self._moved(row, facts)
        ruling = self._listed(target, moves, on, subject, facts)
        return replace(ruling, asked=row.id)

    def cells(self, days: Iterable[date], unlisted: str = "未列明事项") -> Iterator[Cell]:
        """Every question over ``days``: each matter and one unlisted, each subject, each circumstance alone and each
        combination of those that move the matter."""
        matters = [row.id for row in self.choosable()] + [unlisted]
        for on in days:
            for matter in matters:
                for circumstances in self._situations(matter):
                    for subject in self.data.subjects:
                        yield Cell(matter, subject, on, circumstances)

    def clause(self, article: str, phrase: str) -> Clause:
        """A quotation of the plan."""
        head = self.data.plan
        return Clause(phrase, f"《{head.title}》（{head.doc_no}）{clause_words(article)}")

    def _facts(self, subject: str, circumstances: Collection[str]) -> frozenset[str]:
        kinds = self.data.subjects
        if subject == SPECIAL or subject.startswith(SPECIAL + "="):  # the words of the circumstances are understood too
            subject = subject.partition("=")[2] or "special"
        kind = kinds.get(subject) or next((item for item in kinds.values() if item.name == subject), None)
        if kind is None:
            known = "、".join(item.name for item in kinds.values())
            raise Refusal(f"不认识的主体类别「{subject}」，可用：{known}。", code="authority.subject")
        facts = {self._circumstance(item) for item in circumstances}
        if kind.special or any(item.startswith(SPECIAL + "=") for item in facts):
            facts.add(SPECIAL)
        named = f"{SPECIAL}={kind.name}"
        if named in self.data.circumstances:
            facts.add(named)
        for first, second in combinations(sorted(facts), 2):
            if exclusive(first, second):
                names = self.data.circumstances
                raise Refusal(
                    f"「{names[first]}」与「{names[second]}」不能同时成立，请只选一项。", code="authority.contradiction"
                )
        return frozenset(facts)

    def _circumstance(self, text: str) -> str:
        names = self.data.circumstances
        found = text if text in names else next((key for key, name in names.items() if name == text), None)
        if found is None:
            raise Refusal(f"不认识的情形「{text}」，可用：{'、'.join(names)}。", code="authority.circumstance")
        return found

    def _moved(self, row: Matter, facts: frozenset[str]) -> tuple[Matter, tuple[Variant, ...]]:
        """Where the facts move ``row``, and by which variants; the loader has ruled out forks and circles."""
        moves: list[Variant] = []
        while True:
            hits = [move for move in self.data.variants if move.matter == row.id and move.when in facts]
            moves += hits
            onward = next((move.to for move in hits if move.to != row.id), None)
            if onward is None:
                return row, tuple(moves)
            row = self.data.matters[onward]

    def _listed(self, row: Matter, moves: tuple[Variant, ...], on: date, subject: str, facts: frozenset[str]) -> Ruling:
        level = self.data.levels[row.level]
        reformed = on >= self.data.plan.effective
        if not reformed and level.rank and row.plan_article.startswith("6."):
            return self._on_ladder(row, row.name, on, subject, facts, moves)
        rule = self._rule(row, moves)
        stops = self._stops(row.level)
        return Ruling(
            matter=row.id, name=row.name, level=row.level, level_name=level.name, path=stops,
            article=clause_words(row.plan_article), phrase=row.plan_phrase,
            reason=self._reason(row, moves, rule, reformed), statute_signer=row.statute_signer, panel=row.panel,
            conflict=False, documents=row.documents, basis=row.basis, extra=_extras(moves), stops=stops, rule_id=rule,
            data_hash=self.data.data_hash, confirmed=reformed and not row.added, on=on, asked=row.id, subject=subject,
            circumstances=facts, clauses=(self.clause(row.plan_article, row.plan_phrase),), reserved=row.is_reserved,
            approver=row.approver, plan_article=row.plan_article, permits=_permits(moves),
        )  # fmt: skip

    def _unlisted(self, name: str, on: date, subject: str, facts: frozenset[str]) -> Ruling:
        low, high = (self.data.matters[key] for key in CATCH_ALLS)
        blank = replace(high, id=name, name=name)
        if on < self.data.plan.effective:
            return self._on_ladder(blank, name, on, subject, facts, ())
        clauses = tuple(self.clause(row.plan_article, row.plan_phrase) for row in (low, high))
        level = self.data.levels[high.level]
        reason = (
            f"「{name}」不在方案列明的事项之内：{clause_words(low.plan_article)}的兜底「{low.plan_phrase}」与"
            f"{clause_words(high.plan_article)}的兜底「{high.plan_phrase}」都包括它，标明为兜底冲突，由{level.name}批准"
            f"（{self.data.plan.doc_no}，规则 {UNLISTED_RULE}）。"
        )
        ruling = self._listed(blank, (), on, subject, facts)
        return replace(ruling, reason=reason, conflict=True, rule_id=UNLISTED_RULE, clauses=clauses)

    def _on_ladder(
        self, row: Matter, name: str, on: date, subject: str, facts: frozenset[str], moves: tuple[Variant, ...]
    ) -> Ruling:
        ladder, head = self.data.ladder, self.data.plan
        level = self.data.levels[ladder.steps[-1]]
        phrase = "执行实施事项的批准实行不同于审判程序权限的逐级审批制"
        names = "、".join(self.data.levels[step].name for step in ladder.steps)
        doubt = "" if ladder.confirmed else "（本院当时的做法未经核实）"
        reason = (
            f"{name}在 {on} 适用逐级审批：{names}依次批准，末级为{level.name}{doubt}。{head.doc_no}{clause_words('6.1')}"
            f"「{phrase}」自 {head.effective} 起施行，对此日不适用（规则 {LADDER_RULE}）。"
        )
        return Ruling(
            matter=row.id, name=name, level=level.id, level_name=level.name, path=ladder.steps,
            article=clause_words("6.1"), phrase=phrase, reason=reason, statute_signer=row.statute_signer,
            panel=row.panel, conflict=False, documents=row.documents, basis=row.basis, extra=_extras(moves), stops=(),
            rule_id=LADDER_RULE, data_hash=self.data.data_hash, confirmed=ladder.confirmed, on=on, asked=row.id,
            subject=subject, circumstances=facts, clauses=(self.clause("6.1", phrase),), reserved=row.is_reserved,
            plan_article="6.1", permits=_permits(moves),
        )  # fmt: skip

    def _stops(self, level: str) -> tuple[str, ...]:
        """The levels a request passes on its way up from the judge; they comment or return, they do not approve."""
        rank = self.data.levels[level].rank
        ranked = sorted(
            (item for item in self.data.levels.values() if 1 < item.rank < rank), key=lambda item: item.rank
        )
        return tuple(item.id for item in ranked)

    def _rule(self, row: Matter, moves: tuple[Variant, ...]) -> str:
        if any(move.when == SPECIAL and move.to == row.id for move in moves):
            return "R9_special"
        if row.urgent_variant:
            return "R10_urgent"
        return "R1_order"

    def _reason(self, row: Matter, moves: tuple[Variant, ...], rule: str, reformed: bool) -> str:
        level = self.data.levels[row.level]
        onward = [move for move in moves if move.to != move.matter]
        parts = [
            f"因{self.data.circumstances[move.when]}，「{self.data.matters[move.matter].name}」按「{self.data.matters[move.to].name}」办理。"
            for move in onward
        ]
        where = f"{self.data.plan.doc_no}{clause_words(row.plan_article)}"
        ground = f"按兜底「{row.plan_phrase}」" if row.via else f"「{row.plan_phrase}」"
        words = self.data.rules[rule]
        parts.append(f"{row.name}由{level.name}{level.verb}：{where}{ground}（规则「{words.name}」）。")
        if row.statute_signer:
            parts.append(
                f"法律另要求{LEVELS[row.statute_signer]}签发（规则「{self.data.rules['R8_conflict'].name}」）。"
            )
        if not reformed:
            parts.append(f"方案自 {self.data.plan.effective} 起施行，此前的做法未经核实。")
        return "".join(parts)

    def _situations(self, matter: str) -> tuple[frozenset[str], ...]:
        moving = sorted({move.when for move in self._reachable(matter)})
        found = {frozenset({key}) for key in self.data.circumstances}
        for picks in product((False, True), repeat=len(moving)):
            chosen = tuple(compress(moving, picks))
            if not any(exclusive(first, second) for first, second in combinations(chosen, 2)):
                found.add(frozenset(chosen))
        return tuple(sorted(found, key=sorted))

    def _reachable(self, matter: str) -> Iterator[Variant]:
        waiting, seen = [matter], set[str]()
        while waiting:
            here = waiting.pop()
            seen.add(here)
            for move in self.data.variants:
                if move.matter == here:
                    yield move
                    if move.to not in seen:
                        waiting.append(move.to)


def load_authority(
    folder: Path, book: LawBook | None = None, documents: Collection[str] | None = None
) -> AuthorityTable:
    """The table in ``folder`` (authority.toml and the plan's text), checked against the law of the same folder (or ``book``)
    and, where given, the catalogue ids in ``documents``. Raises LawDataError."""
    plan = load_plan(folder / "plan-2017-33.txt")
    return AuthorityTable(
        load_authority_data(folder / "authority.toml", book or load_law(folder), plan, documents), plan
    )


def _extras(moves: Iterable[Variant]) -> str:
    return "".join(move.extra for move in moves)


def _permits(moves: Iterable[Variant]) -> tuple[str, ...]:
    return tuple(move.permit for move in moves if move.permit)
