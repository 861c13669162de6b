"""SIGKILL at random moments of issuing and importing: every restart is clean, no number twice, nothing half, the journal whole."""

from __future__ import annotations

import json
import multiprocessing
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from execdesk.desk import AppServices
from execdesk.records.approvals import Request
from execdesk.records.cases import Case, Party
from execdesk.records.journal import Line
from execdesk.records.ledgers import Import
from execdesk.records.measures import Measure
from execdesk.records.papers import Document, KeptFile, TakenNumber
from tests.flow import mortal
from tests.flow.bureau import DEBTOR, Bureau
from tests.flow.conftest import DAY
from tests.tries import times
from tests.world import Shelf
from ui.case.gowords import go_words, state_words

SEEDS = json.loads((Path(__file__).parent / "kill_seeds.json").read_text(encoding="utf-8"))
LEDGER = Path(__file__).parents[2] / "resources" / "demo" / "ledger-2017.xlsx"
PREPARED = 6

Work = Callable[..., None]


@pytest.fixture(scope="module")
def prepared(services: AppServices, worlds: Shelf, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str], str]:
    """A store with approved papers waiting to be issued, rulings with their notices among them."""
    bureau = Bureau(services, worlds.get("demo").copy(tmp_path_factory.mktemp("prepared") / "data"), DAY)
    case = bureau.register()
    bureau.notice(case)
    judge = bureau.judge(case)
    waiting: list[str] = []
    for _ in range(PREPARED // 3):
        for changes in (bureau.freeze(case), bureau.at(judge).do("notice.execution", case=case, party=DEBTOR)):
            request = changes.ids("Request")[0]
            for action in ("request.submit", "request.approve"):
                bureau.at(judge).do(action, request=request)
            waiting += [row.id for row in bureau.papers(request)]
    bureau.close()
    return bureau.folder, waiting, judge


def spawn(work: Work, folder: Path, account: str, told: list[str]) -> tuple[Any, Any]:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["main", "tests.flow.mortal"])
    here, there = context.Pipe()
    child = context.Process(target=work, args=(there, str(folder), account, DAY, told))
    child.start()
    there.close()
    assert here.poll(60), "the child never began"
    assert here.recv() == "begin"
    return child, here


def span(work: Work, source: Path, account: str, told: list[str], folder: Path) -> float:
    """How long the work takes when nobody ends it."""
    shutil.copytree(source, folder)
    child, here = spawn(work, folder, account, told)
    begun = time.monotonic()
    here.send("go")
    assert here.recv() == "done"
    child.join()
    return time.monotonic() - begun


def end_at(work: Work, folder: Path, account: str, told: list[str], after: float) -> None:
    child, here = spawn(work, folder, account, told)
    here.send("go")
    time.sleep(after)
    child.kill()  # SIGKILL; nothing if it is over already
    child.join()


def whole(bureau: Bureau) -> None:
    """What must hold after any end."""
    verdict = bureau.desk.check()
    assert verdict.whole, [f.text for f in verdict.faults]
    numbers = [(t.series, t.number) for t in TakenNumber.select()]
    assert len(set(numbers)) == len(numbers)
    named = {k.document: k.sha256 for k in KeptFile.select().order_by(KeptFile.at, KeptFile.id)}
    for row in Document.select():
        issued = row.state in ("to_cosign", "to_seal", "issued")
        assert issued == (row.signed_on is not None) == (row.number is not None) == (row.file is not None) == (row.id in named), row.title
        if issued:
            assert row.file in set(bureau.desk.session.store.files.all_names())
            assert TakenNumber.select().where(TakenNumber.document == row.id).count() == 1
            if row.type_id == "ruling_freeze":
                assert Measure.get_by_id(row.measure).state == "ordered"
    lines = [(line.site, line.incarnation, line.number) for line in Line.select().order_by(Line.taken)]
    assert [n for _, _, n in lines] == list(range(1, len(lines) + 1))


def ended_while_issuing(services: AppServices, prepared: tuple[Path, list[str], str], folder: Path, after: float) -> int:
    source, waiting, judge = prepared
    shutil.copytree(source, folder)
    end_at(mortal.issue, folder, judge, waiting, after)
    bureau = Bureau(services, folder, DAY)
    bureau.at(judge)
    whole(bureau)
    left = [row for row in waiting if Document.get_by_id(row).state == "submitted"]
    for row in left:
        bureau.at(judge).do("document.issue", document=row)
    whole(bureau)
    bureau.close()
    shutil.rmtree(folder)
    return len(waiting) - len(left)


