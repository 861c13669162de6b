"""The other cases of a debtor, by his checked number: what is under control there, and the way to them."""

from __future__ import annotations

import pytest

from execdesk.reads.othercases import OtherCaseRow
from tests.flow.bureau import DEBTOR, Bureau

pytestmark = pytest.mark.parametrize("world", ["noticed"])
OTHER, STRANGER = "（2018）琼9027执2号", "（2018）琼9027执3号"


def test_the_same_number_is_the_same_person_and_a_name_alone_is_not(bureau: Bureau) -> None:
    bureau.at("clerk")
    case = "（2018）琼9027执1号"
    assert bureau.desk.reads.case(case).others == ()
    second = bureau.register(OTHER)
    bureau.register(STRANGER, debtors=[{"name": DEBTOR, "id_no": "469027198001010009", "address": "海南省乐东黎族自治县九所镇某村"}])
    assert bureau.desk.reads.case(case).others == (OtherCaseRow(second, OTHER, DEBTOR, "被执行人", "在办", 0),)
    bureau.notice(second)
    bureau.frozen(second)
    assert [(one.number, one.held) for one in bureau.at("clerk").reads.case(case).others] == [(OTHER, 1)]
    assert [one.number for one in bureau.desk.reads.case(second).others] == ["（2018）琼9027执1号"]
