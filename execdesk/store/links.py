"""Whether a line hangs rightly on those before it: the same judgement when it is taken in and whenever it is checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from execdesk.store.chains import Head, before_first
from execdesk.store.line import GENESIS, Entry

HeightOf = Callable[[str, int], int]  # of a line that is here: (chain, number) → height
HashOf = Callable[[str, int], "str | None"]


def link_fault(entry: Entry, heads: Mapping[str, Head], height_of: HeightOf, hash_of: HashOf) -> str | None:
    """What is wrong with a line's number, link or height, as the end of a sentence; all it builds on is here.

    The height must be one more than the highest line it had seen, else a forged one could bend the total order.
    """
    head = heads.get(entry.chain)
    expected = head.number + 1 if head else 1
    if entry.number != expected:
        return f"编号不连续：应为 {expected}，有留痕缺失或被调换"
    if entry.chain in entry.seen:
        return "自称看过本链"
    if entry.data["previous"] != _previous(entry, head, heads, hash_of):
        return "与上一条不相连，有留痕被调换或重算"
    highest = head.height if head else 0
    for chain, number in entry.seen.items():
        if number > 0:
            highest = max(highest, height_of(chain, number))
    return None if entry.height == highest + 1 else "层次不符，不是按程序写下的"


def _previous(entry: Entry, head: Head | None, heads: Mapping[str, Head], hash_of: HashOf) -> str:
    if head is not None:
        return head.hash
    data = entry.data
    before = before_first(data["site"], data["incarnation"], entry.seen)
    if before is None:
        return GENESIS
    older = heads.get(before[0])
    if older is not None and older.number == before[1]:
        return older.hash
    return hash_of(*before) or GENESIS
