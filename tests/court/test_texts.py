"""Texts of the court's own: worded by one, released by another, adopted by 局长; what was signed before keeps its own words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from execdesk.access.courttexts import shipped_texts
from execdesk.desk import Desk
from execdesk.documents.difference import applied
from execdesk.law.refusal import Refusal
from execdesk.reads.texts import sheet_of
from execdesk.records.court import Adoption, TextCorrection
from execdesk.records.papers import Document
from tests.court.test_adopting import adopted, submit
from tests.court_store import DAY, refused

TYPE = "notice_execution"
Enter = Callable[..., Desk]
WHY = {"source": "执行局2018年第1次会议纪要", "reason": "写清履行的期限"}


def words_of(desk: Desk, key: str = "") -> str:
    return desk.reads.text_words(TYPE, key or desk.reads.text_desk(TYPE).now)


def begin(desk: Desk, old: str = "", new: str = "", valid_from: date = DAY, more: str = "") -> str:
    """A correction of the notice; its row id."""
    words = words_of(desk)
    assert old in words
    return desk.do("text.draft", document_type=TYPE, words=words.replace(old, new) + more, valid_from=valid_from, **WHY).ids("TextCorrection")[0]


def closing(desk: Desk) -> str:
    """The words of the last line that prints nothing of the case."""
    return next(line.words for line in reversed(desk.reads.text_lines(TYPE, desk.reads.text_desk(TYPE).now)) if "{" not in line.words)


def released(enter: Enter, valid_from: date = DAY, new: str = "改后的一句。") -> str:
    desk = enter("admin")
    row = begin(desk, closing(desk), new, valid_from)
    desk.do("text.submit", correction=row)
    enter("judge").do("text.release", correction=row)
    return row


def in_force(enter: Enter, valid_from: date = DAY, new: str = "改后的一句。") -> Desk:
    released(enter, valid_from, new)
    desk = enter("director")
    desk.do("adoption.approve", adoptions=[waiting()])
    return desk


def waiting() -> str:
    return str(Adoption.get(Adoption.state == "proposed", Adoption.struck.is_null()).id)


def printed(desk: Desk, day: date = DAY) -> str:
    return "\n".join(part.text.raw for part in desk.session.catalogue.text(TYPE, day).parts if part.text)


def test_one_words_it_another_releases_it_the_director_adopts_it(enter: Enter) -> None:
    desk = enter("admin")
    row = begin(desk, closing(desk), "改后的一句。")
    assert "改后的一句。" not in printed(desk)
    assert refused(enter("judge"), "text.release", correction=row) == "text.state"
    enter("admin").do("text.submit", correction=row)
    assert refused(enter("admin"), "text.release", correction=row) == "access.oneself"
    assert refused(enter("director"), "text.release", correction=row) == "text.adopter"
    enter("judge").do("text.release", correction=row)
    assert "改后的一句。" not in printed(enter("judge"))
    desk = enter("director")
    shown = next(one for one in desk.reads.adoption_desk().rows if one.type_id == TYPE)
    assert (shown.state, shown.worded, shown.mine, shown.course) == ("pending", True, False, "管理戊起草，法官丙核对")
    found = desk.reads.adoption_difference(TYPE)
    assert [(row.pair.new, row.changed) for row in found.rows if row.changed] == [("改后的一句。", True)]
    desk.do("adoption.approve", adoptions=[shown.adoption])
    assert "改后的一句。" in printed(desk)
    found = TextCorrection.get_by_id(row)
    assert (found.state, found.proposed_by != found.released_by != found.approved_by, found.approved_on) == ("effective", True, DAY)
    assert submit(enter("judge")) == ""


def test_the_type_goes_on_with_its_old_text_until_the_new_one_is_adopted(enter: Enter) -> None:
    adopted(enter)
    released(enter)
    assert submit(enter("judge")) == ""
    enter("director").do("adoption.refuse", adoption=waiting(), reason="不必改")
    assert TextCorrection.get().state == "refused"
    assert "改后的一句。" not in printed(enter("judge"))
    assert next(one for one in enter("admin").reads.adoption_desk().rows if one.type_id == TYPE).state == "adopted"


def test_it_holds_from_its_day_and_what_was_drafted_before_reads_so_from_then(enter: Enter) -> None:
    adopted(enter)
    desk = in_force(enter, DAY + timedelta(3))
    assert "改后的一句。" not in printed(desk, DAY + timedelta(2))
    assert "改后的一句。" in printed(desk, DAY + timedelta(3))
    assert submit(enter("judge")) == ""
    content = Document.get(Document.type_id == TYPE).content
    shipped = shipped_texts(desk.session).text(TYPE, DAY)
    assert content["text_version"] == shipped.version
    assert desk.session.catalogue.text(TYPE, DAY + timedelta(3)).version != shipped.version


def test_adopted_late_it_holds_from_the_day_of_its_adoption(enter: Enter) -> None:
    released(enter)
    desk = enter("director", DAY + timedelta(5))
    desk.do("adoption.approve", adoptions=[waiting()])
    assert desk.session.catalogue.text(TYPE, DAY + timedelta(4)).version == shipped_texts(desk.session).text(TYPE, DAY).version
    assert "改后的一句。" in printed(desk, DAY + timedelta(5))
    desk = enter("judge", DAY + timedelta(5))
    assert submit(desk) == "", "what was adopted late is adopted"


def test_what_breaks_a_slot_a_citation_or_a_concept_is_refused_with_line_and_reason(enter: Enter) -> None:
    desk = enter("admin")
    words = words_of(desk)
    lines = words.split("\n")
    first = next(n for n, one in enumerate(lines, 1) if "{" in one)
    slot = lines[first - 1][lines[first - 1].index("{") : lines[first - 1].index("}") + 1]
    cases = {
        words.replace(slot, "{没有这一项}", 1): (f"第 {first} 行：不认识的空位「没有这一项」", "text.line"),
        words + "\n不带名称的一行": (f"第 {len(lines) + 1} 行：行首少了【】", "text.line"),
        words + "\n【第99段】多出的": (f"第 {len(lines) + 1} 行：样式里没有【第99段】", "text.line"),
        words + "\n" + lines[-1]: (f"第 {len(lines) + 1} 行：【", "text.line"),
        words + "\n【增】依照⟦own_number⟧": (f"第 {len(lines) + 1} 行：不能用「⟦」", "text.line"),
        words + "\n【增】〔甲|乙〕": (f"第 {len(lines) + 1} 行有误：没有与〔甲|乙〕对应的选择项", "text.wrong"),
        words.replace("{责令履行的义务}", "义务"): ("正文里不再有「责令履行的义务」", "text.wrong"),
        words.replace("{须有记录：执行依据的生效日期}", ""): ("正文里不再有「{须有记录：执行依据的生效日期}」", "text.wrong"),
    }
    for text, (sentence, code) in cases.items():
        with pytest.raises(Refusal) as caught:
            desk.do("text.draft", document_type=TYPE, words=text, valid_from=DAY, **WHY)
        assert sentence in caught.value.text and caught.value.code == code, caught.value.text
    assert TextCorrection.select().count() == 0


def test_a_citation_is_worded_by_its_concept(enter: Enter) -> None:
    desk, type_id = enter("admin"), "ruling_freeze"
    words = desk.reads.text_words(type_id, desk.reads.text_desk(type_id).now)
    line = next(one for one in words.split("\n") if one.startswith("【引用1】"))
    with pytest.raises(Refusal, match="条文表里没有「民事诉讼法：没有这一条」"):
        desk.do("text.draft", document_type=type_id, words=words.replace(line, "【引用1】民事诉讼法：没有这一条"), valid_from=DAY, **WHY)
    more = desk.do("text.draft", document_type=type_id, words=words.replace(line, f"{line}\n【增】民事诉讼法：回避情形"), valid_from=DAY, **WHY)
    body = TextCorrection.get_by_id(more.ids("TextCorrection")[0]).body
    assert body["cite"][:2] == ["CPL:deposit_measures", "CPL:recusal_grounds"]
    with pytest.raises(Refusal, match="正文印出引用的条文，但没有列出"):
        desk.do("text.draft", document_type=type_id, words="\n".join(one for one in words.split("\n") if not one.startswith("【引用")), valid_from=DAY, **WHY)


def test_only_who_wrote_it_changes_it_and_only_while_he_writes_it(enter: Enter) -> None:
    desk = enter("admin")
    row = begin(desk, closing(desk), "第一稿。")
    words = words_of(desk, f"{row}/1")
    assert refused(enter("judge"), "text.save", correction=row, words=words, valid_from=DAY, **WHY) == "text.author"
    desk = enter("admin")
    desk.do("text.save", correction=row, words=words.replace("第一稿。", "第二稿。"), valid_from=DAY, **WHY)
    desk.do("text.submit", correction=row)
    assert refused(desk, "text.save", correction=row, words=words, valid_from=DAY, **WHY) == "text.state"
    enter("judge").do("text.return", correction=row, reason="错字")
    enter("admin").do("text.save", correction=row, words=words.replace("第一稿。", "第三稿。"), valid_from=DAY, **WHY)
    versions = [one for one in desk.reads.text_desk(TYPE).versions if one.correction == row]
    assert [(one.person, one.act) for one in versions] == [("管理戊", "更正文书正文"), ("管理戊", "改写更正的正文"), ("管理戊", "改写更正的正文")]
    said = [next(pair.pair.new for pair in desk.reads.text_difference(TYPE, one.before, one.key).rows if pair.changed) for one in versions]
    assert said == ["第一稿。", "第二稿。", "第三稿。"], "who changed which words, by version"


def test_what_reads_as_before_is_no_correction(enter: Enter) -> None:
    desk = enter("admin")
    row = begin(desk)
    assert refused(desk, "text.submit", correction=row) == "text.same"
    desk.do("text.withdraw", correction=row, reason="不改了")
    assert refused(desk, "text.submit", correction=row) == "text.state"
    assert refused(desk, "text.draft", document_type=TYPE, words=words_of(desk), valid_from=DAY - timedelta(1), **WHY) == "field.value"


def test_withdrawn_after_its_release_it_leaves_nothing_with_the_director(enter: Enter) -> None:
    row = released(enter)
    enter("admin").do("text.withdraw", correction=row, reason="另拟")
    assert Adoption.get().struck == "更正已由起草人撤回"
    assert next(one for one in enter("director").reads.adoption_desk().rows if one.type_id == TYPE).state == "open"


def test_of_two_texts_the_later_adopted_rules_and_one_waits_for_the_other(enter: Enter) -> None:
    desk = in_force(enter, DAY, "先改的一句。")
    assert desk.reads.text_desk(TYPE).now.partition("/")[0] == str(TextCorrection.get().id)
    desk = enter("admin")
    second = begin(desk, "先改的一句。", "后改的一句。", DAY + timedelta(10))
    desk.do("text.submit", correction=second)
    enter("judge").do("text.release", correction=second)
    desk = enter("admin")
    third = begin(desk, "先改的一句。", "又改的一句。")
    desk.do("text.submit", correction=third)
    assert refused(enter("judge"), "text.release", correction=third) == "text.pending"
    desk = enter("director")
    desk.do("adoption.approve", adoptions=[waiting()])
    assert "先改的一句。" in printed(desk, DAY + timedelta(9)) and "后改的一句。" in printed(desk, DAY + timedelta(10))


def test_a_text_that_the_program_does_not_take_any_more_stops_its_type_and_says_so(enter: Enter) -> None:
    adopted(enter)
    in_force(enter)
    desk = enter("judge")
    with_later_program(desk)
    with pytest.raises(Refusal, match="本院更正的《执行通知书》正文与本版程序不符.*第 1 行|不认识的空位「obligation」") as caught:
        desk.session.catalogue.text(TYPE, DAY)
    assert caught.value.code == "document.text_fault"
    shown = next(one for one in desk.reads.adoption_desk().rows if one.type_id == TYPE)
    assert shown.state == "broken" and "obligation" in shown.course
    assert "obligation" in desk.reads.text_desk(TYPE).notice
    assert submit(desk) == "document.text_fault"
    assert desk.session.catalogue.text("order_consumption", DAY), "the others go on"


def with_later_program(desk: Desk) -> None:
    """A program whose notice knows a slot no more that the court's text prints."""
    shipped = shipped_texts(desk.session)
    (text,) = shipped.texts[TYPE]
    fewer = {name: slot for name, slot in text.known.items() if name != "obligation"}
    desk.session.catalogue = replace(shipped, texts={**shipped.texts, TYPE: (replace(text, known=fewer),)})


def test_every_shipped_text_is_the_same_after_it_was_read_as_lines(enter: Enter) -> None:
    desk = enter("admin")
    for type_id in desk.session.catalogue.texts:
        now = desk.reads.text_desk(type_id).now
        row = desk.do("text.draft", document_type=type_id, words=desk.reads.text_words(type_id, now), valid_from=DAY, **WHY).ids("TextCorrection")[0]
        assert refused(desk, "text.submit", correction=row) == "text.same", type_id


def test_the_difference_of_two_versions_leads_from_one_to_the_other(enter: Enter) -> None:
    desk = enter("admin")
    row = begin(desk, closing(desk), closing(desk) + "请按时到庭。", more="\n【增】另加一段。")
    found = desk.reads.text_difference(TYPE, desk.reads.text_desk(TYPE).now, f"{row}/1")
    assert found.words == "2 处不同"
    for pair in (one.pair for one in found.rows):
        assert applied(pair.old or "", pair.pieces) == (pair.new or "")
    sheet = sheet_of("执行通知书", found)
    assert len(sheet.steps) == 2 and "另加一段。" in sheet.steps[1].working
