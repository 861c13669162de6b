"""Writes pictures of the import page at every step: ``python -m tests.ui.pictures_import FOLDER``."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication  # noqa: E402

from tests.ui import office_store, sizes  # noqa: E402
from tests.ui.gallery import RESOURCES, settle  # noqa: E402
from tests.ui.import_help import SAMPLE, case, go_to, import_runs, ledger, own  # noqa: E402
from tests.ui.pictures_b import Stage  # noqa: E402
from ui.importpage import ImportPage  # noqa: E402
from ui.jobs import Watch  # noqa: E402
from ui.shell import Shell  # noqa: E402
from ui.theme import Theme  # noqa: E402


def question(page: ImportPage) -> None:
    """The first open question."""
    page.begin(SAMPLE)


def decided(page: ImportPage) -> None:
    """Three rows decided."""
    page.begin(SAMPLE)
    for _ in range(3):
        page.review.card.decide()
    page.review.again.stop()
    page.review.check_again()


def rest(page: ImportPage) -> None:
    """A row without an address, the rest to follow."""
    page.begin(SAMPLE)
    go_to(page, 74)
    page.review.card.alike.setChecked(True)
    page.review.card.take_focus()


def alike(page: ImportPage) -> None:
    """The rows that would follow."""
    rest(page)
    page.review.card.see_alike.click()
    page.window().setProperty("picture", page.review.dialog)


def typed(page: ImportPage) -> None:
    """An entry of one's own that does not do."""
    page.begin(SAMPLE)
    go_to(page, 273)
    own(page, "2017-2-30")


def refused(page: ImportPage) -> None:
    """A row that cannot be imported."""
    page.begin(SAMPLE)
    page.review.fold("list|decide")
    go_to(page, 56)


def imported(page: ImportPage) -> None:
    """A row that can."""
    page.begin(SAMPLE)
    page.review.fold("list|imported")
    go_to(page, 17)


def names(page: ImportPage) -> None:
    """A name nobody bears."""
    page.begin(ledger(Path(tempfile.mkdtemp()), case(1, judge="某法官"), case(2, judge="另一法官")))


def progress(page: ImportPage) -> None:
    """A check half-way."""
    watch = page.watch(Watch("正在核对", "此步只读，取消不留痕", "行"))
    watch.done, watch.total = 400, 639
    watch.started -= 3
    page.steps.go(1)
    page.progress.tick()


def done(page: ImportPage) -> None:
    """What an import did, and what waits."""
    decided(page)
    page.take()


def undo(page: ImportPage) -> None:
    """The reason for undoing it."""
    done(page)
    run = import_runs(page.desk)[0]
    page.ask_undo(run.id, run.file)
    page.window().setProperty("picture", page.dialog)


SCENES: dict[str, Callable[[ImportPage], object]] = {
    "start": lambda page: None, "progress": progress, "names": names, "question": question, "decided": decided, "rest": rest, "alike": alike,
    "typed": typed, "refused": refused, "imported": imported, "done": done, "undo": undo,
}


def main(arguments: list[str]) -> int:
    """Write the pictures asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="")
    sizes.add(parser)
    asked = parser.parse_args(arguments)
    asked.folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        made = office_store.make(Path(folder) / "made")
        for scale in asked.scale or [1.0, 1.5]:
            Theme(RESOURCES, scale).install(app)
            for name, act in SCENES.items():
                if name.startswith(asked.only):
                    _take(app, made, name, act, asked.folder, scale, asked.size)
    return 0


def _take(app: QApplication, made: office_store.Made, name: str, act: Callable[[ImportPage], object], folder: Path, scale: float, size: str) -> None:
    stage = Stage(made, "clerk")
    pages: list[ImportPage] = []

    def make(stage: Stage, shell: Shell) -> ImportPage:
        pages.append(ImportPage(stage.desk, stage.runner, shell.notices, shell.open_page))
        return pages[0]

    shell = stage.window(make, 0)
    shell.resize(*sizes.size_at(scale, size))
    shell.show()
    settle(app)
    act(pages[0])
    settle(app)
    shown = shell.property("picture") or shell
    shown.grab().save(str(folder / f"import-{name}{sizes.mark(scale, size)}.png"))
    shell.close()
    stage.close()
    shell.deleteLater()
    settle(app)
    shutil.rmtree(stage.folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
