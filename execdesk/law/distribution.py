"""Distribution of a pot to the fen: costs, what is kept for living, fee, privileged claims in rank, ordinary claims, double parts.

Sources: 民诉法解释 2015第508—516条/2022第506—514条; 执行规定 1998第88、96条/2020第55条; 法释〔2014〕8号 第4条. Where the text
leaves two readings, the court's own is a dated figure and stands on the sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from execdesk.law.lookup import in_force
from execdesk.law.money import rounded_to_sum, yuan_text
from execdesk.law.refusal import Clause, Refusal, WayOn
from execdesk.law.values import DatedValue, Sheet, SheetStep

if TYPE_CHECKING:
    from execdesk.law.book import LawBook

DEBTORS = {
    "person": "公民", "other_org": "其他组织", "enterprise": "企业法人",
    "closed_enterprise": "未经清算即撤销、注销或者歇业的企业法人",
}  # fmt: skip
PRO_RATA = "distribution.pro_rata_debtor"
CLOSED = "distribution.pro_rata_closed_enterprise"
BY_ORDER = "distribution.by_seizure_order"
DOUBLE_POSITION = "distribution.double_part_position"
READINGS = {  # the reading of a head's place that differs from the one the rules are written for
    "money.fee_position": "后于加倍部分",
    "distribution.living_position": "扣除执行费用之前",
    "distribution.co_owner_position": "扣除执行费用之后",
    DOUBLE_POSITION: "与本金同一顺位",
}


@dataclass(frozen=True)
class Creditor:
    """A claim in fen, ``double`` of doubled interest beside it. ``rank`` 0 is ordinary; 1, 2 … are privileged, 1 first.

    The earlier in the list, the earlier seized. Creditors with the same ``document`` hold one title together.
    """

    name: str
    fen: int
    rank: int = 0
    double: int = 0
    document: str = ""


@dataclass(frozen=True)
class Heads:
    """What is taken off beside the claims, in fen: sale costs and advances, the execution fee, living, a co-owner's share."""

    costs: int = 0
    fee: int = 0
    exempt: int = 0
    co_owner: int = 0


NO_HEADS = Heads()


@dataclass(frozen=True)
class Distribution:
    """``shares`` and ``doubles`` in the order of the claims, ``heads`` as paid, ``rest`` to the debtor: they sum to the pot."""

    shares: tuple[int, ...]
    doubles: tuple[int, ...]
    heads: Heads
    rest: int
    sheet: Sheet


@dataclass
class _Pot:
    """What is left while one head after the other is paid."""

    book: LawBook
    on: date
    left: int
    steps: list[SheetStep] = field(default_factory=list)
    basis: list[DatedValue] = field(default_factory=list)

    def use(self, key: str) -> DatedValue:
        """The figure in force, noted once for the sheet."""
        value = self.book.value(key, self.on)
        if value not in self.basis:
            self.basis.append(value)
        return value

    def other_reading(self, key: str) -> bool:
        """Whether the court reads it the other way."""
        return bool(self.use(key).value == READINGS[key])

    def pay(self, label: str, wanted: int, rule: DatedValue) -> int:
        """Pay one head as far as the pot goes."""
        part = min(self.left, wanted)
        self.left -= part
        self.steps.append(SheetStep(label, f"应付{yuan_text(wanted)}", yuan_text(part), rule.source))
        return part

    def share(self, label: str, names: Sequence[str], claims: Sequence[int]) -> list[int]:
        """Pay claims of one rank in full, or pro rata where the rest does not suffice."""
        total = sum(claims)
        if not total:
            return [0] * len(claims)
        pot = min(self.left, total)
        if pot < total and len(claims) > 1:
            self.use("distribution.rounding")
        self.steps.append(SheetStep(label, f"可供分配{yuan_text(self.left)}，债权合计{yuan_text(total)}", yuan_text(pot)))
        shares = largest_remainder(pot, claims)
        for name, claim, share in zip(names, claims, shares, strict=True):
            exact = Fraction(pot * claim, total)
            rate = f"{yuan_text(pot)} × {yuan_text(claim)} ÷ {yuan_text(total)} = {yuan_text(exact)}"
            self.steps.append(SheetStep(name, "全额清偿" if pot == total else rate, yuan_text(share)))
        self.left -= pot
        return shares


