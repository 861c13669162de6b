"""The board follows the lines: within the transaction that writes them it works out anew what the cases concerned show.

It touches the rows of these cases only, and writes versions (:mod:`execdesk.records.board`). After an upgrade of the program or a
correction of the law it is made anew in slices beside the work; all days on it follow the law as it stands now, that of a past day
too, since a correction is dated itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from execdesk import __version__
from execdesk.casefile import boardsingles, boardsums, boardwriting
from execdesk.casefile.boardconcern import concerned
from execdesk.casefile.boardhistory import Versions, places_after, versions
from execdesk.casefile.boardrows import ALONE, TABLES, rows_of, turning_on
from execdesk.casefile.dossier import BESIDE, READ, Pair, cases_ever, cases_of, read_dossiers, rows_moved, watched
from execdesk.casefile.terms import TERMS, TermRules
from execdesk.casefile.waiting import KINDS
from execdesk.documents.catalogue import Catalogue
from execdesk.law.book import LawBook
from execdesk.records.base import canonical
from execdesk.records.board import BoardCase, BoardSum
from execdesk.records.cases import Case
from execdesk.records.court import LawCorrection
from execdesk.records.journal import Line, Meta
from execdesk.store import rows
from execdesk.store.follower import Touched
from execdesk.store.store import Store

_UPTO, _MADE = "board.upto", "board.made"
_ALL = boardsingles.START  # after every row id
SLICE = 60  # cases made anew at a time beside a person's work: some 20 ms
AT_ONCE = 400  # as many are made anew where nobody waits


@dataclass(frozen=True)
class BoardState:
    """Whether the board is whole; else how far it is made anew, in per cent."""

    whole: bool
    percent: int = 100


class Board:
    """The board of one store. ``law`` answers the law as it stands."""

    def __init__(self, store: Store, law: Callable[[], LawBook], calendar: Any, catalogue: Catalogue) -> None:
        self.store, self.base, self._law, self._calendar, self._catalogue = store, store.base, law, calendar, catalogue
        self._rules: TermRules | None = None
        self._moved: tuple[int, dict[str, set[Pair]]] | None = None

    def listen(self) -> None:
        """Follow the lines of the store from now on."""
        self.store.followers.append(self)

    @property
    def rules(self) -> TermRules:
        """The law as terms ask it."""
        book = self._law()
        if self._rules is None or self._rules.book is not book:
            self._rules = TermRules(book, self._calendar, self._catalogue)
        return self._rules

    # -- following -----------------------------------------------------------------------------------------------------

    def follow(self, touched: Touched) -> None:
        """Bring the cases concerned up to date, and the records touched that are of none."""
        boardsingles.follow(self.base, touched)
        if touched.moved:
            self._moved = None
        tables = touched.tables
        if any(map(watched, tables)):
            models = turning_on(tables)
            dossiers, fresh = concerned(self.base, touched, {table for model in models for table in ALONE.get(model, ())})
            boardwriting.write(self.base, self.rules, touched.run, dossiers, fresh, self._summed(), models)
        self.base.execute_sql(
            f'UPDATE "{Meta._meta.table_name}" SET "value" = {self.base.param} WHERE "key" = {self.base.param} '
            f'AND CAST("value" AS INTEGER) >= {self.base.param}', (str(touched.last), _UPTO, touched.run - 1),
        )
        if LawCorrection.__name__ in tables and Case.select().count() <= AT_ONCE:
            while self._anew(AT_ONCE):  # so few that nobody feels it; else beside the work
                pass

    # -- made anew -----------------------------------------------------------------------------------------------------

    @property
    def made_by(self) -> str:
        """What the board is made by: program, law, calendar, and what is declared. Another one makes another board."""
        return f"{__version__} {self.rules.book.fingerprint} {getattr(self._calendar, 'edition', '')} {self._declared}"

    @cached_property
    def _declared(self) -> str:
        tables = [*sorted((model.__name__, *model.value_columns()) for model in (*TABLES, *boardsingles.SINGLES)), BoardSum.KEY]
        papers = [[kind.id, *sorted(kind.traits)] for kind in self._catalogue.types]
        return hashlib.sha256(canonical([sorted(TERMS), sorted(KINDS), tables, papers, [*READ, *BESIDE]]).encode()).hexdigest()

    def state(self) -> BoardState:
        """Whether the board is whole as it stands."""
        percent = self.percent()
        return BoardState(True) if percent is None else BoardState(False, percent)

    def percent(self, counted: bool = True) -> int | None:
        """How far the board is made anew; ``None`` where it is whole, -1 where the cases are not to be ``counted``."""
        with self.store.reading():
            made = self._made()
            if made.get("by") == self.made_by:
                return None if self._upto() >= self._last() else 99
            if not counted:
                return -1
            done = Case.select().where(Case.id <= made.get("next", "")).count() if made.get("making") == self.made_by else 0
            return min(done * 100 // max(Case.select().count(), 1), 99)

    def go_on(self, count: int = SLICE) -> bool:
        """Make the board anew by one slice of cases, where it must be; whether there was anything to do."""
        with self.store.transaction():
            return self._anew(count) or self._behind(count)

    def catch_up(self) -> None:
        """Bring the board up to date in one go."""
        while self.go_on(AT_ONCE):
            pass

    def rebuild(self) -> None:
        """Make the whole board anew."""
        self.store.set_meta(_MADE, "{}")
        self.catch_up()

    def mend(self, cases: Iterable[str]) -> None:
        """Make the board of some cases and of records that are of none anew; of what is neither nothing stays."""
        wanted = sorted(set(cases))
        if wanted:
            with self.store.transaction():
                boardsingles.mend(self.base, wanted)
                self._rows_moved(self._last())
                for some in rows.batches(wanted, AT_ONCE):
                    self._renew(some, self._summed())
                if self.summed:  # what stood there before was no measure of them
                    boardsums.drop(self.base)
                    boardsums.write(self.base, boardsums.counted(self.base))

    def _anew(self, count: int) -> bool:
        made = self._made()
        if made.get("by") == self.made_by:
            return False
        if made.get("making") != self.made_by:  # from here on acts follow; all that came before is made anew
            made = {"making": self.made_by, "next": ""}
            self._put(_UPTO, str(self._last()))
            self._put(_MADE, canonical(made))
            boardsums.drop(self.base)
            self._moved = None
        if made["next"].startswith(_ALL):
            following = boardsingles.renew_some(self.base, made["next"], count)
            self._put(_MADE, canonical({**made, "next": following} if following else {"by": made["making"]}))
            return True
        query: Any = Case.select(Case.id).where(Case.id > made["next"]).order_by(Case.id).limit(count).tuples()
        cases = [case for case, in query]
        if not made["next"]:
            self._drop_strays()
        more = len(cases) == count
        self._renew(cases, made["next"], cases[-1] if more else _ALL)
        self._put(_MADE, canonical({**made, "next": cases[-1] if more else _ALL}))
        return True

    def _behind(self, count: int) -> bool:
        """Cases touched by lines that nobody followed."""
        upto, last = self._upto(), self._last()
        if upto >= last:
            return False
        touched, place = places_after(self.base, upto, count, lambda table: watched(table) or boardsingles.followed(table))
        boardsingles.renew(self.base, touched)
        cases = cases_of(self.base, touched)
        for table in READ:
            for row in touched.get(table, ()):
                cases |= cases_ever(self.base, table, row)
        self._moved = None
        self._renew(sorted(cases), self._summed())
        self._put(_UPTO, str(last if place is None else place))
        return True

    def _renew(self, cases: list[str], summed: str, sum_up: str | None = None) -> None:
        """Make some cases anew; those up to ``summed`` were in the sums, those up to ``sum_up`` are then, where it is later."""
        if cases:
            boardwriting.renew(self.base, versions(self.base, cases, self.rules, self._rows_moved()), summed, sum_up or summed)

    def _rows_moved(self, last: int = 0) -> dict[str, set[Pair]]:
        """The rows that once belonged to another case (:func:`rows_moved`), known since the line at ``last`` at least, whoever wrote it."""
        if self._moved is None or self._moved[0] < last:
            self._moved = self._last(), rows_moved(self.base)
        return self._moved[1]

    def _drop_strays(self) -> None:
        """Rows of what is no case."""
        for model in TABLES:
            self.base.execute_sql(f'DELETE FROM "{model._meta.table_name}" WHERE "case" NOT IN (SELECT "id" FROM "{Case._meta.table_name}")')

    def worked_out(self, cases: Iterable[str], day: str) -> list[tuple[Any, ...]]:
        """The rows of cases for a day (the case, then what :class:`BoardCase` tells), worked out without the board."""
        found = []
        for case, dossier in read_dossiers(self.base, sorted(cases)).items():
            rows = rows_of(dossier, self.rules)[BoardCase]
            found += [(case, *row) for row in rows if row[0] <= day <= row[1]]
        return found

    def expected(self, cases: list[str]) -> dict[str, Versions]:
        """What the board is to say of cases, worked out from rows and lines."""
        return versions(self.base, cases, self.rules, self._rows_moved(self._last()))

    @property
    def summed(self) -> bool:
        """Whether the sums hold all cases: not while the board is made anew."""
        return self._made().get("by") == self.made_by

    def _summed(self) -> str:
        """The last case in the sums, in the order of row ids; all are in those of a whole board, whoever made it."""
        made = self._made()
        return _ALL if "by" in made else made.get("next", "")

    def _made(self) -> dict[str, str]:
        kept = self.store.meta(_MADE)
        found: dict[str, str] = json.loads(kept) if kept else {}
        return found

    def _put(self, key: str, value: str) -> None:
        Meta.insert(key=key, value=value).on_conflict(conflict_target=[Meta.key], update={Meta.value: value}).execute()

    def _upto(self) -> int:
        return int(self.store.meta(_UPTO) or "0")

    def _last(self) -> int:
        return int(self.base.execute_sql(f'SELECT MAX("taken") FROM "{Line._meta.table_name}"').fetchone()[0] or 0)


