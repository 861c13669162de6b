"""Making a store: never over another one's files, two at once leave one whole, what a killed one left is cleared and foreign files stay."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from execdesk.access import places, safekeeping
from execdesk.access.demonstration import keep_day
from execdesk.access.organisation import Organisation, load_demo_people
from execdesk.access.setup import demo_wanted, set_up
from execdesk.access.signin import sign_in
from execdesk.law.refusal import Refusal
from execdesk.store.clock import DemonstrationClock
from execdesk.store.making import LOCK, making
from tests.access.conftest import CHEAP, FOLDER
from tests.world import DAY, Shelf

Make = Callable[[Path], object]
KILLED = 9


@pytest.fixture(scope="module")
def backup(worlds: Shelf, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the demonstration store, cheap to restore as often as one likes."""
    base = tmp_path_factory.mktemp("kept")
    keep_day(worlds.get("demo").copy(base / "data"), DAY)
    signed_in = sign_in(base / "data", "director", "demo", DemonstrationClock(DAY))
    with signed_in.store.reading():
        safekeeping.back_up(signed_in.store, base / "a.backup")
    signed_in.store.close()
    return base / "a.backup"


@pytest.fixture(params=["set up", "restore"])
def make(request: pytest.FixtureRequest, organisation: Organisation, backup: Path) -> Make:
    """Both ways to make a store."""
    if request.param == "restore":
        return lambda folder: safekeeping.restore(backup, folder, "director", "demo")
    wanted = demo_wanted(organisation, load_demo_people(FOLDER, organisation), CHEAP)
    return lambda folder: set_up(folder, wanted, DemonstrationClock(DAY))


def refused(make: Make, folder: Path) -> str:
    with pytest.raises(Refusal) as found:
        make(folder)
    return found.value.code


def opens(folder: Path) -> bool:
    """Whether a whole store lies there, and nothing that its making left."""
    sign_in(folder, "director", "demo", DemonstrationClock(DAY)).store.close()
    return not list(folder.glob(".making*"))


@pytest.mark.parametrize("own", ["slots.json", "keys/a.p12"])
def test_a_folder_with_slots_or_keys_is_refused_and_left_as_it_is(make: Make, tmp_path: Path, own: str) -> None:
    (tmp_path / "data" / "keys").mkdir(parents=True)
    (tmp_path / "data" / own).write_bytes(b"its")
    assert refused(make, tmp_path / "data") in ("store.exists", "restore.not_empty")
    assert [path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file()] == [b"its"]


def test_two_at_once_leave_one_whole(make: Make, tmp_path: Path) -> None:
    folder, told, start = tmp_path / "data", [], threading.Barrier(2)

    def one() -> None:
        start.wait()
        try:
            make(folder)
            told.append("made")
        except Refusal as refusal:
            told.append(refusal.code)

    both = [threading.Thread(target=one) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert "made" in told and set(told) <= {"made", "store.making", "store.exists", "restore.not_empty"} and told.count("made") == 1, told
    assert opens(folder)


def test_while_one_is_made_nobody_else_makes_one_there(make: Make, tmp_path: Path) -> None:
    with making(tmp_path / "data", lambda _folder: None):
        assert refused(make, tmp_path / "data") in ("store.making", "restore.not_empty")
    assert not list((tmp_path / "data").iterdir())
    make(tmp_path / "data")
    assert opens(tmp_path / "data")


def killed(make: Make, folder: Path, after: int) -> None:
    """Make a store in a process that ends, as by a kill, before the move after so many."""
    child = os.fork()
    if child == 0:
        moved, replace = [0], Path.replace

        def dies(self: Path, target: Path) -> Path:
            if self.parent.name.startswith(".making-") and Path(target).parent == folder:
                if moved[0] == after:
                    os._exit(KILLED)
                moved[0] += 1
            return replace(self, target)

        Path.replace = dies  # type: ignore[method-assign]
        try:
            make(folder)
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED


@pytest.mark.parametrize("after", [0, 2])
def test_what_a_killed_one_left_is_cleared_by_the_next_and_foreign_files_stay(make: Make, tmp_path: Path, after: int) -> None:
    folder = tmp_path / "data"
    killed(make, folder, after)
    assert (folder / LOCK).exists() and list(folder.glob(".making-*")) and not places.store_file(folder).exists()
    assert len([path for path in folder.iterdir() if not path.name.startswith(".making")]) == after
    stranger = tmp_path / ".making-other"
    stranger.write_text("x", encoding="utf-8")
    make(folder)
    assert opens(folder) and stranger.exists()


def test_a_foreign_file_that_came_since_is_left_alone(organisation: Organisation, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    wanted = demo_wanted(organisation, load_demo_people(FOLDER, organisation), CHEAP)
    killed(lambda where: set_up(where, wanted, DemonstrationClock(DAY)), folder, 0)
    (folder / "说明.txt").write_text("x", encoding="utf-8")
    set_up(folder, wanted, DemonstrationClock(DAY))
    assert opens(folder) and (folder / "说明.txt").read_text("utf-8") == "x"
