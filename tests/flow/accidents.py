"""Accidents that befall a store and its backups, and what is left: a scene of its own for each, the kinds, and how it ended."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import main
from execdesk.access import places, safekeeping
from execdesk.desk import AppServices, Desk
from execdesk.intake.importing import take_ledger
from execdesk.integrity.incidents import against_everything
from execdesk.law.refusal import Refusal
from execdesk.records.cases import Case
from execdesk.records.incidents import Incident, IncidentState
from execdesk.store.backup_file import read_backup
from execdesk.store.clock import COURT_TIME
from execdesk.store.whereabouts import settle
from tests.court_store import password_of
from tests.intake.conftest import row
from tests.intake.office import write_ledger
from tests.looking import look_at

MADE = datetime(2018, 1, 2, 1, tzinfo=UTC)
NUMBER = "（2017）琼9027执{}号"
SLOW, LONG = 0.02, 1.5  # seconds: the least and the most that a process works before it is ended
STEPS = 8  # things that a process does if nobody ends it
LEFT = ".execdesk-backup-"
WITNESS = {"witness": "president", "witness_password": password_of("president"), "reason": "意外以后"}


@dataclass
class Wall:
    """The clock of the PC."""

    at: datetime = MADE
    confirmed: bool = False

    def now(self) -> datetime:
        return self.at

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(COURT_TIME).date()


def number_of(case: int) -> str:
    return NUMBER.format(case)


def register(desk: Desk, case: int) -> None:
    """A case of that number."""
    desk.do(
        "case.register", number=number_of(case), cause="民间借贷纠纷", filed_on=date(2017, 7, 8), applicants=["符示例"],
        debtors=[{"name": "林例一", "id_no": "469027198808080008", "address": "乐东黎族自治县九所镇某村"}], basis_no="（2017）琼9027民初88号",
        basis_kind="民事判决书", basis_organ="本院", principal=5_000_000, interest=12_345, obligation="立即向申请执行人符示例支付借款本金50000元及利息",
    )


@dataclass
class Scene:
    """A court at work on one PC, an older state of its folder, a backup; ``cases`` are the numbers that must be there."""

    base: Path
    services: AppServices
    chance: random.Random
    cases: set[int] = field(default_factory=set)

    @property
    def data(self) -> Path:
        return self.base / "data"

    @property
    def older(self) -> Path:
        return self.base / "older"

    @property
    def share(self) -> Path:
        return self.base / "share"

    @property
    def last(self) -> Path:
        """The last whole backup."""
        return self.share / "last.zip"

    def sit(self, folder: Path | None = None, account: str = "clerk", at: datetime = MADE, *, confirm: bool = False) -> Desk:
        desk = Desk.open(self.services, folder or self.data, account, password_of(account), Wall(at), confirm_day=confirm)
        look_at(desk)
        return desk

    @contextmanager
    def on_this_pc(self) -> Iterator[None]:
        """A block in which this PC is the scene's own."""
        before = os.environ.get("XDG_STATE_HOME", "")
        os.environ["XDG_STATE_HOME"] = str(self.base / "machine")
        try:
            yield
        finally:
            os.environ["XDG_STATE_HOME"] = before


def prepare(base: Path, real: Path) -> Scene:
    """The scene all others are copies of."""
    scene = Scene(base, main.build(), random.Random(0), {123, 1, 2, 3, 501, 502})
    with scene.on_this_pc():
        shutil.copytree(real, scene.data)
        settle(scene.data)
        scene.share.mkdir()
        desk = scene.sit()
        register(desk, 1)
        desk.close()
        shutil.copytree(scene.data, scene.older)
        desk = scene.sit()
        for case in (2, 3):
            register(desk, case)
        ledger = write_ledger(base / "台账.csv", [row(案号=number_of(case), 承办法官="法官丙", 书记员="书记员丁") for case in (501, 502)])
        with desk.reading():
            assert take_ledger(desk.session, ledger).report.counts["imported"] == 2
        safekeeping.back_up(desk.session.store, scene.last)
        desk.close()
    return scene


