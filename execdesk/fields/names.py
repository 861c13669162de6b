"""Names of parties and officers as ledgers write them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from execdesk.fields.cells import Answer, CellDecision, Note, Option, Refused, Value, compact, tidy, wider
from execdesk.fields.privateuse import is_private
from execdesk.law.kinds import NAME
from execdesk.law.refusal import Refusal
from execdesk.law.spelling import require_name

_SPLIT = "、,，;；\n/|"
_OPEN, _CLOSE = "(（[【〔", ")）]】〕"
_ORGANISATION = re.compile(
    r"(公司|银行|支行|分行|信用社|联社|合作社|中心|医院|学校|小学|中学|大学|委员会|居委会|村委会|政府|[局院厅处站社厂店行部所队]|"
    r"协会|基金会|研究所|事务所|农场|林场|集团|企业|商行|经营部|工作室|超市|酒店|宾馆|有限合伙)(?:[(（].*[)）])?$"
)
_MANY = re.compile(r"等\s*(?:[\d一二三四五六七八九十]+\s*[人户名家])?$")
_LISTED = re.compile(r"(?:^|(?<=\D))[(（]?(\d{1,2})[)）.、．](?!\d)")
_AND = re.compile(r"(?<=[\u4e00-\u9fff]{2})[和与及](?=[\u4e00-\u9fff]{2})")
_PAPER = re.compile(r"[(（](?:[\u4e00-\u9fff]+[:：]?)?(\d{17}[\dXx]|\d{15}|[0-9A-HJ-NPQRTUWXY]{18})[)）]")
_DITTO = frozenset({"同上", "同前", "同左", "〃", "″", '"'})
_NOBODY = frozenset({"无", "不详", "不明", "未知", "空", "待查", "待定", "-", "--", "—", "——", "/", "\\"})
_MARKS_OF_LOSS = frozenset("?□〓■�")
_NUMBERED = re.compile(r"^(?:[(（]?\d{1,2}[)）.、．])\s*")
_SHOWN = 40  # characters of a cell, in a sentence

People = Mapping[str, "str | Sequence[str]"]


def is_organisation(name: str) -> bool:
    """Whether ``name`` reads like a unit rather than a natural person."""
    bare = re.sub(r"[(（].*?[)）]", "", name)
    return len(bare) > 3 and bool(_ORGANISATION.search(bare))


def read_names(raw: str) -> Answer[tuple[str, ...]]:
    """The parties named in one cell, split at 、，；, line ends and, where beyond doubt, at blanks.

    「张 三」 is one name, 「张三 李四」 may be two: a question unless every piece is a whole name of two or more characters
    on both sides; then still a question, since only the numbers of identity papers can tell.
    """
    pieces = [piece for piece in map(_clean, _listed(_plain(raw))) if piece]
    if not pieces or all(piece in _NOBODY for piece in pieces):
        return Refused("names.empty", f"「{_line(raw)}」没有写当事人姓名或名称，请补上后再导入。" if raw.strip() else "没有写当事人姓名或名称，请补上后再导入。")
    for piece in pieces:
        if piece in _DITTO or piece in _NOBODY or not any(c.isalpha() for c in piece):
            return Refused("names.not_name", f"「{piece[:_SHOWN]}」不是姓名或名称，请写明后再导入。")
        if len(piece) > NAME:
            return Refused("names.too_long", f"「{piece[:_SHOWN]}…」有 {len(piece)} 个字，姓名或名称最多 {NAME} 个字，请核对是否填错了列。")
        try:
            require_name(piece)
        except Refusal as refusal:
            return Refused("names.not_name", f"「{piece[:_SHOWN]}」：{refusal.text}")
    if any(_lost(piece) for piece in pieces):
        listed = tuple(_joined(piece) for piece in pieces)
        kept = Option("keep:" + "、".join(listed), f"照台账记：{'、'.join(listed)}", listed, "缺的字以后更正")
        return CellDecision("names.lost", f"「{_line(raw)}」里有没能显示出来的字，请对照证件把姓名或名称写全。", (kept,))
    last = pieces[-1]
    if (found := _MANY.search(last)) and len(last) > len(found[0]) + 1:
        pieces[-1] = last[: found.start()].strip()
        listed = tuple(_joined(piece) for piece in pieces)
        option = Option("listed:" + "、".join(listed), f"只记写明的 {len(listed)} 人", listed, "其余的人台账没有写")
        return CellDecision("names.and_others", f"「{_line(raw)}」写有「等」，还有人没有写明。", (option,))
    doubtful = [piece for piece in pieces if _blank_between_names(piece)]
    if not doubtful:
        return _torn(raw, pieces) or _joined_by_and(raw, pieces) or _values([_joined(piece) for piece in pieces])
    split = tuple(name for piece in pieces for name in (piece.split(" ") if piece in doubtful else [_joined(piece)]))
    joined = tuple(_joined(piece) for piece in pieces)
    options = (
        Option("split:" + "、".join(split), f"{len(split)} 人：{'、'.join(split)}", split, "空格隔开的都是完整的姓名"),
        Option("joined:" + "、".join(joined), f"{len(joined)} 人：{'、'.join(joined)}", joined, "空格只是排版"),
    )
    return CellDecision("names.blank", f"「{_line(raw)}」中的空格可能隔开两人，也可能只是排版。", options, options[0].key)


def _lost(name: str) -> bool:
    """Whether a mark of a character that some system did not know stands in a name."""
    return any(c in _MARKS_OF_LOSS or is_private(c) for c in name)


def _torn(raw: str, pieces: list[str]) -> CellDecision[tuple[str, ...]] | None:
    """A name of one character is most likely a piece of a name that the cell has wrapped."""
    if len(pieces) < 2 or not any(len(piece) == 1 for piece in pieces):
        return None
    whole, split = _joined("".join(pieces)), tuple(_joined(piece) for piece in pieces)
    options = (
        Option(f"joined:{whole}", f"1 人：{whole}", (whole,), "只有一个字的不像姓名，多半是换行断开的"),
        Option("split:" + "、".join(split), f"{len(split)} 人：{'、'.join(split)}", split, "分隔符隔开几人"),
    )
    return CellDecision("names.torn", f"「{_line(raw)}」中有只有一个字的姓名，请确认。", options, options[0].key)


def _joined_by_and(raw: str, pieces: list[str]) -> CellDecision[tuple[str, ...]] | None:
    """「甲某和乙某」 may be two persons; a unit's name, and a name with one character on either side, is one."""
    parted = [piece for piece in pieces if _AND.search(piece) and not is_organisation(piece) and not any(c in piece for c in _OPEN)]
    if not parted:
        return None
    split = tuple(name for piece in pieces for name in (_AND.split(piece) if piece in parted else [_joined(piece)]))
    joined = tuple(_joined(piece) for piece in pieces)
    options = (
        Option("split:" + "、".join(split), f"{len(split)} 人：{'、'.join(split)}", split, "「和」「与」「及」连接几人"),
        Option("joined:" + "、".join(joined), f"{len(joined)} 人：{'、'.join(joined)}", joined, "这个字是姓名的一部分"),
    )
    return CellDecision("names.and", f"「{_line(raw)}」可能写了几个人，请确认。", options)


