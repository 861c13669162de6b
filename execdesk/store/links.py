"""Whether a line hangs rightly on those before it: the same judgement when it is taken in and whenever it is checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from execdesk.records.journal import Line
from execdesk.store.chains import Head, before_first, entry_of
from execdesk.store.clock import CLOCK_CORRECTION
from execdesk.store.line import GENESIS, Entry
from execdesk.store.renaming import ever

HeightOf = Callable[[str, int], int]  # of a line that is here: (chain, number) → height
HashOf = Callable[[str, int], "str | None"]


def corrections_here() -> list[Entry]:
    """The lines here by which two persons set a wrong day right; few, if any."""
    return [entry_of(line) for line in Line.select().where(Line.act.in_(ever(CLOCK_CORRECTION)))]


def link_fault(
    entry: Entry, heads: Mapping[str, Head], height_of: HeightOf, hash_of: HashOf, before: Mapping[str, int], corrections: Iterable[Entry] = ()
) -> str | None:
    """What is wrong with a line's number, link, height or moment, as the end of a sentence; all it builds on is here.

    The height must be one more than the highest line it had seen, else a forged one could bend the total order. The moment does
    not go back along a chain, unless two persons set a wrong day right (``corrections``): nobody dates his word before an older one.
    What a chain had once seen (``before``, that of the line before) it has seen for good: nobody forgets a revocation.
    """
    head = heads.get(entry.chain)
    expected = head.number + 1 if head else 1
    if entry.number != expected:
        return f"编号不连续：应为 {expected}，有留痕缺失或被调换"
    if entry.chain in entry.seen:
        return "自称看过本链"
    data = entry.data
    if head is None and data["incarnation"] > 1 and before_first(data["site"], data["incarnation"], entry.seen) is None:
        return "是新的一代的第一条，却没有接续本席位以前的留痕"
    if entry.data["previous"] != _previous(entry, head, heads, hash_of):
        return "与上一条不相连，有留痕被调换或重算"
    if any(entry.seen.get(chain, 0) < number for chain, number in before.items()):
        return "自称没有看过本链早已看过的留痕"
    highest = head.height if head else 0
    for chain, number in entry.seen.items():
        if number > 0:
            highest = max(highest, height_of(chain, number))
    if entry.height != highest + 1:
        return "层次不符，不是按程序写下的"
    return "的时间早于本链上一条，有人倒填日期" if head is not None and _goes_back(entry, head, corrections) else None


def _goes_back(entry: Entry, head: Head, corrections: Iterable[Entry]) -> bool:
    if head.at is None or entry.at >= head.at or entry.data["act"] == CLOCK_CORRECTION:
        return False
    return not any(entry.knew(corrected) and corrected.height > head.height for corrected in corrections)


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
