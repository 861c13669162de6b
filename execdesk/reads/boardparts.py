"""What lists of the board join to their rows: the case on the day (``b``), the judge in charge on it (``p``), the group of the case (``g``)."""

from __future__ import annotations

from execdesk.reads.boardsql import Asked, Where, stands
from execdesk.records.board import BoardCase, BoardWorker
from execdesk.records.court import Group
from execdesk.records.people import Person

NUMBER = "REPLACE(REPLACE(b.\"number\", '（', '('), '）', ')')"  # as lists write it
JUDGE, GROUP = 'p."name"', 'g."name"'
_CASE, _WORKER, _PERSON, _GROUP = (f'"{model._meta.table_name}"' for model in (BoardCase, BoardWorker, Person, Group))


def of_case(asked: Asked, column: str) -> tuple[str, Where]:
    """The join with the case that a column names, and when its row counts.

    The signs before its columns keep SQLite from going through every case that stands for the few that the rows name.
    """
    day = asked.on.isoformat()
    return f' JOIN {_CASE} b ON b."case" = {column}', Where([stands("+b", asked), f'b."from_on" <= \'{day}\'', f'b."to_on" >= \'{day}\''])


def with_judge(asked: Asked) -> str:
    """The join with the judge in charge on the day, of several the one who came last."""
    day = asked.on.isoformat()
    return (
        f' LEFT JOIN {_WORKER} w ON w."id" = (SELECT x."id" FROM {_WORKER} x WHERE x."case" = b."case" AND {stands("x", asked)} AND x."role" = \'judge\' '
        f'AND x."from_on" <= \'{day}\' AND x."to_on" >= \'{day}\' ORDER BY x."from_on" DESC, x."row" DESC LIMIT 1) LEFT JOIN {_PERSON} p ON p."id" = w."person"'
    )


def with_group() -> str:
    """The join with the group of the case."""
    return f' LEFT JOIN {_GROUP} g ON g."id" = b."group"'
