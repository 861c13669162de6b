"""The language of texts: slots, choices, optional parts, and what it refuses."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from execdesk.documents.template import TemplateError, parse

CHOICES = {("未履行", "未全部履行"): "performance", ("立即", "于{n}日内"): "deadline"}
FLAGS = {"因私消费": "private"}


@dataclass
class Words:
    """A scope over a dictionary."""

    values: dict[str, str] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        return bool(self.values.get(name))

    def text(self, name: str) -> str:
        return self.values.get(name, f"<{name}>")

    def choice(self, name: str) -> str | None:
        return self.values.get(name)

    def blank(self, name: str) -> str:
        return f"<{name}>"

    def holds(self, claim: str) -> bool:
        return claim in self.values

    def claim(self, claim: str) -> str:
        return "" if claim in self.values else f"<!{claim}>"


def render(text: str, **values: str) -> str:
    return parse(text, CHOICES, FLAGS).render(Words(values))


def test_slots_are_filled_and_missing_ones_marked() -> None:
    assert render("冻结{debtor}的存款{amount}元", debtor="林例一") == "冻结林例一的存款<amount>元"


@pytest.mark.parametrize(
    ("text", "words", "without"),
    [
        ("甲{@sent}。", "甲。", "甲<!sent>。"), ("［甲{@sent}］乙", "甲乙", "乙"), ("［甲{debtor}{@sent}］乙", "甲林例一乙", "乙"),
        ("〔未履行{@sent}|未全部履行〕", "未履行", "未履行<!sent>"), ("［甲［乙{@sent}］］丙", "甲乙丙", "丙"),
    ],
)
def test_what_a_sentence_claims_is_marked_or_left_out_where_it_does_not_hold(text: str, words: str, without: str) -> None:
    choices = {("未履行{@sent}", "未全部履行"): "performance"}
    template = parse(text, choices, {})
    assert list(template.claims()) == ["sent"]
    given = {"debtor": "林例一", "performance": "未履行{@sent}"}
    assert template.render(Words({**given, "sent": "有"})) == words and template.render(Words(given)) == without


@pytest.mark.parametrize(
    ("chosen", "words"),
    [("未履行", "但未履行义务"), ("未全部履行", "但未全部履行义务"), ("别的", "但<performance>义务")],
)
def test_a_choice_prints_the_chosen_alternative(chosen: str, words: str) -> None:
    assert render("但〔未履行|未全部履行〕义务", performance=chosen) == words


def test_an_alternative_may_hold_slots() -> None:
    assert render("〔立即|于{n}日内〕履行", deadline="于{n}日内", n="7") == "于7日内履行"


def test_an_optional_part_needs_all_its_slots() -> None:
    text = "住{address}［，公民身份号码{id_no}］。"
    assert render(text, address="某处", id_no="1") == "住某处，公民身份号码1。"
    assert render(text, address="某处") == "住某处。"


def test_an_optional_part_without_slots_follows_its_flag() -> None:
    assert render("如你［因私消费］消费", private="1") == "如你因私消费消费"
    assert render("如你［因私消费］消费") == "如你消费"


def test_a_year_in_hexagonal_brackets_is_text() -> None:
    assert render("法释〔2015〕5号") == "法释〔2015〕5号"


@pytest.mark.parametrize(
    "text",
    [
        "{大}",
        "{name",
        "}",
        "〔甲〕",
        "〔甲|乙",
        "〔甲|乙〕",
        "［甲",
        "［甲］",
        "］",
        "〕",
        "{name|}",
        "〔未履行|未全部履行",
    ],
)
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(TemplateError):
        parse(text, CHOICES, FLAGS)
