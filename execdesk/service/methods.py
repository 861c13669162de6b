"""Ways of service as data: by which article, whom each can reach, what must be said of it, when it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from execdesk.access.providers import FormContext, Pairs, options
from execdesk.law.articles import cite
from execdesk.law.datafile import read_plain


@dataclass(frozen=True)
class Method:
    """A way of service: ``article`` as a citation token; ``to`` whom it reaches (party, unit), ``only`` which kinds of parties where not all;
    ``says`` what the note must tell, ``party_says`` where a party is served; ``not_for`` kinds of papers it did not serve up to a day;
    ``waits`` the figure of the days after an announcement from which it counts."""

    id: str
    name: str
    article: str
    to: tuple[str, ...]
    only: tuple[str, ...]
    says: str
    party_says: str
    not_for: tuple[str, ...]
    until: date
    waits: str


@lru_cache(maxsize=4)
def methods(resources: Path) -> Mapping[str, Method]:
    """The ways of ``resources/service/methods.toml`` by id; Refusal ``program.data`` for a file that cannot be."""
    return read_plain(resources / "service" / "methods.toml", lambda data: {row["id"]: _method(row) for row in data["method"]})


def _method(row: Mapping[str, Any]) -> Method:
    barred = row.get("not_for", {"kinds": (), "until": date.min})
    return Method(
        row["id"], row["name"], row["article"], tuple(row["to"]), tuple(row.get("only", ())), row.get("says", ""), row.get("party_says", ""),
        tuple(barred["kinds"]), barred["until"], row.get("waits", ""),
    )


@options("service_methods")
def service_methods(context: FormContext) -> Pairs:
    """The ways of service, each with its article of the day."""
    book, day = context.session.law, context.day
    return [(one.id, f"{one.name}（{cite(book, [one.article], day)}）") for one in methods(context.session.resources).values()]
