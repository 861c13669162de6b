"""The approval table against the plan's sentences, walked whole, and every row mutated."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from execdesk.law.authority import AuthorityTable, load_authority
from execdesk.law.authority_data import AuthorityData
from execdesk.law.matters import Matter
from execdesk.law.plan import clause_words
from execdesk.law.refusal import Refusal
from tests.law.plan_levels import AGREED, APPROVERS, CATCH_ALLS, MOVES, PERMITS, PLAN, POSTS, UNSIGNED, VICE, expected
from tests.law.rules import refused
from tests.law.support import LAW, book, table

BEFORE, FIRST, LATER = date(2017, 7, 31), date(2017, 8, 1), date(2026, 11, 23)
LADDER = ("judge", "director", VICE)
RECUSALS = {"执行员、书记员的回避", "院长的回避", "翻译、鉴定、勘验人员的回避"}  # read into the plan by statute, not in its lists
SIGNER_OF = {row.name: row.signer for row in expected()}
LEVELS = ("judge", "director", VICE, "review_office", "panel", "officer")


def faults(asked: AuthorityTable) -> list[str]:
    """Everything in which ``asked`` differs from what the plan says; empty is right."""
    names = {row.name for row in asked.choosable()}
    found = [f"与方案的事项不符：{name}" for name in names ^ {row.name for row in expected()}]
    return found or [fault for check in (_catch_alls, _listed, _ladder, _moves, _stays) for fault in check(asked)]


def first_fault(asked: AuthorityTable) -> list[str]:
    """As :func:`faults`, without looking further once one is found: for the mutations."""
    names = {row.name for row in asked.choosable()}
    if names != {row.name for row in expected()}:
        return ["与方案的事项不符"]
    return next((found for check in (_catch_alls, _listed, _moves, _ladder, _stays) if (found := check(asked))), [])


def _listed(asked: AuthorityTable) -> list[str]:
    found = []
    for row in expected():
        ruling = asked.decide(row.name, on=FIRST)
        got = (
            ruling.name,
            ruling.level,
            ruling.article,
            ruling.phrase,
            ruling.panel,
            ruling.statute_signer,
            ruling.reserved,
            ruling.approver,
        )
        if (
            got != (row.name, row.level, row.article, row.phrase, row.panel, row.signer, row.reserved, APPROVERS.get(row.name, ""))
            or ruling.conflict
        ):
            found.append(f"{row.name}：{got}")
        if row.phrase not in ruling.reason or row.article not in ruling.reason:
            found.append(f"{row.name}的理由没有条文：{ruling.reason}")
    return found


def _moves(asked: AuthorityTable) -> list[str]:
    found = []
    for name, subject, facts, target, level, extra in MOVES:
        try:
            ruling = asked.decide(name, subject=subject, on=FIRST, circumstances=facts)
        except Refusal as refusal:
            found.append(f"{name}（{subject} {facts}）：{refusal.text}")
            continue
        permits = PERMITS.get(subject, ()) if name == "拘留" else ()
        signer = "" if facts in UNSIGNED else SIGNER_OF[target]
        got = (ruling.name, ruling.level, ruling.extra, ruling.statute_signer, ruling.permits)
        if got != (target, level, extra, signer, permits) or ruling.reserved != (signer == "president"):
            found.append(f"{name}（{subject} {facts}）：{ruling.name} {ruling.level} {ruling.extra} {ruling.statute_signer}")
    return found


def _stays(asked: AuthorityTable) -> list[str]:
    """A circumstance moves nothing but what the plan and :data:`MOVES` say; elsewhere it is refused, or (a special subject) adds nothing."""
    found = []
    moved = {(name, fact) for name, _, facts, *_ in MOVES for fact in facts}
    special = {name for name, subject, *_ in MOVES if subject != "一般主体"}
    for row in expected():
        for fact in asked.data.circumstances:
            kind = fact.startswith("special_subject")
            if (row.name, fact) in moved or (kind and row.name in special):
                continue
            answer = answered(asked, row.name, fact)
            if answer != ((row.name, "") if kind else "authority.inapplicable"):
                found.append(f"{row.name}在 {fact} 下不应变：{answer}")
    return found


def answered(asked: AuthorityTable, name: str, fact: str) -> tuple[str, str] | str:
    """The matter it becomes and what is told besides, or the code of the refusal."""
    try:
        ruling = asked.decide(name, on=FIRST, circumstances={fact})
    except Refusal as refusal:
        return refusal.code
    return ruling.name, ruling.extra


def _catch_alls(asked: AuthorityTable) -> list[str]:
    found = []
    for name, (level, article, phrase) in CATCH_ALLS.items():
        row = asked.matter(name)
        if (
            row is None
            or not row.catch_all
            or (row.level, row.plan_article, row.plan_phrase) != (level, article, phrase)
        ):
            found.append(f"{name}不是兜底")
            continue
        if (row.panel, row.statute_signer, row.is_reserved, row.documents, row.approver) != ("none", "", False, (), ""):
            found.append(f"{name}带了别的要求")
    ruling = asked.decide("出租被查封房屋", on=FIRST)
    quotes = [clause.quote for clause in ruling.clauses]
    if (ruling.level, ruling.conflict, quotes) != (
        "director",
        True,
        [CATCH_ALLS["执行法官兜底"][2], CATCH_ALLS["执行局局长兜底"][2]],
    ):
        found.append(f"未列明事项：{ruling}")
    return found


def _ladder(asked: AuthorityTable) -> list[str]:
    found = []
    for row in expected():
        before, after = (asked.decide(row.name, on=on) for on in (BEFORE, FIRST))
        steps = LADDER if row.article.startswith("第6条") and row.level in LADDER else ()
        level = VICE if steps else row.level
        if after.confirmed != (row.name not in AGREED | RECUSALS):
            found.append(f"{row.name}是否核实：{after.confirmed}")
        if (before.path if steps else (), before.level, before.confirmed, before.ladder) != (
            steps,
            level,
            False,
            bool(steps),
        ):
            found.append(f"{row.name}在改革前：{before.path} {before.level}")
        stops = ("director",) if row.level == VICE else ()
        if (after.path, after.stops, after.ladder) != (stops, stops, False):
            found.append(f"{row.name}在改革后：{after.path}")
    return found


def test_the_table_says_what_the_plan_says() -> None:
    assert faults(table()) == []
    names = [row.name for row in expected()]
    assert len(names) == len(set(names)) and set(names) >= AGREED


def test_who_decides_at_each_level_by_his_post() -> None:
    data = table().data
    assert {level.name: {data.posts[post] for post in level.posts} for level in data.levels.values()} == POSTS


def test_who_is_a_special_subject() -> None:
    """The list of the law, a deputy by his level besides, and the word itself; each of them is listed by the director."""
    deputies = {row.name for row in table().data.subjects.values() if row.name.endswith("人大代表")}
    kinds = {*book().value("special.definition", FIRST).value, "特殊主体"} | deputies
    assert {row.name for row in table().data.subjects.values() if row.special} == kinds
    for row in table().data.subjects.values():
        ruling = table().decide("list_dishonest", subject=row.id, on=FIRST)
        assert (ruling.matter, ruling.level) == (("list_dishonest_special", "director") if row.name in kinds else ("list_dishonest", "judge"))
    assert [row.name for row in table().data.subjects.values() if not row.special] == ["一般主体"]


def test_the_sentences_are_the_plans() -> None:
    """Compared with the plan's text as it stands, line breaks and page breaks removed."""
    text = re.sub(r"\s", "", (LAW / "plan-2017-33.txt").read_text(encoding="utf-8"))
    for phrase in {key[2] for key in PLAN} | {entry[2] for entry in CATCH_ALLS.values()}:
        assert phrase in text
    for row in table().data.matters.values():
        assert row.plan_phrase in table().plan.clause(row.plan_article)


