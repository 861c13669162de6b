"""The approval table: (matter, subject, day, circumstances) in; exactly one deciding level out, with its reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from itertools import combinations, compress, product
from pathlib import Path

from execdesk.law.authority_data import NOBODY, AuthorityData, exclusive, load_authority_data
from execdesk.law.book import LawBook, load_law
from execdesk.law.matternames import NameIndex, index_names, name_key
from execdesk.law.matters import Matter, Ruling, Variant
from execdesk.law.plan import Plan, clause_words, load_plan
from execdesk.law.reasons import (
    LADDER_PHRASE,
    LADDER_RULE,
    UNLISTED_RULE,
    ladder_reason,
    listed_reason,
    unlisted_reason,
)
from execdesk.law.refusal import Clause, Refusal

__all__ = ["AuthorityCell", "AuthorityTable", "Ruling", "load_authority"]

ORDINARY = "ordinary"
SPECIAL = "special_subject"
DUTY = "duty"  # done as the law demands, nothing is weighed
CATCH_ALLS = ("judge_catch_all", "director_catch_all")


@dataclass(frozen=True)
class AuthorityCell:
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

    @cached_property
    def _names(self) -> NameIndex:
        return index_names(self.data.matters.values(), self.data.wording)

    def matter(self, name: str) -> Matter | None:
        """The matter with this id or name (see :meth:`find`); ``None`` where it stands in no list.

        Raises Refusal ``authority.several`` where the words mean several.
        """
        found = self.find(name)
        if len(found) > 1:
            each = "、".join(f"{row.name}（{self.data.levels[row.level].name}）" for row in found)
            raise Refusal(f"「{name.strip()}」包括几个事项：{each}。请写明其中一项。", code="authority.several")
        return found[0] if found else None

    def find(self, text: str) -> tuple[Matter, ...]:
        """The matters ``text`` means: an id, a name, an everyday name, a sentence of the plan or part of one; none: ``()``."""
        row = self.data.matters.get(text)
        return (row,) if row else self._names.find(text)

    def ask(
        self, text: str, *, subject: str = ORDINARY, on: date, circumstances: Collection[str] = frozenset()
    ) -> tuple[Ruling, ...]:
        """As :meth:`decide`, for words that may mean several matters: a ruling for each of them."""
        names = [row.id for row in self.find(text)] or [text.strip()]
        return tuple(self.decide(name, subject=subject, on=on, circumstances=circumstances) for name in names)

    def choosable(self) -> tuple[Matter, ...]:
        """The matters a person can choose, in the order of the plan; catch-all rows are reasons, not matters."""
        return tuple(row for row in self.data.matters.values() if not row.catch_all)

    def suggest(self, name: str) -> tuple[str, ...]:
        """Names of listed matters close to ``name``, for somebody about to ask for an unlisted one."""
        names = self._names.near()
        alike = get_close_matches(name_key(name), [key for key, _ in names], n=len(names), cutoff=0.4)
        return tuple(dict.fromkeys(row.name for near in alike for key, row in names if key == near))[:3]

    def decide(
        self, matter: str, *, subject: str = ORDINARY, on: date, circumstances: Collection[str] = frozenset()
    ) -> Ruling:
        """Who decides ``matter`` (id or name) on ``on``.

        An unlisted matter is a declared conflict and goes to the director. Raises Refusal ``authority.catch_all`` for a
        catch-all row, ``authority.matter`` for no name at all, ``authority.several`` for a name of several matters,
        ``authority.subject`` or ``authority.circumstance`` for an unknown one, ``authority.contradiction`` for
        circumstances that exclude each other, ``authority.inapplicable`` for one that changes nothing in this matter, a ground
        of another matter among them.
        """
        if not matter.strip():
            raise Refusal("请先选择要报批的事项。", code="authority.matter")
        row = self.matter(matter)
        facts = self._facts(subject, self._stated(row, matter, circumstances))
        if row is not None and row.catch_all:
            raise Refusal(
                f"「{row.name}」是兜底条款，不能作为事项选用。请选择具体事项；没有列明的，直接写明事项名称。",
                code="authority.catch_all",
                clauses=(self.clause(row.plan_article, row.plan_phrase),),
            )
        target, moves = self._moved(row, facts) if row else (None, ())
        self._require_used(row.name if row else matter, row, facts, moves)
        if row is None or target is None or (target.valid_from and self.data.plan.effective <= on < target.valid_from):
            return self._unlisted(row.name if row else matter, on, subject, facts)
        return replace(self._listed(target, moves, on, subject, facts), asked=row.id)

    def cells(self, days: Iterable[date], unlisted: str = "未列明事项") -> Iterator[AuthorityCell]:
        """Every question over ``days``: each matter and one unlisted, each subject, each set of circumstances that applies."""
        for on in days:
            for matter in [*(row.id for row in self.choosable()), unlisted]:
                for circumstances in self.situations(matter):
                    for subject in self.data.subjects:
                        yield AuthorityCell(matter, subject, on, circumstances)

    def situations(self, matter: str) -> tuple[frozenset[str], ...]:
        """Every set of circumstances that applies to ``matter`` (an id), none at all first; special subjects apart."""
        row = self.data.matters.get(matter)
        moving = sorted({move.when for move in self._reachable(matter)} - {key for key in self.data.circumstances if _special(key)})
        found = [frozenset(compress(moving, picks)) for picks in product((False, True), repeat=len(moving))]
        return tuple(
            each for each in found
            if not _contradiction(each) and (row is None or each <= {move.when for move in self._moved(row, each)[1]})
        )  # fmt: skip

    def clause(self, article: str, phrase: str) -> Clause:
        """A quotation of the plan."""
        head = self.data.plan
        return Clause(phrase, f"《{head.title}》（{head.doc_no}）{clause_words(article)}")

    def require_ground(self, matter: str, circumstances: Collection[str]) -> None:
        """Refuse ``authority.ground`` where it is said that nothing is weighed and not why: only the grounds of the matter do."""
        row = self.matter(matter)
        if row is not None and row.duty and any(self.data.circumstance_names.get(each.strip()) == DUTY for each in circumstances):
            raise Refusal(f"「{row.name}」依法应当办理的，请写明是哪一种情形：{'、'.join(row.duty)}。", code="authority.ground")

    def _stated(self, row: Matter | None, name: str, circumstances: Collection[str]) -> set[str]:
        """The keys of what is stated: grounds on which nothing is weighed are one circumstance, weighed ones none; a ground of other
        matters only is refused."""
        rows = self.data.matters.values()
        found: set[str] = set()
        for word in map(str.strip, circumstances):
            if row is not None and word in (*row.duty, *row.discretion):
                found |= {DUTY} if word in row.duty else set()
            elif any(word in (*each.duty, *each.discretion) for each in rows):
                own = "、".join((*row.duty, *row.discretion)) if row is not None else ""
                rest = f"它的情形有：{own}。" if own else "它没有须说明的情形，请去掉。"
                raise Refusal(f"「{word}」不适用于「{row.name if row else name}」，{rest}", code="authority.inapplicable")
            else:
                found.add(self._circumstance(word))
        return found

    def _facts(self, subject: str, facts: set[str]) -> frozenset[str]:
        kinds = self.data.subjects
        if subject == SPECIAL or subject.startswith(SPECIAL + "="):  # the words of the circumstances are understood too
            subject = subject.partition("=")[2] or "special"
        kind = kinds.get(subject) or next((item for item in kinds.values() if item.name == subject), None)
        if kind is None:
            known = "、".join(item.name for item in kinds.values())
            raise Refusal(f"不认识的主体类别「{subject}」，可用：{known}。", code="authority.subject")
        if kind.special or any(item.startswith(SPECIAL + "=") for item in facts):
            facts.add(SPECIAL)
        named = f"{SPECIAL}={kind.name}"
        if named in self.data.circumstances:
            facts.add(named)
        if pair := _contradiction(facts):
            first, second = (self.data.circumstances[key] for key in pair)
            raise Refusal(f"「{first}」与「{second}」不能同时成立，请只选一项。", code="authority.contradiction")
        return frozenset(facts)

    def _circumstance(self, text: str) -> str:
        found = self.data.circumstance_names.get(text.strip(), "")
        if found not in self.data.circumstances:
            known = "、".join(self.data.circumstances.values())
            raise Refusal(f"不认识的情形「{text}」，可用：{known}。", code="authority.circumstance")
        return found

    def _require_used(self, name: str, row: Matter | None, facts: frozenset[str], moves: tuple[Variant, ...]) -> None:
        """A circumstance that changes nothing here is refused: whoever states it expects an answer that takes it in."""
        names = self.data.circumstances
        idle = sorted(facts - {move.when for move in moves} - {key for key in names if _special(key)})
        if not idle:
            return
        known = sorted({move.when for move in self._reachable(row.id if row else "")} - {key for key in names if _special(key)})
        rest = f"可以说明的情形有：{'、'.join(names[key] for key in known)}。" if known else "它没有须说明的情形，请去掉。"
        raise Refusal(f"「{'、'.join(names[key] for key in idle)}」不适用于「{name}」，{rest}", code="authority.inapplicable")

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
        row = self._as_moved(row, moves)
        level = self.data.levels[row.level]
        reformed = on >= self.data.plan.effective
        if not reformed and level.rank and row.plan_article.startswith("6."):
            return self._on_ladder(row, on, subject, facts, moves)
        rule = self._rule(row, moves)
        stops = self._stops(row.level)
        return Ruling(
            matter=row.id, name=row.name, level=row.level, level_name=level.name, path=stops,
            article=clause_words(row.plan_article), phrase=row.plan_phrase,
            reason=listed_reason(self.data, row, moves, rule, level, row.statute_signer, on), statute_signer=row.statute_signer,
            panel=row.panel, conflict=False, documents=row.documents, basis=row.basis, extra=_extras(moves), stops=stops, rule_id=rule,
            data_hash=self.data.data_hash, confirmed=reformed and not row.added and row.confirmed, on=on, asked=row.id, subject=subject,
            circumstances=facts, clauses=(self.clause(row.plan_article, row.plan_phrase),), reserved=row.is_reserved,
            approver=row.approver, plan_article=row.plan_article, permits=_permits(moves),
        )  # fmt: skip

    def _as_moved(self, row: Matter, moves: tuple[Variant, ...]) -> Matter:
        """``row`` with the level and the signer it has in these circumstances; the loader has ruled out two of either."""
        for move in moves:
            if move.matter == move.to == row.id:
                signer = {"": row.statute_signer, NOBODY: ""}.get(move.signer, move.signer)
                row = replace(row, level=move.level if move.level != self.data.matters[row.id].level else row.level, statute_signer=signer)
        return row

    def _unlisted(self, name: str, on: date, subject: str, facts: frozenset[str]) -> Ruling:
        low, high = (self.data.matters[key] for key in CATCH_ALLS)
        blank = replace(high, id=name, name=name)
        if on < self.data.plan.effective:
            return self._on_ladder(blank, on, subject, facts, ())
        clauses = tuple(self.clause(row.plan_article, row.plan_phrase) for row in (low, high))
        ruling = self._listed(blank, (), on, subject, facts)
        return replace(ruling, reason=unlisted_reason(self.data, name, low, high), conflict=True, rule_id=UNLISTED_RULE, clauses=clauses)

    def _on_ladder(self, row: Matter, on: date, subject: str, facts: frozenset[str], moves: tuple[Variant, ...]) -> Ruling:
        ladder = self.data.ladder
        level = self.data.levels[ladder.steps[-1]]
        return Ruling(
            matter=row.id, name=row.name, level=level.id, level_name=level.name, path=ladder.steps,
            article=clause_words("6.1"), phrase=LADDER_PHRASE, reason=ladder_reason(self.data, row.name, on), statute_signer=row.statute_signer,
            panel=row.panel, conflict=False, documents=row.documents, basis=row.basis, extra=_extras(moves), stops=(),
            rule_id=LADDER_RULE, data_hash=self.data.data_hash, confirmed=ladder.confirmed, on=on, asked=row.id,
            subject=subject, circumstances=facts, clauses=(self.clause("6.1", LADDER_PHRASE),), reserved=row.is_reserved,
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


def _special(key: str) -> bool:
    """Whether a circumstance says what kind of subject it is: it holds for any matter, and adds tasks rather than a level (R9)."""
    return key.partition("=")[0] == SPECIAL


def _contradiction(facts: Collection[str]) -> tuple[str, str] | None:
    return next((pair for pair in combinations(sorted(facts), 2) if exclusive(*pair)), None)


def _extras(moves: Iterable[Variant]) -> str:
    return "".join(dict.fromkeys(move.extra for move in moves))


def _permits(moves: Iterable[Variant]) -> tuple[str, ...]:
    return tuple(move.permit for move in moves if move.permit)