def ended_while_importing(services: AppServices, source: Path, folder: Path, after: float) -> bool:
    shutil.copytree(source, folder)
    end_at(mortal.take_in, folder, "clerk", [str(LEDGER)], after)
    bureau = Bureau(services, folder, DAY)
    bureau.at("clerk")
    verdict = bureau.desk.check()
    assert verdict.whole, [f.text for f in verdict.faults]
    taken = Import.select().count() == 1
    assert (Case.select().count() > 0) == (Party.select().count() > 0) == taken
    bureau.close()
    shutil.rmtree(folder)
    return taken


def runs(seeds: list[int], few: int, many: int) -> list[Any]:
    """The first seed once; each of them ``many`` times to prove it."""
    return [pytest.param(seeds[0], few, id="once"), *(pytest.param(seed, many, marks=pytest.mark.slow) for seed in seeds)]


@pytest.mark.parametrize(("seed", "ends"), runs(SEEDS["issuing"], 1, 10))
def test_ended_while_issuing(services: AppServices, prepared: tuple[Path, list[str], str], tmp_path: Path, seed: int, ends: int) -> None:
    kill_issuing(services, prepared, tmp_path, seed, times(ends))


@pytest.mark.parametrize(("seed", "ends"), runs(SEEDS["importing"], 1, 10))
def test_ended_while_importing(services: AppServices, worlds: Shelf, tmp_path: Path, seed: int, ends: int) -> None:
    kill_importing(services, worlds, tmp_path, seed, times(ends))


def kill_issuing(services: AppServices, prepared: tuple[Path, list[str], str], tmp_path: Path, seed: int, times: int) -> None:
    chance = random.Random(seed)
    long = span(mortal.issue, prepared[0], prepared[2], prepared[1], tmp_path / "whole")
    got = [ended_while_issuing(services, prepared, tmp_path / f"k{n}", chance.uniform(0, long)) for n in range(times)]
    print(f"seed {seed}: {times} ends within {long:.2f} s, documents issued before the end: {got}")


def kill_importing(services: AppServices, worlds: Shelf, tmp_path: Path, seed: int, times: int) -> None:
    chance = random.Random(seed)
    long = span(mortal.take_in, worlds.get("demo").folder, "clerk", [str(LEDGER)], tmp_path / "whole")
    got = [ended_while_importing(services, worlds.get("demo").folder, tmp_path / f"k{n}", chance.uniform(0, long * 1.1)) for n in range(times)]
    print(f"seed {seed}: {times} ends within {long:.2f} s, taken in whole: {sum(got)}")


def test_two_desks_on_one_store_do_not_give_a_number_twice(
    services: AppServices, prepared: tuple[Path, list[str], str], tmp_path: Path
) -> None:
    """Two processes issue papers of one series at once; whoever comes second takes the next number, or is told to look again."""
    source, waiting, judge = prepared
    folder = Path(shutil.copytree(source, tmp_path / "data"))
    notices = [row for n, row in enumerate(waiting) if n % 3 == 2]
    children = [spawn(mortal.issue, folder, judge, [row]) for row in notices]
    for _, here in children:
        here.send("go")
    for child, _ in children:
        child.join()
    bureau = Bureau(services, folder, DAY)
    bureau.at(judge)
    whole(bureau)
    assert sum(Document.get_by_id(row).number is not None for row in notices) == len(notices)
    bureau.close()


@pytest.mark.parametrize("signed", [0, 1, 2])
def test_ended_between_the_papers_of_one_submission(services: AppServices, prepared: tuple[Path, list[str], str], tmp_path: Path, signed: int) -> None:
    """Each paper is whole by itself: what was signed before the end stands, the rest waits and is signed with the numbers that follow."""
    source, waiting, judge = prepared
    folder = Path(shutil.copytree(source, tmp_path / "data"))
    bureau = Bureau(services, folder, DAY)
    bureau.at(judge)
    together = [row for row in waiting if Document.get_by_id(row).request == Document.get_by_id(waiting[0]).request]
    assert len(together) == 2
    bureau.close()
    child, here = spawn(mortal.issue_some, folder, judge, [str(signed), *together])
    here.send("go")
    child.join(60)
    assert child.exitcode == -signal.SIGKILL
    bureau.at(judge)
    whole(bureau)
    assert [Document.get_by_id(row).signed_on is not None for row in together] == [number < signed for number in range(2)]
    shown = bureau.desk.reads.draft(together[-1])
    assert go_words(shown) == {0: ("签发　Ctrl+Enter", True), 1: ("接着签发 1 份　Ctrl+Enter", True)}.get(signed, go_words(shown))
    assert ("已签发 1 份，还有 1 份没有签发" in state_words(shown)) == (signed == 1)
    for row in together[signed:]:
        bureau.at(judge).do("document.issue", document=row)
    whole(bureau)
    assert Request.get_by_id(Document.get_by_id(together[0]).request).state == "used"
    bureau.close()
