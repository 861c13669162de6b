"""Writes the pictures of the manual: ``python -m tests.ui.manual_pictures docs/pictures``.

The real window is driven through one line of work on a fictional store, at 1366×768; the files are reduced to a palette.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image  # noqa: E402
from PySide6.QtCore import QBuffer  # noqa: E402
from PySide6.QtWidgets import QWidget  # noqa: E402

from tests import many_measures  # noqa: E402
from tests.ui.founding_pictures import FoundingCamera  # noqa: E402
from tests.ui.pictures import Camera, registration, seal  # noqa: E402
from tests.ui.pictures_law import open_tool  # noqa: E402
from tests.world import found  # noqa: E402
from ui.expiry import ExpiryPage  # noqa: E402
from ui.importpage import REVIEW, ImportPage  # noqa: E402

DAY = date(2018, 1, 2)
WANTED = ("sign-in", "import", "cases", "assign", "freeze", "draft", "approve", "refused", "document", "print", "receipt", "search", "radar",
          "first-run", "found-people", "found-passwords", "first-day", "adoption", "text")
COLOURS, LARGEST = 256, 150_000


class ManualCamera(Camera):
    """A camera that writes only what the manual shows, small."""

    def take(self, name: str, widget: QWidget | None = None) -> None:
        """Write one picture of the manual; other names pass by."""
        self.rest()
        if name in WANTED:
            reduce((widget or self.place.shell or self.place.gate).grab().toImage(), self.folder / f"{name}.png")

    def until(self, ready: Callable[[], bool]) -> None:
        """Rest until something is so."""
        for _ in range(40):
            self.rest()
            if ready():
                return
        raise TimeoutError


class ManualFounding(FoundingCamera):
    """The founding of a court, as far as the manual shows it."""

    def take(self, name: str, widget: QWidget | None = None) -> None:
        ManualCamera.take(self, name, widget)  # type: ignore[arg-type]


def reduce(image: object, target: Path) -> None:
    """Write a picture with a palette.

    Raises:
        ValueError: if it is still larger than 150 kB.
    """
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[attr-defined]
    drawn = Image.open(BytesIO(bytes(buffer.data().data()))).convert("RGB")
    drawn.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(target, optimize=True)
    if target.stat().st_size > LARGEST:
        raise ValueError(f"{target.name}: {target.stat().st_size} bytes")


def take_ledger(camera: ManualCamera) -> None:
    """The clerk takes in the sample ledger."""
    camera.sit("clerk")
    camera.cases.open_import()
    page = camera.place.shell.stack.page
    assert isinstance(page, ImportPage)
    camera.rest()
    page.begin(camera.services.resources / "demo" / "ledger-2017.xlsx")
    camera.until(lambda: page.session is not None)
    if page.pile.currentIndex() != REVIEW:
        page.names.done.emit({})
        camera.until(lambda: page.pile.currentIndex() == REVIEW)
    camera.take("import")
    page.take()
    camera.until(lambda: page.session is None)
    camera.home()


def list_and_assignment(camera: ManualCamera) -> str:
    """The list with a case beside it, and giving a case to a judge; the account of the judge of the registered case."""
    judge = registration(camera)
    camera.show()
    camera.take("cases")
    camera.begin("case.assign")
    camera.take("assign")
    camera.home()
    return judge


def freeze(camera: ManualCamera, judge: str) -> None:
    """Notice, freeze, consumption order: filled in, drafted, approved, issued."""
    camera.sit(judge)
    camera.show()
    camera.begin("notice.execution")
    for _ in range(3):
        camera.go()
    camera.home()
    seal(camera, judge)
    page = camera.begin("measure.propose", "冻结存款")
    page.form.fill({"bank": "某某银行乐东支行", "account_no": "6228480000006621"})
    camera.take("freeze")
    camera.go()
    camera.take("draft")
    for _ in range(2):
        camera.go()
    camera.home()
    camera.show()
    camera.begin("order.consumption")
    for _ in range(2):
        camera.go()
    camera.home()


def approvals(camera: ManualCamera, judge: str) -> None:
    """The judge is refused what the president approves."""
    for account, name in ((judge, "refused"), ("president", "approve")):
        camera.sit(account)
        camera.place.shell.choose_tab(2)
        camera.rest()
        tab = camera.place.tabs.approvals
        row = next(key for key in tab.list.keys if key.startswith("request:"))
        tab.list.choose(row)
        camera.take(name)
        camera.place.shell.choose_tab(0)


def after_issue(camera: ManualCamera) -> None:
    """Seal, the document, its copies, service, the bank's answer, search."""
    camera.sit("seal")
    camera.cases.choose_scope("all")
    camera.show()
    for step in [s for s in camera.cases.steps if s.action == "document.seal"]:
        camera.cases.begin(step)
        camera.rest()
        camera.place.shell.stack.page.seal.click()
        camera.rest()
    camera.sit("clerk")
    camera.cases.choose_scope("all")
    camera.show()
    row = next(d for d in camera.cases.page.documents if d.number and "裁定" in d.title)
    camera.cases.open_document(row.id, row.state)
    camera.take("document")
    copies(camera)
    camera.home()
    camera.show()
    camera.begin("service.record", "协助")
    camera.go()
    page = camera.begin("measure.reply")
    page.form.fill({"controlled": 3_000_000, "ends_on": date(2018, 12, 30), "receipt_no": "R1", "reason": "余额不足"})
    camera.take("receipt")
    camera.go()
    search(camera)


