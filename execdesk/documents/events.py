"""What happens to a paper, to whom, with what result, and what it stands for: the words in which a type's data name it.

The engine knows no business: which functions run (``run``) is checked by the rooms that have them, when a desk is opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from execdesk.documents.reading import DataTable

EVENTS: Mapping[str, str] = {
    "issued": "签发", "served": "送达", "answered": "答复", "void": "作废",  # of a paper that is issued
    "signed": "签名", "received": "收到",  # of one signed by hand, and of one that another body made
}
PERSONS: Mapping[str, str] = {  # in what role somebody is addressed, aimed at or served
    "applicant": "申请执行人", "debtor": "被执行人", "third_party": "第三人", "outsider": "案外人", "parties": "双方当事人", "interested": "当事人、利害关系人",
    "buyer": "买受人", "sanctioned": "被处罚人", "family": "家属", "assisting_unit": "协助执行单位", "agency": "机构", "unit": "有关单位",
    "police": "公安机关", "custody": "拘留所", "border_control": "出入境管理机构", "other_court": "有关人民法院", "upper_court": "上级人民法院",
}
RESULTS: Mapping[str, str] = {  # of an answer
    "full": "足额控制", "partial": "部分控制", "transferred": "已划款", "zero_registered": "零余额登记", "no_object": "查无此户",
    "waiting": "轮候", "released": "已解除", "refused": "拒绝协助",
}
TRAITS: Mapping[str, str] = {  # what a type is, where some action or list looks for papers of that sort
    "orders_control": "采取或者续行控制措施的裁定", "releases_control": "解除控制措施的裁定", "orders_transfer": "划拨的裁定",
    "assists_control": "请协助单位办理控制事项的通知", "execution_notice": "执行通知书", "property_report": "报告财产令", "approval_sheet": "审批表", "paper_request": "纸面报批单", "service_receipt": "送达回证",
}
_VARIANTS = re.compile("〔([^〔〕]*)〕")


@dataclass(frozen=True)
class EffectRule:
    """Which effects run at one event of a type, on somebody in a role, with a result, for a variant of the paper.

    A rule without role, results or variants holds for all of them. ``place`` is where it stands in the data.
    """

    event: str
    role: str
    results: tuple[str, ...]
    variants: tuple[str, ...]
    run: tuple[str, ...]
    place: str

    def holds(self, event: str, role: str, result: str, variant: str) -> bool:
        """Whether it speaks of what happened."""
        return (
            self.event == event and self.role in ("", role) and (not self.variants or variant in self.variants)
            and (not self.results or result in self.results)
        )


def variants_of(title: str) -> tuple[str, ...]:
    """What a type's title leaves to choose: 协助〔冻结|划拨|解除冻结〕存款通知书; nothing for most."""
    found = _VARIANTS.search(title)
    return tuple(found[1].split("|")) if found else ()


def read_rules(node: DataTable, variants: tuple[str, ...]) -> tuple[EffectRule, ...]:
    """The rules of a type, under ``effect``; refuses words it does not know, with the line."""
    return tuple(_rule(entry, variants) for entry in node.tables("effect"))


def _rule(node: DataTable, variants: tuple[str, ...]) -> EffectRule:
    event = node.one_of("on", tuple(EVENTS))
    results = known(node, "result", RESULTS)
    if results and event != "answered":
        raise node.fail("只有答复（answered）才有结果", "result")
    rule = EffectRule(
        event, node.one_of("role", ("", *PERSONS), ""), results, known(node, "variant", dict.fromkeys(variants, "")), node.strings("run"), node.place_of("run")
    )
    if not rule.run:
        raise node.fail("没有写明效果（run）")
    node.close()
    return rule


def known(node: DataTable, key: str, words: Mapping[str, str]) -> tuple[str, ...]:
    """A list of words out of ``words``."""
    found = node.strings(key)
    if wrong := [name for name in found if name not in words]:
        raise node.fail(f"「{key}」写作「{wrong[0]}」，只能是：{'、'.join(words)}", key)
    return found


def effects_named(rules: Iterator[EffectRule]) -> Iterator[tuple[str, str]]:
    """Every effect that rules name, with its place."""
    yield from ((name, rule.place) for rule in rules for name in rule.run)