def distribute(
    book: LawBook, pot: int, creditors: Sequence[Creditor], on: date, heads: Heads = NO_HEADS, *,
    debtor: str = "person", by_control_order: bool = False,
) -> Distribution:  # fmt: skip
    """Distribute ``pot`` fen as of ``on``.

    Without enough for all claims, an enterprise is refused (``distribution.bankruptcy``) in favour of a transfer to
    bankruptcy, unless the ordinary creditors hold one document together (then pro rata), it was closed without liquidation
    (pro rata until 2020-12-31), or nobody agrees and ``by_control_order`` pays in the order of the control measures.
    """
    _check(pot, creditors, heads, debtor)
    run = _Pot(book, on, pot)
    order = run.use("distribution.order")
    late = bool(heads.fee) and run.other_reading("money.fee_position")
    paid = _pay_heads(run, heads, order, late)
    together = any(c.double for c in creditors) and run.other_reading(DOUBLE_POSITION)
    claims = [c.fen + c.double if together else c.fen for c in creditors]
    apart = _apart(run, creditors, debtor, by_control_order)
    shares = _pay_claims(run, creditors, claims, apart)
    if together:
        doubles = [max(0, share - c.fen) for share, c in zip(shares, creditors, strict=True)]
        shares = [share - double for share, double in zip(shares, doubles, strict=True)]
    else:
        doubles = _pay_ordinary(run, "加倍部分", creditors, [c.double for c in creditors], range(len(creditors)), apart)
    if late:
        paid = replace(paid, fee=run.pay("申请执行费", heads.fee, order))
    run.steps.append(SheetStep("剩余", "退还被执行人" if run.left else "无剩余", yuan_text(run.left)))
    sheet = Sheet("财产分配", _inputs(pot, creditors, debtor), tuple(run.steps), _result(creditors, shares, doubles, run.left), tuple(run.basis))
    return Distribution(tuple(shares), tuple(doubles), paid, run.left, sheet)


def largest_remainder(pot: int, claims: Sequence[int]) -> list[int]:
    """``pot`` in proportion to ``claims``: each rounded down, the fen left over to the largest remainders, ties to the earlier."""
    total = sum(claims)
    return rounded_to_sum([Fraction(pot * claim, total) for claim in claims]) if total else [0] * len(claims)


def _pay_heads(run: _Pot, heads: Heads, order: DatedValue, late: bool) -> Heads:
    """Pay what comes before the claims, in the order the court reads: a co-owner, costs, living, the fee."""
    paid = Heads()
    for name in _order_of_heads(run, heads):
        if name == "fee" and late:
            continue
        rule = run.use("exempt.income") if name == "exempt" else order
        paid = replace(paid, **{name: run.pay(HEADS[name], getattr(heads, name), rule)})
    return paid


HEADS = {"co_owner": "共有人份额", "costs": "执行费用", "exempt": "保留生活必需费用", "fee": "申请执行费"}


def _order_of_heads(run: _Pot, heads: Heads) -> list[str]:
    names = [name for name in HEADS if getattr(heads, name)]
    if heads.exempt and run.other_reading("distribution.living_position"):
        names.remove("exempt")
        names.insert(int(bool(heads.co_owner)), "exempt")
    if heads.co_owner and heads.costs and run.other_reading("distribution.co_owner_position"):
        names.remove("co_owner")
        names.insert(names.index("costs") + 1, "co_owner")
    return names


def _apart(run: _Pot, creditors: Sequence[Creditor], debtor: str, by_control_order: bool) -> bool:
    """Whether one document is paid after the other: an enterprise with too little, and nobody for bankruptcy."""
    if run.left >= sum(c.fen + c.double for c in creditors) or _pro_rata(run, creditors, debtor):
        return False
    if all(c.rank and not c.double for c in creditors):  # rank alone decides
        return False
    if not by_control_order:
        raise _to_bankruptcy(run.use(PRO_RATA))
    run.use(BY_ORDER)
    return True


def _pay_claims(run: _Pot, creditors: Sequence[Creditor], claims: Sequence[int], apart: bool) -> list[int]:
    """Privileged claims rank by rank, then the ordinary ones."""
    paid = [0] * len(creditors)
    for rank in sorted({c.rank for c in creditors if c.rank}):
        group = [i for i, c in enumerate(creditors) if c.rank == rank]
        _share_into(paid, group, run.share(f"优先第{rank}顺位", *_of(creditors, claims, group)))
    group = [i for i, c in enumerate(creditors) if not c.rank]
    _share_into(paid, group, _pay_ordinary(run, "普通债权", creditors, claims, group, apart))
    return paid


