"""Before anyone is signed in: what lies in the data folder, who may sign in, opening it, and a demonstration store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from execdesk.access import places, safekeeping, setup, signin, slots, tokens
from execdesk.access.daily_backup import age_words
from execdesk.access.demonstration import demonstration_day, is_demonstration, keep_day
from execdesk.access.files import write_out
from execdesk.access.foundingdraft import keep_plan, kept_plan
from execdesk.access.foundingfaults import PlanFault as PlanFault
from execdesk.access.foundingfaults import faults as faults
from execdesk.access.foundingplan import COURT as COURT
from execdesk.access.foundingplan import NEEDED as NEEDED
from execdesk.access.foundingplan import TABLES as TABLES
from execdesk.access.foundingplan import FoundingPlan as FoundingPlan
from execdesk.access.foundingplan import listed as listed
from execdesk.access.foundingplan import login_suggested as login_suggested
from execdesk.access.foundingplan import new_plan
from execdesk.access.foundingwanted import found_court, organisation_planned, wanted_of
from execdesk.access.organisation import load_demo_people
from execdesk.access.passwords import password_rule, rule_of
from execdesk.access.sealing import Cost
from execdesk.access.setup import SetUp as SetUp
from execdesk.commands.frame import data_folder, read_day
from execdesk.commands.samples import sample_cases
from execdesk.desk import AppServices, Desk
from execdesk.law.refusal import Refusal
from execdesk.store.backup_file import Progress
from execdesk.store.clock import Clock, DemonstrationClock, SystemClock
from execdesk.store.restore import Restored
from execdesk.store.store import utc

DEMONSTRATION_BEGINS = date(2018, 1, 2)
save_file = write_out  # a file that leaves the program before anyone is signed in


@dataclass(frozen=True)
class AccountRow:
    """Who may sign in: the login name, and how it reads (「法官甲 · 执行法官」); empty words in a real store."""

    name: str
    shown: str


@dataclass(frozen=True)
class KeysHere:
    """Electronic keys at this PC: whether it has a driver for them at all, those plugged in (serial number and words), whether one is in use."""

    able: bool
    plugged: tuple[tuple[str, str], ...]
    in_use: bool


class Opening:
    """The data folder before it is opened. ``day`` is the day asked for a demonstration store."""

    def __init__(self, services: AppServices, folder: str | None = None, day: str | None = None) -> None:
        self.services = services
        self.folder: Path = data_folder(folder)
        self._day = read_day(day)
        self.cost: Cost | None = None  # of a password at founding, where another than usual is wanted

    @property
    def exists(self) -> bool:
        """Whether a store lies there."""
        return places.store_file(self.folder).exists()

    @property
    def demo(self) -> bool:
        """Whether it is a demonstration store, as its root beside it says; checked again on opening."""
        return is_demonstration(self.folder)

    @property
    def accounts(self) -> tuple[AccountRow, ...]:
        """Those who may sign in to a demonstration store; a real one names nobody before the password."""
        if not self.demo:
            return ()
        people = load_demo_people(self.services.resources / "organisation", self.services.organisation).people
        named = {person.account: person for person in people if person.account}
        posts = self.services.organisation.posts
        found = []
        try:
            names = slots.names(places.slots_file(self.folder))
        except Refusal:
            return ()  # told on signing in
        for name in names:
            if person := named.get(name):
                words = "、".join(posts[post].name for post in person.posts)
                found.append(AccountRow(name, f"{person.name} · {words}"))
        return tuple(found)

    def token_here(self) -> bool:
        """Whether an electronic key that somebody here signs in with is in this PC."""
        return bool(set(self._serials().values()) & {one.serial for one in tokens.present()})

    def keys_for(self, account: str) -> KeysHere:
        """Which electronic keys are in this PC, and whether ``account`` signs in with one."""
        return KeysHere(tokens.named(), tuple((one.serial, one.words) for one in tokens.present()), account in self._serials())

    def _serials(self) -> dict[str, str]:
        """The electronic keys in use here, by account; none where the key slots cannot be read, which signing in tells."""
        try:
            return slots.tokens_of(places.slots_file(self.folder))
        except Refusal:
            return {}

    def clock(self) -> Clock:
        """The machine's clock, or the day of a demonstration store, which only moves forward.

        Raises:
            Refusal: ``store.today`` for a day in a real store, or one before the demonstration's own.
        """
        if not self.demo:
            if self._day is not None:
                raise Refusal("只有演示库可以指定日期；正式库按本机日期。", code="store.today")
            return SystemClock()
        last = demonstration_day(self.folder)
        if self._day is not None and last is not None and self._day < last:
            raise Refusal(f"演示库的日期已到 {last}，只能向后，不能回到 {self._day}。", code="store.today")
        return DemonstrationClock(self._day or last or DEMONSTRATION_BEGINS)

    def backup_told(self, at: str) -> str:
        """What the sign-in page says of the last whole backup: ``at`` its moment as :class:`StoreFacts` tells it."""
        if not at:
            return ""
        try:
            clock = self.clock()
            return f"上次完好的备份：{age_words(utc(at), clock.day_of(clock.now())) if at != '-' else '还没有'}"
        except (ValueError, Refusal):
            return ""

    def open(self, account: str, password: str, *, confirm_day: bool = False) -> Desk:
        """Sign in; refusals as :func:`execdesk.access.signin.sign_in`."""
        return Desk.open(self.services, self.folder, account, password, self.clock(), confirm_day=confirm_day)

    def make_demonstration(self) -> list[str]:
        """Make the demonstration store with its fictional people and the sample ledger; lines on what was made."""
        people = load_demo_people(self.services.resources / "organisation", self.services.organisation)
        wanted = setup.demo_wanted(self.services.organisation, people)
        made = setup.set_up(self.folder, wanted, DemonstrationClock(DEMONSTRATION_BEGINS))
        keep_day(self.folder, DEMONSTRATION_BEGINS)
        return [*made.made, *sample_cases(self.services, self.folder)]

    def plan(self) -> FoundingPlan:
        """The founding that was begun here, else a new one with what the data files put forward."""
        return kept_plan(self.folder, self.services.organisation) or new_plan(self.services.organisation)

    @property
    def begun(self) -> bool:
        """Whether a founding was begun here and left."""
        return not self.exists and kept_plan(self.folder, self.services.organisation) is not None

    def keep_plan(self, plan: FoundingPlan) -> None:
        """Keep what was written so far, for whoever goes on; no password is in it."""
        keep_plan(self.folder, plan)

    def password_told(self, plan: FoundingPlan) -> str:
        """What a password of the court to be founded must be, in words."""
        return password_rule(plan.shipped, False).told

    def require_password(self, plan: FoundingPlan, account: str, name: str, password: str) -> None:
        """Refuse ``access.weak_password`` for one that this person may not choose."""
        password_rule(organisation_planned(plan), False).require(password, account, name)

    def found(self, plan: FoundingPlan, passwords: Mapping[str, str], passphrase: str) -> SetUp:
        """Found the court: its first line is written. Refusals as :func:`execdesk.access.foundingwanted.wanted_of` and of the set-up."""
        return found_court(self.folder, plan, wanted_of(plan, passwords, passphrase, cost=self.cost), self.clock())

    def restore(self, file: Path, account: str, password: str, progress: Progress = lambda done, total: None) -> Restored:
        """Restore a backup into the empty folder as a new incarnation; refusals as :func:`execdesk.store.restore.restore`."""
        return safekeeping.restore(file, self.folder, account, password, progress)


def change_password(desk: Desk, old: str, new: str) -> None:
    """Change the password of the person signed in; refuses a weak one, and as :func:`execdesk.access.signin.change_password`."""
    with desk.reading():
        me, rule = desk.session.me, rule_of(desk.session)
    rule.require(new, me.account, me.name)
    signin.change_password(desk.folder, me.account, old, new)


def move_day(desk: Desk, day: date) -> None:
    """Move a demonstration store to a later day.

    Raises:
        Refusal: ``store.today`` in a real store, or for a day before the present one.
    """
    clock = desk.session.store.clock
    if not isinstance(clock, DemonstrationClock):
        raise Refusal("只有演示库可以改日期；正式库按本机日期。", code="store.today")
    if day < desk.day:
        raise Refusal(f"演示库的日期已到 {desk.day}，只能向后，不能回到 {day}。", code="store.today")
    clock.day = day
    keep_day(desk.folder, day)
