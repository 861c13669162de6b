"""People, posts and letters: the administrator prepares, 院长 or 局长 brings into effect, nobody for himself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from execdesk.access.actions import letters, people
from execdesk.access.desk_keys import trust_of
from execdesk.access.session import Session, posts_on
from execdesk.law.refusal import Refusal
from execdesk.records.people import Delegation, Person, Post
from execdesk.store.check import check
from tests.access.conftest import DAY

Sit = Callable[..., Session]
FEB = date(2018, 2, 1)


def code(call: Callable[..., Any], *args: Any, **named: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        call(*args, **named)
    return refusal.value.code


def whole(session: Session) -> bool:
    return check(session.store, trust_of(session.store).judge(session.organisation.posts, session.authority)).whole


def person(account: str) -> Person:
    found: Person = Person.get(Person.account == account)
    return found


def new_judge(sit: Sit, **named: Any) -> str:
    admin = sit("admin")
    row = people.add_person(admin, name="法官戊", account="judge-5").ids("Person")[0]
    wanted: dict[str, Any] = {"person": row, "post": "执行法官", "starts_on": FEB, "group": "沿海组", "site": "HL", **named}
    return people.prepare_post(admin, **wanted).ids("Post")[0]


def test_a_judges_post_holds_only_once_countersigned(sit: Sit) -> None:
    post = new_judge(sit)
    row = Post.get_by_id(post)
    assert (row.state, posts_on(row.person, FEB)) == ("prepared", [])
    director = sit("director")
    people.countersign_post(director, posts=[post])
    row = Post.get_by_id(post)
    assert (row.state, row.countersigned_by) == ("effective", person("director").id)
    assert posts_on(row.person, date(2018, 1, 31)) == []
    assert [p.post for p in posts_on(row.person, FEB)] == ["judge"]
    assert code(people.countersign_post, director, posts=[post]) == "post.state"
    assert whole(director)


@pytest.mark.parametrize("account", ["vice", "deputy", "judge-1", "clerk", "officer", "seal", "review", "police", "auxiliary", "admin"])
def test_nobody_but_president_and_director_countersigns(sit: Sit, account: str) -> None:
    post = new_judge(sit)
    assert code(people.countersign_post, sit(account), posts=[post]) == "access.duty"
    assert Post.get_by_id(post).state == "prepared"


def test_nobody_countersigns_his_own_post(sit: Sit) -> None:
    admin = sit("admin")
    post = people.prepare_post(admin, person="director", post="seal_keeper", starts_on=FEB).ids("Post")[0]
    assert code(people.countersign_post, sit("director"), posts=[post]) == "access.oneself"
    people.countersign_post(sit("president"), posts=[post])
    assert Post.get_by_id(post).state == "effective"


def test_a_clerks_post_holds_at_once_but_not_ones_own(sit: Sit) -> None:
    admin = sit("admin")
    row = people.add_person(admin, name="书记员丙").ids("Person")[0]
    people.prepare_post(admin, person=row, post="clerk", starts_on=DAY)
    assert [p.post for p in posts_on(row, DAY)] == ["clerk"]
    assert code(people.prepare_post, admin, person="admin", post="clerk", starts_on=DAY) == "access.oneself"
    assert code(people.change_staffing, admin, person="admin", staffing="political", reason="x") == "access.oneself"


def test_a_refused_post_stays_refused(sit: Sit) -> None:
    post = new_judge(sit)
    president = sit("president")
    assert code(people.refuse_post, president, post=post, reason=" ") == "field.missing"
    people.refuse_post(president, post=post, reason="编制未批")
    assert Post.get_by_id(post).state == "refused"
    assert code(people.countersign_post, president, posts=[post]) == "post.state"


def test_only_one_director_on_any_day(sit: Sit) -> None:
    admin = sit("admin")
    again = {"person": "deputy", "post": "局长", "starts_on": FEB}
    early = people.prepare_post(admin, **again).ids("Post")[0]
    held = Post.get(Post.post == "director")
    director = sit("director")
    assert code(people.countersign_post, director, posts=[early]) == "post.single"
    people.end_post(director, post=held.id, ends_on=FEB, reason="另有任用")
    assert code(people.countersign_post, director, posts=[early]) == "post.single"  # the last day still counts
    people.refuse_post(director, post=early, reason="日期有误")
    post = people.prepare_post(sit("admin"), **{**again, "starts_on": date(2018, 2, 2)}).ids("Post")[0]
    people.countersign_post(sit("director"), posts=[post])
    assert [p.post for p in posts_on(person("director").id, FEB)] == ["director"]
    assert "director" not in {p.post for p in posts_on(person("director").id, date(2018, 2, 2))}
    assert {p.post for p in posts_on(person("deputy").id, date(2018, 2, 2))} == {"director", "deputy_director"}


def test_end_of_a_post_by_the_day(sit: Sit) -> None:
    held = Post.get(Post.post == "deputy_director") if (admin := sit("admin")) else None
    assert held is not None
    assert code(people.end_post, admin, post=held.id, ends_on=FEB, reason="x") == "access.duty"
    president = sit("president")
    assert code(people.end_post, president, post=held.id, ends_on=date(2015, 12, 31), reason="x") == "post.days"
    people.end_post(president, post=held.id, ends_on=FEB, reason="另有任用")
    assert code(people.end_post, president, post=held.id, ends_on=date(2018, 3, 1), reason="x") == "post.days"
    assert code(people.end_post, president, post="none", ends_on=FEB, reason="x") == "post.state"


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ({"post": "庭长"}, "field.value"),
        ({"ends_on": date(2018, 1, 31)}, "post.days"),
        ({"group": "平原组"}, "field.value"),
        ({"site": "XX"}, "field.value"),
        ({"person": "judge-1"}, "post.double"),
    ],
)
def test_wrong_values_of_a_post(sit: Sit, named: dict[str, Any], told: str) -> None:
    sit("admin")
    assert code(new_judge, sit, **named) == told


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ({"name": " "}, "field.missing"), ({"name": "某", "account": "clerk"}, "person.account"),
        ({"name": "某", "account": "recovery"}, "person.account"), ({"name": "某", "staffing": "编外"}, "field.value"),
    ],
)
def test_wrong_values_of_a_person(sit: Sit, named: dict[str, Any], told: str) -> None:
    assert code(people.add_person, sit("admin"), **named) == told


def letter(sit: Sit, **named: Any) -> str:
    admin = sit("admin")
    wanted: dict[str, Any] = {
        "person": "vice", "letter": "乐法授〔2018〕1号", "matters": ["拘留", "extend_enforcement_period"], "starts_on": FEB,
        "ends_on": date(2018, 6, 30), **named,
    }
    return letters.prepare_delegation(admin, **wanted).ids("Delegation")[0]


def test_a_letter_holds_only_once_the_president_signs(sit: Sit, tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    row = letter(sit, scan=str(scan))
    found = Delegation.get_by_id(row)
    assert (found.state, found.matters) == ("prepared", ["detention", "extend_enforcement_period"])
    for account in ("admin", "director", "vice", "judge-1"):
        assert code(letters.countersign_delegation, sit(account), delegation=row) == "access.duty"
    president = sit("president")
    letters.countersign_delegation(president, delegation=row)
    assert Delegation.get_by_id(row).state == "effective"
    assert whole(president)  # the kept scan is named by its row


def test_a_letter_is_revoked_from_a_day_on_never_backwards(sit: Sit) -> None:
    row = letter(sit)
    president = sit("president")
    assert code(letters.revoke_delegation, president, delegation=row, revoked_on=DAY, reason="x") == "delegation.state"
    letters.countersign_delegation(president, delegation=row)
    assert code(letters.revoke_delegation, president, delegation=row, revoked_on=date(2018, 1, 1), reason="x") == "delegation.days"
    letters.revoke_delegation(president, delegation=row, revoked_on=DAY, reason="工作调整")
    assert Delegation.get_by_id(row).revoked_on == DAY
    assert code(letters.revoke_delegation, president, delegation=row, revoked_on=DAY, reason="x") == "delegation.state"


def test_a_letter_the_president_turned_down(sit: Sit) -> None:
    row = letter(sit)
    president = sit("president")
    letters.refuse_delegation(president, delegation=row, reason="事项过宽")
    assert Delegation.get_by_id(row).state == "refused"
    assert code(letters.countersign_delegation, president, delegation=row) == "delegation.state"
    assert letter(sit)  # the number is free again


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ({"person": "director"}, "delegation.person"),
        ({"matters": ["冻结存款"]}, "delegation.matters"),
        ({"matters": ["解除冻结一切"]}, "field.value"),
        ({"matters": []}, "delegation.matters"),
        ({"letter": ""}, "field.missing"),
        ({"letter": "乐法授〔2017〕1号"}, "delegation.letter"),
        ({"ends_on": date(2018, 1, 31)}, "delegation.days"),
        ({"scan": "/nowhere.pdf"}, "file.unreadable"),
    ],
)
def test_wrong_values_of_a_letter(sit: Sit, named: dict[str, Any], told: str) -> None:
    sit("admin")
    assert code(letter, sit, **named) == told


def test_the_president_does_not_authorise_himself(sit: Sit) -> None:
    admin = sit("admin")
    post = people.prepare_post(admin, person="president", post="vice_president", starts_on=DAY).ids("Post")[0]
    people.countersign_post(sit("director"), posts=[post])
    row = letter(sit, person="president")
    assert code(letters.countersign_delegation, sit("president"), delegation=row) == "access.oneself"
