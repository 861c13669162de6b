"""Every file that the program reads, damaged, exchanged and forged: it opens, or a sentence says what is wrong and what next."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

import main
from execdesk.access import places, safekeeping
from execdesk.access.demonstration import DAY_FILE, keep_day
from execdesk.access.key_file import unpack_root
from execdesk.access.organisation import load_demo_people, load_organisation
from execdesk.access.setup import DEMO_PASSPHRASE
from execdesk.access.slot_text import checksum
from execdesk.casefile.settings import bureau_settings
from execdesk.desk import Desk
from execdesk.documents.catalogue import load_catalogue
from execdesk.intake.importing import check_ledger
from execdesk.issue.verdict import verdict_of
from execdesk.law.authority import load_authority
from execdesk.law.book import load_law
from execdesk.law.refusal import Refusal
from execdesk.reads.casewhere import ListFilter
from execdesk.records.journal import Draft
from execdesk.store.clock import DemonstrationClock
from execdesk.store.mark import HEADS_FILE
from execdesk.store.whereabouts import PLACE_FILE, machine_folder
from tests import court_store
from tests.fuzz.mutants import of_bytes, of_json
from tests.fuzz.tally import tallied
from tests.hostile import faults_of_refusal
from tests.tries import times
from tests.world import DAY, Shelf, World

pytestmark = pytest.mark.slow
Request = pytest.FixtureRequest
FEW, SOME, MANY = 15, 40, 150  # mutants of a kind of file: by what opening one costs


def judged(refusal: Refusal) -> list[str]:
    return faults_of_refusal(refusal.text, ())


def mutants(data: bytes, seed: str, count: int, *, told: bool = False) -> Iterator[tuple[str, bytes]]:
    """Mutants of a file; of one in JSON also such as are right but for one value."""
    rng = random.Random(seed)
    yield from of_bytes(data, rng, times(count))
    if told:
        yield from of_json(json.loads(data), rng, times(count))


def open_and_look(folder: Path, *, whole: bool = False) -> None:
    """Sign in to a real court or a demonstration, look at the list, and close; the ``whole`` store checked."""
    password = "demo" if (folder / DAY_FILE).exists() else court_store.password_of("clerk")
    with closing(Desk.open(main.build(), folder, "clerk", password, DemonstrationClock(DAY))) as desk, desk.reading():
        desk.board_whole()
        desk.reads.cases(ListFilter("all"))
        if whole:
            desk.check()


def forged_slots(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Slots with a value changed and the checksum right all the same."""
    slots, rng = json.loads(data), random.Random("slots")
    place = next(at for at, one in enumerate(slots) if one["slot"]["name"] == "clerk")
    for label, text in of_json(slots[place]["slot"], rng, times(MANY)):
        content = json.loads(text)
        if "\\ud8" in ascii(content):
            continue  # no line can be written of it
        line = {"checksum": checksum(content), "slot": content}
        lines = [json.dumps(one, separators=(",", ":"), sort_keys=True).encode() for one in [*slots[:place], line, *slots[place + 1 :]]]
        yield label, b"[\n" + b",\n".join(lines) + b"\n]\n"


Place = Callable[[], Path]


@pytest.fixture
def place(worlds: Shelf, tmp_path: Path) -> Place:
    """What copies the demonstration court anew for each mutant."""

    def fresh() -> Path:
        folder = _copied(worlds.get("frozen"), tmp_path / "data")
        keep_day(folder, DAY)
        return folder

    return fresh


@pytest.fixture
def real(worlds: Shelf, tmp_path: Path) -> Place:
    """What copies a real court anew for each mutant, and lets the PC know it there."""
    return lambda: _copied(worlds.get("real"), tmp_path / "data")


