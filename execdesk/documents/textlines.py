"""A document text as a person edits it: one line for each of its pieces, with the name of the piece before it and slots by their labels.

``【第4段第1项】冻结被执行人{被执行人}…``: what stands in 【】 says which piece it is; a piece left out is dropped, a line that begins with 【增】
is a new one after the line before. What is not words (conditions, lists, tables) stays as it was. Reading gives what a data file would
say, and in which line each piece stands.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from execdesk.documents.concepts import Concepts
from execdesk.documents.reading import Steps
from execdesk.documents.slots import CLAIM, CLAIMED
from execdesk.documents.texts import Slot, TemplateCondition
from execdesk.law.refusal import Refusal

ADDED, BREAK = "增", "⏎"  # a new piece; where a line ends inside a piece
_LINE = re.compile(r"【([^【】]+)】(.*)")
_LABEL = re.compile(r"\{([^{}]*)\}")
_ALONE = {"title": "标题", "subject": "摘要"}
_LISTS = {"cite": "引用", "attachments": "附件"}
_FIXED = {"parties": "（当事人栏：{}，由案件带入）", "lines": "（供手写的横线）"}  # parts without words of their own
_LIKE = ("section", "into", "role")  # what a new paragraph has of the one before it

Written = Mapping[str, Any]


@dataclass(frozen=True)
class PartLine:
    """One piece: its ``mark``, where it stands in the data, its ``words``, and in words what else a person asks of it (``rule``).

    ``fixed`` words stay; ``rest`` is all that the data say of the piece beside its words, so that no difference goes unseen.
    """

    mark: str
    path: Steps
    words: str
    rule: str = ""
    fixed: bool = False
    rest: str = ""

    @property
    def whole(self) -> str:
        """The line as it is edited."""
        return f"【{self.mark}】{self.words}"


class Naming:
    """Slots by label, claims by what they are called, and citations by concept, for one text."""

    def __init__(self, known: Mapping[str, Slot], used: Mapping[str, Slot], concepts: Concepts, claims: Mapping[str, str] | None = None) -> None:
        self.known, self.concepts = known, concepts
        plain: dict[str, str] = {}
        for name, slot in {**used, **known}.items():  # a label that two share is that of the one the text prints
            if not re.search("[{}〔〕［］|]", slot.label):
                plain.setdefault(slot.label, name)
        plain.update({f"{CLAIMED}{label}": f"{CLAIM}{name}" for name, label in (claims or {}).items()})
        self.labels = {name: label for label, name in plain.items()}
        self._names = {**{name: name for name in known}, **plain}

    def shown(self, raw: str) -> str:
        """A text of the data with its slots by label, in one line."""
        return _LABEL.sub(lambda found: f"{{{self.label(found[1])}}}", raw).replace("\n", BREAK)

    def label(self, name: str) -> str:
        """What a slot is called; one that shares its label goes by its name."""
        return self.labels.get(name, name)

    def plain(self, words: str, number: int) -> str:
        """Words as the data say them; refuses a slot that is not known, and marks of the program's own, naming the line."""
        if marks := [sign for sign in words if sign in "⟦⟧"]:
            raise wrong(number, f"不能用「{marks[0]}」，这是程序给空位留的记号")

        def name(found: re.Match[str]) -> str:
            if found[1] not in self._names:
                raise wrong(number, f"不认识的空位「{found[1]}」，可用的空位在右键菜单「插入空位」中选")
            return f"{{{self._names[found[1]]}}}"

        return _LABEL.sub(name, words).replace(BREAK, "\n")

    def condition(self, raw: str) -> str:
        """A condition in words."""
        told = []
        for term in TemplateCondition.parse(raw).terms:
            slot = self.known.get(term.name)
            value = dict(slot.pairs).get(term.value, term.value) if slot else term.value
            said = f"{self.label(term.name)}为「{value}」" if term.value else f"有「{self.label(term.name)}」"
            told.append(("不是" if term.value else "没") * term.negate + said)
        return "、".join(told)


def wrong(number: int, words: str) -> Refusal:
    """The refusal for a line of an edited text."""
    return Refusal(f"第 {number} 行：{words}。请改正后再保存。", code="text.line")


def lines_of(written: Written, naming: Naming) -> tuple[PartLine, ...]:
    """Every piece of a text in the order in which it is printed, after its title, subject, citations and attachments."""
    return tuple(_lines(written, naming))


