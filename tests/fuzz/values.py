"""Values that a person might give a field of an action: such as its form offers, such as it bears at its bounds, and such as mean harm."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from execdesk.access.forms import form_field
from execdesk.access.providers import FormContext
from execdesk.access.register import Action
from execdesk.access.session import Session
from execdesk.law.fields import Field
from execdesk.law.kinds import AMOUNT, COUNT, FIRST_DAY, LAST_DAY, LINE, LONG, NAME
from execdesk.law.refusal import Refusal
from execdesk.law.spelling import visible
from execdesk.records.tables import JOURNALED
from tests.hostile import HOSTILE

NAMES = ("林例一", "符示例", "某某银行乐东支行", "甲" * NAME, "Ｏ’Neil & 子", "<b>甲</b>", "𠮷野·甲", "书记员甲", "法官甲")
LINES = ("民间借贷纠纷", "字" * LINE, "甲\n乙", "1/3", "（2017）琼9027民初88号", "50%", "sign", "all")
NUMBERS = ("6228480000006621", "1" * 30, "469027198808080008", "R-1", "0")
SPANS = (0, 0, 1, -1, 3, -3, 30, -30, 365, -400, 3_700)


class Given:
    """Picks values for the fields of actions in one store, by chance alone: the same seed picks the same."""

    def __init__(self, session: Session, rng: random.Random, folder: Path) -> None:
        self.session, self.rng, self.folder = session, rng, folder
        self.rows: dict[str, list[str]] = {}

    def look_again(self, session: Session) -> None:
        """Sit where another sits, and know the rows there are by now."""
        self.session = session
        for model in JOURNALED:
            newest = model.select(model.id).order_by(model.id.desc()).limit(40).tuples()
            self.rows[model.__name__.lower()] = [row for (row,) in newest]

    def values(self, action: Action) -> dict[str, Any]:
        """Values for an action: mostly plausible ones, mostly one that means harm among them."""
        told: dict[str, Any] = {}
        spoilt = self.rng.choice(action.fields).name if action.fields and self.rng.random() < 0.3 else ""
        for field in action.fields:
            if field.name == spoilt:
                told[field.name] = self.rng.choice(HOSTILE)
            elif field.required or self.rng.random() < 0.6:
                told[field.name] = self.plausible(field, told)
        return told

    def plausible(self, field: Field, told: dict[str, Any]) -> Any:
        """What a person might give: one of the options as they stand, or a value of the kind, often at its bounds."""
        context = FormContext(self.session, case=case if (case := told.get("case")) in self.rows.get("case", ()) else "", given={name: visible(value) for name, value in told.items() if isinstance(value, str)})
        try:
            shown = form_field(field, context)
        except Refusal:
            return self._of_kind(field, told)
        if shown.value not in (None, "") and self.rng.random() < 0.4:
            return shown.value
        field, keys = shown.field, [key for key, _words in shown.field.pairs]
        if field.kind == "many":
            return self.rng.sample(keys, min(len(keys), self.rng.randrange(1, 4))) if keys else [self.rng.choice(LINES)]
        if keys and self.rng.random() < 0.9:
            return self.rng.choice(keys)
        return self._of_kind(field, told)

    def _of_kind(self, field: Field, told: dict[str, Any]) -> Any:
        pick = self.rng.choice
        match field.kind:
            case "row" | "choice":
                return self._row(field.name)
            case "day":
                return self.session.day + timedelta(days=pick(SPANS)) if self.rng.random() < 0.8 else pick((FIRST_DAY, LAST_DAY, date(2017, 2, 28)))
            case "amount" | "sum":
                return pick((0, 1, 99, 5_000_000, 5_012_345, AMOUNT, AMOUNT - 1))
            case "count" | "whole" | "version":
                return pick((0, 1, 2, 3, 12, 36, COUNT, -1))
            case "flag":
                return pick((True, False))
            case "file":
                return pick(sorted(self.folder.iterdir()))
            case "secret":
                return pick(("demo", "demo", "短", "字" * 5_000, "椰林里那座旧灯塔和新码头"))
            case "case_number":
                return f"（2018）琼9027执{pick((1, 7, 99_999, self.rng.randrange(2, 9_000)))}号"
            case "group" | "record" | "map":
                return self._parts(field, told)
            case "name":
                return pick(NAMES)
            case "identity" | "account" | "reference":
                return pick(NUMBERS)
            case "long":
                return pick((*LINES, "字" * LONG, "一、甲；\n\n二、乙。"))
            case "figure":
                return pick(("5", "5%", "6", "[]", '{"a": 1}', "2018-01-02"))
        return pick((*LINES, *NAMES, *NUMBERS))

    def _row(self, name: str) -> str:
        own = self.rows.get(name.replace("_", ""), [])
        every: Sequence[str] = own if own and self.rng.random() < 0.8 else [row for rows in self.rows.values() for row in rows]
        return self.rng.choice(every) if every and self.rng.random() < 0.97 else "01HXXXXXXXXXXXXXXXXXXXXXXX"

    def _parts(self, field: Field, told: dict[str, Any]) -> Any:
        if not field.of:
            keys = ("bank", "account_no", "amount", "plate", "certificate_no", "甲", "reason", "facts", "days", "party")
            return {key: self.rng.choice((*NAMES, *LINES, *NUMBERS)) for key in self.rng.sample(keys, 3)}
        entries = [
            {part.name: self.plausible(part, told) for part in field.of if part.required or self.rng.random() < 0.5} for _ in range(self.rng.randrange(1, 4))
        ]
        return entries if field.kind == "group" else entries[0]
