"""The court's own glyphs: prepared by the administrator, released by 局长, named by what is printed with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from execdesk.desk import Desk
from execdesk.law.refusal import Refusal
from execdesk.records.cases import Party
from execdesk.records.court import Glyph
from execdesk.records.papers import Document
from execdesk.store.files import files_of
from tests.court_store import NUMBER, refused
from tests.glyphfonts import LIKE, UNKNOWN, font_file

Enter = Callable[..., Desk]
SOURCE = "照身份证正面的字形"


def prepare(desk: Desk, folder: Path, character: str = UNKNOWN, like: str = LIKE) -> str:
    path = font_file(folder, {character: like}, f"{ord(like):X}.ttf")
    desk.do("glyph.prepare", character=character, font=path, source=SOURCE)
    return str(Glyph.get(Glyph.character == character, Glyph.state == "proposed", Glyph.struck.is_null()).id)


def released(enter: Enter, folder: Path, like: str = LIKE) -> str:
    row = prepare(enter("admin"), folder, like=like)
    enter("director").do("glyph.release", glyph=row)
    return row


def draft(desk: Desk) -> tuple[str, str]:
    """A notice to a debtor whose name holds the character; request and document."""
    if not Party.select().where(Party.name.contains(UNKNOWN)).exists():
        desk.do("party.change", case=NUMBER, party="林例一", values={"name": f"林{UNKNOWN}一"}, reason="照身份证更正")
    changes = desk.do("notice.execution", case=NUMBER, party=f"林{UNKNOWN}一", days=None)
    return changes.ids("Request")[0], changes.ids("Document")[0]


def test_a_name_with_an_unknown_character_waits_for_its_glyph(enter: Enter, tmp_path: Path) -> None:
    """What is refused names the character and the way on; once the glyph is in use the same paper goes on."""
    for kind in ("notice_execution",):
        row = enter("admin").do("adoption.prepare", document_types=[kind]).ids("Adoption")[0]
        enter("director").do("adoption.approve", adoptions=[row])
    desk = enter("judge")
    request, document = draft(desk)
    check = next(one for one in desk.reads.draft(document).checks if one.key == "glyphs")
    assert check.state == "stop" and f"「{UNKNOWN}」（U+2EBF0）" in check.sentence and "登记本院补字" in check.sentence
    assert refused(desk, "request.submit", request=request) == "document.incomplete"
    row = released(enter, tmp_path / "fonts")
    desk = enter("judge")
    assert next(one for one in desk.reads.draft(document).checks if one.key == "glyphs").state == "ok"
    desk.do("request.submit", request=request)
    paper = Document.get_by_id(document)
    assert paper.content["glyphs"] == [{"character": UNKNOWN, "sha256": Glyph.get_by_id(row).sha256, "glyph": row}]


def test_only_the_administrator_prepares_and_only_the_director_releases(enter: Enter, tmp_path: Path) -> None:
    path = font_file(tmp_path / "fonts")
    for account in ("president", "director", "judge", "clerk"):
        assert refused(enter(account), "glyph.prepare", character=UNKNOWN, font=path, source=SOURCE) == "access.duty"
    row = prepare(enter("admin"), tmp_path / "fonts")
    for account in ("president", "admin", "judge", "clerk"):
        assert refused(enter(account), "glyph.release", glyph=row) == "access.duty"
        assert refused(enter(account), "glyph.refuse", glyph=row, reason="不像") == "access.duty"
    enter("director").do("glyph.release", glyph=row)
    assert Glyph.get_by_id(row).state_words == "在用"
    assert refused(enter("director"), "glyph.release", glyph=row) == "glyph.state"
    for account in ("president", "admin", "judge"):
        assert refused(enter(account), "glyph.end", glyph=row, reason="不用了") == "access.duty"


def test_the_character_may_be_told_by_its_code_point(enter: Enter, tmp_path: Path) -> None:
    desk = enter("admin")
    for number, text in enumerate((f" {UNKNOWN} ", "U+2EBF0", "u+2ebf0", "U+ 2EBF0")):
        desk.do("glyph.prepare", character=text, font=font_file(tmp_path / "fonts", {UNKNOWN: chr(0x30000 + number)}), source=SOURCE)
    assert [row.character for row in Glyph.select()] == [UNKNOWN] * 4


NEEDS_NONE = (
    ("堃", "字库里有「堃」（U+5803），不用补字"), ("符", "不用补字"), ("A", "一个汉字"), ("符号", "一个汉字"), ("U+ZZZZ", "不是字的编码"), ("U+FFFFFFFF", "不是字的编码"),
    ("U+110000", "不是字的编码"), ("U+D800", "一个汉字"), ("\ue816", "现行字符集里是「\U00020087」"),
)


def test_what_needs_no_glyph_is_refused_in_a_sentence(enter: Enter, tmp_path: Path) -> None:
    desk, path = enter("admin"), font_file(tmp_path / "fonts")
    for text, words in NEEDS_NONE:
        with pytest.raises(Refusal) as told:
            desk.do("glyph.prepare", character=text, font=path, source=SOURCE)
        assert told.value.code == "glyph.character" and words in told.value.text, text
    assert Glyph.select().count() == 0


def test_a_character_nobody_else_knows_may_have_a_glyph(enter: Enter, tmp_path: Path) -> None:
    """A character that Unicode has not got stands at a place of private use: its glyph says what it is."""
    row = prepare(enter("admin"), tmp_path / "fonts", "\ue000")
    enter("director").do("glyph.release", glyph=row)
    assert Glyph.get_by_id(row).state == "effective"


def test_a_glyph_prepared_anew_replaces_what_waits_and_one_released_anew_what_is_in_use(enter: Enter, tmp_path: Path) -> None:
    desk = enter("admin")
    first = prepare(desk, tmp_path / "fonts")
    assert refused(desk, "glyph.prepare", character=UNKNOWN, font=font_file(tmp_path / "fonts"), source=SOURCE) == "glyph.same"
    second = prepare(desk, tmp_path / "fonts", like="\U00030edd")
    assert (Glyph.get_by_id(first).struck, Glyph.get_by_id(second).struck) == ("另行登记字形", None)
    enter("director").do("glyph.release", glyph=second)
    desk = enter("admin")
    assert refused(desk, "glyph.prepare", character=UNKNOWN, font=font_file(tmp_path / "fonts", {UNKNOWN: "\U00030edd"}), source=SOURCE) == "glyph.same"
    third = prepare(desk, tmp_path / "fonts")
    enter("director").do("glyph.release", glyph=third)
    assert [Glyph.get_by_id(row).state for row in (second, third)] == ["ended", "effective"]
    enter("director").do("glyph.end", glyph=third, reason="该字已改")
    assert Glyph.get_by_id(third).state == "ended"
    assert enter("director").check().whole


def test_a_file_that_is_gone_or_changed_is_named(enter: Enter, tmp_path: Path) -> None:
    """A glyph whose file was changed or taken away behind the program's back is released and drawn with no more, and the check finds it."""
    row = prepare(enter("admin"), tmp_path / "fonts")
    digest = Glyph.get_by_id(row).sha256
    desk = enter("director")
    kept = files_of(desk.session.store.base)
    good = kept.get(digest)
    assert good is not None
    table = kept.base.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%sha256%'").fetchone()[0]
    kept.base.execute_sql(f'UPDATE "{table}" SET "data" = ? WHERE "sha256" = ?', (good + b" ", digest))
    assert refused(desk, "glyph.release", glyph=row) == "glyph.damaged"
    assert any(f"本院补字「{UNKNOWN}」的字形文件" in fault.text and "改动" in fault.text for fault in desk.check().faults)
    kept.base.execute_sql(f'DELETE FROM "{table}" WHERE "sha256" = ?', (digest,))
    assert refused(desk, "glyph.release", glyph=row) == "glyph.no_file"
    assert any(f"本院补字「{UNKNOWN}」的字形文件" in fault.text and "删去" in fault.text for fault in desk.check().faults)
