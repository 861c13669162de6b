"""A court's own glyph for a name's character that no font has: prepared by the administrator, released by 局长."""

from __future__ import annotations

from pathlib import Path

from execdesk.access.duty import require_may
from execdesk.access.possible import require_possible
from execdesk.access.register import action
from execdesk.access.session import Session
from execdesk.court.glyphs import as_drawn, font_of, in_use
from execdesk.documents.characters import may_be_drawn, named
from execdesk.fields.privateuse import KNOWN
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.records.base import new_id
from execdesk.records.court import Glyph, ProposalState
from execdesk.store.act import Act, Changes
from execdesk.store.outside import read_outside

LONGEST = 80 * 1024**2  # bytes of a font file from outside: the largest of whole fonts of hanzi
WAY = "请另选字体文件。"


@action(
    "glyph.prepare", "登记本院补字",
    Field("character", "字", hint="字库里没有的那一个字；也可以填编码，如 U+2EBF0", most=16),
    Field("font", "字体文件", "file", unit="字体文件 (*.ttf *.otf *.ttc *.tte);;所有文件 (*)", hint="只取其中这一个字的字形，别的内容不留存"),
    Field("source", "依据", "long", hint="字形照什么证件、什么字体，如身份证正面、某字体某版"),
    button="登记，提请局长批准", note="姓名用字任何字库都没有时，由系统管理员登记字形，局长批准后用于显示、预览和印制。登记后右边可以看样。", done="已登记，待局长批准。",
)
def prepare(session: Session, *, character: str, font: str, source: str) -> Changes:
    """The administrator keeps the glyph of one character, cut out of a font file; one that still waits for the same character is replaced.

    Raises:
        Refusal: ``glyph.character`` for what is no hanzi, or one that a font has; ``file.…``, ``glyph.…`` for a file that is none of it;
            ``glyph.same`` where this very glyph is in use or waits.
    """
    require_may(session, "prepare_adoption", "登记本院补字")
    sign = _one(session, character)
    path = Path(font)
    data = session.pdf.cut_glyph(read_outside(path, LONGEST, WAY), path.name, sign)
    with session.act("glyph.prepare") as act:
        act.reason = f"登记本院补字{named(sign)}"
        digest = act.keep_file(data)
        _make_room(act, sign, digest)
        act.add(Glyph(
            id=new_id(), character=sign, sha256=digest, size=len(data), source=source.strip(), proposed_by=session.me.id, proposed_on=act.day, state=ProposalState.PROPOSED,
        ))
    return act.changes


def _one(session: Session, text: str) -> str:
    """The character meant: itself, or its code point as U+…; one that a font has needs no glyph."""
    told = "".join(text.split())
    if told[:2].upper() == "U+":
        try:
            told = chr(int(told[2:], 16))
        except (ValueError, OverflowError):
            raise Refusal(f"「{text.strip()}」不是字的编码，请写成 U+ 加四至六位十六进制数。", code="glyph.character") from None
    if not may_be_drawn(told):
        raise Refusal("请只填一个汉字，或者一个字的编码（如 U+2EBF0）。姓名有几个字要补的，逐个登记。", code="glyph.character")
    if ord(told) in KNOWN:
        raise Refusal(f"{named(told)}是旧系统自编的码，现行字符集里是{named(KNOWN[ord(told)])}。请把姓名里的这个字更正过来，不用补字。", code="glyph.character")
    if not session.pdf.missing(told):
        raise Refusal(f"字库里有{named(told)}，不用补字。", code="glyph.character")
    return told


def _make_room(act: Act, character: str, digest: str) -> None:
    """Strike what waits for the same character; refuse what is the same."""
    same = in_use().get(character)
    if same is not None and same.sha256 == digest:
        raise Refusal(f"{named(character)}在用的就是这个字形，不用再登记。", code="glyph.same")
    for old in Glyph.select().where(Glyph.character == character, Glyph.state == ProposalState.PROPOSED, Glyph.struck.is_null()):
        if old.sha256 == digest:
            raise Refusal(f"{named(character)}的这个字形已登记，正等局长批准。", code="glyph.same")
        act.strike(act.get(Glyph, old.id), "另行登记字形")


@action("glyph.release", "批准本院补字", Field("glyph", "补字", "row"), done="已批准，此后的文书用这个字形。")
def release(session: Session, *, glyph: str) -> Changes:
    """局长 brings a glyph into use; one of the same character that was in use ends. Nobody releases what he prepared himself.

    Raises:
        Refusal: ``access.duty``, ``access.oneself``, ``glyph.state``; ``glyph.no_file``, ``glyph.damaged``, ``glyph.…`` for a kept file that is
            not one of this character alone.
    """
    require_may(session, "adopt", "批准本院补字")
    with session.store.reading():
        waiting = as_drawn(_by_id(glyph))
        session.pdf.window_font(waiting, font_of(waiting))
    with session.act("glyph.release") as act:
        row = _possible(act, glyph)
        if row.state != ProposalState.PROPOSED:
            raise Refusal(f"本院补字{named(row.character)}的这个字形已经在用，不用再批准。", code="glyph.state")
        if row.proposed_by == session.me.id:
            raise Refusal("这个补字是您自己登记的，不能由您批准。", code="access.oneself")
        act.reason = f"批准本院补字{named(row.character)}"
        for old in Glyph.select().where(Glyph.character == row.character, Glyph.state == ProposalState.EFFECTIVE, Glyph.struck.is_null()):
            act.change(act.get(Glyph, old.id), state=ProposalState.ENDED, approved_by=session.me.id, approved_on=act.day)
        act.change(row, state=ProposalState.EFFECTIVE, approved_by=session.me.id, approved_on=act.day)
    return act.changes


@action(
    "glyph.refuse", "不批准本院补字",
    Field("glyph", "补字", "row"), Field("reason", "理由", "long"),
    button="不批准", note="写明哪里不对，系统管理员可以另行登记。", done="未批准。",
)
def refuse(session: Session, *, glyph: str, reason: str) -> Changes:
    """局长 turns a glyph down with a reason."""
    require_may(session, "adopt", "批准本院补字")
    return _decided(session, "glyph.refuse", glyph, reason, ProposalState.REFUSED)


@action(
    "glyph.end", "停用本院补字",
    Field("glyph", "补字", "row"), Field("reason", "理由", "long"),
    button="停用", note="已签发的文书不变；还没有签发的，批准后又用到这个字的，要重新提交。", done="已停用。",
)
def end(session: Session, *, glyph: str, reason: str) -> Changes:
    """局长 takes a glyph out of use; what was issued with it stays as it is."""
    require_may(session, "adopt", "停用本院补字")
    return _decided(session, "glyph.end", glyph, reason, ProposalState.ENDED)


def _decided(session: Session, name: str, glyph: str, reason: str, state: str) -> Changes:
    with session.act(name, reason=reason) as act:
        act.change(_possible(act, glyph), state=state, approved_by=session.me.id, approved_on=act.day)
    return act.changes


def _by_id(glyph: str) -> Glyph:
    found = Glyph.get_or_none(Glyph.id == glyph)
    if found is None:
        raise Refusal("找不到这个补字，请刷新后再试。", code="glyph.missing")
    row: Glyph = found
    return row


def _possible(act: Act, glyph: str) -> Glyph:
    row = act.get(Glyph, glyph)
    require_possible(row, act.name, f"本院补字{named(row.character)}", "glyph.state")
    return row