def test_the_plans_lists_are_used_up() -> None:
    """Every sentence of the three lists of article 6 is the ground of at least one matter."""
    used = {row.phrase for row in expected()}
    for number in ("6.2", "6.3", "6.4"):
        _, sentences = table().plan.clause(number).split("：")
        assert {sentence for sentence in sentences.rstrip("。").split("；") if sentence} <= used


def test_the_clauses_of_the_plan() -> None:
    plan = table().plan
    assert plan.clause("6.1").startswith("执行实施事项实行审批制。") and plan.clause("6.1").endswith(
        "审批权限分配如下："
    )
    assert plan.clause("5").endswith("按照规定程序报请审判委员会讨论决定。")
    assert plan.clause("7").count("。") == 3
    assert [number for number in plan.clauses if "." not in number] == [str(number) for number in range(1, 16)]
    assert plan.clause("6.5") == "" and plan.clause("7.1") == ""
    assert (clause_words("6.4"), clause_words("12")) == ("第6条第四款", "第12条")


def test_every_cell_has_exactly_one_level_or_a_declared_conflict() -> None:
    asked, levels, count, conflicts = table(), table().data.levels, 0, 0
    for cell in asked.cells([BEFORE, FIRST]):
        try:
            ruling = asked.decide(cell.matter, subject=cell.subject, on=cell.on, circumstances=cell.circumstances)
        except Refusal as refusal:
            raise AssertionError(cell) from refusal
        assert ruling.level in levels
        assert ruling.level_name == levels[ruling.level].name
        assert ruling.article and ruling.phrase and ruling.reason and ruling.clauses and ruling.rule_id
        assert ruling.phrase in ruling.reason and ruling.article in ruling.reason
        assert ruling.conflict == (cell.matter == "未列明事项" and cell.on >= FIRST)
        assert ruling.asked == cell.matter
        conflicts += ruling.conflict
        count += 1
    assert count == 2 * len(asked.data.subjects) * sum(len(asked.situations(row)) for row in [*(row.id for row in asked.choosable()), "未列明事项"])
    assert conflicts == len(asked.data.subjects)


