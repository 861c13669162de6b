"""The pictures of all tables of moves, ``docs/states.md``; ``python -m tests.states`` makes them anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from execdesk import rooms
from execdesk.access.register import act_words
from execdesk.records.moves import ANY, CONDITIONS, NEW, ROLES, Move, Moves
from execdesk.records.tables import JOURNALED
from execdesk.records.words import TABLES

PICTURES = Path(__file__).parents[1] / "docs" / "states.md"
_HEAD = """# States and their moves

Generated from the tables beside the records by `python -m tests.states`; a test holds this page to them. On an arrow stand the acts that
make the move and, after the bar, what must hold; below each picture, who makes it: a duty of a post as the organisation data names it, or a role.
Acts that leave a row where it is are in the list only.
"""


def pictures() -> str:
    """The page, in Markdown with Mermaid."""
    rooms.enter()
    parts = [_HEAD]
    for model in JOURNALED:
        if model.MOVES is not None:
            parts.append(f"## {TABLES[model.__name__]} (`{model.__name__}`)\n\n{_picture(model.MOVES)}\n\n{_list(model.MOVES)}\n")
    return "\n".join(parts)


def _picture(table: Moves) -> str:
    lines = ["```mermaid", "stateDiagram-v2", *(f"    {state}: {words}" for state, words in table.words.items())]
    for start, to, rows in table.between():
        if start != to:
            lines.append(f"    {start or '[*]'} --> {to}: {'、'.join(_arrow(rows))}")
    lines += [f"    {state} --> [*]" for state in table.words if not any(move.start == state != move.to for move in table.rows)]
    return "\n".join([*lines, "```"])


def _arrow(rows: tuple[Move, ...]) -> Iterator[str]:
    for row in rows:
        words = "任一事项" if row.act == ANY else act_words(row.act)
        yield words + (f"｜{CONDITIONS[row.when].words}" if row.when else "")


def _list(table: Moves) -> str:
    lines = ["| from | to | act | by | when |", "|---|---|---|---|---|"]
    for row in table.rows:
        by = "、".join(ROLES.get(name, f"`{name}`") for name in row.by)
        start = table.words[row.start] if row.start != NEW else "–"
        to = "〃" if row.start == row.to else table.words[row.to]
        lines.append(f"| {start} | {to} | {'any' if row.act == ANY else f'`{row.act}`'} | {by} | {CONDITIONS[row.when].words if row.when else ''} |")
    return "\n".join(lines)


if __name__ == "__main__":
    PICTURES.write_text(pictures(), "utf-8")
