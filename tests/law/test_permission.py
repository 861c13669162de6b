"""Who may decide or sign, in the words of the screen; the person's side of the matrix walked whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from execdesk.law.authority import AuthorityTable
from execdesk.law.permission import (
    EVERYTHING,
    DelegationFact,
    Permission,
    PersonFacts,
    PostFact,
    RequestFacts,
    may_decide,
    may_sign,
    needed_level,
)
from execdesk.law.refusal import Refusal
from tests.law.support import table

BEFORE, ON = date(2017, 7, 31), date(2017, 9, 1)
SINCE = date(2017, 1, 1)
LETTER = DelegationFact("〔2017〕1号", (EVERYTHING,), date(2017, 8, 1), date(2018, 7, 31))


def who(*posts: str, **facts: object) -> PersonFacts:
    return PersonFacts("某人", tuple(PostFact(post, SINCE) for post in posts), **facts)  # type: ignore[arg-type]


def vice(*letters: DelegationFact, **facts: object) -> PersonFacts:
    return who("vice_president", delegations=letters, **facts)


def ask(
    matter: str, person: PersonFacts, request: RequestFacts | None = None, *, on: date = ON, subject: str = "ordinary"
) -> Permission:
    return may_decide(table(), table().decide(matter, on=on, subject=subject), person, request)


def refused(matter: str, person: PersonFacts, request: RequestFacts | None = None, *, on: date = ON) -> Refusal:
    with pytest.raises(Refusal) as caught:
        ask(matter, person, request, on=on)
    return caught.value


UP = RequestFacts(upward=True)
BY_DIRECTOR = RequestFacts(applicant_posts=(PostFact("director", SINCE),))

GRANTED = [
    ("freeze_deposit", who("judge", is_responsible_judge=True, is_applicant=True), None,
     "本事项属执行法官的审批权限；您任执行法官，2017-01-01 起，是本案承办法官。"),
    ("freeze_deposit", who("director", is_responsible_judge=True, is_applicant=True), None,
     "本事项属执行法官的审批权限；您任执行局局长，2017-01-01 起，是本案承办法官。"),
    ("freeze_deposit", who("deputy_director", is_responsible_judge=True), UP,
     "本事项属执行法官的审批权限；您任执行局副局长，2017-01-01 起，是本案承办法官。"),
    ("freeze_deposit", who("director"), UP, "本事项属执行法官的审批权限，承办法官已层报；您任执行局局长，2017-01-01 起。"),
    ("freeze_deposit", who("president"), UP, "本事项属执行法官的审批权限，承办法官已层报；您任院长，2017-01-01 起。"),
    ("freeze_deposit", vice(LETTER), UP,
     "本事项属执行法官的审批权限，承办法官已层报；您任副院长，持授权书〔2017〕1号，2017-08-01 至 2018-07-31。"),
    ("release_freeze", who("director"), None, "本事项属执行局局长的审批权限；您任执行局局长，2017-01-01 起。"),
    ("release_freeze", who("president"), BY_DIRECTOR,
     "本事项属执行局局长的审批权限，提出人本人任执行局局长，应报院长或院长授权的副院长；您任院长，2017-01-01 起。"),
    ("release_freeze", vice(LETTER), BY_DIRECTOR,
     "本事项属执行局局长的审批权限，提出人本人任执行局局长，应报院长或院长授权的副院长；您任副院长，持授权书〔2017〕1号，2017-08-01 至 2018-07-31。"),
    ("出租被查封房屋", who("director"), None, "本事项属执行局局长的审批权限；您任执行局局长，2017-01-01 起。"),
    ("detention", who("president"), None, "本事项属院长或院长授权的副院长的审批权限；您任院长，2017-01-01 起。"),
    ("extend_enforcement_period", vice(LETTER), None,
     "本事项属院长或院长授权的副院长的审批权限；您任副院长，持授权书〔2017〕1号，2017-08-01 至 2018-07-31。"),
    ("detention", vice(replace(LETTER, named=("detention",))), None,
     "本事项属院长或院长授权的副院长的审批权限；您任副院长，持授权书〔2017〕1号，2017-08-01 至 2018-07-31。"),
    ("review_objection_conduct", who("review_office"), None, "本事项属审判事务管理办公室审查办理；您任审判事务管理办公室人员，2017-01-01 起。"),
    ("travel_approval", who("director"), None, "本事项属执行局负责；您任执行局局长，2017-01-01 起。"),
    ("police_training", who("police_captain"), None, "本事项属司法警察大队负责；您任司法警察大队长，2017-01-01 起。"),
    ("carry_out_acts", who("clerk"), None, "本事项属执行员负责；您任书记员，2017-01-01 起。"),
    ("carry_out_acts", who("auxiliary_police"), None, "本事项属执行员负责；您任协警，2017-01-01 起。"),
]  # fmt: skip


@pytest.mark.parametrize(("matter", "person", "request_facts", "text"), GRANTED)
def test_permission(matter: str, person: PersonFacts, request_facts: RequestFacts | None, text: str) -> None:
    permission = ask(matter, person, request_facts)
    assert permission.text == text
    assert permission.clauses
    assert permission.delegation == ("〔2017〕1号" if "授权书" in text else "")


REFUSED = [
    ("release_freeze", who("judge", is_responsible_judge=True, is_applicant=True), None, "authority.level",
     "不能由您批准：解除冻结须执行局局长批准，您任执行法官，没有执行局局长的权限。", ("转报执行局局长…", "看条文 F1")),
    ("freeze_deposit", who("judge"), None, "authority.level",
     "不能由您批准：冻结存款须承办法官批准，您任执行法官，不是本案承办法官。", ("转承办法官…", "看条文 F1")),
    ("freeze_deposit", who("director"), None, "authority.upward",
     "不能由您批准：冻结存款须承办法官批准，您任执行局局长，承办法官没有将本事项层报。", ("转承办法官…", "看条文 F1")),
    ("freeze_deposit", who("clerk"), None, "authority.level",
     "不能由您批准：冻结存款须承办法官批准，您任书记员，没有审批权限。", ("转承办法官…", "看条文 F1")),
    ("freeze_deposit", who("clerk", is_responsible_judge=True), None, "authority.post",
     "不能由您批准：冻结存款须承办法官批准，您在 2017-09-01 没有执行法官职务。", ("转承办法官…", "看条文 F1")),
    ("release_freeze", who("president"), None, "authority.upward",
     "不能由您批准：解除冻结须执行局局长批准，您任院长，承办法官没有将本事项层报。", ("转报执行局局长…", "看条文 F1")),
    ("release_freeze", who("deputy_director"), None, "authority.level",
     "不能由您批准：解除冻结须执行局局长批准，您任执行局副局长，没有执行局局长的权限。", ("转报执行局局长…", "看条文 F1")),
    ("release_freeze", who("director", is_applicant=True), None, "authority.self",
     "不能由您批准：解除冻结须执行局局长批准，您是本事项的提出人，不得批准自己的申请，应报院长或院长授权的副院长。", ("转报院长…", "看条文 F1")),
    ("release_freeze", who("director", is_responsible_judge=True), BY_DIRECTOR, "authority.self",
     "不能由您批准：解除冻结须院长或院长授权的副院长批准，您是本事项的提出人，不得批准自己的申请，应报院长或院长授权的副院长。", ("转报院长…", "看条文 F1")),
    ("release_freeze", who("director"), BY_DIRECTOR, "authority.level",
     "不能由您批准：解除冻结须院长或院长授权的副院长批准，您任执行局局长，没有院长或院长授权的副院长的权限。", ("转报院长…", "看条文 F1")),
    ("release_freeze", who("president", is_applicant=True), UP, "authority.self",
     "不能由您批准：解除冻结须执行局局长批准，您是本事项的提出人，不得批准自己的申请，应报院长或院长授权的副院长。", ("转报院长…", "看条文 F1")),
    ("extend_enforcement_period", vice(LETTER, is_applicant=True), None, "authority.self",
     "不能由您批准：延长执行期限须院长或院长授权的副院长批准，您是本事项的提出人，不得批准自己的申请，应报院长。", ("转报院长…", "看条文 F1")),
    ("extend_enforcement_period", who("president", is_applicant=True), None, "authority.self",
     "不能由您批准：延长执行期限须院长或院长授权的副院长批准，您是本事项的提出人，不得批准自己的申请，应报审判委员会。", ("转审判委员会…", "看条文 F1")),
    ("detention", who("party_leader"), None, "authority.level",
     "不能由您批准：拘留须院长或院长授权的副院长批准，您是分管院领导（党组成员），不是副院长，方案没有给分管院领导单独的审批权限。", ("转报院长…", "看条文 F1")),
    ("terminate_this_round", vice(), None, "authority.delegation",
     "不能由您批准：终结本次执行程序须院长或院长授权的副院长批准，您任副院长，没有登记的院长授权书。", ("转报院长…", "看条文 F1")),
    ("detention", vice(LETTER), None, "authority.delegation",
     "不能由您批准：拘留须院长或院长授权的副院长批准，您任副院长，法律把本事项留给院长，须在授权书中逐项写明，授权书〔2017〕1号没有写明拘留。",
     ("转报院长…", "看授权书", "看条文 F1")),
    ("extend_enforcement_period", vice(replace(LETTER, matters=("fine",))), None, "authority.delegation",
     "不能由您批准：延长执行期限须院长或院长授权的副院长批准，您任副院长，授权书〔2017〕1号的事项不包括延长执行期限。",
     ("转报院长…", "看授权书", "看条文 F1")),
    ("freeze_deposit", vice(), UP, "authority.delegation",
     "不能由您批准：冻结存款须承办法官批准，您任副院长，没有登记的院长授权书。", ("转承办法官…", "看条文 F1")),
    ("review_objection_conduct", who("review_office", acted_in_case=True), None, "authority.duty",
     "不能由您批准：执行行为异议审查须审判事务管理办公室审查办理，您办理过本案的执行，不得参加审查。", ("转审判事务管理办公室…", "看条文 F1")),
    ("review_objection_conduct", who("judge"), UP, "authority.level",
     "不能由您批准：执行行为异议审查须审判事务管理办公室审查办理，您任执行法官，没有审判事务管理办公室的权限。", ("转审判事务管理办公室…", "看条文 F1")),
    ("review_objection_conduct", who("president"), UP, "authority.level",
     "不能由您批准：执行行为异议审查须审判事务管理办公室审查办理，您任院长，没有审判事务管理办公室的权限。", ("转审判事务管理办公室…", "看条文 F1")),
    ("panel_deliberation", who("president"), UP, "authority.body",
     "不能由您批准：重大执行事项合议须合议庭评议决定，不能由一人批准。", ("转合议庭…", "看条文 F1")),
    ("judges_meeting", who("judge"), None, "authority.body", "不能由您批准：法官会议须法官会议讨论，不能由一人批准。", ("转法官会议…", "看条文 F1")),
    ("carry_out_acts", who("clerk", political=False), None, "authority.duty",
     "不能由您批准：财产调查、控制、处分、交付和分配以及罚款、拘留的具体实施须执行员负责，您是辅助执行员，可以协助，不能主办。", ("转执行员…", "看条文 F1")),
    ("travel_approval", who("director", is_applicant=True), None, "authority.self",
     "不能由您批准：派驻警员出差审批须执行局负责，您是本事项的提出人，不得批准自己的申请，应报院长或院长授权的副院长。", ("转报院长…", "看条文 F1")),
    ("travel_approval", who("judge", is_applicant=True), None, "authority.level",
     "不能由您批准：派驻警员出差审批须执行局负责，您任执行法官，没有执行局的权限。", ("转执行局…", "看条文 F1")),
    ("release_freeze", who(), None, "authority.level",
     "不能由您批准：解除冻结须执行局局长批准，您在 2017-09-01 没有登记的职务。", ("转报执行局局长…", "看条文 F1")),
    ("release_freeze", who("admin"), None, "authority.level",
     "不能由您批准：解除冻结须执行局局长批准，您任系统管理员，没有审批权限。", ("转报执行局局长…", "看条文 F1")),
    ("release_freeze", who("gardener"), None, "authority.level",
     "不能由您批准：解除冻结须执行局局长批准，您任gardener，没有审批权限。", ("转报执行局局长…", "看条文 F1")),
]  # fmt: skip


@pytest.mark.parametrize(("matter", "person", "request_facts", "code", "text", "ways"), REFUSED)
def test_refusal(
    matter: str, person: PersonFacts, request_facts: RequestFacts | None, code: str, text: str, ways: tuple[str, ...]
) -> None:
    refusal = refused(matter, person, request_facts)
    assert (refusal.code, refusal.text) == (code, text)
    assert tuple(way.label for way in refusal.ways) == ways
    assert refusal.clauses[0].quote == table().decide(matter, on=ON).phrase


def test_the_ways_name_what_to_open() -> None:
    refusal = refused("detention", vice(LETTER))
    assert [way.action for way in refusal.ways] == [
        "refer:president_or_authorised_vice", "delegation:〔2017〕1号", "clause:6.4",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("letter", "on", "fault"),
    [
        (replace(LETTER, effective=False), ON, "授权书〔2017〕1号尚未经院长签署生效"),
        (replace(LETTER, revoked_on=date(2017, 9, 1)), date(2017, 9, 1), "授权书〔2017〕1号已于 2017-09-01 撤销"),
        (replace(LETTER, revoked_on=date(2017, 9, 1)), date(2017, 8, 31), ""),
        (replace(LETTER, starts_on=date(2017, 9, 2)), ON, "授权书〔2017〕1号自 2017-09-02 起才生效"),
        (LETTER, date(2018, 7, 31), ""),
        (LETTER, date(2018, 8, 1), "授权书〔2017〕1号已于 2018-07-31 届满"),
        (replace(LETTER, matters=("延长执行期限",)), ON, ""),
        (replace(LETTER, matters=("extend_enforcement_period",)), ON, ""),
    ],
)
def test_a_letter_by_the_day(letter: DelegationFact, on: date, fault: str) -> None:
    if fault:
        assert fault in refused("extend_enforcement_period", vice(letter), on=on).text
    else:
        assert ask("extend_enforcement_period", vice(letter), on=on).delegation == "〔2017〕1号"


def test_the_second_letter_may_reach() -> None:
    assert (
        ask("fine", vice(LETTER, replace(LETTER, letter="〔2017〕2号", matters=("fine",)))).delegation == "〔2017〕2号"
    )


@pytest.mark.parametrize("matter", ["detention", "fine", "compulsory_summons", "issue_search_warrant", "issue_consumption_order",
                                    "issue_eviction_announcement", "terminate_this_round", "urgent_detention_ratify"])  # fmt: skip
def test_what_statute_keeps_for_the_president_must_be_named(matter: str) -> None:
    assert "须在授权书中逐项写明" in refused(matter, vice(LETTER)).text
    assert ask(matter, vice(replace(LETTER, matters=(matter,)))).level == "president_or_authorised_vice"


@pytest.mark.parametrize(
    ("post", "on", "lapse"),
    [
        (PostFact("director", SINCE, date(2017, 8, 31)), ON, "您的执行局局长职务已于 2017-08-31 届满"),
        (PostFact("director", date(2017, 9, 2)), ON, "您的执行局局长职务自 2017-09-02 起才生效"),
        (PostFact("director", SINCE, effective=False), ON, "您的执行局局长职务尚未会签生效"),
        (PostFact("director", SINCE, date(2017, 9, 1)), ON, ""),
        (PostFact("director", date(2017, 9, 1)), ON, ""),
    ],
)
def test_a_post_by_the_day(post: PostFact, on: date, lapse: str) -> None:
    person = PersonFacts("某人", (post,))
    if lapse:
        assert refused("release_freeze", person, on=on).text == f"不能由您批准：解除冻结须执行局局长批准，{lapse}。"
    else:
        assert ask("release_freeze", person, on=on).post_name == "执行局局长"


def test_the_responsible_judges_own_post_lapsed() -> None:
    person = PersonFacts("某人", (PostFact("judge", SINCE, date(2017, 8, 31)),), is_responsible_judge=True)
    assert (
        refused("freeze_deposit", person).text
        == "不能由您批准：冻结存款须承办法官批准，您的执行法官职务已于 2017-08-31 届满。"
    )


def test_a_term_with_an_end_is_shown() -> None:
    person = PersonFacts("某人", (PostFact("director", SINCE, date(2018, 12, 31)),))
    assert (
        ask("release_freeze", person).text == "本事项属执行局局长的审批权限；您任执行局局长，2017-01-01 至 2018-12-31。"
    )


def test_the_ladder_step_by_step() -> None:
    judge, director = who("judge", is_responsible_judge=True, is_applicant=True), who("director")
    assert ask("freeze_deposit", judge, RequestFacts(step=0), on=BEFORE).text == (
        "本事项属逐级审批第1步，由执行法官批准；您任执行法官，2017-01-01 起，是本案承办法官。"
    )
    assert ask("freeze_deposit", director, RequestFacts(step=1), on=BEFORE).level == "director"
    assert ask("freeze_deposit", who("president"), RequestFacts(step=2), on=BEFORE).text == (
        "本事项属逐级审批第3步，由院长或院长授权的副院长批准；您任院长，2017-01-01 起。"
    )
    assert ask("freeze_deposit", who("president"), on=BEFORE).level == "president_or_authorised_vice"
    assert refused("freeze_deposit", judge, RequestFacts(step=1), on=BEFORE).code == "authority.level"
    own = replace(director, is_applicant=True)
    assert refused("freeze_deposit", own, RequestFacts(step=1), on=BEFORE).code == "authority.self"


def test_the_level_needed() -> None:
    asked = table()
    freeze, release, fine = (asked.decide(matter, on=ON) for matter in ("freeze_deposit", "release_freeze", "fine"))
    assert needed_level(asked, freeze).id == "judge"
    assert needed_level(asked, freeze, BY_DIRECTOR).id == "judge"
    assert needed_level(asked, release).id == "director"
    assert needed_level(asked, release, BY_DIRECTOR).id == "president_or_authorised_vice"
    assert needed_level(asked, fine, RequestFacts(applicant_posts=(PostFact("president", SINCE),))).rank == 3
    past = RequestFacts(applicant_posts=(PostFact("director", SINCE, date(2017, 8, 31)),))
    assert needed_level(asked, release, past).id == "director"


def test_signing_for_issue() -> None:
    ruling = table().decide("list_dishonest", on=ON)
    assert may_sign(table(), ruling, who("president")).text == "本事项属院长签发；您任院长，2017-01-01 起。"
    named = vice(replace(LETTER, matters=("list_dishonest",)))
    assert (
        may_sign(table(), ruling, named).text
        == "本事项属院长签发；您任副院长，持授权书〔2017〕1号，2017-08-01 至 2018-07-31。"
    )
    for person, text in [
        (who("director"), "不能由您签发：纳入失信被执行人名单（一般主体）须院长签发，您任执行局局长，没有院长的权限。"),
        (vice(LETTER), "不能由您签发：纳入失信被执行人名单（一般主体）须院长签发，您任副院长，法律把本事项留给院长，"
                       "须在授权书中逐项写明，授权书〔2017〕1号没有写明纳入失信被执行人名单（一般主体）。"),
    ]:  # fmt: skip
        with pytest.raises(Refusal) as caught:
            may_sign(table(), ruling, person)
        assert caught.value.text == text
        assert caught.value.clauses[-1].source == "审批权限表规则「两道签署」"
    payment = table().decide("payment_release", on=ON)
    assert (
        may_sign(table(), payment, who("director")).text
        == "本事项属执行局局长或主管院领导签发；您任执行局局长，2017-01-01 起。"
    )
    assert may_sign(table(), payment, vice(LETTER)).delegation == "〔2017〕1号"
    with pytest.raises(Refusal, match="冻结存款没有另外的法定签发人，经批准后由承办法官署名即可。"):
        may_sign(table(), table().decide("freeze_deposit", on=ON), who("president"))


PEOPLE = {
    "responsible judge": who("judge", is_responsible_judge=True, is_applicant=True),
    "other judge": who("judge"),
    "director": who("director"),
    "director as judge": who("director", is_responsible_judge=True, is_applicant=True),
    "deputy": who("deputy_director"),
    "leader": who("party_leader"),
    "bare vice": vice(),
    "vice with a letter": vice(LETTER),
    "president": who("president"),
    "clerk": who("clerk"),
    "admin": who("admin"),
    "office": who("office"),
    "seal": who("seal_keeper"),
}


def test_every_cell_and_person_gets_permission_or_a_sentence() -> None:
    """matter × subject × day × person × submitted upward or not; nobody but those of the level may, and nobody his own."""
    asked, cells = table(), 0
    subjects = ("ordinary", "deputy", "soe")
    matters = [row.id for row in asked.choosable()] + ["未列明事项"]
    for matter, subject, on in product(matters, subjects, (BEFORE, ON)):
        ruling = asked.decide(matter, subject=subject, on=on)
        rank = asked.data.levels[ruling.level].rank
        allowed = {
            upward: allowed_people(asked, ruling.matter, subject, on, RequestFacts(upward=upward))
            for upward in (False, True)
        }
        cells += 2 * len(PEOPLE)
        assert not allowed[False] & {"other judge", "deputy", "leader", "bare vice", "admin", "office", "seal"}
        assert not allowed[True] & {"other judge", "deputy", "leader", "bare vice", "admin", "office", "seal"}
        if rank == 1:
            assert allowed[False] == {"responsible judge", "director as judge"}
            assert {"director", "president"} <= allowed[True]
        elif rank == 2:
            assert allowed[False] == {"director"}
            assert "president" in allowed[True]
        elif rank == 3:
            assert allowed[False] - {"vice with a letter"} == {"president"}
            assert ("vice with a letter" in allowed[False]) == (not ruling.reserved)
    assert cells > 15_000


def allowed_people(asked: AuthorityTable, matter: str, subject: str, on: date, request: RequestFacts) -> set[str]:
    ruling = asked.decide(matter, subject=subject, on=on)
    allowed = set()
    for name, person in PEOPLE.items():
        person = replace(person, delegations=tuple(replace(letter, starts_on=SINCE) for letter in person.delegations))
        try:
            assert may_decide(asked, ruling, person, request).text.startswith("本事项属")
            allowed.add(name)
        except Refusal as refusal:
            assert refusal.text.startswith(f"不能由您批准：{ruling.name}须")
            assert refusal.clauses and 1 < len(refusal.ways) <= 3
    return allowed


def test_a_letter_counts_on_its_first_and_its_last_day() -> None:
    for on in (LETTER.starts_on, LETTER.ends_on):
        assert ask("extend_enforcement_period", vice(LETTER), on=on).delegation == LETTER.letter
    early, late = replace(LETTER, starts_on=date(2017, 9, 2)), replace(LETTER, ends_on=date(2017, 8, 31))
    assert "授权书〔2017〕1号自 2017-09-02 起才生效" in refused("extend_enforcement_period", vice(early)).text
    assert "授权书〔2017〕1号已于 2017-08-31 届满" in refused("extend_enforcement_period", vice(late)).text


def test_a_vice_president_without_a_letter_still_may_not_decide_his_own() -> None:
    assert refused("extend_enforcement_period", vice(is_applicant=True)).code == "authority.self"


def test_signing_for_issue_is_no_decision_from_above() -> None:
    ruling = table().decide("list_dishonest", on=ON)
    assert not may_sign(table(), ruling, who("president")).upward


def test_a_vice_signs_in_his_own_right_where_statute_says_so() -> None:
    """法发〔2006〕35号 第1条: 院长或副院长 sign an extension; to approve it a vice still needs his letter (R5)."""
    extension = table().decide("extend_enforcement_period", on=ON)
    signed = may_sign(table(), extension, vice())
    assert (signed.text, signed.delegation) == ("本事项属院长或副院长签发；您任副院长，2017-01-01 起。", "")
    assert may_sign(table(), extension, who("president")).post == "president"
    with pytest.raises(Refusal, match="没有登记的院长授权书"):
        may_decide(table(), extension, vice())
    with pytest.raises(Refusal, match="延长执行期限须院长或副院长签发"):
        may_sign(table(), extension, who("director"))


GENERAL_IS_NOT_ENOUGH = [
    "recusal_adjudicator", "admin_immediate_enforcement", "issue_search_warrant", "issue_consumption_order", "release_consumption_order",
    "consumption_exemption", "issue_eviction_announcement", "issue_land_vacate_announcement", "compulsory_summons", "detention", "fine",
    "early_release_detention", "urgent_detention_ratify", "detention_leave", "terminate_this_round",
]  # fmt: skip


def test_which_matters_of_the_president_a_general_letter_does_not_reach() -> None:
    """Where statute names 院长, or the court agreed so; everything else on his list a vice decides under a general letter."""
    for row in table().choosable():
        if row.level != "president_or_authorised_vice" or row.added:
            continue
        if row.id not in GENERAL_IS_NOT_ENOUGH:
            assert ask(row.id, vice(LETTER)).delegation == "〔2017〕1号", row.id
            continue
        assert refused(row.id, vice(LETTER)).code == "authority.delegation", row.id
        assert ask(row.id, vice(replace(LETTER, named=(row.id,)))).delegation == "〔2017〕1号", row.id
    assert set(GENERAL_IS_NOT_ENOUGH) <= {row.id for row in table().choosable()}
    signed = table().decide("terminate_this_round", on=ON, circumstances={"applicant_signed"})
    assert may_decide(table(), signed, vice(LETTER)).delegation == "〔2017〕1号"
