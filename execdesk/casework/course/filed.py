"""What papers of the file prove of what texts claim: each claim by the item of the file that shows it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from execdesk.casefile.fileitems import file_items
from execdesk.casefile.lookup import rows_of
from execdesk.casefile.same import same_things
from execdesk.casework.control.facts import measure_called
from execdesk.drafting.claims import Lacking, Proof, claim
from execdesk.drafting.lent import FactsWanted, RecordedBy, fact
from execdesk.law.refusal import Refusal, WayOn
from execdesk.law.words import amount_in_list, parse_amount
from execdesk.records.fileentries import FileEntry

SOLD, DEFAULTED, RENEWAL, NOT_FOUND = "sold_at_auction", "buyer_defaulted", "renewal_applied", "vehicle_not_found"
_SUM = re.compile(r"(\d[\d,，]*(?:\.\d+)?)(万?)元")


def _shown(wanted: FactsWanted, item: str) -> list[FileEntry]:
    """The entries of an item until the signing day, the earliest first."""
    return sorted((row for row in rows_of(FileEntry, wanted.case.id) if row.item == item and row.on <= wanted.on), key=lambda row: (row.on, row.id))


def _lacks(wanted: FactsWanted, item: str, more: str = "") -> Lacking:
    return Lacking(f"卷内材料没有{more}「{_name(wanted, item)}」这一项", (WayOn("登记卷内材料", f"file.enter:{wanted.case.id}"),))


def _name(wanted: FactsWanted, item: str) -> str:
    return file_items(wanted.session.resources)[item].name


def _proof(wanted: FactsWanted, row: FileEntry) -> Proof:
    return Proof(f"{row.on} {_name(wanted, row.item)}{f'（卷内第{row.page}页）' if row.page else ''}")


def _shown_by(item: str) -> Callable[[FactsWanted], Proof | Lacking]:
    def prove(wanted: FactsWanted) -> Proof | Lacking:
        found = _shown(wanted, item)
        return _proof(wanted, found[0]) if found else _lacks(wanted, item)

    return prove


for _item in ("applicant_withdrew", "outsider_owns", "property_unsold", "security_agreed"):
    claim(_item, lasting=True)(_shown_by(_item))


# -- a sale whose buyer did not pay, until auctions have rows of their own ---------------------------------------------


def _sale(wanted: FactsWanted) -> FileEntry | None:
    """The latest sale to the buyer whom the paper names, else the latest of all."""
    sales, buyer = _shown(wanted, SOLD), str(wanted.inputs.get("buyer") or "").strip()
    return next((row for row in reversed(sales) if buyer and buyer in (row.words or "")), sales[-1] if sales else None)


@fact("sold_at_auction_on", "卷内材料", RecordedBy("file.enter", "登记卷内材料"))
def sold_at_auction_on(wanted: FactsWanted) -> date | None:
    """The day of the sale at auction."""
    sale = _sale(wanted)
    return sale.on if sale is not None else None


@claim("sold_at_auction", lasting=True)
def sold_at_auction(wanted: FactsWanted) -> Proof | Lacking:
    """That a paper of the file shows the sale, to this buyer, at this price and with this deposit."""
    sale = _sale(wanted)
    if sale is None:
        return _lacks(wanted, SOLD)
    told, sums = sale.words or "", _sums(sale.words or "")
    where = f"卷内 {sale.on} 「{_name(wanted, SOLD)}」的内容没有写"
    again = "，请照材料填写；材料登记错的，划去后重新登记"
    buyer = str(wanted.inputs.get("buyer") or "").strip()
    if buyer and buyer not in told:
        return Lacking(f"{where}买受人{buyer}{again}", field="buyer")
    for name, words in (("price", "成交价"), ("deposit", "保证金")):
        fen = _fen(wanted.inputs.get(name))
        if fen is not None and fen not in sums:
            return Lacking(f"{where}{words} {amount_in_list(fen)} 元{again}", field=name)
    return _proof(wanted, sale)


def _sums(words: str) -> set[int]:
    """The sums in fen that words tell, each before 元 or 万元."""
    return {_fen(figure.replace("，", ",")) * (10_000 if unit else 1) for figure, unit in _SUM.findall(words)}  # type: ignore[operator]


def _fen(value: Any) -> int | None:
    """A sum as it is typed or kept, in fen; ``None`` where nothing legible stands."""
    try:
        return value if isinstance(value, int) else parse_amount(str(value)) if value else None
    except Refusal:
        return None


@claim("buyer_defaulted", lasting=True)
def buyer_defaulted(wanted: FactsWanted) -> Proof | Lacking:
    """That a paper of the file shows, after the sale, that the buyer did not pay in time."""
    sale = _sale(wanted)
    found = [row for row in _shown(wanted, DEFAULTED) if sale is None or row.on > sale.on]
    return _proof(wanted, found[-1]) if found else _lacks(wanted, DEFAULTED, "成交以后的")


# -- what was asked for, and what cannot be found ----------------------------------------------------------------------


@claim("renewal_applied", lasting=True)
def renewal_applied(wanted: FactsWanted) -> Proof | Lacking:
    """That a paper of the file shows the application to go on with the control, of the day that is printed."""
    day = str(wanted.inputs.get("applied_renewal_on") or "")
    found = next((row for row in _shown(wanted, RENEWAL) if row.on.isoformat() == day), None)
    return _proof(wanted, found) if found is not None else _lacks(wanted, RENEWAL, f" {day} 的")


@claim("vehicle_missing", lasting=True)
def vehicle_missing(wanted: FactsWanted) -> Proof | Lacking:
    """That a paper of the file shows that this very vehicle was looked for and not found."""
    measure = measure_called(wanted.document.measure) if wanted.document.measure else None
    if measure is None:
        return _lacks(wanted, NOT_FOUND)
    things = same_things([measure.property])
    found = [row for row in _shown(wanted, NOT_FOUND) if row.property in things]
    return _proof(wanted, found[-1]) if found else _lacks(wanted, NOT_FOUND, "该车的")
