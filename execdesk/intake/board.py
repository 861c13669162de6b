"""Imports of ledgers and the rows that wait for a decision, as their lists show them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from execdesk.casefile.boardsingles import board_single
from execdesk.records.board import BoardImport, BoardTray
from execdesk.records.ledgers import Import, TrayRow, TrayState


def _import(values: Mapping[str, Any]) -> tuple[Any, ...]:
    counts = json.loads(values["counts"])
    return values["file_name"], *(int(counts.get(name, 0)) for name in ("imported", "decide", "refused")), values["state"]


def _waiting(values: Mapping[str, Any]) -> tuple[Any, ...] | None:
    if values["state"] != TrayState.WAITING:
        return None
    words = "；".join(problem["text"] for problem in json.loads(values["problems"]))
    return values["run"], values["sheet"], values["row"], values["case_no"], values["kind"], words


board_single(BoardImport, Import, _import)
board_single(BoardTray, TrayRow, _waiting)