def mutants(row: Matter) -> list[Matter]:
    """``row`` with one thing changed at a time."""
    level = next(level for level in LEVELS if level != row.level)
    article = "6.3" if row.plan_article != "6.3" else "6.4"
    return [
        replace(row, level=level),
        replace(row, plan_article=article),
        replace(row, plan_phrase=row.plan_phrase[:-1]),
        replace(row, panel="usual" if row.panel != "usual" else "none"),
        replace(row, statute_signer="" if row.statute_signer else "president"),
        replace(row, catch_all=not row.catch_all),
        replace(row, approver="" if row.approver else "director"),
        replace(row, name=row.name + "某"),
        replace(row, delegate="" if row.delegate else "letter_naming_matter", statute_signer="" if row.is_reserved else row.statute_signer),
    ]  # fmt: skip


@pytest.mark.parametrize("identifier", list(table().data.matters))
def test_a_change_of_any_matter_is_caught(identifier: str) -> None:
    for mutant in mutants(table().data.matters[identifier]):
        assert first_fault(with_data(matters={**table().data.matters, identifier: mutant})), mutant
    rest = {key: row for key, row in table().data.matters.items() if key != identifier}
    if not table().data.matters[identifier].catch_all and not is_target(identifier):
        assert first_fault(with_data(matters=rest))


@pytest.mark.parametrize("place", range(len(table().data.variants)))
def test_a_change_of_any_variant_is_caught(place: int) -> None:
    variants = table().data.variants
    variant = variants[place]
    other = "freeze_deposit" if variant.to != "freeze_deposit" else "fine"
    when = next(fact for fact in table().data.circumstances if fact != variant.when)
    changed = [replace(variant, to=other), replace(variant, when=when), replace(variant, matter=other)]
    if variant.to != variant.matter or variant.extra:
        assert first_fault(with_data(variants=variants[:place] + variants[place + 1 :])), variant
    changed.append(replace(variant, extra="" if variant.extra else "另行报告。"))
    changed.append(replace(variant, permit="" if variant.permit else "上级批准"))
    if variant.to == variant.matter:
        level = next(level for level in LEVELS if level not in {variant.level, table().data.matters[variant.to].level})
        changed += [replace(variant, level=level), replace(variant, signer="" if variant.signer else "director_or_leader")]
    for mutant in changed:
        assert first_fault(with_data(variants=(*variants[:place], mutant, *variants[place + 1 :]))), mutant


def is_target(identifier: str) -> bool:
    return any(identifier in {move.to, move.matter} for move in table().data.variants)


def test_a_change_of_validity_is_caught() -> None:
    data = table().data
    assert first_fault(with_data(plan=replace(data.plan, effective=BEFORE)))
    assert first_fault(with_data(plan=replace(data.plan, effective=date(2017, 8, 2))))
    assert first_fault(with_data(ladder=replace(data.ladder, steps=("judge", VICE))))
    assert first_fault(with_data(ladder=replace(data.ladder, steps=("judge", "director"))))
    assert first_fault(with_data(ladder=replace(data.ladder, confirmed=True)))


def with_data(**changes: object) -> AuthorityTable:
    return AuthorityTable(replace(table().data, **changes), table().plan)  # type: ignore[arg-type]