def _listed(text: str) -> list[str]:
    """The pieces of a cell; 「1、甲某2、乙某」 and 「（1）甲某（2）乙某」 are split at their numbers where these run from 1."""
    if text.isalpha():  # one name, as nearly all cells have it
        return [text]
    marks = list(_LISTED.finditer(text))
    counted = [int(mark[1]) for mark in marks]
    if len(marks) < 2 or marks[0].start() != 0 or counted != list(range(1, len(marks) + 1)):
        return _pieces(text)
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [piece for mark, end in zip(marks, ends, strict=True) for piece in _pieces(text[mark.end() : end])]


def _plain(raw: str) -> str:
    """The text of a cell, ① as (1): folding to half width would leave a bare figure."""
    return tidy(re.sub("[①-⑳]", lambda mark: f"({ord(mark[0]) - ord('①') + 1})", raw))


def without_papers(raw: str) -> tuple[str, list[tuple[str, str]]]:
    """A cell of names without the numbers of papers in brackets behind them, and these as (name, number)."""
    if "(" not in raw and "（" not in raw:
        return raw, []
    found = []
    for piece in _listed(_plain(raw)):
        for mark in _PAPER.finditer(piece):
            found.append((compact(_clean(piece[: mark.start()])), mark[1].upper()))
    return (_PAPER.sub("", _plain(raw)), found) if found else (raw, [])


