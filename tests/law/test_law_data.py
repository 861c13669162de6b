"""The data files: what they hold, and the sentence each kind of mistake gets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from execdesk.law.authority import load_authority
from execdesk.law.book import LawDataError, load_law
from execdesk.law.calendar import load_calendar, load_local_days
from execdesk.law.datafile import spans_overlap
from execdesk.law.plan import load_plan
from tests.law.support import LAW, book, broken, rows, table


def test_every_figure_is_there(tmp_path: Path) -> None:
    """The figures of the reference; other files hold what the rules need beyond them."""
    folder = broken(tmp_path, "fees.toml", "key", "key")
    for besides in ("supplement", "rates", "readings"):
        (folder / f"{besides}.toml").write_text("", encoding="utf-8")
    reference = load_law(folder)
    values = [version for versions in reference.values.values() for version in versions]
    listed = [(row[0], row[1]) for row in rows("reference_figures.tsv")]
    assert sorted((value.key, str(value.valid_from or "")) for value in values) == sorted(listed)
    assert {value.key for value in values if value.value is None} == {
        "consumption.term",
        "control.renewal.count_limit",
        "deadline.property_report.period",
        "deadline.eviction_notice_period",
        "dishonest.term.item1",
        "distribution.priority_to_first_seizer",
    }


def test_every_figure_has_its_name_source_and_unit() -> None:
    values = [version for versions in book().values.values() for version in versions]
    assert [value.key for value in values if not (value.name and value.source and value.unit)] == []
    assert all("unconfirmed" not in value.note for value in values)


def test_every_source_and_topic_is_there() -> None:
    topics = {(row[0], row[1]) for row in rows("reference_articles.tsv")}
    assert {(name, topic) for name, table in book().tables.items() for topic in table.topics} == topics
    assert all(topic.confirmed == {"i2015": True, "i2022": True} for topic in book().tables["interpretation"].topics.values())
    assert book().tables["seizure"].topics["lapse"].confirmed == {"old": False, "new": True}
    procedure = book().tables["procedure"].topics
    assert [name for name, topic in procedure.items() if topic.confirmed["old"]] == [
        "plan", "plan_procedure", "exit_application",
    ]  # fmt: skip


VALUES = [
    ("control.toml", 'unit = "month"', 'units = "month"', 7, "不认识的键「units」，[[value]] 只能有："),
    ("control.toml", 'unit = "month"', 'key = "x"', 7, "同一张表里重复写了一个键，请删去一个。"),
    ("control.toml", 'unit = "month"', 'unit = "fortnight"', 7, "不认识的单位「fortnight」，可用：day、"),
    ("control.toml", "value = 12\n", 'value = "12"\n', 6, "单位「month」的值应是整数，写的是 '12'。"),
    ("control.toml", "value = 12\n", "value = -1\n", 6, "单位「month」的值应是整数，写的是 -1。"),
    ("control.toml", "value = 12\n", "value = 1.5\n", 6, "「value」的值应是文字或整数或true 或 false或列表或表或日期（如 2017-08-01），写的是 1.5。"),
    ("control.toml", "value = 12\n", "value = 12\nno_figure = true\n", 7, "须写 value，或者写 no_figure = true"),
    ("control.toml", "value = 12\n", "", 3, "须写 value，或者写 no_figure = true"),
    ("control.toml", "value = 12\n", "value = \n", 6, "不是合格的 TOML："),
    ("control.toml", "valid_from = 2015-02-04\n", "valid_from = 2015-02-30\n", 8, "日期写错了，应为实有的日期，如 2017-08-01。"),
    ("control.toml", "valid_from = 2015-02-04\n", 'valid_from = "2015-02-04"\n', 8, "「valid_from」的值应是日期（如 2017-08-01）"),
    ("control.toml", "valid_from = 2015-02-04\n", "valid_from = 2015-02-04T00:00:00\n", 8, "「valid_from」的值应是日期"),
    ("control.toml", "valid_from = 2015-02-04\n", "valid_from = 2015-02-04\nvalid_to = 2015-02-03\n", 9, "有效期颠倒：止日 2015-02-03 早于起日 2015-02-04。"),
    ("control.toml", "valid_from = 2015-02-04\n", "valid_from = 2015-02-03\n", 8, "「control.term.bank_deposit」的有效期重叠：自 2005-01-01 至 2015-02-03，又自 2015-02-03 起。"),
    ("control.toml", "valid_from = 2015-02-04\n", "", None, "「control.term.bank_deposit」的有效期重叠：不限日期，又自 2005-01-01 至 2015-02-03。"),
    ("control.toml", 'source = "民诉法解释 法释〔2015〕5号 第487条；法释〔2022〕11号 第485条"\n', "", 3, "缺少「source」。"),
    ("control.toml", 'source = "民诉法解释 法释〔2015〕5号 第487条；法释〔2022〕11号 第485条"\n', 'source = ""\n', 9, "「source」是空的，请填写或删去。"),
    ("control.toml", "INT:control_term", "INT:control_terms", 10, "民诉法解释的条文表没有「control_terms」，相近的有：control_term。"),
    ("control.toml", "INT:control_term", "NOBODY:1", 10, "「NOBODY:1」不指向任何条文或来源。"),
    ("control.toml", '["INT:control_term"]', "[1]", 10, "「articles」应是文字列表，其中 1 不是文字。"),
    ("control.toml", "[[value]]", "[[valeu]]", 3, "不认识「valeu」，这里只能有 [[value]]。"),
    ("control.toml", "[[value]]", "[value]", None, "同一张表里重复写了一个键"),
    ("fees.toml", 'flat = 50', 'flat = 50, rate = "0.1"', 17, "单位「CNY」的值应是整数（元）或分段列表"),
    ("fees.toml", 'rate = "0.015"', 'rates = "0.015"', 17, "单位「CNY」的值应是整数（元）或分段列表"),
    ("fees.toml", "[50, 500]", "[500, 50]", 6, "单位「CNY_range」的值应是从小到大的两个整数"),
    ("sources.toml", 'kind = "law"', 'kind = "rumour"', 8, "不认识的种类「rumour」，可用：law、"),
    ("sources.toml", 'id = "CPL2017"', 'id = "CPL2013"', 14, "来源「CPL2013」重复。"),
    ("sources.toml", "valid_to = 2017-06-30", "valid_to = 2012-06-30", 10, "有效期颠倒：止日 2012-06-30 早于起日 2013-01-01。"),
    ("articles.toml", 'v2013 = "CPL2013"', 'v2013 = "CPL2012"', 7, "没有来源「CPL2012」，请先写入 sources.toml。"),
    ("articles.toml", 'v2013 = "CPL2013"', 'v2013 = "CPL2017"', 7, "版本 CPL2017 与 CPL2017 的有效期重叠。"),
    ("articles.toml", 'id = "interpretation"', 'id = "cpl"', 11, "法规「cpl」重复。"),
    ("articles.toml", 'statute = "cpl"', 'statute = "cpl2"', None, "没有法规「cpl2」，已有：cpl、"),
    ("articles.toml", 'topic = "recusal_application"', 'topic = "recusal_grounds"', None, "民事诉讼法的条文「recusal_grounds」重复。"),
    ("articles.toml", "v2013 = 44,", "v2013 = 0,", None, "条号应是正整数，v2013 写的是 0。"),
    ("articles.toml", "v2013 = 44,", "v2012 = 44,", None, "版本与民事诉讼法不符：v2012、v2013。每个版本须写条号，或列入 absent。"),
    ("articles.toml", 'absent = ["new"]', 'absent = ["old"]', None, "版本 old 既写了条号又列为没有该条。"),
    ("articles.toml", "{ old = false, new = true }", "{ old = false }", None, "confirmed 应对每个有条号的版本写 true 或 false。"),
    ("articles.toml", "{ old = false, new = true }", "{ old = false, new = 1 }", None, "confirmed 应对每个有条号的版本写 true 或 false。"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "line", "sentence"), VALUES)
def test_a_mistake_in_figures_or_articles(
    tmp_path: Path, file: str, old: str, new: str, line: int | None, sentence: str
) -> None:
    with pytest.raises(LawDataError) as refused:
        load_law(broken(tmp_path, file, old, new))
    assert refused.value.code == "law.data"
    assert refused.value.file == file
    assert sentence in refused.value.text
    assert refused.value.text.startswith(f"法规数据 {file} 第 {refused.value.line} 行：")
    if line:
        assert refused.value.line == line


AUTHORITY = [
    ('id = "seize_property"', 'id = "query_property"', "[[matter]] 里「query_property」重复。"),
    ('name = "查封"', 'name = "扣押"', "[[matter]] 里「扣押」重复。"),
    ('level = "judge"', 'level = "juge"', "不认识的层级「juge」，可用：judge、director、"),
    ('panel = "none"', 'panel = "nun"', "不认识的合议要求「nun」，可用：conditional、none、required、usual。"),
    ('statute_signer = "president"', 'statute_signer = "王五"', "不认识的法定签发人「王五」，可用：president、"),
    ("plan_phrase = \"采取查询", "plan_phrase = \"采取查寻", "不是方案 6.2 的原文。"),
    ('plan_article = "6.2"', 'plan_article = "6.3"', "不是方案 6.3 的原文。"),
    ('"CPL:deposit_measures", "p:', '"CPL:deposits_measures", "p:', "民事诉讼法的条文表没有「deposits_measures」，相近的有：deposit_measures"),
    ('"p:deadline.network_query_first"', '"p:deadline.no_such"', "没有法规参数「deadline.no_such」。"),
    ('special_variant = "list_dishonest_special"', 'special_variant = "nothing"', "不认识的事项「nothing」。"),
    ('via = "judge_catch_all"', 'via = "director_catch_all"', "「director_catch_all」不是同层级、同条文的兜底条款。"),
    ('via = "judge_catch_all"', 'via = "query_property"', "「query_property」不是同层级、同条文的兜底条款。"),
    ('matter = "list_dishonest"', 'matter = "list_honest"', "不认识的事项「list_honest」。"),
    ('to = "seize_property"', 'to = "judge_catch_all"', "不认识的事项「judge_catch_all」。"),
    ('when = "target=debtor"', 'when = "target=nobody"', "不认识的情形「target=nobody」，可用：special_subject、"),
    ('to = "change_debtor"\nlevel = "review_office"', 'to = "change_debtor"\nlevel = "judge"', "层级「judge」与「change_debtor」的层级「review_office」不符。"),
    ('when = "special_subject=人大代表"', 'when = "urgent_on_scene"', "「detention」在情形「urgent_on_scene」下写了两次。"),
    ('to = "detention"', 'to = "compulsory_summons"', "同时成立时去向不定。"),
    ('matter = "issue_summons"\nwhen = "compulsory"\nto = "compulsory_summons"\nlevel = "president_or_authorised_vice"',
     'matter = "recusal_adjudicator"\nwhen = "reason=回避"\nto = "change_undertaker"\nlevel = "director"', "「recusal_adjudicator」的去向转回了自己。"),
    ('steps = ["judge", "director",', 'steps = ["director", "judge",', "逐级审批的步骤应由低到高排列，每级一次。"),
    ('steps = ["judge", "director",', 'steps = ["judge", "chief",', "不认识的层级「chief」"),
    ("valid_to = 2017-07-31", "valid_to = 2017-07-30", "逐级审批止于 2017-07-30，与方案施行日 2017-08-01 之间有空档或者重叠。"),
    ('posts = ["director"]', 'posts = ["chief"]', "不认识的职务「chief」，可用：president、"),
    ('names = ["third party buys", "第三人买受"]', 'names = ["抵债"]', "情形「抵债」重复。"),
    ('delegate = "letter_naming_matter"', 'delegate = "any_letter"', "不认识的授权要求「any_letter」，可用：letter_naming_matter。"),
    ('convention = "本院约定"\n', "", "本院约定的事项须一并写明 convention、valid_from、confirmed。"),
    ('to = "list_dishonest_special"', 'to = "list_dishonest_special"\nsigner = "president"', "转为「list_dishonest_special」办理的，由谁签发依该事项，不另写 signer。"),
    ('signer = "none"', 'signer = "王五"', "不认识的法定签发人「王五」，可用：president、"),
    ('"司法拘留"', '"罚款"', "「罚款」已是一个事项的名称，不能又写作别名。"),
    ('when = "duty"\nto = "delete_dishonest"\nlevel = "director"', 'when = "duty"\nto = "delete_dishonest"\nlevel = "chief"', "不认识的层级「chief」"),
    ('[[variant]]\nmatter = "delete_dishonest"', '[[variant]]\nmatter = "delete_dishonest"\nwhen = "compulsory"\nto = "delete_dishonest"\nlevel = "president_or_authorised_vice"\n\n[[variant]]\nmatter = "delete_dishonest"',
     "「delete_dishonest」在「duty」和「compulsory」同时成立时层级或者签发人不定。"),
    ('[[variant]]\nmatter = "terminate_this_round"', '[[variant]]\nmatter = "terminate_this_round"\nwhen = "compulsory"\nto = "terminate_this_round"\nlevel = "president_or_authorised_vice"\nsigner = "president_or_vice"\n\n[[variant]]\nmatter = "terminate_this_round"',
     "同时成立时层级或者签发人不定。"),
    ("[[ladder]]", "[[ladders]]", "不认识「ladders」，这里只能有 [[plan]]、"),
    ("[[ladder]]", '[[ladder]]\nvalid_to = 2016-12-31\nsteps = []\nconfirmed = false\nnote = "旧"\n[[ladder]]', "[[ladder]] 应恰好有一个，现有 2 个。"),
    ("effective = 2017-08-01\n", "", "缺少「effective」。"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "sentence"), AUTHORITY)
def test_a_mistake_in_the_table(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    with pytest.raises(LawDataError) as refused:
        load_authority(broken(tmp_path, "authority.toml", old, new), book())
    assert sentence in refused.value.text
    assert f"第 {refused.value.line} 行" in refused.value.text


def test_of_two_circumstances_one_may_change_level_and_signer(tmp_path: Path) -> None:
    old = '[[variant]]\nmatter = "delete_dishonest"'
    calm = f'{old}\nwhen = "compulsory"\nto = "delete_dishonest"\nlevel = "judge"\n\n'
    loaded = load_authority(broken(tmp_path, "authority.toml", old, calm + old), book())
    ruling = loaded.decide("delete_dishonest", on=date(2017, 8, 1), circumstances={"duty", "compulsory"})
    assert (ruling.level, ruling.statute_signer) == ("director", "")


def test_spans_share_a_day() -> None:
    one, two, three = date(2018, 1, 1), date(2018, 1, 2), date(2018, 1, 3)
    assert spans_overlap((one, two), (two, three)) and spans_overlap((two, three), (one, two))
    assert spans_overlap((one, one), (one, one)) and spans_overlap((None, one), (one, None)) and spans_overlap((None, None), (two, two))
    assert not spans_overlap((one, one), (two, three)) and not spans_overlap((two, None), (None, one))


def test_a_figure_may_hold_for_one_day(tmp_path: Path) -> None:
    folder = broken(tmp_path, "special.toml", 'unit = "list"\n', 'unit = "list"\nvalid_from = 2018-01-01\nvalid_to = 2018-01-01\n')
    assert load_law(folder).value("special.definition", date(2018, 1, 1)).valid_to == date(2018, 1, 1)


def test_a_missing_plan_head(tmp_path: Path) -> None:
    folder = broken(tmp_path, "authority.toml", "[[plan]]", "[[ambiguity]]")
    text = (folder / "authority.toml").read_text(encoding="utf-8")
    head, rest = text.split("[[ambiguity]]", 1)
    (folder / "authority.toml").write_text(head + rest[rest.index("[[level]]") :], encoding="utf-8")
    with pytest.raises(LawDataError, match=r"authority.toml 第 1 行：\[\[plan\]\] 应恰好有一个，现有 0 个。"):
        load_authority(folder, book())


def test_documents_must_stand_in_the_catalogue() -> None:
    known = {document for row in table().data.matters.values() for document in row.documents}
    assert load_authority(LAW, book(), known).data.data_hash == table().data.data_hash
    with pytest.raises(LawDataError, match="文书目录里没有「ruling_freeze」。"):
        load_authority(LAW, book(), known - {"ruling_freeze"})


def test_a_missing_and_an_unreadable_file(tmp_path: Path) -> None:
    folder = broken(tmp_path, "fees.toml", "申请执行费", "申请执行费")
    (folder / "fees.toml").write_bytes("# 费用".encode("gb18030"))
    with pytest.raises(LawDataError, match="文件不是 UTF-8 编码，请另存为 UTF-8。"):
        load_law(folder)
    (folder / "sources.toml").unlink()
    with pytest.raises(LawDataError, match="法规数据 sources.toml 第 1 行：缺少这个文件，请从安装包恢复。"):
        load_law(folder)


def test_a_missing_or_empty_plan(tmp_path: Path) -> None:
    with pytest.raises(LawDataError, match="plan.txt 第 1 行：缺少方案原文，请从安装包恢复。"):
        load_plan(tmp_path / "plan.txt")
    (tmp_path / "plan.txt").write_text("1. 甲。\n乙。\n2. 丙。\n", encoding="utf-8")
    assert dict(load_plan(tmp_path / "plan.txt").clauses) == {"1": "甲。乙。", "1.1": "甲。", "1.2": "乙。", "2": "丙。"}
    (tmp_path / "plan.txt").write_text("没有条文。", encoding="utf-8")
    with pytest.raises(LawDataError, match="plan.txt 第 1 行：没有读到带编号的条文。"):
        load_plan(tmp_path / "plan.txt")


CALENDAR = [
    ("year = 2018\n", "year = 2017\n", "2017 年重复。"),
    ("[2017-01-01, 2017-01-02]", "[2017-01-02, 2017-01-01]", "休息日颠倒：2017-01-02 晚于 2017-01-01。"),
    ("[2017-01-01, 2017-01-02]", "[2017-01-01]", "rest 应是 [起日, 止日] 的列表。"),
    ("[2017-01-01, 2017-01-02]", '["元旦", 2017-01-02]', "「元旦」不是日期。"),
    ("[2017-01-01, 2017-01-02]", "[2015-01-01, 2017-01-02]", "2015-01-01 不在 2017 年的放假安排之内。"),
    ("makeup = [2017-01-22,", "makeup = [2017-01-01,", "2017-01-01 既列为休息日又列为上班日。"),
]


@pytest.mark.parametrize(("old", "new", "sentence"), CALENDAR)
def test_a_mistake_in_the_calendar(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    with pytest.raises(LawDataError) as refused:
        load_calendar(broken(tmp_path, "calendar.toml", old, new) / "calendar.toml")
    assert sentence in refused.value.text


def test_a_mistake_in_the_local_days(tmp_path: Path) -> None:
    folder = broken(tmp_path, "calendar.toml", "days = [2018-04-18]", "days = [2017-03-30]")
    with pytest.raises(LawDataError, match="「2017-03-30」不是日期，或者已经列过。"):
        load_local_days(folder / "calendar.toml")
    text = (folder / "calendar.toml").read_text(encoding="utf-8")
    (folder / "calendar.toml").write_text(text.replace("days = [2017-03-30]", 'days = ["三月三"]', 1), encoding="utf-8")
    with pytest.raises(LawDataError, match="「三月三」不是日期，或者已经列过。"):
        load_local_days(folder / "calendar.toml")