def test_the_reason_in_full() -> None:
    ruling = table().decide("freeze_deposit", on=FIRST)
    assert (
        ruling.reason
        == "冻结存款由执行法官批准：乐法〔2017〕33号第6条第二款「采取查询、查封、冻结、扣押、扣划等查控措施」（规则「列明优先」）。"
    )
    assert (
        ruling.clauses[0].source
        == "《乐东黎族自治县人民法院全面深化执行体制改革工作实施方案》（乐法〔2017〕33号）第6条第二款"
    )
    assert (ruling.rule_id, ruling.confirmed, ruling.documents) == (
        "R1_order",
        True,
        ("ruling_freeze", "notice_assist_deposit"),
    )
    assert ruling.basis == ("CPL:deposit_measures", "INT:control_term")
    assert ruling.data_hash == table().data.data_hash
    special = table().decide("list_dishonest", subject="deputy", on=FIRST)
    assert special.reason == (
        "因当事人是特殊主体，「纳入失信被执行人名单（一般主体）」按「特殊主体纳入失信名单」办理。特殊主体纳入失信名单由执行局局长批准："
        "乐法〔2017〕33号第6条第三款「将特殊主体纳入失信被执行人名单」（规则「特殊主体」）。法律另要求院长签发（规则「两道签署」）。"
    )
    assert (special.asked, special.matter, special.rule_id) == (
        "list_dishonest",
        "list_dishonest_special",
        "R9_special",
    )
    assert table().decide("admin_immediate_enforcement", on=FIRST).rule_id == "R10_urgent"
    assert "按兜底「其他不属于院长或分管院领导、执行局局长审批的事项」" in table().decide("恢复执行", on=FIRST).reason
    assert table().decide("review_request", on=BEFORE).reason.endswith("方案自 2017-08-01 起施行，此前的做法未经核实。")


def test_an_unlisted_matter_quotes_both_clauses() -> None:
    ruling = table().decide("出租被查封房屋", on=FIRST)
    assert ruling.reason == (
        "「出租被查封房屋」不在方案列明的事项之内：第6条第二款的兜底「其他不属于院长或分管院领导、执行局局长审批的事项」与"
        "第6条第三款的兜底「其他不属于院长或分管院领导审批的事项」都包括它，标明为兜底冲突，由执行局局长批准（乐法〔2017〕33号，规则「兜底冲突」）。"
    )
    assert (ruling.matter, ruling.name, ruling.rule_id, ruling.level) == (
        "出租被查封房屋",
        "出租被查封房屋",
        "T01",
        "director",
    )
    before = table().decide("出租被查封房屋", on=BEFORE)
    assert (before.conflict, before.path, before.name) == (False, LADDER, "出租被查封房屋")


def test_before_the_reform_the_ladder() -> None:
    ruling = table().decide("freeze_deposit", on=BEFORE)
    assert ruling.reason == (
        "冻结存款在 2017-07-31 适用逐级审批：执行法官、执行局局长、院长或院长授权的副院长依次批准，末级为院长或院长授权的副院长"
        "（本院当时的做法未经核实）。乐法〔2017〕33号第6条第一款「执行实施事项的批准实行不同于审判程序权限的逐级审批制」"
        "自 2017-08-01 起施行，对此日不适用（规则「改革前逐级审批」）。"
    )
    assert ruling.phrase in table().plan.clause("6.1")
    sure = with_data(ladder=replace(table().data.ladder, confirmed=True)).decide("freeze_deposit", on=BEFORE)
    assert "未经核实" not in sure.reason


@pytest.mark.parametrize("name", ["judge_catch_all", "执行局局长兜底", "president_trailing_etc"])
def test_a_catch_all_is_never_a_matter(name: str) -> None:
    with pytest.raises(Refusal) as refused:
        table().decide(name, on=FIRST)
    assert refused.value.code == "authority.catch_all"
    assert "是兜底条款，不能作为事项选用。" in refused.value.text