def by_count(answer: Answer[tuple[str, ...]], count: int) -> Answer[tuple[str, ...]]:
    """Settle a doubtful blank by the number of identity papers beside it, where exactly one reading fits."""
    if not isinstance(answer, CellDecision) or answer.code not in ("names.blank", "names.and", "names.torn") or not count:
        return answer
    fits = [option for option in answer.options if option.value and len(option.value) == count]
    if len(fits) != 1 or fits[0].value is None:
        return answer
    note = Note("names.by_count", f"按证件号码个数读作 {fits[0].label}。")
    return Value(fits[0].value, (note,))


def read_person(raw: str, people: People) -> Answer[tuple[str, str]]:
    """(name, person id) of a judge or clerk; blanks inside a name are layout. An unknown name is one question for all rows."""
    pieces = [piece for piece in map(_clean, _pieces(tidy(raw))) if piece]
    if not pieces:
        return Refused("person.empty", "没有写姓名。")
    joined = _joined("".join(pieces)) if len(pieces) == 1 else ""
    known = {compact(name): ids for name, ids in people.items()}
    if joined and joined in known:
        return _known(joined, known[joined])
    parts = [part for piece in pieces for part in piece.split(" ")] if not joined or " " in pieces[0] else []
    if len(parts) > 1 and all(part in known for part in parts):
        options = tuple(_person_option(part, known[part]) for part in parts)
        return CellDecision("person.several", f"「{_line(raw)}」写了几个人，请选定一人。", options)
    return unknown_person(joined or "、".join(parts or pieces), people)


def unknown_person(name: str, people: People) -> CellDecision[tuple[str, str]]:
    """The question that ties ``name`` to one of ``people``; asked once for all rows with this name."""
    options = tuple(_person_option(known, ids) for known, ids in people.items())
    nobody = Option("nobody", "不对应任何人，按规则分案或暂缺", (name, ""), "台账的姓名仍留在原文中")
    close = [option for option in options if option.value and _close(option.value[0], name)]
    proposal = close[0].key if len(close) == 1 else ""
    return CellDecision("person.unmapped", f"台账的「{name}」还没有对应到本局人员。", (*options, nobody), proposal)


def _known(name: str, ids: str | Sequence[str]) -> Answer[tuple[str, str]]:
    if isinstance(ids, str):
        return Value((name, ids))
    if len(ids) == 1:
        return Value((name, ids[0]))
    options = tuple(Option(f"person:{one}", f"{name}（{one}）", (name, one)) for one in ids)
    return CellDecision("person.namesake", f"本局有 {len(ids)} 位「{name}」，请选定。", options)


def _person_option(name: str, ids: str | Sequence[str]) -> Option[tuple[str, str]]:
    one = ids if isinstance(ids, str) else ids[0]
    return Option(f"person:{one}", compact(name), (compact(name), one))


def _close(known: str, name: str) -> bool:
    """法官甲 and 甲法官, or 王某 and 王某（法官）: the same characters, or one name within the other."""
    return sorted(known) == sorted(name) or (len(known) > 1 and len(name) > 1 and (known in name or name in known))


def _pieces(text: str) -> list[str]:
    pieces, depth, current = [], 0, ""
    for c in text:
        depth += (c in _OPEN) - (c in _CLOSE)
        if c in _SPLIT and (depth <= 0 or c == "\n"):
            pieces.append(current)
            current, depth = "", 0
        else:
            current += c
    return [*pieces, current]


def _clean(piece: str) -> str:
    return _NUMBERED.sub("", piece.strip()).strip(" .。·:：")


def _blank_between_names(piece: str) -> bool:
    parts = piece.split(" ")
    return len(parts) > 1 and all(len(part) >= 2 and not part.isascii() and part[0] not in _OPEN for part in parts)


def _joined(piece: str) -> str:
    """A name without layout blanks; blanks between Latin words stay."""
    return wider(re.sub(r"(?<![A-Za-z.]) +| +(?![A-Za-z])", "", piece))


def _values(names: list[str]) -> Answer[tuple[str, ...]]:
    unique = tuple(dict.fromkeys(names))
    if len(unique) < len(names):
        return Value(unique, (Note("names.repeated", "同一格中重复的姓名只记一次。"),))
    return Value(unique)


def _line(raw: str) -> str:
    return " ".join(raw.split())
