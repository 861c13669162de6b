"""What a table shows and where it comes from: columns described once, headings between rows, sources that sort and filter.

A source answers :class:`Wish` with a :class:`Slice`; SQL or :class:`ListSource` sorts and filters.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from execdesk.reads.export import Field

PAGE = 50

Align = Literal["left", "right", "center"]


@dataclass(frozen=True)
class Column:
    """One column: heading, text, sorting, looks and export in one place.

    ``text`` gives what is painted and copied, ``cell`` what a file holds in place of it (an amount, a count, a day); ``sort`` is the name the source sorts by (empty: not sortable);
    ``value`` is what :class:`ListSource` sorts by (the text where left out); ``tone`` names a tone of
    ``ui.theme.TONES`` for a row (``strong``, ``soon`` and ``late`` are bold, ``!soon`` amber without bold);
    ``width`` is at 100 %, ``grow`` its share of spare room; a ``whole`` column is never elided; ``icon`` names an
    icon painted before the words. ``shown``: whether it is there before a person shows or hides it.
    """

    title: str
    text: Callable[[Any], str]
    sort: str = ""
    align: Align = "left"
    value: Callable[[Any], Any] | None = None
    tone: Callable[[Any], str] | None = None
    width: float = 80
    grow: int = 0
    whole: bool = False
    icon: Callable[[Any], str] | None = None
    tip: Callable[[Any], str] | None = None
    shown: bool = True
    cell: Callable[[Any], Field] | None = None

    def written(self, row: Any) -> Field:
        """What a file holds of a row."""
        found = self.cell(row) if self.cell is not None else None
        return self.text(row) if found is None else found

    @property
    def elides(self) -> bool:
        """Whether words may end in … for want of room: never numbers of cases, amounts or counts."""
        return not self.whole and self.align == "left"


@dataclass(frozen=True)
class TableSection:
    """A heading between rows: it spans the table and cannot be selected."""

    text: str
    count: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Wish:
    """What is wanted of a source: a span of rows in an order, and whether totals are asked as well.

    With ``holding`` the span wanted is the page in which the row with that key stands (``keyed`` tells the key of a row), wherever that is.
    """

    first: int = 0
    count: int = PAGE
    sort: str = ""
    descending: bool = False
    needle: str = ""
    totals: bool = True
    holding: Hashable | None = None
    keyed: Callable[[Any], Hashable] = str


@dataclass(frozen=True)
class Slice:
    """The rows wanted; with totals the number of all rows under the filter and the sums for the foot.

    ``total`` counts headings between rows too, ``count`` what the foot names (``total`` where left out). ``first`` is where
    the rows begin if the row wanted was looked for, -1 if the list lacks it.
    """

    rows: tuple[Any, ...]
    total: int = -1
    count: int = -1
    sums: tuple[tuple[str, str], ...] = ()
    first: int = 0


class RowSource(Protocol):
    """Where rows come from. Called off the window's thread when the table has jobs."""

    def read(self, wish: Wish) -> Slice: ...


@dataclass
class ListSource:
    """Rows in memory, sorted and filtered here; ``sums`` computes the foot from the rows under the filter."""

    rows: Sequence[Any]
    columns: Sequence[Column]
    sums: Callable[[Sequence[Any]], tuple[tuple[str, str], ...]] = lambda rows: ()
    _shown: tuple[Wish | None, list[Any]] = field(default=(None, []), repr=False)

    def read(self, wish: Wish) -> Slice:
        """Rows under the wish; sections stand only in the given order without a filter."""
        key = Wish(0, 0, wish.sort, wish.descending, wish.needle)
        if self._shown[0] != key:
            self._shown = (key, self._arrange(wish))
        rows = self._shown[1]
        if wish.holding is not None:
            return page_holding(wish, next((n for n, row in enumerate(rows) if not isinstance(row, TableSection) and wish.keyed(row) == wish.holding), -1), self.read)
        shown = tuple(rows[wish.first:wish.first + wish.count])
        if not wish.totals:
            return Slice(shown)
        real = [row for row in rows if not isinstance(row, TableSection)]
        return Slice(shown, len(rows), len(real), self.sums(real))

    def _arrange(self, wish: Wish) -> list[Any]:
        if not wish.needle and not wish.sort:
            return list(self.rows)
        rows = [row for row in self.rows if not isinstance(row, TableSection)]
        if wish.needle:
            words = wish.needle.lower().split()
            texts = {id(row): "\n".join(column.text(row) for column in self.columns).lower() for row in rows}
            rows = [row for row in rows if all(word in texts[id(row)] for word in words)]
        column = next((column for column in self.columns if column.sort and column.sort == wish.sort), None)
        if column is not None:
            value = column.value or column.text
            known = [row for row in rows if value(row) is not None]
            known.sort(key=value, reverse=wish.descending)
            rows = known + [row for row in rows if value(row) is None]
        return rows


def page_holding(wish: Wish, place: int, read: Callable[[Wish], Slice]) -> Slice:
    """The page of the row at ``place``, read by ``read``."""
    if place < 0:
        return Slice((), first=-1)
    first = place // PAGE * PAGE
    return replace(read(replace(wish, first=first, count=PAGE, holding=None, totals=False)), first=first)