@pytest.mark.parametrize(
    ("matter", "subject", "facts", "code", "words"),
    [
        (" ", "ordinary", (), "authority.matter", "请先选择要报批的事项。"),
        ("fine", "duke", (), "authority.subject", "不认识的主体类别「duke」，可用：一般主体、特殊主体、国家工作人员"),
        ("fine", "ordinary", ("raining",), "authority.circumstance", "不认识的情形「raining」，可用：当事人是特殊主体、"),
        ("recusal_adjudicator", "ordinary", ("person=president", "person=officer"), "authority.contradiction", "不能同时成立，请只选一项。"),
        ("变卖", "ordinary", ("接受抵债", "第三人买受"), "authority.contradiction", "「财产由申请执行人接受抵债」与「由第三人买受」不能同时成立"),
        ("detention", "deputy_county", ("special_subject=乡镇人大代表",), "authority.contradiction", "不能同时成立"),
        ("fine", "ordinary", ("compulsory",), "authority.inapplicable", "「强制到场（拘传）」不适用于「罚款」，它没有须说明的情形，请去掉。"),
        ("change_undertaker", "ordinary", ("person=officer",), "authority.inapplicable", "可以说明的情形有：被申请回避的是翻译、鉴定、勘验人员、被申请回避的是执行员、书记员、"),
        ("出租被查封房屋", "ordinary", ("duty",), "authority.inapplicable", "「依法应当删除、解除」不适用于「出租被查封房屋」"),
        ("冻结", "ordinary", (), "authority.several", "「冻结」包括几个事项：冻结存款（执行法官）、冻结股权、投资权益、到期债权等其他财产权（执行法官）。请写明其中一项。"),
    ],
)  # fmt: skip
def test_questions_it_cannot_answer(matter: str, subject: str, facts: tuple[str, ...], code: str, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        table().decide(matter, subject=subject, on=FIRST, circumstances=facts)
    assert (refused.value.code, words in refused.value.text) == (code, True)


def test_subjects_and_circumstances_by_either_name() -> None:
    asked = table()
    for subject in ("deputy", "人大代表"):
        assert asked.decide("detention", subject=subject, on=FIRST).extra
    assert asked.decide("detention", on=FIRST, circumstances={"special_subject=人大代表"}).extra
    assert asked.decide("拘留", on=FIRST, circumstances={"现场紧急，先行拘留"}).matter == "urgent_detention_ratify"
    assert asked.decide("list_dishonest", on=FIRST, circumstances={"special_subject"}).level == "director"
    assert asked.suggest("冻结银行存款")[0] == "冻结存款"


def test_each_circle_and_fork_is_kept_out(tmp_path: Path) -> None:
    """A longer circle than the loader's own test: A → B → C → A."""
    text = (LAW / "authority.toml").read_text(encoding="utf-8")
    circle = "".join(
        f'[[variant]]\nmatter = "{a}"\nwhen = "compulsory"\nto = "{b}"\nlevel = "judge"\n\n'
        for a, b in (
            ("seize_property", "impound_property"),
            ("impound_property", "query_property"),
            ("query_property", "seize_property"),
        )
    )
    folder = tmp_path / "law"
    folder.mkdir()
    for path in LAW.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "authority.toml").write_text(text + "\n" + circle, encoding="utf-8")
    with pytest.raises(Refusal, match="「query_property」的去向转回了自己。"):
        load_authority(folder)


def test_the_data_type_is_frozen() -> None:
    assert isinstance(table().data, AuthorityData)
    with pytest.raises(AttributeError):
        table().data.data_hash = ""  # type: ignore[misc]


def test_the_words_of_a_circumstance_name_a_subject_too() -> None:
    plain = table().decide("list_dishonest", subject="special_subject", on=date(2017, 9, 1))
    assert plain.matter == "list_dishonest_special"
    deputy = table().decide("detention", subject="special_subject=人大代表", on=date(2017, 9, 1))
    assert deputy.extra == table().decide("detention", subject="deputy", on=date(2017, 9, 1)).extra != ""


def test_cells_hold_each_pair_of_circumstances_that_move_a_matter() -> None:
    asked = {(cell.matter, cell.circumstances) for cell in table().cells([FIRST])}
    assert {key for key in asked if key[0] == "detention"} == {("detention", frozenset()), ("detention", frozenset({"urgent_on_scene"}))}
    assert ("change_undertaker", frozenset({"reason=回避", "person=president"})) in asked
    assert ("change_undertaker", frozenset({"person=president"})) not in asked  # says nothing where the ground is another
    assert ("recusal_adjudicator", frozenset({"person=officer", "person=president"})) not in asked  # exclude each other
    assert {cell.subject for cell in table().cells([FIRST]) if cell.matter == "detention"} == set(table().data.subjects)


