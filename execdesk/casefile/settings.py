"""How the bureau works where no law fixes it: loads, case types, when a term counts as near."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


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


@lru_cache(maxsize=8)
def bureau_settings(resources: Path) -> BureauSettings:
    """Read the settings once per folder."""
    data = tomllib.loads((resources / "bureau" / "work.toml").read_text(encoding="utf-8"))
    load, types, due = data["load"], data["types"], data["due"]
    return BureauSettings(
        load["type"], load["claim_over_fen"], load["claim_adds"], load["extra_debtor_adds"], tuple(types["bureau"]),
        tuple(types["review"]), tuple(types["never"]), tuple(types["suits"]), due["procedure_days"], due["control_days"],
    )
