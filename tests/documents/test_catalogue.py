"""The catalogue as shipped, and the mistakes the loader refuses."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from execdesk.documents.assemble import assemble
from execdesk.documents.catalogue import load_catalogue
from execdesk.law.refusal import Refusal
from tests.documents.samples import DAY, FACTS, NEEDED, RESOURCES, authority, book, catalogue, hold_to_law, lines

DATA = RESOURCES / "documents"
LATE = date(2018, 8, 1)


def test_all_document_types_are_listed() -> None:
    assert Counter(doc.kind for doc in catalogue().types) == Counter(entry["kind"] for entry in entries())


def entries() -> list[dict[str, Any]]:
    """What the data say of types: the catalogue, and the text files that bring their own."""
    listed = tomllib.loads((DATA / "catalogue.toml").read_text("utf-8"))["document"]
    files = [tomllib.loads(path.read_text("utf-8")) for path in sorted(DATA.glob("*_*.toml"))]
    return [*listed, *(file["document"] for file in files if "document" in file)]


def test_every_needed_document_has_its_text() -> None:
    assert set(catalogue().texts) == set(NEEDED)


def test_matters_tokens_and_figures_resolve_in_the_law() -> None:
    shelf = hold_to_law(load_catalogue(DATA))
    assert {doc.id for doc in shelf.types} == {entry["id"] for entry in entries()}


def test_every_document_the_approval_table_names_is_in_the_catalogue() -> None:
    ids = {doc.id for doc in catalogue().types}
    named = {name for matter in authority().choosable() for name in matter.documents}
    assert named and named <= ids


def test_how_a_paper_comes_about() -> None:
    assert {doc.way for doc in catalogue().types} == {"issued", "by_hand", "sheet", "received"}
    rejected = catalogue().type("ruling_reject_change")
    assert (rejected.way, rejected.way_when) == ("issued", {"change_debtor": "received"})
    assert catalogue().type("receipt_service").matters == ()  # said to need none, in so many words


@pytest.mark.parametrize(
    ("type_id", "series"),
    [
        ("ruling_freeze", "ruling"), ("ruling_correction", "ruling"), ("decision_exit_restrict", "decision"),
        ("decision_detention", "sanction"), ("notice_execution", "notice"), ("order_consumption", "order"),
        ("ann_evict", "announcement"), ("letter_entrust", "letter"), ("letter_judicial_advice", "judicial_advice"),
    ],
)  # fmt: skip
def test_kinds_have_series_of_their_own(type_id: str, series: str) -> None:
    found = catalogue().series(type_id, DAY)
    assert found is not None and found.id == series


def test_a_matter_is_served_by_what_the_court_issues() -> None:
    """A record that is filled in by hand and a sheet printed of an approval are not put forward; the first paper issued is."""
    assert catalogue().draftable(LATE, matter="terminate_this_round").id == "ruling_tnr"
    assert not catalogue().type("form_tnr_check").is_issued("terminate_this_round")
    assert catalogue().type("ruling_reject_change").is_issued("change_debtor") is False
    with pytest.raises(Refusal) as refused:
        catalogue().draftable(LATE, matter="field_investigation")  # it has records only
    assert refused.value.code == "document.no_text"


def test_receipts_and_sheets_take_no_number() -> None:
    assert catalogue().series("receipt_service", DAY) is None
    assert catalogue().series("form_measure", DAY) is None


def test_a_document_without_text_says_so() -> None:
    with pytest.raises(Refusal) as refused:
        catalogue().text("ruling_auction", DAY)
    assert refused.value.code == "document.no_text" and "尚未写入正文" in refused.value.text


def test_a_text_is_chosen_by_the_signing_day() -> None:
    assert catalogue().text("order_property_report", date(2017, 5, 1)).valid_from == date(2017, 5, 1)
    with pytest.raises(Refusal) as refused:
        catalogue().text("order_property_report", date(2017, 4, 30))
    assert "2017-05-01 至 今" in refused.value.text


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        catalogue().type("ruling_moon")
    assert refused.value.code == "document.unknown"


def test_a_court_may_switch_a_signature_block_from_a_day(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    entries = (folder / "catalogue.toml").read_text("utf-8")
    begin = entries.index("\n", entries.index('id = "decision_detention"'))
    rules = '''
    signature = [
        { block = "judge", source = "乐法〔2017〕33号第六条", valid_to = 2018-12-31 },
        { block = "seal_only", source = "民事诉讼文书样式", valid_from = 2019-01-01 },
    ]'''
    (folder / "catalogue.toml").write_text(entries[:begin] + rules + entries[begin:], "utf-8")
    shelf = load_catalogue(folder)
    assert shelf.block("decision_detention", date(2018, 12, 31)).block == "judge"
    assert shelf.block("decision_detention", date(2019, 1, 1)).block == "seal_only"
    assert catalogue().block("decision_detention", date(2019, 1, 1)).block == "judge"


def test_a_new_document_is_one_new_file(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "notice_reminder.toml").write_text(NEW, "utf-8")
    shelf = load_catalogue(folder)
    content = assemble(shelf.type("notice_reminder"), shelf.text("notice_reminder", DAY), FACTS, book(), DAY)
    assert lines(content) == ["林例一：", "请你于2017年8月1日前履行义务。"]


NEW = """
id = "notice_reminder"
[document]
id = "notice_reminder"
title = "催告通知书"
kind = "notice"
signature = [{ block = "seal_only", source = "本院做法" }]
matters = ["issue_execution_notice"]
parties = ["被执行人"]
served_on = ["被执行人"]
[slots.until]
type = "date"
label = "履行期限"
source = "measure.fixed_start"
required = true
help = "未登记时由承办人填写"
[[text]]
valid_from = 2017-01-01
source = "本院做法"
confirmed = false
subject = "催告{addressee}"
[[text.part]]
role = "addressee"
text = "{addressee}："
[[text.part]]
text = "请你于2017年8月1日前履行义务。［{until}］"
"""

MISTAKES = [
    ("catalogue.toml", 'way = "issued"', 'way = "posted"', "只能是"),
    ("catalogue.toml", 'way_when = { change_debtor = "received" }', 'way_when = { fine = "received" }', "写了不是它的事项「fine」"),
    ("catalogue.toml", 'way_when = { change_debtor = "received" }', 'way_when = { change_debtor = "posted" }', "只能是"),
    ("catalogue.toml", 'matters = ["none"]', "matters = []", "matters 应写明事项，不须单独报批的只写「none」"),
    ("catalogue.toml", 'matters = ["none"]', 'matters = ["none", "fine"]', "matters 应写明事项"),
    ("ruling_freeze.toml", 'id = "ruling_freeze"', 'id = "ruling_freze"', "文件名与 id"),
    ("ruling_freeze.toml", "confirmed = false", "confirmed = false\nconfirmd = true", "confirmd"),
    ("ruling_freeze.toml", "valid_from = 2016-08-01", "", "缺少「valid_from」"),
    ("ruling_freeze.toml", "valid_from = 2016-08-01", "valid_from = 2016-08-01\nvalid_to = 2016-07-31", "有效期颠倒"),
    ("ruling_freeze.toml", "valid_from = 2016-08-01", 'valid_from = "2016-08-01"', "valid_from"),
    ("ruling_freeze.toml", "source = \"法〔2016〕221号", "note2 = \"法〔2016〕221号", "source"),
    ("ruling_freeze.toml", "{bank}账号", "{bnak}账号", "不认识的空位「bnak」"),
    ("ruling_freeze.toml", "{bank}账号", "{bank账号", "空位名写法不对"),
    ("ruling_freeze.toml", "的存款{amount}元。@phrases", "的存款〔甲|乙〕{amount}元。@phrases", "没有与〔甲|乙〕对应的选择项"),
    ("ruling_freeze.toml", "@remedies.immediate", "@remedies.imediate", "remedies.imediate"),
    ("ruling_freeze.toml", 'when = "variant=combined"', 'when = "variant=gold"', "没有「gold」这一选项"),
    ("ruling_freeze.toml", 'when = "immediate"', 'when = "immediate or so"', "条件写法不对"),
    ("ruling_freeze.toml", 'each = "measures"', 'each = "treasures"', "不认识的清单"),
    ("ruling_freeze.toml", 'type = "flag"', 'type = "flagg"', "只能是"),
    ("ruling_freeze.toml", 'source = "input"', 'source = "case.moon"', "没有这一项"),
    ("ruling_freeze.toml", 'source = "input"', 'source = "moon.case"', "不认识的来源"),
    ("ruling_freeze.toml", "[slots.immediate]", "[slots.debtor]", "通用空位重名"),
    ("ruling_freeze.toml", "[[text]]", '[slots.idle]\ntype = "text"\nlabel = "闲"\nsource = "input"\n\n[[text]]', "没有用到"),
    ("ruling_freeze.toml", 'section = "remedy"', 'section = "remedy"\nwidths = [0.5]\nrows = 1', "rows"),
    ("ruling_freeze.toml", "[[text]]", "[[text", "不是合格的 TOML"),
    ("ruling_freeze.toml", '"CPL:deposit_measures"', '"CPL:deposit_measure"', "不在条文对照表中"),
    ("order_consumption.toml", "law.consumption.items", "law.consumption.itmes", "法规参数"),
    ("order_consumption.toml", "CPL:obstruction", "CPL:obstructed", "不在条文对照表中"),
    ("receipt_service.toml", "widths = [0.21,", "widths = [0.32,", "之和应为 1"),
    ("receipt_service.toml", "span = 3", "span = 2", "格数与栏数不符"),
    ("decision_detention.toml", "max_law:detention.max", "max_low:detention.max", "不认识的检查"),
    ("decision_detention.toml", 'options = ["refuse", ', "options = [", "labels 的个数"),
    ("ruling_correction.toml", 'columns = ["wrong", "right"]', "", "columns"),
    ("catalogue.toml", 'id = "ruling_impound"', 'id = "ruling_seize"', "列了两次"),
    ("catalogue.toml", 'kind = "ruling"', 'kind = "rulling"', "只能是"),
    ("catalogue.toml", 'matters = ["freeze_deposit", "waiting_control"]', 'matters = ["freeze_deposits"]', "不在审批权限表中"),
    ("catalogue.toml", 'series = "ruling"', 'series = "rulings"', "没有规定"),
    ("catalogue.toml", 'attachments = ["list_seized"]', 'attachments = ["list_sized"]', "不在目录中"),
    ("catalogue.toml", 'copies = "附卷"', "copies = 3", "copies"),
    ("series.toml", 'form = "suffix"', 'form = "prefix"', "只能是"),
    ("series.toml", 'groups = ["decision"]', 'groups = ["decision", "ruling"]', "有效期重叠"),
    ("series.toml", 'desk = "HQ"', "", "按年编号"),
    ("series.toml", "{n}号", "号", "pattern"),
    ("wording.toml", 'source = "case.cause"', 'source = "case.reason"', "没有这一项"),
    ("wording.toml", "{found_facts}", "{lost_facts}", "不认识的空位"),
    ("wording.toml", 'immediate = "本裁定立即执行。"', 'immediate = "本裁定立即执行。 "', "前后有空白"),
    ("ruling_freeze.toml", 'kind = "items"', 'kind = "table"', "不能为空"),
    ("ruling_freeze.toml", 'roles = ["申请执行人", "被执行人"]', "", "roles"),
    ("ruling_freeze.toml", 'text = "@openings.B_ruling"', "", "段落没有写 text"),
    ("ruling_freeze.toml", "valid_from = 2016-08-01", "valid_from = 2016-08-01T00:00:00", "不带时刻"),
    ("ruling_correction.toml", 'type = "list"', 'type = "article"', "条号须写 token"),
    ("ruling_release_control.toml", 'default = "all"', 'default = "most"', "不在 options 中"),
    ("notice_assist_deposit.toml", '{ label = "被执行人" }', '{ label = "被执行人", text = "人" }', "一格只写"),
    ("order_consumption.toml", 'type = "flag"', 'type = "text"', "只有开关项"),
    ("series.toml", 'type_code = "司惩"', "", "type_code"),
    ("series.toml", "valid_from = 2016-01-01", "valid_from = 2016-01-01\nvalid_to = 2015-01-01", "有效期颠倒"),
    ("catalogue.toml", 'block = "judge"', 'block = "jduge"', "只能是"),
    ("catalogue.toml", "receipt = true", 'receipt = "是"', "receipt"),
    ("catalogue.toml", 'on = "served"', 'on = "severed"', "只能是：issued"),
    ("catalogue.toml", 'role = "assisting_unit"', 'role = "assistant"', "只能是"),
    ("catalogue.toml", 'variant = ["解除冻结"]', 'variant = ["解除查封"]', "冻结、划拨、解除冻结"),
    ("catalogue.toml", 'result = ["transferred"]', 'result = ["transfered"]', "只能是：full"),
    ("catalogue.toml", 'on = "answered"', 'on = "served"', "才有结果"),
    ("catalogue.toml", 'run = ["control.told"]', "", "没有写明效果"),
    ("catalogue.toml", 'addressee = "assisting_unit"', 'addressee = "bank"', "只能是"),
    ("catalogue.toml", 'addressee = "assisting_unit"\nawaits_answer = true', "awaits_answer = true", "须写明受文者"),
    ("catalogue.toml", 'target = "debtor"', 'target = "loser"', "只能是"),
    ("catalogue.toml", 'traits = ["orders_control"]', 'traits = ["order_control"]', "只能是"),
    ("catalogue.toml", 'corrects = ["ruling"]', 'corrects = ["rulings"]', "只能是"),
    ("catalogue.toml", 'id = "ruling_seize"', 'id = "ruling_seize"\nway = "issued"', "「way」与 default 所写相同"),
    ("catalogue.toml", '[[default]]\nkind = "order"', '[[default]]\nkind = "letter"', "「letter」写了两次 default"),
    ("catalogue.toml", '[[default]]\nkind = "order"', '[[default]]\nkind = "warrant"\nsort = 1\n\n[[default]]\nkind = "order"', "不认识的项「sort」"),
    ("catalogue.toml", '[[default]]\nkind = "order"', '[[default]]\ntrait = "corrects"\n\n[[default]]\nkind = "order"', "只能是"),
    ("series.toml", "leads = true", 'leads = "是"', "leads"),
    ("catalogue.toml", 'cite = ["CPL:deposit_measures", ', 'cite = ["CPL:deposit_measure", ', "不在条文对照表中"),
]  # fmt: skip


def copied(tmp_path: Path) -> Path:
    """The shipped data in a folder of its own."""
    return Path(shutil.copytree(DATA, tmp_path / "documents"))


@pytest.mark.parametrize(("name", "right", "wrong", "says"), MISTAKES)
def test_a_mistake_is_refused_with_file_and_words(tmp_path: Path, name: str, right: str, wrong: str, says: str) -> None:
    folder = copied(tmp_path)
    text = (folder / name).read_text("utf-8")
    assert right in text
    (folder / name).write_text(text.replace(right, wrong, 1), "utf-8")
    with pytest.raises(Refusal) as refused:
        hold_to_law(load_catalogue(folder))
    assert refused.value.code == "document.data"
    assert name in refused.value.text and says in refused.value.text and re.search(r"第 \d+ 行|line \d+", refused.value.text)


def test_a_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    lines = (folder / "catalogue.toml").read_text("utf-8").split("\n")
    line = next(n for n, text in enumerate(lines, 1) if text == 'variant = ["解除冻结"]')
    lines[line - 1] = 'variant = ["解冻"]'
    (folder / "catalogue.toml").write_text("\n".join(lines), "utf-8")
    with pytest.raises(Refusal) as refused:
        load_catalogue(folder)
    assert f"第 {line} 行" in refused.value.text


def test_an_effect_nobody_registered_is_refused_with_its_line(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    text = (folder / "catalogue.toml").read_text("utf-8")
    line = next(n for n, row in enumerate(text.split("\n"), 1) if "control.released" in row)
    (folder / "catalogue.toml").write_text(text.replace("control.released", "control.relaxed"), "utf-8")
    shelf = load_catalogue(folder)
    named = {name for kind in catalogue().types for rule in kind.effects for name in rule.run}
    catalogue().require_effects(named)
    with pytest.raises(Refusal) as refused:
        shelf.require_effects(named)
    assert refused.value.code == "document.data" and "control.relaxed" in refused.value.text and f"第 {line} 行" in refused.value.text


EFFECT = '\n[[effect]]\non = "issued"\nrun = ["closing.later"]\n'


def test_a_text_tells_the_effects_of_its_type(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    for name in ("notice_assist_query", "ruling_freeze"):  # the catalogue tells none of the first, some of the second
        path = folder / f"{name}.toml"
        path.write_text(path.read_text("utf-8").replace("\n[[text]]\n", f"{EFFECT}\n[[text]]\n", 1), "utf-8")
        if name == "notice_assist_query":
            assert load_catalogue(folder).type(name).effects_of("issued") == ("closing.later",)
            continue
        with pytest.raises(Refusal) as refused:
            load_catalogue(folder)
        assert refused.value.code == "document.data" and f"{name}.toml" in refused.value.text


def test_a_fact_nobody_tells_is_refused_with_its_text(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    path = folder / "notice_assist_query.toml"
    path.write_text(path.read_text("utf-8").replace('source = "target.id_no"', 'source = "fact.of_nobody"'), "utf-8")
    shelf = load_catalogue(folder)
    slots = [slot for versions in catalogue().texts.values() for text in versions for slot in text.slots.values()]
    told = {slot.source.split(".")[1] for slot in slots if slot.source.startswith("fact.")}
    shelf.require_facts({*told, "of_nobody"})
    with pytest.raises(Refusal) as refused:
        shelf.require_facts(told)
    assert refused.value.code == "document.data" and "fact.of_nobody" in refused.value.text and "notice_assist_query" in refused.value.text


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "series.toml").unlink()
    with pytest.raises(Refusal) as refused:
        load_catalogue(folder)
    assert refused.value.code == "document.data" and "series.toml" in refused.value.text


def test_overlapping_texts_are_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    text = (folder / "ruling_deduct.toml").read_text("utf-8")
    again = text[text.index("[[text]]") :].replace("2016-08-01", "2020-01-01")
    (folder / "ruling_deduct.toml").write_text(text + "\n" + again, "utf-8")
    with pytest.raises(Refusal) as refused:
        load_catalogue(folder)
    assert "正文的有效期重叠" in refused.value.text


def test_a_file_for_no_known_type_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "ruling_moon.toml").write_text('id = "ruling_moon"\n', "utf-8")
    with pytest.raises(Refusal) as refused:
        load_catalogue(folder)
    assert "目录中没有这一种" in refused.value.text
