"""How the bureau works where no law fixes it: loads, case types, when a term counts as near."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from execdesk.law.book import LawBook
from execdesk.law.closing import NODE_OF_KIND
from execdesk.law.datafile import read_plain
from execdesk.law.refusal import Refusal

MONEY = "money"
PROCEDURE, CONTROL = "procedure", "control"
_TYPE = re.compile(r"\d(?P<code>[^\d（）()〔〕]+)(?:字第?)?\d+(?:[-—]+\d+)?号")


@dataclass(frozen=True)
class CaseKind:
    """A kind of case by its basis: type codes in the number of the effective document, words of its name, words that exclude it."""

    id: str
    name: str
    basis_types: tuple[str, ...] = ()
    basis_words: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()

    def fits(self, code: str, text: str) -> bool:
        """Whether a basis with this type code in its number, if any, and this text of number and name makes a case of the kind."""
        if any(word in text for word in self.but_not):
            return False
        return code in self.basis_types or any(word in text for word in self.basis_words)


@dataclass(frozen=True)
class BureauSettings:
    """Values of ``resources/bureau/work.toml``."""

    type_weight: dict[str, float]
    claim_over_fen: int
    claim_adds: float
    extra_debtor_adds: float
    bureau_types: tuple[str, ...]
    review_types: tuple[str, ...]
    never_types: tuple[str, ...]
    suit_types: tuple[str, ...]
    procedure_days: int
    control_days: int
    kinds: tuple[CaseKind, ...]

    def kind_of(self, basis_no: str | None, *words: str | None) -> str:
        """The kind of case that a basis makes: by its number, else by words of its name; money where nothing says otherwise."""
        number = basis_no or ""
        found, text = _TYPE.search(number), "".join([number, *(word or "" for word in words)])
        return next((kind.id for kind in self.kinds if kind.fits(found["code"] if found else "", text)), MONEY)

    def near_days(self, due_kind: str) -> int:
        """Within how many days a term of this kind (:data:`PROCEDURE`, :data:`CONTROL`) counts as near."""
        return self.control_days if due_kind == CONTROL else self.procedure_days

    def kind_name(self, kind: str) -> str:
        """The words of a kind."""
        return next((each.name for each in self.kinds if each.id == kind), kind)


@lru_cache(maxsize=8)
def bureau_settings(resources: Path) -> BureauSettings:
    """Read the settings once per folder."""
    return read_plain(resources / "bureau" / "work.toml", _settings)


def _settings(data: dict[str, Any]) -> BureauSettings:
    load, types, due = data["load"], data["types"], data["due"]
    return BureauSettings(
        load["type"], load["claim_over_fen"], load["claim_adds"], load["extra_debtor_adds"], tuple(types["bureau"]),
        tuple(types["review"]), tuple(types["never"]), tuple(types["suits"]), due["procedure_days"], due["control_days"],
        tuple(CaseKind(row["id"], row["name"], *(tuple(row.get(name, ())) for name in ("basis_types", "basis_words", "but_not"))) for row in data["kind"]),
    )


def require_kinds(resources: Path, law: LawBook) -> None:
    """Refuse kinds of cases for which the law names no term at some time.

    Raises:
        Refusal: ``bureau.kind`` naming the first.
    """
    known = frozenset.intersection(*(frozenset(version.value) for version in law.history(NODE_OF_KIND)))
    for kind in bureau_settings(resources).kinds:
        if kind.id not in known:
            raise Refusal(f"bureau/work.toml 中的案件种类「{kind.name}」（{kind.id}）没有办理期限，请先在法规参数 {NODE_OF_KIND} 中写明。", code="bureau.kind")