def _pay_ordinary(
    run: _Pot, label: str, creditors: Sequence[Creditor], claims: Sequence[int], group: Sequence[int], apart: bool
) -> list[int]:
    """All together, or, where they are ``apart``, one document after the other; in the order of ``group``."""
    documents: dict[object, list[int]] = {}
    words = f"{label}（按采取执行措施的先后）" if apart else label
    for i in group:
        documents.setdefault((creditors[i].document or i) if apart else "", []).append(i)
    paid = [0] * len(creditors)
    for part in documents.values():
        _share_into(paid, part, run.share(words, *_of(creditors, claims, part)))
    return [paid[i] for i in group]


def _of(creditors: Sequence[Creditor], claims: Sequence[int], group: Sequence[int]) -> tuple[list[str], list[int]]:
    """Names and claims of a group."""
    return [creditors[i].name for i in group], [claims[i] for i in group]


def _share_into(paid: list[int], group: Sequence[int], shares: Sequence[int]) -> None:
    for i, share in zip(group, shares, strict=True):
        paid[i] = share


def _pro_rata(run: _Pot, creditors: Sequence[Creditor], debtor: str) -> bool:
    """Whether ordinary creditors share in proportion though there is not enough."""
    if DEBTORS[debtor] in run.use(PRO_RATA).value:
        return True
    if debtor == "closed_enterprise" and in_force(run.book, CLOSED, run.on):
        run.use(CLOSED)
        return True
    documents = {c.document for c in creditors if not c.rank}
    if len(documents) == 1 and "" not in documents:
        run.use(BY_ORDER)
        return True
    return False


def _to_bankruptcy(allowed: DatedValue) -> Refusal:
    return Refusal(
        "被执行人是企业法人且财产不足清偿全部债务，不适用参与分配，请征询各方意见移送破产审查；"
        "无人同意的，按采取执行措施的先后清偿；债权均出自同一份文书的，请注明，按比例清偿。",
        code="distribution.bankruptcy",
        clauses=(Clause(f"可以参与分配的被执行人：{'、'.join(allowed.value)}", allowed.source),),
        ways=(WayOn("按采取措施的先后清偿", "set:by_control_order=是"),),
    )


def _check(pot: int, creditors: Sequence[Creditor], heads: Heads, debtor: str) -> None:
    if debtor not in DEBTORS:
        raise Refusal(f"「{debtor}」不是被执行人的种类，可用：{'、'.join(DEBTORS.values())}。", code="distribution.debtor")
    negative = min(pot, heads.costs, heads.fee, heads.exempt, heads.co_owner) < 0
    if negative or any(c.fen <= 0 or c.rank < 0 or c.double < 0 for c in creditors):
        raise Refusal("分配的金额不能为负，每笔债权应大于零，请核对。", code="distribution.amount")
    if heads.exempt and debtor != "person":
        raise Refusal(
            f"保留的生活必需费用属于公民和其所扶养家属，被执行人是{DEBTORS[debtor]}，不能保留。", code="distribution.exempt"
        )
    if not creditors:
        raise Refusal("没有债权，请先填写参加分配的债权人和金额。", code="distribution.empty")


def _inputs(pot: int, creditors: Sequence[Creditor], debtor: str) -> tuple[tuple[str, str], ...]:
    return (("可供分配的款项", yuan_text(pot)), ("被执行人", DEBTORS[debtor]), *((c.name, _claim_text(c)) for c in creditors))


def _claim_text(claim: Creditor) -> str:
    words = [f"优先第{claim.rank}顺位" if claim.rank else "普通"]
    words += [f"另有加倍部分{yuan_text(claim.double)}"] if claim.double else []
    words += [f"文书：{claim.document}"] if claim.document else []
    return f"{yuan_text(claim.fen)}（{'，'.join(words)}）"


def _result(creditors: Iterable[Creditor], shares: Iterable[int], doubles: Iterable[int], rest: int) -> str:
    parts = [
        f"{c.name}{yuan_text(share)}" + (f"、加倍部分{yuan_text(double)}" if c.double else "")
        for c, share, double in zip(creditors, shares, doubles, strict=True)
    ]
    return "；".join(parts + ([f"退还被执行人{yuan_text(rest)}"] if rest else []))