def copied(scene: Scene, base: Path, chance: random.Random) -> Scene:
    """A scene of one's own."""
    shutil.copytree(scene.base, base)
    made = Scene(base, scene.services, chance, set(scene.cases))
    with made.on_this_pc():
        settle(made.data)
    return made


# -- processes --------------------------------------------------------------------------------------------------------------


@dataclass
class Worker:
    """A process at work; what it tells is done."""

    pid: int
    heard: int

    def end(self, after: float | None) -> list[str]:
        """Let it work so long, or to its end, then end it; what it told."""
        if after is not None:
            time.sleep(after)
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        told = b""
        while piece := os.read(self.heard, 65536):
            told += piece
        os.close(self.heard)
        status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        assert status in (0, -signal.SIGKILL), f"the process ended with {status}: {told.decode()}"
        return told.decode().split("\n")[:-1]


def begun(scene: Scene, work: Callable[[Callable[[str], None]], None]) -> Worker:
    """Begin work in a process of its own; returns once it is about to act."""
    heard, tells = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(heard)
        try:
            work(lambda words: os.write(tells, f"{words}\n".encode()) and None)
            os._exit(0)
        except Refusal as refusal:
            os.write(tells, f"refused {refusal.code}\n".encode())
            os._exit(0)
        except BaseException:
            import traceback

            os.write(tells, traceback.format_exc().encode())
            os._exit(3)
    os.close(tells)
    return Worker(pid, heard)


def office_hours(scene: Scene, first: int, steps: int = STEPS) -> Callable[[Callable[[str], None]], None]:
    """Somebody registers cases, backs up, restores elsewhere and goes on with the weekly check, in any order."""
    seed = scene.chance.random()

    def work(tell: Callable[[str], None]) -> None:
        chance = random.Random(seed)
        desk = scene.sit()
        tell("begin")
        for case in range(first, first + steps):
            what = chance.choice(("register", "register", "register", "back up", "restore", "check"))
            if what == "register":
                register(desk, case)
                tell(f"case {case}")
            elif what == "back up":
                safekeeping.back_up(desk.session.store, scene.share / f"{chance.choice('ab')}.zip")
                tell("backup")
            elif what == "restore":
                safekeeping.restore(scene.last, scene.base / f"again{first}", "director", password_of("director"))
                tell("restored")
            else:
                desk.check_on()
        desk.close()

    return work


def hear(scene: Scene, told: list[str]) -> None:
    scene.cases |= {int(line.split()[1]) for line in told if line.startswith("case ")}


# -- kinds -------------------------------------------------------------------------------------------------------------------


def killed(scene: Scene) -> Path:
    """SIGKILL at any moment of the work."""
    worker = begun(scene, office_hours(scene, 1_000))
    hear(scene, worker.end(scene.chance.uniform(SLOW, LONG)))
    return scene.data


def two_at_once(scene: Scene) -> Path:
    """Two programs on one folder, one of them perhaps killed; or two restores into one folder."""
    if scene.chance.random() < 0.3:
        return _two_restores(scene)
    workers = [begun(scene, office_hours(scene, first, 4)) for first in (1_000, 2_000)]
    after = scene.chance.choice((None, scene.chance.uniform(SLOW, LONG)))
    for number, worker in enumerate(workers):
        hear(scene, worker.end(after if number == 0 else None))
    return scene.data


def _two_restores(scene: Scene) -> Path:
    target = scene.base / "both"

    def work(tell: Callable[[str], None]) -> None:
        safekeeping.restore(scene.last, target, "director", password_of("director"))
        tell("made")

    workers = [begun(scene, work) for _ in range(2)]
    after = scene.chance.choice((None, scene.chance.uniform(SLOW, LONG / 3)))
    told = [worker.end(after if number == 0 else None) for number, worker in enumerate(workers)]
    assert sum("made" in lines for lines in told) <= 1, told
    if not places.store_file(target).exists():  # both ended before theirs was whole
        safekeeping.restore(scene.last, target, "director", password_of("director"))
    return target


