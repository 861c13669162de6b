"""``law …`` on the command line: figures, exits and JSON. Architecture §8."""

from __future__ import annotations

import argparse
import io
import json
import re
import runpy
import sys
from typing import Any

import pytest

from execdesk.commands import law as law_commands
from execdesk.commands.lawlist import SECTIONS
from execdesk.commands.lawnames import calculator_named, field_named, node_named, statute_named
from execdesk.commands.lawoptions import OWN, arguments_of
from execdesk.law.authority_check import TableCheck
from execdesk.law.calculators import CALCULATORS
from tests.law.rules import BOOK, CALENDAR, LAW, day
from tests.law.support import table

TODAY = day("2018-01-02")
BEFORE, FIRST = day("2017-07-31"), day("2017-08-01")


def call(*argv: str) -> tuple[int, str, str]:
    """Exit, standard output and standard error of ``law ARGV`` as the program's own parser takes it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    law_commands.register(parser.add_subparsers(dest="command", required=True))
    out, err = io.StringIO(), io.StringIO()
    code = law_commands.run(parser.parse_args(argv), LAW, TODAY, CALENDAR, out, err)
    return code, out.getvalue(), err.getvalue()


def asked(*argv: str) -> dict[str, Any]:
    code, out, err = call("law", *argv, "--json")
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        (["fee", "10000"], {"fee": 5000, "fee_text": "50.00元"}),
        (["fee", "12345678.90", "--on", "2017-09-01"], {"fee": 7974568}),
        (["fee", "--chosen", "100"], {"fee": 10000}),
        (["fee", "100000", "--preservation"], {"fee": 102000}),
        (["deadline", "closing.money", "--from", "2017-08-01"], {"due": "2018-02-01", "nominal": "2018-02-01"}),
        (["deadline", "deadline.closing.money", "--from", "2017-08-01", "--exclude", "2017-09-01..2017-09-10"], {"due": "2018-02-11"}),
        (["deadline", "sale.period", "--from", "2018-01-02"], {"due": "2018-03-03", "node": "sale.period"}),
        (["deadline", "property_report.period", "--from", "2018-01-02", "--length", "5"], {"due": "2018-01-08", "nominal": "2018-01-07"}),
        (["period", "--from", "2018-02-05", "--days", "10"], {"due": "2018-02-22", "nominal": "2018-02-15", "rolled": True}),
        (["period", "--from", "2018-02-05", "--days", "10", "--no-roll"], {"due": "2018-02-15"}),
        (["period", "--from", "2018-01-31", "--months", "1"], {"due": "2018-02-28"}),
        (["period", "--from", "2016-02-29", "--years", "1"], {"due": "2017-02-28"}),
        (["period", "--from", "2018-02-09", "--workdays", "3"], {"due": "2018-02-13"}),
        (["control-end", "bank_deposit", "--from", "2017-08-15"], {"ends_on": "2018-08-14", "months": 12}),
        (["control-end", "movable", "--from", "2017-08-15", "--months", "6"], {"ends_on": "2018-02-14"}),
        (["interest", "--debt", "100000", "--period-end", "2017-08-01", "--to", "2017-08-31"], {"double": 52500, "general": 0}),
        (["interest", "--debt", "100000", "--period-end", "2017-08-01", "--to", "2017-08-31", "--paid", "2017-08-11:40000",
          "--exclude", "2017-08-12..2017-08-13", "--general", "3.65%", "--debt-first"], {"double": 36400, "debt_left": 6_000_000}),
        (["interest", "--debt", "1000", "--period-end", "2019-07-31", "--to", "2019-08-31", "--instalment", "2019-08-10:500", "--series", "六个月至一年", "--times", "1.5"],
         {"debt_left": 150_000, "double": 726}),  # 0.175 × 31 + 0.0875 × 21 = 7.2625
        (["distribute", "--pot", "30000", "--claim", "甲:20000", "--claim", "乙:40000", "--debtor", "企业法人", "--one-document", "--co-owner", "0.5"], {"rest": 0, "co_owner": 50}),
        (["auction", "--appraisal", "1000000", "--on", "2018-01-01"], {"first_min": 70_000_000, "deposit_max": 14_000_000}),
        (["auction", "--appraisal", "1000000", "--on", "2018-01-01", "--first", "800000"], {"second_min": 64_000_000}),
        (["distribute", "--pot", "1", "--claim", "甲:1", "--claim", "乙:2:优先"], {"rest": 0}),
        (["distribute", "--pot", "1", "--claim", "甲:1", "--claim", "乙:2", "--debtor", "enterprise", "--control-order"], {"rest": 0}),
        (["number", "(2017)琼9027执字第100号"], {"text": "（2017）琼9027执100号", "seq": 100, "suffix": None}),
        (["identity", "469027198001010009"], {"kind": "id18", "born_on": "1980-01-01", "sex": 2}),
        (["words", "10000000.01"], {"amount": 1_000_000_001, "words": "人民币壹仟万元零壹分"}),
        (["words", "20170801", "--as", "日期"], {"day": "2017-08-01"}),
        (["words", "20170801", "--as", "金额"], {"amount": 2_017_080_100}),
        (["words", "20170801", "--as", "数字"], {"number": 20_170_801, "words": "二千零一十七万零八百零一", "digits": "二〇一七〇八〇一"}),
        (["words", "20171301"], {"amount": 2_017_130_100}),
        (["words", "2017-08-01"], {"day": "2017-08-01", "words": "二〇一七年八月一日"}),
        (["words", "2017.8.1"], {"day": "2017-08-01"}),
        (["words", "2017.8"], {"amount": 201780}),
        (["words", "二〇一七年八月一日"], {"day": "2017-08-01"}),
        (["words", "叁万元整"], {"amount": 3_000_000, "amount_text": "30,000.00元"}),
        (["calc", "requery", "--set", "closed_on=2017-09-01"], {"title": "终本后查询日"}),
        (["calc", "distribution", "--set", "pot=1", "--set", "claims=甲:1", "--set", "claims=乙:1", "--set", "on=2018-01-01"], {"rest": 0}),
        (["article", "deposit_measures", "--on", "2017-09-01"], {"article": 242, "statute": "《中华人民共和国民事诉讼法》"}),
        (["article", "deposit_measures", "--on", "2024-01-01"], {"article": 253}),
        (["article", "control_term", "--on", "2022-04-09", "--statute", "interpretation"], {"article": 487}),
        (["authority", "拘留", "--on", "2017-09-01"], {"conflict": False, "level": "president_or_authorised_vice"}),
        (["authority", "晒谷场的使用"], {"conflict": True, "level": "director"}),
    ],
)  # fmt: skip
def test_figures(argv: list[str], expected: dict[str, object]) -> None:
    found = asked(*argv)
    assert {key: found[key] for key in expected} == expected
    if "steps" in found:
        assert (
            found["lines"]
            and found["steps"]
            and all(set(step) == {"label", "working", "result", "source"} for step in found["steps"])
        )


def test_shares_and_days_in_json() -> None:
    found = asked("distribute", "--pot", "1", "--claim", "甲:1", "--claim", "乙:2:优先", "--on", "2018-01-01")
    assert found["shares"] == [
        {"name": "甲", "share": 0, "share_text": "0.00元", "double": 0, "double_text": "0.00元"},
        {"name": "乙", "share": 100, "share_text": "1.00元", "double": 0, "double_text": "0.00元"},
    ]
    assert asked("calc", "requery", "--set", "closed_on=2017-09-01")["days"][0] == "2018-03-01"
    basis = asked("control-end", "movable", "--from", "2017-08-15")["basis"][0]
    assert (basis["key"], basis["value"], basis["valid_from"], basis["valid_to"], basis["confirmed"]) == (
        "control.term.movable", 24, "2015-02-04", None, True)  # fmt: skip
    told = asked("calc", "detention", "--set", "admitted_at=2018-01-02 09:30", "--set", "days=1")
    assert (told["ends_on"], told["family_by"]) == ("2018-01-03", "2018-01-03T01:30:00+00:00")


def test_authority_answers_all_that_is_asked() -> None:
    found = asked("authority", "列入失信被执行人名单", "--on", "2017-09-01", "--subject", "ordinary")
    assert {"level", "path", "article", "phrase", "reason", "statute_signer", "panel", "conflict"} <= set(found)
    code, out, _ = call("law", "authority", "晒谷场的使用", "--on", "2017-09-01")
    assert code == 0 and out.splitlines()[-2] == "兜底冲突"
    code, out, _ = call("law", "authority", "拘留", "--subject", "县级以上人大代表", "--on", "2017-09-01")
    assert {
        "途经（只附意见或者退回）：执行局局长", "法定签发人：院长", "授权：副院长办理的，授权书须逐项写明本事项",
        "须先取得：对县级以上人大代表采取拘留措施的许可（本级人大主席团或者闭会期间的常务委员会）", "可以说明的情形：现场紧急，先行拘留",
    } <= set(out.splitlines())  # fmt: skip
    township = asked("authority", "拘留", "--subject", "乡镇人大代表")
    assert (township["permits"], township["tasks"]) == ([], "乡镇人大代表：执行后立即报告该级人大。")
    assert "逐级批准：执行法官、执行局局长、院长或院长授权的副院长" in call("law", "authority", "查封", "--on", "2017-07-31")[1].splitlines()
    assert "决定：执行局局长" in call("law", "authority", "派警")[1].splitlines()
    assert "合议庭：应当合议" in call("law", "authority", "网拍")[1].splitlines()


def test_documents_are_told_by_their_titles() -> None:
    lines = call("law", "authority", "终本")[1].splitlines()
    assert "文书：执行裁定书（终结本次执行程序用）、终结本次执行程序审查表、终本约谈笔录、合议庭评议笔录" in lines
    assert {"id": "ruling_tnr", "title": "执行裁定书（终结本次执行程序用）"} in asked("authority", "终本")["documents"]
    for row in table().choosable()[::12]:  # the command reads the whole law for each
        told = next((line for line in call("law", "authority", row.name)[1].splitlines() if line.startswith("文书：")), "")
        assert bool(told) == bool(row.documents) and not re.search("[a-z]_", told), row.name


def test_a_ground_is_asked_for_by_its_name() -> None:
    assert call("law", "authority", "解除限高", "--when", "履行完毕")[1].startswith("解除限制消费令：执行局局长")
    code, _, said = call("law", "authority", "解除限高", "--when", "纳入期限届满")
    assert code == 1 and said.startswith("「纳入期限届满」不适用于「解除限制消费令」，它的情形有：履行完毕、终结执行、")


def test_words_that_mean_several_matters_are_answered_one_by_one() -> None:
    found = asked("authority", "冻结", "--on", "2017-09-01")
    assert [(row["matter"], row["level"]) for row in found["matters"]] == [("freeze_deposit", "judge"), ("freeze_other_right", "judge")]
    assert call("law", "authority", "冻结")[1].startswith("「冻结」包括2个事项：\n冻结存款：执行法官\n")


def test_list() -> None:
    found = asked("list")
    assert {entry["id"] for entry in found["kinds"]} == {"bank_deposit", "movable", "immovable", "other_right"}
    assert any(node["id"] == "closing.money" for node in found["nodes"])
    assert len(found["matters"]) == len(table().choosable()) and found["calculators"] and "cpl" in found["statutes"]
    assert set(asked("list", "节点")) == {"nodes", "statutes", "law"}


def test_text() -> None:
    code, out, err = call("law", "fee", "10000")
    assert (code, err) == (0, "") and out.splitlines()[0].startswith("申请执行费") and "结果：50.00元" in out
    code, out, _ = call("law", "article", "control_term", "--on", "2022-04-09", "--statute", "interpretation")
    assert out.startswith("《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第四百八十七条")
    code, out, _ = call("law", "article", "lapse", "--on", "2018-01-01", "--statute", "seizure")
    assert "（未经核实）" in out


@pytest.mark.parametrize(
    ("argv", "refusal"),
    [
        (["fee", "x"], "field.value"), (["fee"], "fee.choose"), (["fee", "100", "--on", "2007-01-01"], "law.not_in_force"),
        (["number", "琼9027执143"], "words.case_number"), (["identity", "4.69E+17"], "identity.lost"),
        (["period", "--from", "2018-01-01"], "period.unit"),
        (["period", "--from", "2018-01-01", "--days", "1", "--months", "1"], "period.unit"),
        (["period", "--from", "2018-02-30", "--days", "1"], "field.value"),
        (["control-end", "ship", "--from", "2018-01-01"], "field.value"),
        (["deadline", "lunch", "--from", "2018-01-01"], "node.unknown"),
        (["calc", "fee", "--set", "amount"], "usage.set"), (["calc", "lunch"], "calculator.unknown"),
        (["calc", "fee", "--set", "午餐=1"], "field.unknown"), (["list", "午餐"], "usage.section"),
        (["words", "20170801"], "words.which"), (["words", "1", "--as", "颜色"], "usage.as"), (["words", "1.5", "--as", "数字"], "words.number"),
        (["article", "搜查", "--on", "2018-01-01", "--statute", "唐律"], "law.unknown"),
        (["authority", "罚款", "--when", "抵债"], "authority.inapplicable"),
        (["article", "lunch", "--on", "2018-01-01"], "law.unknown"),
        (["distribute", "--pot", "1", "--claim", "甲:1", "--claim", "乙:2", "--debtor", "enterprise"], "distribution.bankruptcy"),
    ],
)  # fmt: skip
def test_refusals(argv: list[str], refusal: str) -> None:
    code, out, err = call("law", *argv)
    assert (code, out) == (1, "") and err.rstrip().endswith("。")
    code, out, err = call("--json", "law", *argv)
    found = json.loads(out)
    assert (code, found["refused"], err) == (1, refusal, "") and found["text"].endswith("。")


def test_ways_on_are_told() -> None:
    _, out, _ = call("law", "number", "（2017）执143号", "--json")
    assert json.loads(out)["ways"] == [{"label": "改为「（2017）琼9027执143号」", "action": "set:text=（2017）琼9027执143号"}]


@pytest.mark.parametrize("argv", [[], ["lunch"], ["interest", "--debt", "1"], ["fee", "1", "--what"]])
def test_wrong_usage(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        call("law", *argv)
    assert caught.value.code == 2 and capsys.readouterr().err


def test_on_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert law_commands.main(["fee", "10000", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["fee"] == 5000
    assert law_commands.main(["period", "--from", "2018-02-05", "--days", "10"]) == 0
    assert "2018年2月22日" in capsys.readouterr().out
    assert law_commands.main(["fee", "x"]) == 1
    assert capsys.readouterr().err


def test_as_a_module(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["law", "words", "10000000.01"])
    monkeypatch.delitem(sys.modules, "execdesk.commands.law")
    with pytest.raises(SystemExit) as caught:
        runpy.run_module("execdesk.commands.law", run_name="__main__")
    assert caught.value.code == 0 and "人民币壹仟万元零壹分" in capsys.readouterr().out


def test_an_article_is_found_by_the_words_it_is_called_by() -> None:
    assert asked("article", "查询扣押冻结划拨", "--on", "2018-01-02")["article"] == asked("article", "deposit_measures", "--on", "2018-01-02")["article"] == 242
    code, told, _ = call("law", "article", "执行", "--on", "2018-01-02", "--json")
    assert code == 1 and "有好几条" in json.loads(told)["text"] and "执行通知与立即强制执行" in json.loads(told)["text"]
    code, told, _ = call("law", "article", "种树", "--on", "2018-01-02", "--json")
    assert code == 1 and "民事诉讼法的条文表没有「种树」" in json.loads(told)["text"]


def test_an_unlisted_matter_names_its_listed_neighbours() -> None:
    told = asked("authority", "纳入失信人名册")
    assert told["conflict"] and told["level"] == "director"
    assert "纳入失信被执行人名单（一般主体）" in told["near"]
    assert asked("authority", "freeze_deposit")["near"] == []


def test_every_name_shown_is_taken() -> None:
    """What ``law list`` prints may be typed in the command it belongs to; no key of a program is shown."""
    code, out, _ = call("law", "list")
    assert code == 0 and not re.search(r"[a-z_]{3,}", out.replace("law", "").replace("data", "")), re.findall(r".*[a-z_]{3,}.*", out)
    listed = asked("list")
    assert [heading for heading in SECTIONS if f"{heading}：" not in out.splitlines()] == []
    for row in listed["matters"]:
        for name in (row["name"], *row["names"]):
            assert row["id"] in {found.id for found in table().find(name)}, name
            assert f"{row['name']}（" in out
    for row in listed["subjects"]:
        assert table().decide("查询财产", subject=row["name"], on=TODAY).subject == row["name"]
    for row in listed["circumstances"]:
        for name in (row["name"], *row["names"]):
            assert table().data.circumstance_names[name] == row["id"]
    for row in listed["nodes"]:
        assert node_named(BOOK, row["name"]) == row["id"] == node_named(BOOK, row["id"])
    for row in listed["topics"]:
        found = BOOK.tables[statute_named(BOOK, row["statute_name"]).id]
        assert [key for key, topic in found.topics.items() if topic.name == row["name"]] == [row["id"]]
    for row in listed["calculators"]:
        entry = calculator_named(row["name"])
        assert entry.id == row["id"]
        assert [field_named(entry, field["label"]).name for field in row["fields"]] == [field["id"] for field in row["fields"]]


def test_chinese_names_in_every_command() -> None:
    assert asked("deadline", "执行期限", "--from", "2017-08-01")["due"] == "2018-02-01"
    assert asked("control-end", "冻结银行存款", "--from", "2017-08-15")["ends_on"] == "2018-08-14"
    assert asked("article", "查封扣押冻结期限", "--on", "2022-04-09", "--statute", "民诉法解释")["article"] == 487
    assert asked("calc", "申请执行费", "--set", "执行金额=10000", "--set", "计算日=2018-01-01")["fee"] == 5000
    assert asked("calc", "节点期限", "--set", "节点=执行期限", "--set", "起算日（不计入）=2017-08-01")["due"] == "2018-02-01"
    assert asked("authority", "变卖", "--when", "抵债")["level"] == "director"


def test_a_name_not_known_is_answered_by_those_alike() -> None:
    assert "相近的有：执行期限、" in json.loads(call("law", "deadline", "执行期", "--from", "2018-01-01", "--json")[1])["text"]
    assert "请用「law list」查看。" in json.loads(call("law", "calc", "午餐", "--json")[1])["text"]


def test_every_argument_is_explained() -> None:
    parser = argparse.ArgumentParser()
    law_commands.register(parser.add_subparsers(dest="command", required=True))
    (law,) = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    (commands,) = (action for action in law.choices["law"]._actions if isinstance(action, argparse._SubParsersAction))
    assert set(commands.choices) == set(law_commands.ACTIONS)
    for name, sub in commands.choices.items():
        for action in sub._actions:
            assert action.dest == "help" or re.search(r"[一-鿿]", action.help or ""), (name, action.dest)
            assert action.nargs == 0 or not (action.metavar or action.dest).isascii(), (name, action.dest)
        assert sub.format_help()


def test_eight_digits_are_asked_about() -> None:
    code, out, err = call("law", "words", "20170801")
    assert (code, out) == (1, "")
    assert err.strip() == (
        "「20170801」可以是日期（二〇一七年八月一日）、金额（20,170,801.00元）或者数字（二千零一十七万零八百零一），"
        "请用 --as 写明：--as 日期、--as 金额、--as 数字。"
    )


def test_the_table_is_checked_by_command() -> None:
    found = asked("check")
    assert (found["cells"], found["conflicts"], found["faults"]) == (len(list(table().cells([BEFORE, FIRST]))), len(table().data.subjects), [])
    assert call("law", "check")[1].startswith(f"问了{found['cells']}次，每次都有且只有一个答案")


def test_a_fault_of_the_table_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(law_commands, "check_table", lambda _table: TableCheck(1, 0, ("拘留没有答案",)))
    code, _, err = call("law", "check")
    assert (code, err.strip()) == (1, "拘留没有答案。请改正审批权限表。")


@pytest.mark.parametrize("name", list(OWN))
def test_a_command_asks_for_the_fields_that_its_calculator_declares(name: str) -> None:
    own = OWN[name]
    fields = {field.name: field for field in CALCULATORS[own.calculator].fields if field.name not in own.left}
    asked = dict(zip(fields, arguments_of(own), strict=True))
    assert {*own.first, *own.options, *own.left} <= {field.name for field in CALCULATORS[own.calculator].fields}
    for key, (flag, told) in asked.items():
        field = fields[key]
        assert told["help"].startswith(f"{field.label}：")
        assert (told.get("action") == "append") == (field.kind == "group")
        if flag.startswith("-"):
            assert told["dest"] == key and told["required"] == (field.required and not field.default and key != "on")
