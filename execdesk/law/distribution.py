"""Distribution of a pot to the fen: exempt part, costs, fee, privileged claims in rank, ordinary claims pro rata."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from execdesk.law.money import yuan_text
from execdesk.law.refusal import Clause, Refusal, WayOn
from execdesk.law.values import DatedValue, Sheet, Step

if TYPE_CHECKING:
    from execdesk.law.book import LawBook

DEBTORS = {"person": "公民", "other_org": "其他组织", "enterprise": "企业法人"}
PRO_RATA = "distribution.pro_rata_debtor"


@dataclass(frozen=True)
class Creditor:
    """A claim in fen. ``rank`` 0 is ordinary; 1, 2 … are privileged, 1 first. The earlier in the list, the earlier seized."""

    name: str
    fen: int
    rank: int = 0


@dataclass(frozen=True)
class Distribution:
    """Shares in the order of the claims; ``costs``, ``fee``, ``exempt``, ``shares`` and ``rest`` sum to the pot."""

    shares: tuple[int, ...]
    costs: int
    fee: int
    exempt: int
    rest: int
    sheet: Sheet


def distribute(
    book: LawBook, pot: int, creditors: Sequence[Creditor], on: date, *, costs: int = 0, fee: int = 0, exempt: int = 0,
    debtor: str = "person", by_control_order: bool = False,
) -> Distribution:  # fmt: skip
    """Distribute ``pot`` fen as of ``on``; ``exempt`` is what a natural person keeps to live on.

    Without enough for all ordinary claims, an enterprise is refused (``distribution.bankruptcy``) in favour of a transfer
    to bankruptcy, unless nobody agrees to that and ``by_control_order`` pays ordinary claims in the order of their control
    measures (民诉法解释 2015第508—516条/2022第506—514条).
    """
    _check(pot, creditors, costs, fee, exempt, debtor)
    order, living = book.value("distribution.order", on), book.value("exempt.income", on)
    basis = [order, living] if exempt else [order]
    left = pot
    steps: list[Step] = []
    taken = []
    for label, wanted, rule in (("保留生活必需费用", exempt, living), ("执行费用", costs, order), ("申请执行费", fee, order)):
        part = min(left, wanted)
        left -= part
        taken.append(part)
        if wanted:
            steps.append(Step(label, f"应付{yuan_text(wanted)}", yuan_text(part), rule.source))
    paid: dict[int, int] = {}
    for rank in sorted({c.rank for c in creditors if c.rank}):
        group = _of_rank(creditors, rank)
        if left < sum(creditors[i].fen for i in group):
            _use(basis, book.value("distribution.rounding", on))
        left = _pay_group(steps, f"优先第{rank}顺位", creditors, group, paid, left)
    left = _ordinary(book, on, creditors, paid, left, debtor, by_control_order, steps, basis)
    steps.append(Step("剩余", "退还被执行人" if left else "无剩余", yuan_text(left)))
    shares = tuple(paid[i] for i in range(len(creditors)))
    sheet = Sheet(
        "财产分配", _inputs(pot, creditors, debtor), tuple(steps), _result(creditors, shares, left), tuple(basis)
    )
    return Distribution(shares, taken[1], taken[2], taken[0], left, sheet)


def largest_remainder(pot: int, claims: Sequence[int]) -> list[int]:
    """``pot`` in proportion to ``claims``: each rounded down, the fen left over to the largest remainders, ties to the earlier."""
    total = sum(claims)
    if total == 0:
        return [0] * len(claims)
    shares = [pot * claim // total for claim in claims]
    byrest = sorted(range(len(claims)), key=lambda i: (-(pot * claims[i] % total), i))
    for i in byrest[: pot - sum(shares)]:
        shares[i] += 1
    return shares


def _ordinary(
    book: LawBook, on: date, creditors: Sequence[Creditor], paid: dict[int, int], left: int, debtor: str,
    by_control_order: bool, steps: list[Step], basis: list[DatedValue],
) -> int:  # fmt: skip
    group = _of_rank(creditors, 0)
    allowed = book.value(PRO_RATA, on)
    basis.append(allowed)
    enough = left >= sum(creditors[i].fen for i in group)
    if DEBTORS[debtor] not in allowed.value and not enough:
        if not by_control_order:
            raise _to_bankruptcy(allowed)
        order = book.value("distribution.by_seizure_order", on)
        basis.append(order)
        for i in group:
            paid[i] = min(left, creditors[i].fen)
            left -= paid[i]
            steps.append(Step(creditors[i].name, "按采取执行措施的先后", yuan_text(paid[i]), order.source))
        return left
    if not enough:
        _use(basis, book.value("distribution.rounding", on))
    return _pay_group(steps, "普通债权", creditors, group, paid, left)


def _pay_group(
    steps: list[Step], label: str, creditors: Sequence[Creditor], group: Sequence[int], paid: dict[int, int], left: int
) -> int:
    """Pay one rank in full, or pro rata where the rest does not suffice; give back what is left."""
    claims = [creditors[i].fen for i in group]
    total = sum(claims)
    if not group:
        return left
    pot = min(left, total)
    steps.append(Step(label, f"可供分配{yuan_text(left)}，债权合计{yuan_text(total)}", yuan_text(pot)))
    for i, share in zip(group, largest_remainder(pot, claims), strict=True):
        paid[i] = share
        exact = Fraction(pot * creditors[i].fen, total)
        working = (
            "全额清偿"
            if pot == total
            else f"{yuan_text(pot)} × {yuan_text(creditors[i].fen)} ÷ {yuan_text(total)} = {yuan_text(exact)}"
        )
        steps.append(Step(creditors[i].name, working, yuan_text(share)))
    return left - pot


def _use(basis: list[DatedValue], value: DatedValue) -> None:
    if value not in basis:
        basis.append(value)


def _of_rank(creditors: Iterable[Creditor], rank: int) -> list[int]:
    return [i for i, creditor in enumerate(creditors) if creditor.rank == rank]


def _to_bankruptcy(allowed: DatedValue) -> Refusal:
    return Refusal(
        "被执行人是企业法人且财产不足清偿全部债务，不适用参与分配，请征询各方意见移送破产审查；"
        "无人同意的，按采取执行措施的先后清偿。",
        code="distribution.bankruptcy",
        clauses=(Clause(f"可以参与分配的被执行人：{'、'.join(allowed.value)}", allowed.source),),
        ways=(
            WayOn("移送破产审查", "bankruptcy.transfer"),
            WayOn("按采取措施的先后清偿", "distribution.control_order"),
        ),
    )


def _check(pot: int, creditors: Sequence[Creditor], costs: int, fee: int, exempt: int, debtor: str) -> None:
    if debtor not in DEBTORS:
        raise Refusal(f"「{debtor}」不是被执行人的种类，可用：{'、'.join(DEBTORS)}。", code="distribution.debtor")
    if min(pot, costs, fee, exempt) < 0 or any(c.fen <= 0 or c.rank < 0 for c in creditors):
        raise Refusal("分配的金额不能为负，每笔债权应大于零，请核对。", code="distribution.amount")
    if exempt and debtor != "person":
        raise Refusal(
            f"保留的生活必需费用属于公民和其所扶养家属，被执行人是{DEBTORS[debtor]}，不能保留。", code="distribution.exempt"
        )
    if not creditors:
        raise Refusal("没有债权，请先填写参加分配的债权人和金额。", code="distribution.empty")


def _inputs(pot: int, creditors: Sequence[Creditor], debtor: str) -> tuple[tuple[str, str], ...]:
    ranks = {0: "普通"}
    claims = ((c.name, f"{yuan_text(c.fen)}（{ranks.get(c.rank, f'优先第{c.rank}顺位')}）") for c in creditors)
    return (("可供分配的款项", yuan_text(pot)), ("被执行人", DEBTORS[debtor]), *claims)


def _result(creditors: Sequence[Creditor], shares: Sequence[int], rest: int) -> str:
    parts = [f"{c.name}{yuan_text(share)}" for c, share in zip(creditors, shares, strict=True)]
    return "；".join(parts + ([f"退还被执行人{yuan_text(rest)}"] if rest else []))