def cut(scene: Scene) -> Path:
    """A file of the store or of its backups is cut, overwritten in part, emptied or gone."""
    keys = sorted((scene.data / places.KEYS_FOLDER).iterdir())
    files = sorted(path for folder in (scene.data, scene.share) for path in folder.iterdir() if path.is_file() and path.name != places.ATTEMPTS_FILE)
    chosen = scene.chance.choice([*files, scene.data / places.STORE_FILE, scene.chance.choice(keys)])  # of many keys one, of the store twice
    data = chosen.read_bytes()
    at = scene.chance.randrange(len(data)) if data else 0
    how = scene.chance.choice(("cut", "flip", "zeros", "empty", "gone"))
    if how == "gone":
        chosen.unlink()
    else:
        spoilt = {"cut": data[:at], "flip": data[:at] + bytes([data[at] ^ 0x40]) + data[at + 1 :] if data else b"", "empty": b"",
                  "zeros": data[:at] + bytes(min(4096, len(data) - at)) + data[at + 4096 :]}
        chosen.write_bytes(spoilt[how])
    return scene.data


def filled(scene: Scene) -> Path:
    """The disk is full at some point of the work."""

    def work(tell: Callable[[str], None]) -> None:
        import resource

        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        desk = scene.sit()
        resource.setrlimit(resource.RLIMIT_FSIZE, (scene.chance.choice((0, 200, 5_000, 100_000, 400_000, 2_000_000)), hard))
        tell("begin")
        for case in range(1_000, 1_000 + STEPS):
            with suppress(Refusal):
                register(desk, case)
                tell(f"case {case}")
        with suppress(Refusal):
            safekeeping.back_up(desk.session.store, scene.last)
        with suppress(Refusal):
            safekeeping.restore(scene.last, scene.base / "again1000", "director", password_of("director"))
        desk.close()

    hear(scene, begun(scene, work).end(None))
    return scene.data


def rolled_back(scene: Scene) -> Path:
    """The file of the store, or its whole folder, is put back to an older state."""
    if scene.chance.random() < 0.5:
        worker = begun(scene, office_hours(scene, 1_000, 3))
        hear(scene, worker.end(scene.chance.choice((None, scene.chance.uniform(SLOW, LONG)))))
    names = scene.chance.choice(((places.STORE_FILE,), (places.STORE_FILE, "execdesk-files.db"), ("slots.json", "heads.json"), None))
    if names is None:
        shutil.rmtree(scene.data)
        shutil.copytree(scene.older, scene.data)
    else:
        for name in names:
            for end in ("", "-wal", "-shm"):
                (scene.data / f"{name}{end}").unlink(missing_ok=True)
            shutil.copy(scene.older / name, scene.data)
    return scene.data


def taken_elsewhere(scene: Scene) -> Path:
    """The folder is copied or moved, while the old one stays or not."""
    elsewhere = scene.base / "elsewhere"
    if scene.chance.random() < 0.5:
        scene.data.rename(elsewhere)
    else:
        shutil.copytree(scene.data, elsewhere)
        register(desk := scene.sit(), 1_000)
        desk.close()
    return elsewhere


def wrong_clock(scene: Scene) -> Path:
    """The clock of the PC stands wrong, perhaps confirmed by who did not look, and is set right again."""
    at = MADE + timedelta(days=scene.chance.uniform(-400, 1_500), hours=scene.chance.uniform(0, 24))
    with suppress(Refusal):
        desk = scene.sit(at=at, confirm=scene.chance.random() < 0.7)
        for case in range(1_000, 1_003):
            register(desk, case)
            scene.cases.add(case)
        desk.close()
    return scene.data


KINDS: dict[str, Callable[[Scene], Path]] = {
    "SIGKILL": killed, "cut": cut, "fill": filled, "roll back": rolled_back, "copy": taken_elsewhere, "clock": wrong_clock, "two at once": two_at_once,
}


