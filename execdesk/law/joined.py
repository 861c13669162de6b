"""Several fines and detentions at once: joined against one person for one act, but none of either twice.

Sources: 民诉法解释 第183、184条; 民诉法 2013第114、115条/2022第117、118条.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from execdesk.law.days import day_text
from execdesk.law.money import yuan_text
from execdesk.law.refusal import Clause, Refusal
from execdesk.law.sanctions import check_fine
from execdesk.law.values import DatedValue, Sheet, SheetStep

if TYPE_CHECKING:
    from execdesk.law.book import LawBook

KINDS = {"fine_individual": "罚款（个人）", "fine_unit": "罚款（单位）", "detention": "拘留"}
COMBINE, ONCE = "sanction.combine", "sanction.once_per_act"


@dataclass(frozen=True)
class Sanction:
    """One sanction: ``amount`` is fen of a fine, days of a detention; ``act`` names the one act it answers."""

    person: str
    act: str
    kind: str
    amount: int
    decided_on: date

    @property
    def sort(self) -> str:
        """A fine is a fine, whoever pays it."""
        return "拘留" if self.kind == "detention" else "罚款"


def check_joined(book: LawBook, sanctions: Sequence[Sanction]) -> Sheet:
    """The sheet where all may stand beside each other.

    Refusals: ``sanction.repeated`` for a second fine or detention of one person for one act, ``sanction.unit`` where who is
    fined as a unit is to be detained, ``fine.range`` and ``detention.days`` for one that is too much by itself.
    """
    if not sanctions:
        raise Refusal("没有罚款、拘留，请先逐项填写。", code="sanction.empty")
    basis: list[DatedValue] = []
    steps: list[SheetStep] = []
    before: dict[tuple[str, str], list[Sanction]] = {}
    units = {one.person for one in sanctions if one.kind == "fine_unit"}
    for one in sorted(sanctions, key=lambda item: item.decided_on):
        _refuse_unit(one, units)
        rules = _rules(book, one)
        earlier = before.setdefault((one.person, one.act), [])
        _refuse_repeated(rules[-1], one, earlier)
        joined = f"与{'、'.join(other.sort for other in earlier)}合并适用" if earlier else "单独适用"
        steps.append(SheetStep(f"{one.person}：{one.act}", f"{_words(one)}，{joined}", "可以", rules[-2 if earlier else -1].source))
        basis += [rule for rule in rules if rule not in basis]
        earlier.append(one)
    inputs = tuple((one.person, f"{one.act}，{day_text(one.decided_on)}{_words(one)}") for one in sanctions)
    return Sheet("罚款、拘留的合并适用", inputs, tuple(steps), f"{len(sanctions)}项可以同时适用", tuple(basis))


def _rules(book: LawBook, one: Sanction) -> tuple[DatedValue, ...]:
    """The figure of its range, that sanctions may be joined, and that none is repeated."""
    shared = (book.value(COMBINE, one.decided_on), book.value(ONCE, one.decided_on))
    if one.kind != "detention":
        return (*check_fine(book, one.kind.removeprefix("fine_"), one.amount, one.decided_on).sheet.basis, *shared)
    longest = book.value("detention.max", one.decided_on)
    if not 1 <= one.amount <= longest.value:
        raise Refusal(f"拘留期限应为1至{longest.value}日，不能定为{one.amount}日（{longest.source}）。", code="detention.days")
    return (longest, *shared)


def _refuse_unit(one: Sanction, units: set[str]) -> None:
    if one.kind == "detention" and one.person in units:
        raise Refusal(
            f"{one.person}按单位罚款，单位不能拘留；拘留的是其主要负责人或者直接责任人员，请填写其姓名。", code="sanction.unit"
        )


def _refuse_repeated(rule: DatedValue, one: Sanction, earlier: Sequence[Sanction]) -> None:
    for other in earlier:
        if other.sort == one.sort:
            raise Refusal(
                f"对{one.person}的「{one.act}」已于{day_text(other.decided_on)}决定{other.sort}，同一妨害行为不得连续适用；"
                "发生新的妨害行为的，请写明该行为。",
                code="sanction.repeated", clauses=(Clause(str(rule.value), rule.source),),
            )  # fmt: skip


def _words(one: Sanction) -> str:
    return f"拘留{one.amount}日" if one.kind == "detention" else f"罚款{yuan_text(one.amount)}"
