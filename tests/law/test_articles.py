"""Article numbers by signing day, the words of a citation, what a re-dated draft changes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from execdesk.law.articles import CitationChange, article, changes, citations, cite
from execdesk.law.refusal import Refusal
from tests.law.support import book

CODE = "《中华人民共和国民事诉讼法》"
INTERPRETATION = "《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》"

# obligations.md C1, row by row: topics, then the numbers before 2022, from 2022, from 2024
CODE_TABLE = [
    ("compulsory_summons_court obstruction fine_detention_limits sanction_approval", (109, 111, 115, 116), (112, 114, 118, 119), (112, 114, 118, 119)),
    ("objection_conduct upper_court_enforcement objection_third_party", (225, 226, 227), (232, 233, 234), (236, 237, 238)),
    ("enforcement_officer entrusted_enforcement settlement guarantee_suspension succession reversal",
     (228, 229, 230, 231, 232, 233), (235, 236, 237, 238, 239, 240), (239, 240, 241, 242, 243, 244)),
    ("application application_period enforcement_notice property_report", (236, 239, 240, 241), (243, 246, 247, 248), (247, 250, 251, 252)),
    ("deposit_measures income_measures seize_auction_measures", (242, 243, 244), (249, 250, 251), (253, 254, 255)),
    ("seizure_procedure seizure_custody auction_sale search", (245, 246, 247, 248), (252, 253, 254, 255), (256, 257, 258, 259)),
    ("delivery_goods eviction title_transfer substitute_performance", (249, 250, 251, 252), (256, 257, 258, 259), (260, 261, 262, 263)),
    ("delay_interest continue_performance exit_credit_media", (253, 254, 255), (260, 261, 262), (264, 265, 266)),
    ("suspension_of_enforcement termination_of_enforcement effect_of_suspend_terminate", (256, 257, 258), (263, 264, 265), (267, 268, 269)),
]  # fmt: skip
CODE_DAYS = (
    (date(2013, 1, 1), date(2017, 6, 30), date(2017, 7, 1), date(2017, 9, 1), date(2021, 12, 31)),
    (date(2022, 1, 1), date(2022, 4, 9), date(2022, 4, 10), date(2023, 12, 31)),
    (date(2024, 1, 1), date(2024, 1, 2), date(2026, 11, 23)),
)
INTERPRETATION_TABLE = {
    "compulsory_summons": (484, 482), "control_term": (487, 485), "debt_in_kind_consent": (491, 489),
    "debt_in_kind_unsold": (492, 490), "title_passes": (493, 491), "execution_notice_10d": (482, 480),
    "pro_rata_apply": (508, 506), "pro_rata_deadline": (509, 507), "pro_rata_order": (510, 508),
    "plan_objection": (511, 509), "plan_suit": (512, 510), "exec_to_bankruptcy": (513, 511),
    "terminate_this_round": (519, 517), "detention_urgent": (181, 181),
}  # fmt: skip


@pytest.mark.parametrize(("topics", "before", "middle", "after"), CODE_TABLE)
def test_the_code_by_signing_day(
    topics: str, before: tuple[int, ...], middle: tuple[int, ...], after: tuple[int, ...]
) -> None:
    for column, days in zip((before, middle, after), CODE_DAYS, strict=True):
        for topic, number in zip(topics.split(), column, strict=True):
            for on in days:
                found = article(book(), topic, on)
                assert (found.article, found.statute_title, found.confirmed) == (number, CODE, True)


@pytest.mark.parametrize(("topic", "numbers"), INTERPRETATION_TABLE.items())
def test_the_interpretation_by_signing_day(topic: str, numbers: tuple[int, int]) -> None:
    for on, number in zip(
        (date(2015, 2, 4), date(2022, 4, 9), date(2022, 4, 10), date(2026, 1, 1)),
        [*numbers[:1] * 2, *numbers[1:] * 2],
        strict=True,
    ):
        found = article(book(), topic, on, "interpretation")
        assert (found.article, found.statute_title) == (number, INTERPRETATION)


def test_the_rules_of_the_tables() -> None:
    """Enforcement part: +7 in 2022, +4 in 2024; elsewhere +3 and +0. Interpretation: −2 from article 304 on."""
    for topic in book().tables["cpl"].topics.values():
        old, second, third, last = (topic.articles[version] for version in ("v2013", "v2017", "v2022", "v2024"))
        assert old and second and third and last
        assert old == second
        assert (third - old, last - third) == ((7, 4) if old >= 224 else (3, 0))
    for topic in book().tables["interpretation"].topics.values():
        old, new = topic.articles["i2015"], topic.articles["i2022"]
        assert old and new
        assert old - new == (2 if old >= 304 else 0)


def test_the_window_has_the_new_code_and_the_old_interpretation() -> None:
    tokens = ["INT:control_term", "CPL:deposit_measures"]
    assert cite(book(), tokens, date(2017, 9, 1)) == f"{CODE}第二百四十二条、{INTERPRETATION}第四百八十七条"
    for on in (date(2022, 1, 1), date(2022, 4, 9)):
        assert cite(book(), tokens, on) == f"{CODE}第二百四十九条、{INTERPRETATION}第四百八十七条"
    assert cite(book(), tokens, date(2022, 4, 10)) == f"{CODE}第二百四十九条、{INTERPRETATION}第四百八十五条"
    assert cite(book(), tokens, date(2024, 1, 2)) == f"{CODE}第二百五十三条、{INTERPRETATION}第四百八十五条"


@pytest.mark.parametrize(
    ("topic", "statute", "old", "new"),
    [
        ("waiting_seizure", "seizure", 28, 26), ("lapse", "SEIZ", 30, 27), ("release", "seizure", 31, 28),
        ("ruling_10d", "auction", 23, 20), ("title_passes", "AUC", 29, 26), ("several_creditors", "enforcement", 88, 55),
        ("reversal", "ENF", 109, 65), ("exit_application", "procedure", 36, 23), ("plan", "PROC", 25, 17),
    ],
)  # fmt: skip
def test_rules_renumbered_in_2021(topic: str, statute: str, old: int, new: int) -> None:
    assert article(book(), topic, date(2020, 12, 31), statute).article == old
    now = article(book(), topic, date(2021, 1, 1), statute)
    assert (now.article, now.confirmed) == (new, True)


def test_the_old_column_of_most_rules_is_unconfirmed() -> None:
    assert not article(book(), "lapse", date(2017, 8, 1), "seizure").confirmed
    assert article(book(), "exit_application", date(2017, 8, 1), "procedure").confirmed
    assert not article(book(), "recusal_grounds", date(2024, 1, 1)).confirmed


CITATIONS = [
    (["CPL:ruling_scope_sign#1"], "第一百五十四条第一款"),
    (["CPL:ruling_scope_sign#3", "CPL:ruling_scope_sign#1"], "第一百五十四条第一款、第三款"),
    (["CPL:obstruction#1.6", "CPL:obstruction#1.3"], "第一百一十一条第一款第三项、第六项"),
    (["CPL:obstruction#1.6", "CPL:obstruction#2"], "第一百一十一条第一款第六项、第二款"),
    (["CPL:termination_of_enforcement#.6", "CPL:termination_of_enforcement#.2"], "第二百五十七条第二项、第六项"),
    (["CPL:obstruction", "CPL:obstruction#1"], "第一百一十一条、第一百一十一条第一款"),
    (["CPL:seize_auction_measures", "CPL:deposit_measures", "CPL:deposit_measures"], "第二百四十二条、第二百四十四条"),
    (["deposit_measures"], "第二百四十二条"),
]  # fmt: skip


@pytest.mark.parametrize(("tokens", "words"), CITATIONS)
def test_the_words_of_a_citation(tokens: list[str], words: str) -> None:
    assert cite(book(), tokens, date(2017, 9, 1)) == CODE + words


def test_fixed_articles_lists_ranges_and_whole_texts() -> None:
    on = date(2017, 9, 1)
    assert cite(book(), ["TNR:1"], on).endswith("《最高人民法院关于严格规范终结本次执行程序的规定（试行）》第一条")
    assert cite(book(), ["CONS2015:5,1,3"], on).endswith("有关消费的若干规定》第一条、第三条、第五条")
    assert cite(book(), ["INV2017:3-7,9"], on).endswith("财产调查若干问题的规定》第三条至第七条、第九条")
    assert cite(book(), ["MONEY"], on) == "《最高人民法院关于执行款物管理工作的规定》"
    for token, place in (("MONEY", (0, 0, 0, 0)), ("TNR:1", (1, 1, 0, 0)), ("TNR:1#2.3", (1, 1, 2, 3)), ("INV2017:3-7", (3, 7, 0, 0))):
        (cited,) = citations(book(), [token], on)[0].places
        assert (cited.first, cited.last, cited.paragraph, cited.item) == place
    assert cite(book(), ["MONEY", "MONEY:3"], on) == "《最高人民法院关于执行款物管理工作的规定》第三条"


def test_law_then_regulation_then_interpretation_then_documents() -> None:
    tokens = ["TNR:1", "INT:terminate_this_round", "FEE:14", "CPL:effect_of_suspend_terminate", "SEIZ:release"]
    titles = [citation.title for citation in citations(book(), tokens, date(2017, 9, 1))]
    assert titles == [
        CODE, "《诉讼费用交纳办法》", INTERPRETATION, "《最高人民法院关于人民法院民事执行中查封、扣押、冻结财产的规定》",
        "《最高人民法院关于严格规范终结本次执行程序的规定（试行）》",
    ]  # fmt: skip


def test_citations_carry_their_doubt() -> None:
    sure, doubtful = citations(book(), ["CPL:eviction", "SEIZ:lapse"], date(2017, 9, 1))
    assert (sure.confirmed, doubtful.confirmed) == (True, False)
    (mixed,) = citations(book(), ["PROC:objection_15d", "PROC:plan"], date(2017, 9, 1))
    assert [place.confirmed for place in mixed.places] == [False, True] and not mixed.confirmed
    assert sure.places[0].token == "CPL:eviction"
    assert citations(book(), ["INT2009:2"], date(2012, 9, 1))[0].confirmed is False
    assert citations(book(), ["REFP:27"], date(2019, 9, 1))[0].confirmed is True


@pytest.mark.parametrize(
    ("tokens", "on", "sentence"),
    [
        (["CPL:eviction"], date(2012, 12, 31), "没有 2012-12-31 有效的民事诉讼法条文。已知：2012-08-31第二次修正 自 2013-01-01 至 2017-06-30；"),
        (["INT:control_term"], date(2015, 2, 3), "没有 2015-02-03 有效的民诉法解释条文。已知：法释〔2015〕5号 自 2015-02-04 至 2022-04-09；"),
        (["TNR:1"], date(2016, 11, 30), "（法〔2016〕373号）自 2016-12-01 起施行，2016-11-30 不能引用。"),
        (["DIS2013:1"], date(2017, 5, 1), "（法释〔2013〕17号）自 2013-10-01 至 2017-04-30施行，2017-05-01 不能引用。"),
        (["SEIZ:term"], date(2021, 1, 1), "没有「查封期限」一条，2021-01-01 不能引用。已知：自 2005-01-01 至 2020-12-31为第二十九条。"),
    ],
)  # fmt: skip
def test_not_citable_on_that_day(tokens: list[str], on: date, sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        cite(book(), tokens, on)
    assert refused.value.code == "law.not_in_force"
    assert sentence in refused.value.text


@pytest.mark.parametrize(
    ("token", "sentence"),
    [
        ("CPL:nothing_like_it", "民事诉讼法的条文表没有「nothing_like_it」。"),
        ("CPL:deposit_measure", "相近的有：deposit_measures"),
        ("nowhere", "「nowhere」不指向任何条文或来源。"),
        ("XYZ:1", "「XYZ:1」不指向任何条文或来源。"),
        ("TNR:one", "「TNR:one」应以条号指明条文，如 TNR:1。"),
        ("TNR:7-3", "「TNR:7-3」的条号范围颠倒。"),
        ("TNR:3-3", "「TNR:3-3」的条号范围颠倒。"),
        ("CPL:service_", "没有「service_」，相近的有：service_lien、service_direct、service_receipt。"),
        ("CPL:Eviction!", "写法不对，应如 CPL:deposit_measures#1 或 TNR:1,3-5。"),
        ("TNR#1", "「TNR#1」不指向任何条文或来源。"),
    ],
)
def test_tokens_that_name_nothing(token: str, sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        cite(book(), [token], date(2017, 9, 1))
    assert refused.value.code == "law.unknown"
    assert sentence in refused.value.text


def test_an_unknown_statute() -> None:
    with pytest.raises(Refusal, match="没有法规「penal」的条文表，已有：cpl、interpretation、"):
        article(book(), "eviction", date(2017, 9, 1), "penal")


def test_what_a_new_signing_day_changes() -> None:
    tokens = ["CPL:deposit_measures", "INT:control_term", "CPL:fine_detention_limits", "TNR:1"]
    old = date(2017, 9, 1)
    assert changes(book(), tokens, old, date(2021, 12, 31)) == ()
    assert changes(book(), tokens, old, date(2022, 1, 4)) == (
        CitationChange("CPL:deposit_measures", CODE, "第二百四十二条", "第二百四十九条"),
        CitationChange("CPL:fine_detention_limits", CODE, "第一百一十五条", "第一百一十八条"),
    )
    assert [(change.old, change.new) for change in changes(book(), tokens, old, date(2024, 1, 2))] == [
        ("第二百四十二条", "第二百五十三条"), ("第四百八十七条", "第四百八十五条"), ("第一百一十五条", "第一百一十八条"),
    ]  # fmt: skip
    gone = changes(book(), ["SEIZ:term", "DIS2013:1"], date(2016, 1, 1), date(2021, 1, 1))
    assert [(change.old, change.new) for change in gone] == [("第二十九条", None), ("第一条", None)]
    new = changes(book(), ["TNR:1"], date(2016, 1, 1), date(2017, 1, 1))
    assert new == (CitationChange("TNR:1", "《最高人民法院关于严格规范终结本次执行程序的规定（试行）》", None, "第一条"),)


@given(
    st.lists(st.sampled_from(sorted(book().tables["cpl"].topics)), min_size=1, max_size=6),
    st.dates(date(2013, 1, 1), date(2030, 1, 1)),
)
def test_the_title_stands_once_and_articles_rise(topics: list[str], on: date) -> None:
    text = cite(book(), [f"CPL:{topic}" for topic in topics], on)
    assert text.count("《") == 1
    numbers = [place.first for place in citations(book(), [f"CPL:{topic}" for topic in topics], on)[0].places]
    assert numbers == sorted(set(numbers))


def test_every_link_of_a_figure_is_citable_while_it_holds() -> None:
    """The tokens a figure names can be cited on the first day both it and the last of its sources hold."""
    for key in book().values:
        for value in book().history(key):
            for token in value.articles:
                days = [source.valid_from for source in book().sources.values()] + [date(2026, 11, 23)]
                assert any(_citable(token, on) for on in days), (key, token)


def _citable(token: str, on: date) -> bool:
    try:
        return bool(cite(book(), [token], on))
    except Refusal:
        return False


def test_a_topic_is_called_by_its_words() -> None:
    on = date(2018, 1, 2)
    part = article(book(), "查询扣押冻结划拨", on)
    assert (part.topic, part.article) == ("deposit_measures", 242)
    assert article(book(), part.name, on) == article(book(), "deposit_measures", on) == part
    assert article(book(), "财产报告", on).topic == "property_report"
    with pytest.raises(Refusal, match="叫「执行」的有好几条：.*；执行通知与立即强制执行；") as several:
        article(book(), "执行", on)
    with pytest.raises(Refusal, match="^民事诉讼法的条文表没有「种树」，请在「法规参数」中查找条文。$") as none:
        article(book(), "种树", on)
    assert several.value.code == none.value.code == "law.unknown"