def test_only_a_special_subject_is_ruled_by_its_rule() -> None:
    assert table().decide("sell_property", on=FIRST, circumstances={"third party buys"}).rule_id == "R1_order"
    assert table().decide("fine", on=FIRST, subject="special").rule_id == "R9_special"


def test_suggestions_are_few_and_near() -> None:
    assert table().suggest("查封")[:2] == ("查封", "解除查封")
    assert table().suggest("终本裁")[0] == "终结本次执行程序"
    assert len(table().suggest("裁定执行")) == len(table().suggest("拘")) == 3  # however many of the nearest names are of one matter


def test_a_convention_of_the_court_holds_from_its_day() -> None:
    """Before it the matter stands in no list; before the plan it goes the ladder."""
    late = date(2018, 1, 1)
    row = replace(table().data.matters["escrow"], valid_from=late)
    asked = with_data(matters={**table().data.matters, "escrow": row})
    first, before, after, ladder = (asked.decide("提存", on=on) for on in (FIRST, date(2017, 12, 31), late, BEFORE))
    for early in (first, before):
        assert (early.conflict, early.rule_id, early.level, early.name) == (True, "T01", "director", "执行款提存")
    assert (after.conflict, after.confirmed, ladder.path) == (False, False, LADDER)
    assert after.reason == (
        "执行款提存由执行局局长批准：方案没有列明，本院约定自 2018-01-01 起依乐法〔2017〕33号第6条第三款「其他不属于院长或分管院领导审批的事项」办理"
        "（规则「列明优先」）。这项约定未经本院确认。"
    )
    sure = with_data(matters={**table().data.matters, "escrow": replace(row, confirmed=True)}).decide("escrow", on=late)
    assert sure.confirmed and "未经本院确认" not in sure.reason


def test_another_level_is_said_with_its_grounds() -> None:
    ruling = table().decide("解除限高", on=FIRST, circumstances={"履行完毕"})
    assert ruling.reason.startswith("因依法应当删除、解除（履行完毕、终结执行），由执行局局长决定。解除限制消费令由执行局局长批准：")
    special = table().decide("删除失信", subject="国有企业", on=FIRST, circumstances={"依法应当删除"})
    assert special.reason.count("由执行局局长决定。") == 1 and "「删除、撤销、更正失信信息（一般主体）」按「删除特殊主体失信信息」办理。" in special.reason
    bare = with_data(matters={key: replace(row, duty=()) for key, row in table().data.matters.items()})
    assert bare.decide("解除限高", on=FIRST, circumstances={"duty"}).reason.startswith("因依法应当删除、解除，由执行局局长决定。")


@pytest.mark.parametrize(("matter", "ground", "level"), [
    ("解除限高", "履行完毕", "director"), ("解除限高", " 终结执行 ", "director"), ("解除限高", "提供确实有效担保", "president_or_authorised_vice"), ("解除限高", "申请执行人同意", "president_or_authorised_vice"),
    ("删除失信", "纳入期限届满", "director"), ("删除失信", "和解协议履行完毕", "director"), ("删除失信", "依法应当删除", "director"),
])  # fmt: skip
def test_grounds_of_the_matter_decide_who_weighs(matter: str, ground: str, level: str) -> None:
    assert table().decide(matter, on=FIRST, circumstances=[ground]).level == level


def test_a_ground_of_another_matter_is_refused() -> None:
    for matter, ground in (("解除限高", "纳入期限届满"), ("删除失信", "提供确实有效担保"), ("冻结存款", "履行完毕"), ("午饭", "履行完毕")):
        sentence = refused("authority.inapplicable", lambda m=matter, g=ground: table().decide(m, on=FIRST, circumstances=[g]))
        assert sentence.startswith(f"「{ground}」不适用于「")
    assert "它的情形有：履行完毕、终结执行、提供确实有效担保、申请执行人同意。" in refused("authority.inapplicable", lambda: table().decide("解除限高", on=FIRST, circumstances=["不予执行"]))
    assert "它没有须说明的情形" in sentence


def test_a_request_names_the_ground_itself() -> None:
    assert "履行完毕、终结执行。" in refused("authority.ground", lambda: table().require_ground("解除限高", ["依法应当解除"]))
    for matter, stated in (("解除限高", ["履行完毕"]), ("解除限高", []), ("冻结存款", ["duty"]), ("午饭", ["duty"])):
        table().require_ground(matter, stated)
