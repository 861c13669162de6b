"""What a window or a command holds: the actions and reads bound to an opened store, and the people at it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from execdesk import rooms
from execdesk.access import daily_backup, drafts, signin
from execdesk.access.consenting import told_waiting
from execdesk.access.desk_keys import trust_of
from execdesk.access.door import Door
from execdesk.access.founded import organisation_of
from execdesk.access.organisation import Organisation
from execdesk.access.passwords import rule_of
from execdesk.access.register import ACTIONS
from execdesk.access.session import Session
from execdesk.access.signin import SignedIn
from execdesk.access.sitting import Sitting as Sitting
from execdesk.access.sitting import begin_sitting
from execdesk.access.slotcheck import SlotWalk
from execdesk.access.succession import heads_told
from execdesk.approval.paper import record_overdue
from execdesk.approval.ratifying import record_breaches, record_differing, record_provisional, record_unproven
from execdesk.casefile.boardcheck import KIND as BOARD
from execdesk.casefile.boardcheck import BoardWalk
from execdesk.casefile.premises import premises_of
from execdesk.casefile.settings import bureau_settings, require_kinds
from execdesk.deskbackups import BackupPlan as BackupPlan
from execdesk.deskbackups import DeskBackups as DeskBackups
from execdesk.documents.catalogue import Catalogue
from execdesk.documents.pdfservice import PdfService
from execdesk.drafting.claims import CLAIMS
from execdesk.drafting.lent import FACTS
from execdesk.integrity.history import warrant
from execdesk.integrity.incidents import record_faults
from execdesk.integrity.invariants import broken_invariants, record_broken
from execdesk.issue.effects import EFFECTS
from execdesk.issue.papercheck import PaperWalk
from execdesk.law.authority import AuthorityTable
from execdesk.law.book import LawBook
from execdesk.law.calendar import CourtCalendar
from execdesk.law.refusal import Refusal
from execdesk.reads import Reads
from execdesk.reads.boarding import board_of
from execdesk.reads.finding import index_on, index_write
from execdesk.store import check as checking
from execdesk.store.act import Changes
from execdesk.store.checkschema import SchemaWalk, mend
from execdesk.store.clock import Clock
from execdesk.store.dberrors import database_errors_as_refusals
from execdesk.store.search import IndexPart as IndexPart

CHECK_EVERY = timedelta(days=7)  # the whole store is walked at least so often
CHECK_STEP = 1_000  # lines, rows and files of one step at most
CHECK_SECONDS = 0.05  # about how long a step takes, whatever lies before it: nobody is to feel it


@dataclass(frozen=True)
class CheckStep:
    """One step of the weekly check and who walked it."""

    person: str
    run: checking.CheckRun


@dataclass(frozen=True)
class AppServices:
    """What ``main.py`` builds once: law, organisation, documents and where their data lie."""

    resources: Path
    law: LawBook
    authority: AuthorityTable
    organisation: Organisation
    calendar: CourtCalendar
    catalogue: Catalogue
    pdf: PdfService


@dataclass
class Desk(Door):
    """An opened store with one person at it."""

    services: AppServices
    folder: Path
    signed_in: SignedIn
    session: Session = field(init=False)
    sitting: Sitting | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        rooms.enter()
        self.services.catalogue.require_effects(EFFECTS)
        self.services.catalogue.require_facts(FACTS)
        self.services.catalogue.require_claims(CLAIMS)
        require_kinds(self.services.resources, self.services.law)
        premises_of(self.services.resources)
        self.session = Session(
            store=self.signed_in.store, law=self.services.law, authority=self.services.authority,
            organisation=organisation_of(self.signed_in.store, self.services.organisation),
            calendar=self.services.calendar, resources=self.services.resources, catalogue=self.services.catalogue, pdf=self.services.pdf,
            person=self.signed_in.person, key=self.signed_in.key, seal=self.signed_in.seal,
        )
        board_of(self.session)  # from now on it follows every act
        self.session.store.warrant = partial(warrant, self.session)
        if self.signed_in.found:
            with self.reading():
                self._note_faults(checking.Verdict(faults=list(self.signed_in.found)))

    @classmethod
    def open(cls, services: AppServices, folder: Path, account: str, password: str, clock: Clock, *, confirm_day: bool = False) -> Desk:
        """Sign in and hold the store; refusals as :func:`execdesk.access.signin.sign_in`."""
        return cls(services, folder, signin.sign_in(folder, account, password, clock, confirm_day=confirm_day))

    @property
    def reads(self) -> Reads:
        """What screens show."""
        return Reads(self.session)

    @property
    def day(self) -> date:
        """Today at this desk."""
        return self.session.day

    @property
    def due_days(self) -> dict[str, int]:
        """How many days ahead count as near, by view of the case list."""
        settings = bureau_settings(self.session.resources)
        return {"soon": settings.procedure_days, "control": settings.control_days}

    @property
    def case_kinds(self) -> tuple[tuple[str, str], ...]:
        """The kinds of case by their basis: id and words."""
        return tuple((kind.id, kind.name) for kind in bureau_settings(self.session.resources).kinds)

    @property
    def demo(self) -> bool:
        """Whether this is a demonstration store."""
        return self.session.demo

    @property
    def law(self) -> LawBook:
        """The law as it stands here, with the court's corrections."""
        return self.session.law

    def do(self, name: str, /, **values: Any) -> Changes:
        """Run an action by name; every tab hears what it changed."""
        action = ACTIONS.get(name)
        if action is None:
            raise Refusal(f"没有「{name}」这个事项。", code="act.unknown")
        changes: Changes = action.run(self.session, **values)
        return changes

    @property
    def notices(self) -> tuple[str, ...]:
        """What the person is told as he sits down: what was seen on opening, that his certificate waits for 院长, and who newly became 院长 or 局长."""
        return (*self.signed_in.warnings, *told_waiting(self.session), *heads_told(self.session), *daily_backup.told_of_backups(self.session))

    def listen(self, heard: Callable[[Changes], None]) -> None:
        """Hear every act's changes."""
        self.session.store.listeners.append(heard)

    def unlisten(self, heard: Callable[[Changes], None]) -> None:
        """Stop hearing."""
        if heard in self.session.store.listeners:
            self.session.store.listeners.remove(heard)

    def change_person(self, account: str, password: str, *, confirm_day: bool = False) -> None:
        """Another person takes this desk, or the same one unlocks it; refusals as :func:`execdesk.access.signin.sign_in_again`."""
        self._end_sitting()
        signed_in = signin.sign_in_again(self.session.store, self.folder, account, password, confirm_day=confirm_day)
        self.signed_in = signed_in
        self.session.person, self.session.key, self.session.seal = signed_in.person, signed_in.key, signed_in.seal

    def lock(self) -> None:
        """Forget all private keys; what is on the screen stays."""
        self._end_sitting()
        self.signed_in.lock()

    def sit_down(self, *, own_password: str, witness: str, witness_password: str) -> Sitting:
        """Two persons begin a sitting for several certificates; refusals as :func:`execdesk.access.sitting.begin_sitting`. It ends at
        the latest when the desk is locked, taken by another or closed."""
        self._end_sitting()
        self.sitting = begin_sitting(self.session, own_password=own_password, witness=witness, witness_password=witness_password)
        return self.sitting

    def _end_sitting(self) -> None:
        if self.sitting is not None:
            self.sitting.end()
            self.sitting = None

    def keep_draft(self, place: str, values: dict[str, Any]) -> None:
        """Keep a half-filled form of this person at ``place`` on this PC; no values forget it. Not journaled."""
        drafts.keep(self.session, place, values)

    def draft(self, place: str) -> dict[str, Any]:
        """The half-filled form kept at ``place``; empty where there is none."""
        return drafts.kept(self.session, place)

    def check(self, progress: checking.Progress = lambda done, total: None, *, papers_since: datetime | None = None) -> checking.Verdict:
        """The full self-test of the store; signatures of papers perhaps only of those kept since a moment."""
        with database_errors_as_refusals():
            found = checking.check(
                self.session.store, trust_of(self.session.store).judge(self.services.organisation.posts, self.services.authority), progress, *self._walks(papers_since),
            )
            found.apart = bool(broken_invariants(self.session))
            return found

    def check_on(self) -> bool:
        """Go on with the weekly check by one step, from where the last session of this person stopped; whether more remains. What
        others say they have walked is no reason to leave it out.

        Faults become incidents at once.
        """
        step = self.check_look()
        return step is not None and self.check_note(step)

    def check_look(self) -> CheckStep | None:
        """One step of the weekly check that only reads: what is to be handed to :meth:`check_note`; none where it is not due."""
        store = self.session.store
        keeper, last = self.session.signing_key.box, self.last_check()
        if last is not None and store.clock.now() - last < CHECK_EVERY:
            return None
        with database_errors_as_refusals():
            judge = trust_of(store).judge(self.services.organisation.posts, self.services.authority)
            run = checking.walk_some(store, judge, CHECK_STEP, *self._walks(), keeper=keeper, seconds=CHECK_SECONDS)
            if run.done:
                run.verdict.apart = bool(broken_invariants(self.session))
            return CheckStep(self.session.me.id, run)

    def check_note(self, step: CheckStep) -> bool:
        """Write down what a step found and how far it came; whether more remains. One that somebody else walked before he was signed out is
        left: he walks it again."""
        if step.person != self.session.me.id:
            return True
        if step.run.verdict.faults:
            self._note_faults(step.run.verdict)
        checking.keep_run(self.session.store, step.run)
        if step.run.done:
            self._look_at_decisions(step.run.verdict.apart)
        return not step.run.done

    def last_check(self) -> datetime | None:
        """When this person last saw the whole store walked to its end."""
        return checking.completed_at(self.session.store, self.session.signing_key.box)

    def _walks(self, papers_since: datetime | None = None) -> tuple[checking.Walk, ...]:
        """What a check walks beside lines, rows and files."""
        store = self.session.store
        return SchemaWalk(store), SlotWalk(store), PaperWalk(self.session, papers_since), BoardWalk(board_of(self.session))

    def index_on(self) -> IndexPart | bool:
        """Go on with the index of the search by one slice, from where the last session stopped, without writing: a part that is to
        be handed to :meth:`index_write`, or whether there was something to lay out in memory."""
        with database_errors_as_refusals():
            return index_on(self.session)

    def board_percent(self, counted: bool = True) -> int | None:
        """How far the board of the lists is made anew, ``None`` where it is whole; else :meth:`board_on` goes on with it. -1 where the
        cases are not to be counted."""
        with database_errors_as_refusals():
            return board_of(self.session).percent(counted)

    def board_on(self) -> bool:
        """Go on with making the board anew by one slice, where it must be; whether there was anything to do. Where all writing is done."""
        return board_of(self.session).go_on()

    def board_whole(self) -> None:
        """Make the board whole in one go: for a command, which waits for it."""
        board_of(self.session).catch_up()

    def index_write(self, part: IndexPart) -> None:
        """Write a part of the index of the search; where all writing is done."""
        index_write(self.session, part)

    def note_check(self, verdict: checking.Verdict) -> None:
        """Remember a full check that ended; every fault becomes an incident, which closes issue where it must.

        What waits for 院长 to ratify is put before him.
        """
        checking.note_completed(self.session.store, self.session.signing_key.box)
        self._note_faults(verdict, of_all=True)
        self._look_at_decisions(verdict.apart)

    def note_told(self, faults: Iterable[checking.Fault]) -> None:
        """What paper or a person says against this store becomes an incident, which stands until a person settles it."""
        self._note_faults(checking.Verdict(faults=list(faults)))

    def _note_faults(self, verdict: checking.Verdict, *, of_all: bool = False) -> None:
        """Every fault an incident; what the board said wrongly is set right from the rows, the program's own guard and indices made anew."""
        record_faults(self.session, verdict, of_all=of_all)
        mend(self.session.store, verdict.faults)
        board_of(self.session).mend(fault.place.rpartition(" ")[2] for fault in verdict.faults if fault.kind == BOARD)

    def _look_at_decisions(self, apart: bool) -> None:
        """What the rows say of decisions becomes incidents; the long look for rows that are ``apart`` was had where nothing waits for it."""
        record_provisional(self.session)
        record_differing(self.session)
        record_breaches(self.session)
        if apart:
            record_broken(self.session)
        record_overdue(self.session)
        record_unproven(self.session)

    @property
    def password_told(self) -> str:
        """What a password chosen here must be, in words."""
        return rule_of(self.session).told

    @property
    def backups(self) -> DeskBackups:
        """The backups of this desk."""
        return DeskBackups(self.session)

    def close(self) -> None:
        """Close the store."""
        self._end_sitting()
        self.session.store.close()

    def reading(self) -> AbstractContextManager[None]:
        """A block in which all tables mean the store of this desk."""
        return self.session.store.reading()
