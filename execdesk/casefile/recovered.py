"""What has come in for a case: the figure of the time before, plus the claimings booked since. Computed, never typed.

One receipt entered at two desks is two rows of one ``bank_ref``: both are kept, the first that still stands counts. A counter-booking
takes off what it answers, at most all of it, also where two desks answered one booking apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from peewee import Database, fn

from execdesk.casefile.dossier import Beside, Dossier, DossierRow, sees
from execdesk.law.kinds import reference
from execdesk.records.cases import Case
from execdesk.records.money import Claiming, MoneyReceipt, ReceiptTie
from execdesk.store import rows
from execdesk.store.look import seen


def recovered_fen(case: Case) -> int | None:
    """What has come in for a case in fen; ``None`` while nobody has said what came in before."""
    return total_fen(case.opening_recovered_fen, came_in([case.id]).get(case.id, 0))


def total_fen(opening: int | None, since: int) -> int | None:
    """The figure of the time before and what came in since; unknown with the former, which is not zero."""
    return None if opening is None else opening + since


def came_in(cases: Iterable[str]) -> dict[str, int]:
    """What the claimings of some cases add up to, in fen; cases without any are left out."""
    sums: dict[str, int] = defaultdict(int)
    for row, net in standing(cases):
        sums[row.case] += net
    return dict(sums)


def all_came_in() -> dict[str, int]:
    """:func:`came_in` of every case, by one sum; only cases with counter-bookings or receipts of one number are looked at row by row."""
    plain: Any = Claiming.select(Claiming.case, fn.SUM(Claiming.amount_fen)).where(Claiming.struck.is_null()).group_by(Claiming.case).tuples()
    sums = {case: int(fen) for case, fen in plain}
    answered: Any = Claiming.select(Claiming.case).where(Claiming.reverses.is_null(False)).tuples()
    twice: Any = Claiming.select(Claiming.case).where(Claiming.receipt.in_(sorted({row.id for some in twin_receipts() for row in some}))).tuples()
    special = {case for (case,) in (*answered, *twice)}
    for case in special:
        sums.pop(case, None)
    return sums | came_in(special)


def standing(cases: Iterable[str]) -> list[tuple[Claiming, int]]:
    """The claimings of some cases that count, with what still stands of each in fen, in the order of their days."""
    return _standing(Claiming.case, cases)


def sent_under(measures: Iterable[str]) -> list[tuple[Claiming, int]]:
    """The claimings under some measures that count, with what still stands of each in fen, in the order of their days."""
    return _standing(Claiming.measure, measures)


def sent_fen(measures: Iterable[str]) -> int:
    """What has come in under some measures and stands, in fen."""
    return sum(net for _, net in sent_under(measures))


def booked(field: Any, ids: Iterable[str]) -> list[Claiming]:
    """The claimings of some cases or measures, counter-bookings left out; asked once in a look."""
    found: list[Claiming] = []
    for some in rows.batches(sorted(set(ids))):
        query = Claiming.select().where(field.in_(some), Claiming.reverses.is_null(), Claiming.struck.is_null())
        found.extend(seen(("booked", field.name, tuple(some)), partial(list, query)))
    return found


def _standing(field: Any, ids: Iterable[str]) -> list[tuple[Claiming, int]]:
    found = booked(field, ids)
    if not found:
        return []
    taken = _taken_off(Claiming, [row.id for row in found])
    counted = _counted({row.receipt for row in found})
    told = [(row, max(row.amount_fen - taken.get(row.id, 0), 0)) for row in found if row.receipt in counted]
    return sorted(told, key=lambda one: (one[0].interest_stop_on, one[0].id))


def claimed_of(receipt: MoneyReceipt) -> list[tuple[Claiming, int]]:
    """What of a receipt is claimed, with what still stands of each in fen, whether or not the receipt is the one that counts."""
    found = list(Claiming.select().where(Claiming.receipt == receipt.id, Claiming.reverses.is_null(), Claiming.struck.is_null()).order_by(Claiming.id))
    taken = _taken_off(Claiming, [row.id for row in found])
    return [(row, max(row.amount_fen - taken.get(row.id, 0), 0)) for row in found]


def left_of(receipt: MoneyReceipt) -> int:
    """What still stands of a receipt in fen after the counter-bookings that answer it."""
    return max(int(receipt.amount_fen) - _taken_off(MoneyReceipt, [receipt.id]).get(receipt.id, 0), 0)


def same_receipt(account: str, bank_ref: str) -> list[MoneyReceipt]:
    """The receipts of one number that stand, the one that counts first; however the number is written."""
    number = reference(bank_ref)
    return _by_number([number]).get((account, number), [])


def twin_receipts() -> list[list[MoneyReceipt]]:
    """Receipts of one number entered apart, each group with the one that counts first."""
    several: Any = (
        MoneyReceipt.select(MoneyReceipt.bank_ref).where(MoneyReceipt.reverses.is_null(), MoneyReceipt.struck.is_null())
        .group_by(MoneyReceipt.account, MoneyReceipt.bank_ref).having(fn.COUNT(MoneyReceipt.id) > 1).order_by(MoneyReceipt.bank_ref).tuples()
    )
    return [group for group in _by_number([ref for (ref,) in several]).values() if len(group) > 1]


def untied_twins() -> list[list[MoneyReceipt]]:
    """Of :func:`twin_receipts` those a person has not yet looked at."""
    tied: Any = ReceiptTie.select(ReceiptTie.receipt, ReceiptTie.other).where(ReceiptTie.struck.is_null()).tuples()
    pairs = {frozenset(pair) for pair in tied}
    return [group for group in twin_receipts() if any(frozenset((group[0].id, other.id)) not in pairs for other in group[1:])]


def _counted(receipts: set[str]) -> set[str]:
    """Of some receipts those that count: alone of their number, or the first of it that stands."""
    numbers: set[str] = set()
    for some in rows.batches(sorted(receipts)):
        query: Any = MoneyReceipt.select(MoneyReceipt.bank_ref).where(MoneyReceipt.id.in_(some)).tuples()
        numbers |= {ref for (ref,) in query}
    return {group[0].id for group in _by_number(numbers).values()} & receipts


def _by_number(refs: Iterable[str]) -> dict[tuple[str, str], list[MoneyReceipt]]:
    """The receipts of some numbers that stand, in the order of their ids, by account and number."""
    found: list[MoneyReceipt] = []
    for some in rows.batches(sorted(set(refs))):
        found.extend(MoneyReceipt.select().where(MoneyReceipt.bank_ref.in_(some), MoneyReceipt.reverses.is_null(), MoneyReceipt.struck.is_null()))
    taken = _taken_off(MoneyReceipt, [row.id for row in found])
    groups: dict[tuple[str, str], list[MoneyReceipt]] = defaultdict(list)
    for row in sorted(found, key=lambda one: (one.bank_ref, one.id)):
        if row.amount_fen > taken.get(row.id, 0):
            groups[row.account, row.bank_ref].append(row)
    return groups


def _taken_off(model: type[Claiming] | type[MoneyReceipt], ids: Sequence[str]) -> dict[str, int]:
    """What counter-bookings take off some rows, as positive fen."""
    found: dict[str, int] = {}
    for some in rows.batches(ids):
        query: Any = (
            model.select(model.reverses, fn.SUM(model.amount_fen)).where(model.reverses.in_(some), model.struck.is_null())
            .group_by(model.reverses).tuples()
        )
        found.update({row: -int(fen) for row, fen in query})
    return found


# -- the same over the rows of a dossier, for the board ----------------------------------------------------------------


def recovered_in(dossier: Dossier) -> int | None:
    """What has come in for a case as its dossier tells it, in fen; ``None`` while nobody has said what came in before."""
    opening, claimings = dossier.case.opening_recovered_fen, dossier.of(Claiming)
    if opening is None or not claimings:
        return None if opening is None else int(opening)
    return int(opening) + sum(net for _, net in standing_in(dossier))


def standing_in(dossier: Dossier) -> list[tuple[DossierRow, int]]:
    """The claimings of a case that count, with what still stands of each in fen, as its dossier tells it."""
    claimings = dossier.of(Claiming)
    if not claimings:
        return []
    taken, counted = _answered(claimings), _first_of_number(dossier.of(MoneyReceipt))
    return [(row, max(int(row.amount_fen) - taken.get(row.id, 0), 0)) for row in claimings if row.reverses is None and row.receipt in counted]


def _answered(found: Iterable[DossierRow]) -> dict[str, int]:
    """What counter-bookings take off, as positive fen."""
    taken: dict[str, int] = defaultdict(int)
    for row in found:
        if row.reverses is not None:
            taken[row.reverses] -= row.amount_fen
    return taken


def _first_of_number(receipts: Sequence[DossierRow]) -> set[str]:
    """Of receipts of one number the first that still stands."""
    taken, first = _answered(receipts), dict[tuple[str, str], str]()
    for row in receipts:  # in the order of their ids
        if row.reverses is None and row.amount_fen > taken.get(row.id, 0):
            first.setdefault((row.account, row.bank_ref), row.id)
    return set(first.values())


def _pick(claimings: Sequence[DossierRow], found: Mapping[str, DossierRow]) -> set[str]:
    numbers = {(found[row.receipt].account, found[row.receipt].bank_ref) for row in claimings if row.receipt in found}
    same = {row for row, told in found.items() if told.reverses is None and (told.account, told.bank_ref) in numbers}
    return same | {row for row, told in found.items() if told.reverses in same}


_CLAIMING, _RECEIPT = f'"{Claiming._meta.table_name}"', f'"{MoneyReceipt._meta.table_name}"'
_SAME = f'{_RECEIPT} s ON s."bank_ref" = r."bank_ref" AND s."account" = r."account"'


def _find(base: Database, cases: Sequence[str]) -> dict[str, set[str]]:
    """The receipts that claimings of cases name, others of the same number, and what answers any of these."""
    found: dict[str, set[str]] = {case: set() for case in cases}
    marks = ", ".join([base.param] * len(cases))
    query = (
        f'SELECT c."case", s."id", a."id" FROM {_CLAIMING} c JOIN {_RECEIPT} r ON r."id" = c."receipt" JOIN {_SAME} '
        f'LEFT JOIN {_RECEIPT} a ON a."reverses" = s."id" WHERE c."case" IN ({marks})'
    )
    for case, *ids in base.execute_sql(query, cases).fetchall():
        found[case] |= {row for row in ids if row}
    return found


def _seen_by(base: Database, receipts: Sequence[str]) -> set[str]:
    marks = ", ".join([base.param] * len(receipts))
    query = (
        f'SELECT DISTINCT c."case" FROM {_RECEIPT} a JOIN {_RECEIPT} r ON r."id" = COALESCE(a."reverses", a."id") JOIN {_SAME} '
        f'JOIN {_CLAIMING} c ON c."receipt" = s."id" WHERE a."id" IN ({marks})'
    )
    return {case for case, in base.execute_sql(query, receipts).fetchall()}


sees(Beside(MoneyReceipt, Claiming, _pick, _find, _seen_by))