# -- how it ended ------------------------------------------------------------------------------------------------------------

WHOLE, INCIDENT, READING, RESTORED = "whole", "incident stands", "read only until two go on", "refused, backup restored whole"
OUTCOMES = (WHOLE, INCIDENT, READING, RESTORED)


def ended(scene: Scene, folder: Path) -> str:
    """Open what is left as a person would; one of :data:`OUTCOMES`. Anything else fails: a fault nobody tells, a lost act, a leftover."""
    try:
        desk = scene.sit(folder, "director", confirm=True)
    except Refusal as refusal:
        assert refusal.text and refusal.code, "a sentence"
        return _restored(scene)
    try:
        outcome = _looked_at(scene, desk, own=folder == scene.data)
        _backed_up(scene, desk)
        if outcome == READING:
            _go_on(scene, folder, desk)
    finally:
        desk.close()
    _half_restored(scene)
    return outcome


def _looked_at(scene: Scene, desk: Desk, *, own: bool) -> str:
    verdict = desk.check()
    desk.note_check(verdict)
    if desk.session.store.only_reading:
        assert any("只能查看" in told for told in desk.notices)
        return READING
    here = {case.number for case in Case.select()}
    if Incident.select().where(Incident.state == IncidentState.OPEN).exists():
        return INCIDENT
    assert verdict.whole, [fault.text for fault in verdict.faults]
    if desk.session.store.latest_moment() > MADE + timedelta(days=1):  # type: ignore[operator]
        assert any("晚于今天" in told for told in desk.notices)
        desk.do("clock.correct", **WITNESS)
        assert desk.check().whole
    lost = {number_of(case) for case in scene.cases} - here if own else set()
    assert not lost, f"gone without a word: {lost}"
    return WHOLE


def _backed_up(scene: Scene, desk: Desk) -> None:
    """A backup can be made of what is left, as whole only where it is; a spoilt file of kept files beside it is named."""
    try:
        made = safekeeping.back_up(desk.session.store, scene.share / "after.zip", found=against_everything())
    except Refusal as refusal:
        assert refusal.code in ("backup.target", "backup.unreadable"), refusal.text
        return
    assert made.whole or desk.session.store.only_reading or against_everything() or desk.session.store.closed_reason
    read_backup(scene.share / made.file)
    assert not [path.name for path in scene.share.iterdir() if path.name.startswith(LEFT)], "what killed ones left is cleared"


def _go_on(scene: Scene, folder: Path, desk: Desk) -> None:
    """Two persons go on with a store that was left to reading: what was found stands as an incident from then on."""
    astray = desk.session.store.astray
    desk.do("store.moved" if astray and astray.may_move and not desk.session.store.lost else "store.go_on", **WITNESS)
    assert desk.session.store.only_reading is None
    desk.close()
    again = scene.sit(folder, "director", confirm=True)
    assert again.session.store.only_reading is None and Incident.select().where(Incident.state == IncidentState.OPEN).exists()
    again.close()


def _restored(scene: Scene) -> str:
    """The store cannot be opened: the last backup brings back what was in it."""
    target = scene.base / "restored"
    safekeeping.restore(scene.last, target, "director", password_of("director"))
    desk = scene.sit(target, "director", confirm=True)
    verdict = desk.check()
    assert verdict.whole, [fault.text for fault in verdict.faults]
    assert {case.number for case in Case.select()} >= {number_of(case) for case in (123, 1, 2, 3, 501, 502)}
    desk.close()
    return RESTORED


def _half_restored(scene: Scene) -> None:
    """A folder in which a restore was killed is restored anew, and whole."""
    for target in scene.base.glob("again*"):
        if not places.store_file(target).exists():
            safekeeping.restore(scene.last, target, "director", password_of("director"))
        desk = scene.sit(target, "director", confirm=True)
        assert desk.check().whole
        desk.close()
