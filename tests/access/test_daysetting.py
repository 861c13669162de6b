"""A wrong day once journaled makes later lines wrong too, until two persons set it right."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from execdesk.access import attending
from execdesk.desk import Desk
from execdesk.records.journal import Line
from execdesk.records.people import Certificate, Person
from tests import court_store
from tests.at_will import at_will
from tests.court_store import DAY, at, change, refused
from tests.world import at_home

WRONG = date(2018, 11, 2)
RIGHT = {"witness": "president", "witness_password": court_store.password_of("president"), "reason": "电脑日期设错"}


@pytest.fixture
def court(real_store: Path, tmp_path: Path) -> Path:
    """A real store whose last line was written on a wrong day ten months ahead."""
    folder = at_home(real_store, tmp_path / "court")
    at(folder, "clerk", WRONG).close()
    return folder


def test_a_wrong_day_is_told_and_set_right_by_two(court: Path) -> None:
    desk = at(court, "director", DAY)
    assert any("2018-11-02" in told for told in desk.signed_in.warnings)
    assert "2018-11-02" in desk.reads.health().day_ahead
    with desk.session.act("event") as act:
        pass
    assert act.day == WRONG, "until then new lines are dated so too"
    assert refused(desk, "clock.correct", **{**RIGHT, "witness": "director", "witness_password": court_store.password_of("director")}) == "access.two_people"
    assert refused(desk, "clock.correct", **{**RIGHT, "witness": "clerk", "witness_password": court_store.password_of("clerk")}) == "access.two_people"
    assert refused(desk, "clock.correct", **{**RIGHT, "witness_password": "x"}) == "access.wrong_password"
    assert refused(desk, "clock.correct", **{**RIGHT, "reason": " "}) == "field.missing"
    desk.do("clock.correct", **RIGHT)
    assert Line.select().order_by(Line.taken.desc()).first().cosignature is not None
    change(desk, "clerk")
    with desk.session.act("event") as act:
        pass
    assert act.day == DAY
    assert desk.reads.health().day_ahead == ""
    assert desk.check().whole, [f.text for f in desk.check().faults]
    assert refused(desk, "clock.correct", **RIGHT) == "clock.right"
    desk.close()


def test_a_correction_by_one_person_alone_has_no_effect(court: Path) -> None:
    desk: Desk = at(court, "clerk", DAY)
    store = desk.session.store
    second = attending.second_attending(desk.session, "president", court_store.password_of("president"))[0].as_cosigner()
    clerk = Person.get(Person.account == "clerk")

    class Alone:
        person, certificate = clerk.id, Certificate.get(Certificate.person == clerk.id).id

        def cosign(self, digest: bytes) -> bytes:
            return second.cosign(digest)

    with at_will(desk.session, "clock.correct", cosigner=Alone()):
        pass
    line = f"{store.chain}:{store.head.number}"
    assert line in {fault.place for fault in desk.check().faults}
    desk.close()
