"""Town → group in a ledger: the same rule as at registration, with what the ledger adds (A03.2, A03.3, T10)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from execdesk.access.routing import Leads, route, words_of
from execdesk.intake.ledger import check
from execdesk.intake.report import LedgerEntry
from execdesk.intake.setting import Setting
from tests.intake.conftest import HEADINGS, book, row

Decided = Callable[[dict[Any, str]], Setting]
MAIN = "2017年台账"
DAY = date(2018, 1, 2)


def asked(setting: Setting, *rows: tuple[Any, ...], headings: tuple[str, ...] = HEADINGS) -> list[LedgerEntry]:
    return list(check(book(*rows, headings=headings), setting).decide)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("乐东县国营山荣农场三队", "town.unlisted"), ("乐光农场八队", "town.unlisted"), ("乐东县保国农场", "town.unlisted"),
        ("尖峰岭林业公司宿舍", "town.unlisted"), ("莺歌海盐场三队", "town.unlisted"), ("三亚市崖州区黄流村", "town.outside"),
        ("广东省广州市天河区大安镇路1号", "town.outside"), ("乐东县黄流路12号", "town.unclear"), ("乐东县黄流东路12号", "town.unclear"),
        ("乐东黎族自治县", "town.unclear"), ("抱由镇新安村；黄流镇抱界村", "town.several"), ("抱由镇新安村（现住黄流镇）", "town.several"),
        ("抱由镇新安村\n黄流镇抱界村", "town.several"), (None, "town.missing"), ("大安区某街", "town.outside"),
    ],
)  # fmt: skip
def test_what_the_plan_does_not_place_is_asked(setting: Setting, address: str | None, code: str) -> None:
    one = asked(setting, row(住址=address, 承办法官=None))[0]
    question = one.questions[0]
    assert [q.code for q in one.questions] == [code]
    found = route((address or "").split("\n"), setting.organisation, DAY)
    assert found.proposal is not None and question.proposal == f"group:{found.proposal.group}"
    assert found.proposal.reason in [option.ground for option in question.options]
    assert question.options[-1].key == "queue"


@pytest.mark.parametrize("address", ["乐东县抱由镇黄流路12号", "抱由新安村", "抱由", "户籍地：海南省乐东黎族自治县抱由镇"])
def test_group_and_reason_are_the_rules_own(setting: Setting, address: str) -> None:
    case = check(book(row(住址=address)), setting).imported[0].case
    found = route([address], setting.organisation, DAY)
    assert case is not None
    assert (case.town, case.group, case.group_reason) == ("抱由镇", "mountain", found.reason)


def test_the_queue_takes_the_case_with_reason_and_proposal(setting: Setting, decided: Decided) -> None:
    case = check(book(row(住址="三亚市", 承办法官=None)), decided({(MAIN, 2, "I", "town.outside"): "queue"})).imported[0].case
    assert case is not None
    assert (case.group, case.town) == ("", "")
    assert case.group_reason == words_of(route(["三亚市"], setting.organisation, DAY), setting.organisation)
    assert case.group_reason.startswith("未列明，待定组：")


def test_the_judge_of_the_ledger_speaks_first(setting: Setting) -> None:
    question = asked(setting, row(住址="三亚市", 承办法官="法官丙"))[0].questions[0]
    assert question.proposal == "group:mountain"
    assert next(o.ground for o in question.options if o.key == "group:mountain") == "台账载明承办人法官丙，归其所在组"


def test_turns_go_round_and_a_series_stays_together(setting: Setting) -> None:
    rows = [row(序号=n, 案号=f"（2017）琼9027执{n}号", 住址="三亚市", 承办法官=None, 被执行人身份证号码=None) for n in range(1, 5)]
    turns = [one.questions[0].proposal for one in asked(setting, *rows)]
    assert turns == ["group:coastal", "group:mountain", "group:coastal", "group:mountain"]
    series = [row(序号=n, 案号=f"（2017）琼9027执{n}号", 住址="三亚市", 承办法官=None) for n in range(1, 4)]
    assert [one.questions[0].proposal for one in asked(setting, *series)] == ["group:coastal"] * 3
    listed = row(序号=5, 案号="（2017）琼9027执5号", 住址="抱由镇一村", 承办法官=None)
    assert [one.questions[0].proposal for one in asked(setting, listed, *series)] == ["group:mountain"] * 3


def test_the_place_of_the_property_is_a_lead(setting: Setting) -> None:
    one = asked(setting, (*row(住址="三亚市", 承办法官=None), "抱由镇一村3号"), headings=(*HEADINGS, "财产所在地"))[0]
    assert one.questions[0].proposal == "group:mountain"


def test_what_the_store_knows_is_a_lead(setting: Setting) -> None:
    heard = []

    def leads(kind: str, basis_no: str, numbers: Sequence[str], *, before: int) -> Leads:
        heard.append((kind, basis_no, tuple(numbers), before))
        return Leads(former_group="mountain", turns=before)

    number = "（2017）琼9027执恢1号"
    one = asked(replace(setting, leads=leads), row(案号=number, 住址="三亚市", 承办法官=None))[0]
    assert heard == [("执恢", "（2016）琼9027民初1号", ("469027198808080008",), 0)]
    assert next(o.ground for o in one.questions[0].options if o.key == "group:mountain") == "恢复执行案件，归原承办组"


def test_the_column_of_towns_decides_with_the_address(setting: Setting) -> None:
    headings = (*HEADINGS, "乡镇")
    both = check(book((*row(住址="乐东县黄流镇新安村"), "黄流"), headings=headings), setting).imported[0].case
    assert both is not None and (both.town, both.group) == ("黄流镇", "coastal")
    alone = check(book((*row(住址=None), "抱由镇"), headings=headings), setting).imported[0].case
    assert alone is not None and (alone.town, alone.group) == ("抱由镇", "mountain")
    torn = asked(setting, (*row(住址="乐东县黄流镇新安村", 承办法官=None), "抱由镇"), headings=headings)[0]
    assert (torn.questions[0].code, torn.column) == ("town.several", "S")


def test_a_judge_of_the_other_group_is_said(setting: Setting) -> None:
    one = check(book(row(住址="抱由镇一村", 承办法官="法官甲")), setting).imported[0]
    assert "judge.other_group" in [note.code for note in one.warnings]
    assert one.case is not None and (one.case.group, one.case.judge_id) == ("mountain", "J1")