def _copied(world: World, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(machine_folder(), ignore_errors=True)
    return world.copy(folder)


BESIDE: dict[str, tuple[int, bool]] = {
    places.SLOTS_FILE: (SOME, True), HEADS_FILE: (SOME, False), PLACE_FILE: (SOME, True), places.ATTEMPTS_FILE: (SOME, True),
    places.STORE_FILE: (FEW, False), "execdesk-files.db": (FEW, False), "execdesk.db-wal": (FEW, False),
}  # fmt: skip
OF_DEMONSTRATION: dict[str, tuple[int, bool]] = {DAY_FILE: (SOME, True), places.DEMO_ROOT_FILE: (FEW, False)}


@pytest.mark.parametrize("name", [*BESIDE, *OF_DEMONSTRATION])
def test_no_file_of_a_store_hurts(name: str, place: Place, real: Place, request: Request) -> None:
    count, told = {**BESIDE, **OF_DEMONSTRATION}[name]
    copied = real if name in BESIDE else place
    folder = copied()
    with pytest.raises(Refusal):
        Desk.open(main.build(), folder, "clerk", "不是他的密码", DemonstrationClock(DAY))  # which is counted beside the store
    counted = (folder / places.ATTEMPTS_FILE).read_bytes()
    open_and_look(copied())
    data = counted if name == places.ATTEMPTS_FILE else (folder / name).read_bytes() if (folder / name).exists() else b"{}"
    with tallied(request, f"{name} of a store") as tally:
        for label, mutant in mutants(data, name, count, told=told):
            (copied() / name).write_bytes(mutant)
            tally.tried(label, lambda: open_and_look(folder, whole=name.endswith(".db")), judged)


def test_no_forged_slot_hurts(real: Place, request: Request) -> None:
    folder = real()
    with tallied(request, "slots with a right checksum") as tally:
        for label, mutant in forged_slots((folder / places.SLOTS_FILE).read_bytes()):
            (real() / places.SLOTS_FILE).write_bytes(mutant)
            tally.tried(label, lambda: open_and_look(folder), judged)


def test_no_file_of_the_pc_hurts(real: Place, request: Request) -> None:
    folder = real()
    open_and_look(folder)
    found = {path.relative_to(machine_folder()): path.read_bytes() for path in machine_folder().rglob("*") if path.is_file()}
    assert found
    with tallied(request, "files that the PC keeps of all stores") as tally:
        for name, data in found.items():
            for label, mutant in mutants(data, str(name), FEW, told=data.startswith(b"{") and name.name == PLACE_FILE):
                real()
                (machine_folder() / name).parent.mkdir(parents=True, exist_ok=True)
                (machine_folder() / name).write_bytes(mutant)
                tally.tried(f"{name} {label}", lambda: open_and_look(folder), judged)


def test_no_key_file_hurts(place: Place, request: Request) -> None:
    folder = place()
    with tallied(request, "key files") as tally:
        keys = sorted(path.name for path in (folder / places.KEYS_FOLDER).iterdir())
        data = (folder / places.KEYS_FOLDER / keys[0]).read_bytes()
        for label, mutant in mutants(data, "key", FEW):
            place()
            for name in keys:
                (folder / places.KEYS_FOLDER / name).write_bytes(mutant)
            tally.tried(label, lambda: open_and_look(folder), judged)


def test_no_root_file_hurts(place: Place, request: Request) -> None:
    data = (place() / places.DEMO_ROOT_FILE).read_bytes()
    with tallied(request, "root files") as tally:
        for label, mutant in mutants(data, "root", MANY):
            tally.tried(label, lambda mutant=mutant: unpack_root(mutant, DEMO_PASSPHRASE), judged)


def test_no_backup_hurts(place: Place, tmp_path: Path, request: Request) -> None:
    good, bad, to = tmp_path / "backup" / "good.zip", tmp_path / "backup" / "bad.zip", tmp_path / "restored"
    good.parent.mkdir()
    with closing(Desk.open(main.build(), place(), "president", "demo", DemonstrationClock(DAY))) as desk, desk.reading():
        desk.backups.write(good)

    def restored() -> None:
        shutil.rmtree(to, ignore_errors=True)
        safekeeping.restore(bad, to, "clerk", "demo")

    with tallied(request, "backups") as tally:
        for label, mutant in (*mutants(good.read_bytes(), "backup", FEW), *_manifests(good)):
            bad.write_bytes(mutant)
            tally.tried(label, restored, judged)


def _manifests(good: Path) -> Iterator[tuple[str, bytes]]:
    """The backup with a manifest forged in one value."""
    import io
    import zipfile

    with zipfile.ZipFile(good) as box:
        parts = {name: box.read(name) for name in box.namelist()}
    from execdesk.store.backup_file import MANIFEST

    for label, text in of_json(json.loads(parts[MANIFEST]), random.Random("manifest"), times(SOME)):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as box:
            for name, data in {**parts, MANIFEST: text}.items():
                box.writestr(name, data)
        yield f"manifest {label}", out.getvalue()


@pytest.fixture
def desk(place: Place) -> Iterator[Desk]:
    with closing(Desk.open(main.build(), place(), "clerk", "demo", DemonstrationClock(DAY))) as found, found.reading():
        yield found


LEDGERS = sorted((Path(__file__).parents[1] / "intake" / "field").glob("*.*"))


def test_no_ledger_hurts(desk: Desk, tmp_path: Path, request: Request) -> None:
    kinds = {path.suffix: path for path in (main.RESOURCES / "demo" / "ledger-2017.xlsx", *LEDGERS) if path.suffix not in (".py", ".md", ".toml", ".json")}
    with tallied(request, "ledgers") as tally:
        for suffix, path in kinds.items():
            for label, mutant in mutants(path.read_bytes(), suffix, FEW):
                bad = tmp_path / f"bad{suffix}"
                bad.write_bytes(mutant)
                tally.tried(f"{suffix} {label}", lambda bad=bad: check_ledger(desk.session, bad), judged)


def test_no_pdf_hurts(desk: Desk, request: Request) -> None:
    from execdesk.issue.printing import copy_for
    from execdesk.records.papers import Document

    paper = copy_for(desk.session, Document.get(Document.number != "").id).pdf
    with tallied(request, "PDF files") as tally:
        for label, mutant in mutants(paper, "pdf", SOME):
            tally.tried(f"verdict {label}", lambda mutant=mutant: verdict_of(desk.session, mutant), judged)
            tally.tried(f"text {label}", lambda mutant=mutant: desk.services.pdf.text(mutant), judged)


def test_no_draft_hurts(desk: Desk, request: Request) -> None:
    desk.keep_draft("form", {"case": "x", "amount": 5})
    sealed = bytes(Draft.get().sealed)
    with tallied(request, "half-filled forms") as tally:
        for label, mutant in mutants(sealed, "draft", SOME):
            Draft.update(sealed=mutant).execute()
            tally.tried(label, lambda: desk.draft("form"), judged)


DATA = sorted(path.relative_to(main.RESOURCES) for path in main.RESOURCES.rglob("*.toml"))


def test_no_data_file_hurts(tmp_path: Path, request: Request) -> None:
    resources = Path(shutil.copytree(main.RESOURCES, tmp_path / "resources", ignore=shutil.ignore_patterns("fonts", "icons", "demo")))

    def load() -> None:
        law = load_law(resources / "law")
        catalogue = load_catalogue(resources / "documents")
        load_authority(resources / "law", law, [kind.id for kind in catalogue.types])
        load_demo_people(resources / "organisation", load_organisation(resources / "organisation"))
        bureau_settings(resources)

    rng = random.Random("data")
    with tallied(request, "data files of the program") as tally:
        for name in DATA:
            data = (resources / name).read_bytes()
            for label, mutant in rng.sample([*of_bytes(data, rng, 6)], times(2)):
                (resources / name).write_bytes(mutant)
                tally.tried(f"{name} {label}", load, judged)
            (resources / name).write_bytes(data)