def radar(camera: ManualCamera) -> None:
    """The ends of many measures, invented for the picture."""
    many_measures.spread(camera.place.desk, 90, DAY)
    camera.cases.radar_asked.emit()
    camera.rest()
    page = camera.place.shell.stack.page
    assert isinstance(page, ExpiryPage)
    page.table.select(next(row.id for row in page.shown.rows if row.urgency == "soon"))
    camera.take("radar")
    camera.home()


def text(camera: ManualCamera) -> None:
    """A sentence of a text corrected, with what differs and the pages beside."""
    camera.sit("admin")
    open_tool(camera, "采用文书").text_asked.emit("notice_execution")
    camera.rest()
    page = camera.place.shell.stack.page
    page.editor.setPlainText(page.editor.toPlainText().replace("逾期不履行的，本院将依法强制执行。", "逾期不履行的，本院将依法强制执行，并可以依法罚款、拘留。"))
    page.form.restore({"source": "执行局会议纪要", "reason": "写清逾期的后果"})
    page.look()
    camera.take("text")
    camera.home()


def copies(camera: ManualCamera) -> None:
    """The dialog for printing."""
    from ui.case.sample import ask_copies

    page = camera.place.shell.stack.page
    dialog = ask_copies(page, camera.place.link, camera.place.tabs.notices, page.document, page.copies)
    camera.take("print", dialog)
    dialog.close()


def search(camera: ManualCamera) -> None:
    """Ctrl+K."""
    camera.home()
    shell = camera.place.shell
    shell.activateWindow()
    camera.until(shell.isActiveWindow)
    field = shell.top.search
    field.begin()
    field.setText("林例一")
    field.look()
    camera.until(lambda: field.hits.isVisible())
    camera.take("search")
    field.leave()


def main_(arguments: list[str]) -> int:
    """Write all pictures into the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args(arguments)
    asked.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        store = Path(place) / "store"
        found(store)
        camera = ManualCamera(store, asked.folder, 1.0, "")
        camera.place.gate.resize(1366, 768)
        camera.take("sign-in")
        take_ledger(camera)
        judge = list_and_assignment(camera)
        freeze(camera, judge)
        approvals(camera, judge)
        after_issue(camera)
        radar(camera)
        text(camera)
        camera.place.leave()
        camera.place.shell.close()
    with tempfile.TemporaryDirectory() as place:
        founding = ManualFounding(Path(place), asked.folder, 1.0)
        founding.found()
        founding.first_day()
        founding.leave()
    missing = [name for name in WANTED if not (asked.folder / f"{name}.png").exists()]
    if missing:
        print(f"not written: {', '.join(missing)}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main_(sys.argv[1:]))
