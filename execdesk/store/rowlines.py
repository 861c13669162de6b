"""The lines behind one row, in their order, with what each wrote of it: who changed which words. What has no effect is none of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from execdesk.records.journal import Line, Touch


def lines_on(table: str, row: str) -> Iterator[tuple[Line, dict[str, Any]]]:
    """Each line that wrote a row, with the values it wrote as the journal says them."""
    touching: Any = Touch.select(Touch.line).where(Touch.table == table, Touch.row == row)
    for line in Line.select().where(Line.taken.in_(touching)).order_by(Line.height, Line.site, Line.incarnation, Line.number):
        for changed, other, _new, values, _over in json.loads(bytes(line.body))["changes"]:
            if (changed, other) == (table, row):
                yield line, values
