"""What the registration form hears while it is filled: the checks of a ledger's cells, and where the case would go."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from execdesk.casefile.registration import MISSING, OK, WARNING, WRONG, check_registration
from execdesk.law.refusal import Refusal
from execdesk.records.cases import Case
from tests.intake.office import Office

GOOD: dict[str, Any] = {
    "number": "（2018）琼9027执1号", "cause": "买卖合同纠纷", "filed_on": date(2018, 1, 2), "applicants": ["甲某"], "principal": 5_000_000,
    "debtors": [{"name": "乙某", "id_no": "469027198808080008", "address": "乐东县黄流镇新安村"}], "basis_no": "（2017）琼9027民初1号",
}  # fmt: skip
DEBTOR = GOOD["debtors"][0]


def said(office: Office, **changes: Any) -> dict[str, tuple[str, str]]:
    return {f.field: (f.state, f.sentence) for f in check_registration(office.desk.session, {**GOOD, **changes})}


def test_a_good_registration_hears_where_it_goes(office: Office) -> None:
    assert said(office) == {
        "number": (OK, "（2018）琼9027执1号"), "debtors.0.id_no": (OK, "1988-08-08 出生，女"),
        "group": (OK, "被执行人住所地在黄流镇，属沿海组（方案第3条）。"),
    }  # fmt: skip
    office.desk.do("case.register", **GOOD)
    case = Case.get()
    assert case.group_reason == "被执行人住所地在黄流镇，属沿海组（方案第3条）。"
    again = said(office, number="（2018）琼9027执2号")
    assert again["related"][0] == OK and "（2018）琼9027执1号 由法官甲承办" in again["related"][1]
    assert said(office)["number"] == (WRONG, "（2018）琼9027执1号 已经登记过，不能重复登记。")


@pytest.mark.parametrize(
    ("changes", "field", "state", "word"),
    [
        ({"number": ""}, "number", MISSING, "案号"),
        ({"number": "琼9027执1号"}, "number", WRONG, "（2018）琼9027执1号"),
        ({"number": "（2018）琼97执1号"}, "number", WRONG, "法院代字"),
        ({"number": "（2018）琼9027执复1号"}, "number", WRONG, "复议"),
        ({"number": "（2018）琼9027刑初1号"}, "number", WRONG, "类型代字"),
        ({"number": "（2018）琼9027执异1号"}, "number", WARNING, "只能查看"),
        ({"number": "（2017）琼9027执1号"}, "number", WARNING, "2017 年"),
        ({"cause": " "}, "cause", MISSING, "案由"),
        ({"filed_on": None}, "filed_on", MISSING, "立案日期"),
        ({"filed_on": "2018-02-30"}, "filed_on", WRONG, "不存在"),
        ({"filed_on": date(2018, 1, 3)}, "filed_on", WRONG, "晚于今天"),
        ({"number": "（2018）琼9027执1号", "filed_on": date(2016, 12, 30)}, "number", WRONG, "2018 年"),
        ({"basis_effective_on": date(2018, 1, 3)}, "basis_effective_on", WRONG, "晚于立案日期"),
        ({"received_on": date(2018, 1, 3)}, "received_on", WRONG, "晚于立案日期"),
        ({"principal": "以判决为准"}, "principal", WRONG, "不是数额"),
        ({"interest": "-5"}, "interest", WRONG, "负数"),
        ({"fee": -1}, "fee", WRONG, "负"),
        ({"applicants": []}, "applicants", MISSING, "申请执行人"),
        ({"debtors": [{"name": "", "address": "黄流镇"}]}, "debtors.0.name", MISSING, "姓名"),
        ({"debtors": [DEBTOR, DEBTOR]}, "debtors.1.name", WRONG, "两次"),
        ({"debtors": [{**DEBTOR, "id_no": "469027198808080007"}]}, "debtors.0.id_no", WRONG, "校验码"),
        ({"debtors": [{**DEBTOR, "id_no": "469027198802300000"}]}, "debtors.0.id_no", WRONG, "不存在"),
        ({"debtors": [{**DEBTOR, "id_no": "789999198808080003"}]}, "debtors.0.id_no", WARNING, "省级代码"),
        ({"debtors": [{**DEBTOR, "id_no": "999999198808080002"}]}, "debtors.0.id_no", WARNING, "永久居留"),
        ({"debtors": [{**DEBTOR, "id_no": "460033820727101"}]}, "debtors.0.id_no", WARNING, "15位"),
        ({"debtors": [{**DEBTOR, "id_no": ""}]}, "debtors.0.id_no", WARNING, "证件号码"),
        ({"debtors": [{**DEBTOR, "name": "乐东某某有限公司"}]}, "debtors.0.id_no", WARNING, "不相称"),
        ({"debtors": ["乙某"]}, "debtors.0.address", WARNING, "住址"),
        ({"debtors": [{**DEBTOR, "special": ["npc_deputy"]}]}, "debtors.0.special_source", MISSING, "依据"),
        ({"debtors": [{**DEBTOR, "address": "三亚市"}]}, "group", WARNING, "建议归沿海组（无地域依据，按轮流分配）"),
    ],
)  # fmt: skip
def test_each_fault_is_said_at_its_field(office: Office, changes: dict[str, Any], field: str, state: str, word: str) -> None:
    found = said(office, **changes)[field]
    assert found[0] == state, found
    assert word in found[1]


@pytest.mark.parametrize("values", [{}, {"debtors": [{}], "applicants": [""]}, {"number": "执", "filed_on": "x", "principal": "y", "debtors": ["z"]}])
def test_a_half_filled_form_raises_nothing_and_writes_nothing(office: Office, values: dict[str, Any]) -> None:
    before = office.head
    assert check_registration(office.desk.session, values)
    assert office.head == before


def test_what_is_wrong_would_be_refused_and_what_is_not_would_be_taken(office: Office) -> None:
    """The form and the action agree."""
    for at, changes in enumerate([
        {}, {"number": "（2018）琼9027执复1号"}, {"basis_effective_on": date(2018, 1, 3)}, {"applicants": []}, {"cause": " "},
        {"debtors": [{**DEBTOR, "id_no": "469027198808080007"}]}, {"debtors": [{**DEBTOR, "special": ["npc_deputy"]}]},
        {"debtors": [{**DEBTOR, "id_no": "460033820727101"}]}, {"number": "（2018）琼9027执异1号"},
        {"filed_on": date(2018, 1, 3)}, {"filed_on": date(2016, 12, 30)}, {"number": "（2018）琼97执1号"}, {"number": "（2018）琼9027执1号之一"},
        {"number": "（2018）琼9027刑初1号"}, {"received_on": date(2018, 1, 3)}, {"principal": -5},
    ]):  # fmt: skip
        values = {**GOOD, "number": f"（2018）琼9027执{at + 10}号", **changes}
        bad = [f for f in check_registration(office.desk.session, values) if f.state in (WRONG, MISSING)]
        try:
            office.desk.do("case.register", **values)
            assert not bad, (changes, bad)
        except Refusal:
            assert bad, changes
    office.sound()
