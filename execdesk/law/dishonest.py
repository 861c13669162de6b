"""The list of dishonest debtors: who may be listed on which ground, until when, when the entry goes.

Sources: 法释〔2013〕17号 第1、7条 until 2017-04-30, then 法释〔2017〕7号 第1—4、10条.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from execdesk.law.days import add_days, add_months, day_text
from execdesk.law.identity import age_on
from execdesk.law.lookup import in_force
from execdesk.law.refusal import Clause, Refusal
from execdesk.law.ruletexts import figure_of
from execdesk.law.values import DatedValue, Sheet, SheetStep

if TYPE_CHECKING:
    from execdesk.law.book import LawBook

OPEN_ENDED = "1"  # the ground without a fixed term
VIOLENT = "2"  # 以伪造证据、暴力、威胁等方法妨碍、抗拒执行


@dataclass(frozen=True)
class Listing:
    """``ends_on`` is the last day on the list, ``None`` where no term is fixed and a ground of deletion must come."""

    grounds: tuple[str, ...]
    months: int | None
    ends_on: date | None
    sheet: Sheet


def listing_term(
    book: LawBook, grounds: Collection[str], decided_on: date, *, extension: int = 0, serious: bool = False
) -> Listing:
    """The term for the numbered ``grounds`` of the rules in force on ``decided_on``.

    ``extension`` months need serious violence or threat (``serious``), or several grounds. Refusals:
    ``dishonest.ground``, ``dishonest.extension``.
    """
    known = book.value("dishonest.circumstances", decided_on)
    chosen = tuple(sorted(set(grounds)))
    if not chosen or any(ground not in known.value or ground == "base" for ground in chosen):
        numbers = "、".join(key for key in known.value if key != "base")
        raise Refusal(
            f"请选择纳入失信名单的情形，{day_text(decided_on)}有效的编号为{numbers}。", code="dishonest.ground"
        )
    fixed = [ground for ground in chosen if ground != OPEN_ENDED]
    base = in_force(book, "dishonest.term.items2_6", decided_on)  # terms came in 2017; before, deletion ended an entry
    if base is None or not fixed:
        _no_extension(extension)
        return _listing(book, known, chosen, decided_on, None, (known,), ())
    basis: tuple[DatedValue, ...] = (known, base, book.value("convention.list_end", decided_on))
    steps = [SheetStep("基本期限", "、".join(f"第{g}项" for g in fixed), f"{base.value}个月", base.source)]
    if extension:
        rule = book.value("dishonest.term.extension", decided_on)
        _check_extension(rule, extension, len(chosen) > 1 or (serious and VIOLENT in chosen))
        basis += (rule,)
        why = "多项失信行为" if len(chosen) > 1 else "情节严重"
        steps.append(SheetStep("延长", why, f"{extension}个月", rule.source))
    return _listing(book, known, chosen, decided_on, base.value + extension, basis, tuple(steps))


def may_be_listed(
    book: LawBook, on: date, *, born_on: date | None, grounds: Collection[str], exceptions: Collection[str] = ()
) -> None:
    """Refuse ``dishonest.minor`` for a minor, ``dishonest.excepted`` where an exception to ground 1, by its number, stands.

    An exception bars ground 1 also beside others: it may neither be cited nor count as a second act (第3条).
    """
    minor, adult = in_force(book, "dishonest.excluded.minor", on), book.value("person.adult_age", on)
    # in doubt for the young: as in criminal law (法释〔2006〕1号 第2条) a year of age is full the day after the birthday
    if minor is not None and born_on is not None and age_on(born_on, add_days(on, -1)) < adult.value:
        raise Refusal(
            f"被执行人在{day_text(on)}未满{adult.value}周岁（自生日的第二天起为已满），不得纳入失信被执行人名单。",
            code="dishonest.minor", clauses=(Clause(str(minor.value), minor.source),),
        )  # fmt: skip
    rule = in_force(book, "dishonest.excluded.item1", on)
    held = [words for number, words in enumerate(rule.value, 1) if str(number) in exceptions] if rule else []
    if rule is not None and OPEN_ENDED in grounds and held:
        raise Refusal(
            f"被执行人{held[0]}，不得依第一项情形纳入失信被执行人名单；另有其他情形的，请只选其他情形。",
            code="dishonest.excepted", clauses=(Clause(held[0], rule.source),),
        )  # fmt: skip


def _no_extension(extension: int) -> None:
    if extension:
        raise Refusal("该情形没有固定期限，不适用延长。", code="dishonest.extension")


def _check_extension(rule: DatedValue, extension: int, allowed: bool) -> None:
    low, high = rule.value
    if not allowed:
        raise Refusal(
            "只有以暴力、威胁方法妨碍、抗拒执行情节严重，或者具有多项失信行为的，才可以延长失信期限。",
            code="dishonest.extension", clauses=(Clause(f"延长{low}至{high}个月", rule.source),),
        )  # fmt: skip
    if not low <= extension <= high:
        raise Refusal(f"失信期限可以延长{low}至{high}个月，不能延长{extension}个月。", code="dishonest.extension")


def _listing(
    book: LawBook, known: DatedValue, chosen: tuple[str, ...], decided_on: date, months: int | None,
    basis: tuple[DatedValue, ...], steps: tuple[SheetStep, ...],
) -> Listing:  # fmt: skip
    inputs = (*((f"第{ground}项", known.value[ground]) for ground in chosen), ("决定日", day_text(decided_on)))
    deletion = _deletion(book, decided_on, fixed=months is not None)
    gone = SheetStep("删除", deletion.source, figure_of(deletion), deletion.source)
    if months is None:
        step = SheetStep("期限", "没有固定期限", "至出现应予删除的情形", known.source)
        return Listing(chosen, None, None, Sheet("失信期限", inputs, (*steps, step, gone), "没有固定期限", (*basis, deletion)))
    ends_on = add_days(add_months(decided_on, months), -1)
    step = SheetStep("末日", f"{day_text(decided_on)}起{months}个月的前一日", day_text(ends_on))
    result = f"{day_text(decided_on)}至{day_text(ends_on)}"
    return Listing(chosen, months, ends_on, Sheet("失信期限", inputs, (*steps, step, gone), result, (*basis, deletion)))


def _deletion(book: LawBook, on: date, *, fixed: bool) -> DatedValue:
    """What ends an entry: one with a fixed term its end, or a decision before it (第2条); else the grounds of deletion."""
    return book.value("dishonest.early_delete" if fixed else "dishonest.delete_grounds", on)