def _lines(written: Written, naming: Naming) -> Iterator[PartLine]:
    for key, mark in _ALONE.items():
        if key in written:
            yield PartLine(mark, (key,), naming.shown(written[key]))
    for number, entry in enumerate(written.get("cite", ()), 1):
        token, when = (entry, "") if isinstance(entry, str) else (entry["token"], entry.get("when", ""))
        yield PartLine(f"引用{number}", ("cite", number), naming.concepts.words(token), _rule(naming, {"when": when}), rest=when)
    for number, entry in enumerate(written.get("attachments", ()), 1):
        yield PartLine(f"附件{number}", ("attachments", number), naming.shown(entry))
    for number, part in enumerate(written["part"], 1):
        yield from _part_lines(number, part, naming)


def _part_lines(number: int, part: Written, naming: Naming) -> Iterator[PartLine]:
    mark, path, kind = f"第{number}段", ("part", number), part.get("kind", "paragraph")
    whole = {key: value for key, value in part.items() if key not in ("text", "item", "row")}
    if kind in _FIXED:
        yield PartLine(mark, path, _FIXED[kind].format("、".join(part.get("roles", ()))), _rule(naming, whole), fixed=True, rest=_rest(whole))
    elif kind == "items":
        for place, item in enumerate(part["item"], 1):
            own = {key: value for key, value in item.items() if key != "text"}
            yield PartLine(f"{mark}第{place}项", (*path, "item", place), naming.shown(item["text"]), _rule(naming, whole, own), rest=_rest(whole, own))
    elif kind == "table":
        for place, row in enumerate(part["row"], 1):
            of_row = {key: value for key, value in row.items() if key != "cells"}
            for column, cell in enumerate(row["cells"], 1):
                own = {key: key == "label" or value for key, value in cell.items() if key != "text"}
                words = naming.shown(cell.get("label") or cell.get("text", ""))
                yield PartLine(f"{mark}第{place}行第{column}格", (*path, "row", place, "cells", column), words, _rule(naming, whole, of_row), rest=_rest(whole, of_row, own))
    else:
        yield PartLine(mark, path, naming.shown(part.get("text", "")), _rule(naming, whole), rest=_rest(whole))


def _rest(*said: Written) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def _rule(naming: Naming, *said: Written) -> str:
    """What a person asks of a piece beside its words: when it is printed, how often, what it stays with."""
    told = []
    for one in said:
        if one.get("when"):
            told.append(f"只在{naming.condition(one['when'])}时印")
        if one.get("each"):
            told.append(f"按{'措施' if one['each'] == 'measures' else '决定' if one['each'].startswith('approval') else naming.label(one['each'].partition('.')[2])}逐项印")
        if one.get("keep"):
            told.append("与下段同页")
    return "；".join(told)


def text_of(lines: tuple[PartLine, ...]) -> str:
    """All lines as one text to edit."""
    return "\n".join(line.whole for line in lines)


@dataclass
class Edited:
    """What an edited text says as data, and in which line each of its pieces stands."""

    written: dict[str, Any]
    places: dict[Steps, int]


def read_lines(base: Written, text: str, naming: Naming) -> Edited:
    """An edited text, begun from ``base``.

    Raises:
        Refusal: ``text.line`` for a line without its mark, a mark that the text does not have, twice or out of order, a slot or a
            concept nobody knows, a piece that cannot be dropped or added there.
    """
    known = {line.mark: line for line in lines_of(base, naming)}
    order = {mark: place for place, mark in enumerate(known)}
    maker = _Maker(base, naming)
    last = ""
    for number, whole in enumerate(text.split("\n"), 1):
        if not whole.strip():
            continue
        found = _LINE.fullmatch(whole.strip("\r"))
        if not found:
            raise wrong(number, f"行首少了【】里的名称；新增的一段，行首写【{ADDED}】")
        mark, words = found[1], found[2]
        if mark == ADDED:
            maker.add(known.get(last), words, number)
            continue
        if mark not in known:
            raise wrong(number, f"样式里没有【{mark}】这一段；新增的一段，行首写【{ADDED}】")
        if last and order[mark] <= order[last]:
            raise wrong(number, f"【{mark}】重复，或者不在原来的次序；要移动的，删去原段，在新位置写【{ADDED}】")
        maker.keep(known[mark], words, number)
        last = mark
    return maker.done(known)


