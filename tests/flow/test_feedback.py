"""Answers to queries come in as files: proposals only, each taken as property by a person; what cannot be used is told, and nothing of it is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from execdesk.records.cases import Case
from execdesk.records.property import Property, PropertyOwner
from execdesk.records.search import NetworkQuery, QueryAnswer
from execdesk.store.act import Changes
from tests.flow.bureau import DEBTOR, Bureau
from tests.intake.feedback_files import ID, NAME, REQUEST, account, screen, xml

pytestmark = pytest.mark.parametrize("world", ["noticed"])


@pytest.fixture
def case(bureau: Bureau) -> str:
    bureau.at("clerk")
    found = str(Case.get().id)
    bureau.desk.do("query.send", case=found, party=DEBTOR, request_no=REQUEST, heads=["bank", "vehicle"], sent_on=bureau.day)
    bureau.at("clerk", bureau.day.replace(day=8))
    return found


def take(bureau: Bureau, case: str, data: bytes, path: Path) -> Changes:
    path.write_bytes(data)
    return bureau.at("clerk").do("query.import", case=case, file=str(path))


def states() -> list[tuple[str, str]]:
    return [(row.state, row.words) for row in QueryAnswer.select().where(QueryAnswer.struck.is_null()).order_by(QueryAnswer.id)]


@pytest.mark.parametrize("attributes", [False, True])
def test_answers_are_proposals_until_somebody_takes_them(bureau: Bureau, case: str, tmp_path: Path, attributes: bool) -> None:
    rows = [account(1), account(2, YE="0.00", CCLB="工资代发"), account(3, KHZH="查无开户信息", YE="")]
    changes = take(bureau, case, xml(rows, attributes=attributes), tmp_path / "fk.xml")
    assert changes.told == "导入 3 项反馈。"
    assert states() == [
        ("proposed", "某某银行乐东支行 尾号 0001，余额 1,234.56 元"), ("proposed", "某某银行乐东支行 尾号 0002，余额 0.00 元（工资、社保账户）"), ("nothing", "银行存款查无"),
    ]
    assert not Property.select().exists(), "an import writes answers and proposals only"
    (shown,) = bureau.desk.reads.case(case).searched.queries
    assert shown.heads == (("银行存款", "2 项"), ("车辆", "未反馈")) and [one.state_words for one in shown.answers] == ["待处理", "待处理"]
    first = QueryAnswer.select().where(QueryAnswer.state == "proposed").order_by(QueryAnswer.id).get()
    steps = [(step.action, step.title) for step in bureau.desk.reads.case_and_steps(case)[1]]
    assert ("query.take", "登记反馈的财产 某某银行乐东支行 尾号 0001，余额 1,234.56 元") in steps
    form = {one.field.name: one for one in bureau.desk.reads.form("query.take", case=case, target=first.id).fields}
    assert form["identifiers"].value == {"account_no": "6228480000000001", "bank": "某某银行乐东支行"} and form["value"].value == 123456
    bureau.at("clerk").do("query.take", answer=first.id)
    thing = Property.get()
    assert (thing.kind, thing.identifiers, thing.value_fen, thing.found_by, thing.found_on.isoformat()) == (
        "bank_deposit", {"account_no": "6228480000000001", "bank": "某某银行乐东支行"}, 123456, "answer", "2018-01-04",
    )
    assert PropertyOwner.get().party == NetworkQuery.get().party and QueryAnswer.get_by_id(first.id).property == thing.id
    again = take(bureau, case, xml(rows, attributes=attributes), tmp_path / "fk.xml")
    assert again.told == "导入 0 项反馈，3 项已经有了，没有重复。" and QueryAnswer.select().count() == 3
    other = QueryAnswer.select().where(QueryAnswer.state == "proposed").get()
    bureau.at("clerk").do("query.aside", answer=other.id, reason="工资账户，余额为零")
    bureau.at("clerk").do("query.again", answer=other.id, reason="已有余额")
    assert bureau.refused("clerk", "query.undo", case=case, batch=str(first.batch), reason="导错").code == "query.used"


def test_a_file_nobody_used_is_taken_back_whole(bureau: Bureau, case: str, tmp_path: Path) -> None:
    take(bureau, case, xml([account(1), account(2)]), tmp_path / "fk.xml")
    (batch,) = {row.batch for row in QueryAnswer.select()}
    bureau.at("clerk").do("query.undo", case=case, batch=batch, reason="导入了别的案件的文件")
    assert states() == []
    assert take(bureau, case, xml([account(1)]), tmp_path / "fk.xml").told == "导入 1 项反馈。"


def test_a_copy_of_the_screen_is_held_to_the_person(bureau: Bureau, case: str, tmp_path: Path) -> None:
    rows = [
        (NAME, ID, "某某银行九所支行", "6228480000000009", "5,000.00", "5,000.00", "人民币", "正常", "无", "2018-01-04"),
        ("王例二", "469027198001010009", "某某银行九所支行", "6228480000000010", "1.00", "1.00", "人民币", "正常", "无", "2018-01-04"),
        (NAME, ID, "某某银行九所支行", "6228****0011", "2.00", "2.00", "人民币", "正常", "无", "2018-01-04"),
        (NAME, ID, "某某银行九所支行", 6.22848e18, "2.00", "2.00", "人民币", "正常", "无", "2018-01-04"),
        (NAME, ID, "某某银行九所支行", "6228480000000012", "两千多", "", "人民币", "正常", "无", "2018-01-04"),
    ]
    told = bureau.at("clerk").do("query.import", case=case, file=str(screen(tmp_path / "截取.xlsx", rows))).told
    assert told.startswith("导入 2 项反馈。有 3 行没有导入：\n") and "科学计数" in told and "「两千多」读不出来" in told and "对不上本案查询过的被执行人" in told
    assert states() == [("proposed", "某某银行九所支行 尾号 0009，余额 5,000.00 元"), ("proposed", "6228****0011，余额 2.00 元（号码不全）")]
    masked = QueryAnswer.get(QueryAnswer.words.startswith("6228*"))
    assert bureau.refused("clerk", "query.take", answer=masked.id).code == "property.identifier"
    bureau.at("clerk").do("query.take", answer=masked.id, identifiers={"account_no": "6228480000000011", "bank": "某某银行九所支行"})
    assert Property.get().identifiers["account_no"] == "6228480000000011"


BAD = [
    ("unknown request", xml([account(1)], BDHM="C2018010200002"), "不是本案登记的查询"), ("another person", xml([account(1)], DSRZJHM="469027198001010009"), "不是林例一的"),
    ("another name", xml([account(1)], XM="林例十"), "反馈的姓名「林例十」"), ("before the query", xml([account(1, FKSJ="2017-12-31")]), "早于查询发起之日"),
    ("a head not asked for", xml([{"CCXH": "1", "BDCQZH": "琼证1号", "ZL": "某镇", "YT": "房屋", "FKSJ": "2018-01-04"}], tag="bdcxx"), "没有查不动产"),
    ("no number", xml([account(1, KHZH="")]), "没有账号"), ("no such day", xml([account(1, FKSJ="2018-02-30")]), "反馈时间"), ("no sum", xml([account(1, YE="若干")]), "余额「若干」"),
    ("entities", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a><zhxx><KHZH>&b;</KHZH></zhxx></a>', "DTD"), ("torn", xml([account(1)])[:-20], "损坏"),
    ("too deep", b"<?xml version='1.0'?>" + b"<a>" * 60 + b"</a>" * 60, "嵌套太深"), ("other records", b"<?xml version='1.0'?><a><b><c>1</c><d>2</d></b></a>", "认不出反馈的栏目"),
    ("empty", b"", "没有内容"), ("a page", "<html><body><p>登录超时</p></body></html>".encode(), "没有表格"), ("no feedback", b"a,b,c\n1,2,3\n", "认不出反馈的栏目"),
]


@pytest.mark.parametrize(("data", "why"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_what_cannot_be_used_is_told_and_nothing_kept(bureau: Bureau, case: str, tmp_path: Path, data: bytes, why: str) -> None:
    path = tmp_path / ("fk.csv" if data.startswith(b"a,b") else "fk.xml")
    path.write_bytes(data)
    refusal = bureau.refused("clerk", "query.import", case=case, file=str(path))
    assert why in refusal.text, refusal.text
    assert not QueryAnswer.select().exists()


def test_answers_by_hand_and_what_is_unanswered(bureau: Bureau, case: str) -> None:
    query = NetworkQuery.get().id
    (line,) = [words for key, words in bureau.desk.reads.form("query.answer", case=case).fields[0].field.pairs if key == query]
    assert line == f"2018-01-02 {DEBTOR} {REQUEST}（银行存款、车辆未反馈）"
    told = {"query": query, "head": "vehicle", "body": "车管所", "answered_on": bureau.day}
    assert bureau.refused("clerk", "query.answer", **told).code == "query.words"
    assert bureau.refused("clerk", "query.answer", **{**told, "head": "company"}, nothing=True).code == "query.head"
    bureau.at("clerk").do("query.answer", **told, nothing=True)
    (line,) = [words for key, words in bureau.desk.reads.form("query.answer", case=case).fields[0].field.pairs if key == query]
    assert line.endswith("（银行存款未反馈）"), "a head without an answer is not answered, never nothing"
    for more, code in (({"request_no": REQUEST}, "query.known"), ({"heads": []}, "query.heads"), ({"heads": ["moon"]}, "field.value")):
        values = {"case": case, "party": DEBTOR, "request_no": "C2", "heads": ["bank"], "sent_on": bureau.day, **more}
        assert bureau.refused("clerk", "query.send", **values).code == code