class _Maker:
    """Builds the data of an edited text, piece by piece in the order of its lines."""

    def __init__(self, base: Written, naming: Naming) -> None:
        self._base, self._naming = base, naming
        self._kept: dict[str, tuple[str, int]] = {}
        self._added: dict[str, list[tuple[str, int]]] = {}

    def keep(self, line: PartLine, words: str, number: int) -> None:
        """A piece of the base, with its words as they read now."""
        if line.fixed and words != line.words:
            raise wrong(number, "这一行不是文字，不能改；当事人栏由案件带入，其写法不在单个文书里改")
        self._kept[line.mark] = (words, number)

    def add(self, after: PartLine | None, words: str, number: int) -> None:
        """A new piece after another."""
        if after is None or after.path[0] in _ALONE:
            raise wrong(number, "新增的一段须在引用、附件或者正文某一段之后")
        if "cells" in after.path:
            raise wrong(number, "表格里不能增格；要增内容，请写在已有的格里")
        if not words.strip():
            raise wrong(number, "新增的一段没有文字")
        self._added.setdefault(after.mark, []).append((words, number))

    def done(self, known: Mapping[str, PartLine]) -> Edited:
        """The whole; refuses where a piece is lacking that must be there."""
        for line in known.values():
            if line.mark not in self._kept and ("cells" in line.path or line.path[0] in _ALONE or line.fixed):
                raise Refusal(f"少了【{line.mark}】一行：标题、摘要、当事人栏、手写横线和表格的格不能删，格里可以不写字。请补回后再保存。", code="text.line")
        made = Edited({key: copy.deepcopy(value) for key, value in self._base.items() if key not in ("cite", "attachments", "part")}, {})
        for key in _ALONE:
            if key in self._base:
                words, number = self._kept[_ALONE[key]]
                made.written[key], made.places[(key,)] = self._plain(words, number), number
        self._list(made, "cite", known)
        self._list(made, "attachments", known)
        self._parts(made)
        return made

    def _plain(self, words: str, number: int) -> str:
        return self._naming.plain(words.strip(), number)

    def _list(self, made: Edited, key: str, known: Mapping[str, PartLine]) -> None:
        found: list[Any] = []
        for place, entry in enumerate(self._base.get(key, ()), 1):
            mark = f"{_LISTS[key]}{place}"
            if mark in self._kept:
                words, number = self._kept[mark]
                found.append(self._entry(key, entry, words, number, known[mark]))
                made.places.setdefault((key,), number)
            found += [self._entry(key, None, words, number) for words, number in self._added.get(mark, ())]
        if found:
            made.written[key] = found

    def _entry(self, key: str, entry: Any, words: str, number: int, line: PartLine | None = None) -> Any:
        if key == "attachments":
            return self._plain(words, number)
        if line is not None and words == line.words:
            return entry
        token = self._naming.concepts.token(words)
        if token is None:
            near = "、".join(f"「{one}」" for one in self._naming.concepts.near(words))
            raise wrong(number, f"条文表里没有「{words}」" + (f"，相近的有{near}" if near else "，请在右键菜单「插入引用」中选"))
        return {**entry, "token": token} if isinstance(entry, dict) else token

    def _parts(self, made: Edited) -> None:
        parts: list[dict[str, Any]] = []
        for number, part in enumerate(self._base["part"], 1):
            fresh, mark, kind = copy.deepcopy(dict(part)), f"第{number}段", part.get("kind", "paragraph")
            here = len(parts) + 1
            if kind == "items":
                fresh["item"] = self._items(made, part, mark, ("part", here, "item"))
                kept = bool(fresh["item"])
                if kept:
                    made.places["part", here] = made.places["part", here, "item", 1]
            elif kind == "table":
                self._cells(made, fresh, mark, ("part", here, "row"))
                kept = True
            else:
                kept = mark in self._kept
                if kept and kind not in _FIXED:
                    words, line = self._kept[mark]
                    fresh["text"], made.places["part", here] = self._plain(words, line), line
            if kept:
                parts.append(fresh)
            for words, line in self._added.get(mark, ()):
                parts.append({**{key: part[key] for key in _LIKE if key in part and kind not in _FIXED}, "text": self._plain(words, line)})
                made.places["part", len(parts)] = line
        made.written["part"] = parts

    def _items(self, made: Edited, part: Written, mark: str, path: Steps) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        for place, item in enumerate(part["item"], 1):
            own = f"{mark}第{place}项"
            if own in self._kept:
                words, line = self._kept[own]
                items.append({**item, "text": self._plain(words, line)})
                made.places[(*path, len(items))] = line
            for words, line in self._added.get(own, ()):
                items.append({"text": self._plain(words, line)})
                made.places[(*path, len(items))] = line
        return items

    def _cells(self, made: Edited, fresh: dict[str, Any], mark: str, path: Steps) -> None:
        for place, row in enumerate(fresh["row"], 1):
            for column, cell in enumerate(row["cells"], 1):
                words, line = self._kept[f"{mark}第{place}行第{column}格"]
                made.places[(*path, place, "cells", column)] = line
                made.places.setdefault((*path, place), line)
                made.places.setdefault(path[:2], line)
                plain = self._naming.plain(words, line)
                if "label" in cell and plain.strip():
                    cell["label"] = plain.strip()
                elif "label" in cell:
                    del cell["label"]
                elif plain or "text" in cell:
                    cell["text"] = plain
