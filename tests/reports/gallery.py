"""Every specimen as a signed and sealed file, judged: ``python -m tests.reports.gallery FOLDER`` prints a table of type × check.

The files stay in the folder, to be looked at.
"""

from __future__ import annotations

import argparse
import io
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pikepdf
from pikepdf import pdfa
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from execdesk.documents.content import GRID, Content, FieldPlace, PageMarks, Paragraph, Rendered
from execdesk.documents.slots import body_date
from reports.archive import archived, to_archive
from reports.forms import compose
from reports.grid import Composition
from reports.page import BODY_SIZE, MM, PITCH, RIGHT, Text
from reports.render import PdfRenderer
from reports.seal import draw_seal
from reports.signing import sign
from reports.style import style_of
from reports.typography import NO_END, NO_START
from reports.verification import examine
from tests.documents.specimens import Specimen, specimens
from tests.reports import samples
from tests.reports.authority import Authority, authority
from tests.reports.conftest import AT

HANZI = re.compile(r"[\u4e00-\u9fff]+")


def overlay(pdf: bytes) -> bytes:
    """A red rectangle over page one, appended to the file as a forger would."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0]
    mark = writer.add_object(generic.StreamObject(stream_data=b"q 1 0 0 rg 100 500 200 60 re f Q"))
    old = page.raw_get("/Contents")
    found = old.get_object()
    parts = list(found) if isinstance(found, generic.ArrayObject) else [old]
    page["/Contents"] = generic.ArrayObject([*parts, mark])
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def untouched(pdf: bytes) -> bool:
    """Signed, and nothing wrong with the bytes."""
    found = examine(pdf)
    return bool(found.signatures) and not found.faults and not any(one.faults for one in found.signatures)


def tool(*command: str, pdf: bytes = b"") -> str:
    """What a command line tool says about a file or its standard input."""
    done = subprocess.run(command, input=pdf, capture_output=True, check=False)
    return done.stdout.decode() + done.stderr.decode()


def squeeze(words: str) -> str:
    """Text without any blank."""
    return "".join(words.split())


@dataclass
class Judged:
    """One specimen, made once, and what is asked of it."""

    specimen: Specimen
    renderer: PdfRenderer
    court: Authority
    folder: Path

    @cached_property
    def content(self) -> Content:
        return self.specimen.content

    @cached_property
    def composed(self) -> Composition:
        return compose(self.renderer.book, self.content, PageMarks())

    @cached_property
    def rendered(self) -> Rendered:
        return self.renderer.render(self.content, PageMarks(sample=True))

    @cached_property
    def signed(self) -> bytes:
        """Signed by all, then sealed; a form that nobody signs stays as it is."""
        pdf = to_archive(self.rendered)
        for number, place in enumerate(self.rendered.fields):
            picture = draw_seal(self.renderer.book, samples.COURT + "（样）") if place.name == "CourtSeal" else None
            key = self.court.issue(samples.COURT if picture else "李明", "院印" if picture else "审判员")
            pdf = sign(pdf, place.name, key, certify=number == 0, reason="签发", at=AT, seal=picture)
        self.path.write_bytes(pdf)
        return pdf

    @property
    def path(self) -> Path:
        return self.folder / f"{self.specimen.type_id}-{self.specimen.about}.pdf"

    @property
    def lines(self) -> Iterable[Text]:
        """The lines of running text, not spread labels and names."""
        things = (thing for page in self.composed.pages for thing in page.things)
        return (t for t in things if isinstance(t, Text) and t.size == BODY_SIZE and not t.whole)

    # -- the checks: true, false, or None where there is nothing to ask

    def full_lines(self) -> bool | None:
        """Lines of hanzi alone from edge to edge: 28 of them, 26 after an indent."""
        found = [t for t in self.lines if HANZI.fullmatch(t.text) and t.x + len(t.text) * PITCH > RIGHT - PITCH]
        return all(len(t.text) == round((RIGHT - t.x) / PITCH) for t in found) if self.content.form in GRID else None

    def marks(self) -> bool:
        """No closing mark begins a line, no opening mark ends one."""
        return all(t.text[:1] not in NO_START and t.text[-1:] not in NO_END for t in self.lines if t.text)

    def inside(self) -> bool:
        """Everything stands on the type area, who signs a page, 红头 and labels at least 9 mm within the paper, nothing is clipped."""
        area = style_of(self.content.form).area
        low, high = (area.bottom, area.top) if self.content.form in GRID else (9 * MM, area.paper[1] - 9 * MM)
        things = [t for page in self.composed.pages for t in page.things if isinstance(t, Text)]
        wide = self.renderer.book.width
        return all(
            t.x >= area.left - 0.1 and t.x + wide(t.text, t.style, t.size, t.space) <= area.right + 8.5 and low < t.y < high for t in things
        )

    def same_bytes(self) -> bool:
        """The same content gives the same archived bytes."""
        return to_archive(self.renderer.render(self.specimen.content, PageMarks(sample=True))) == to_archive(self.rendered)

    def archive_form(self) -> bool:
        """PDF/A-2b by the validator, before signing."""
        with pikepdf.open(io.BytesIO(archived(self.rendered.pdf))) as document:
            return bool(pdfa.check(document, "2b").verdict == "pass")

    def fonts(self) -> bool:
        """Every font embedded, a subset, with ToUnicode."""
        rows = tool("pdffonts", "-", pdf=self.signed).splitlines()[2:]
        return bool(rows) and all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows)

    def words(self) -> bool:
        """All words come out again by pdftotext, rare names too."""
        order = ("-raw",) if self.content.form == "label" else ()  # columns of labels are read one by one
        told = squeeze(tool("pdftotext", *order, "-", "-", pdf=self.signed)).replace("样本", "")
        told = re.sub("—\\d+—", "", told)
        wanted = [b.text for b in self.content.body if isinstance(b, Paragraph)]
        wanted += [] if self.content.form == "label" else [self.content.title, self.content.court]
        return all(squeeze(one) in told for one in wanted)

    def pyhanko(self) -> bool | None:
        """Nothing wrong by the program's own judgement, nothing pending."""
        return untouched(self.signed) and not examine(self.signed).pending if self.rendered.fields else None

    def pdfsig(self) -> bool | None:
        """Every signature valid by pdfsig, the last over the whole file."""
        count = len(self.rendered.fields)
        assert self.signed
        said = tool("pdfsig", "-nocert", str(self.path))
        return said.count("Signature is Valid") == count and "Total document signed" in said if count else None

    def structure(self) -> bool:
        """Clean by qpdf."""
        assert self.signed
        return "No syntax or stream encoding errors" in tool("qpdf", "--check", str(self.path))

    def forgery(self) -> bool | None:
        """An overlay that pdfsig still calls valid is refused."""
        if not self.rendered.fields:
            return None
        forged = overlay(self.signed)
        place = self.path.with_suffix(".forged")
        place.write_bytes(forged)
        fooled = tool("pdfsig", "-nocert", str(place)).count("Signature is Valid") == len(self.rendered.fields)
        place.unlink()
        return fooled and not untouched(forged)

    def block(self) -> bool | None:
        """The block stands with two rows of text; the seal is 42 mm, its lower arc on the date and on nothing else."""
        seal = next((f for f in self.rendered.fields if f.name == "CourtSeal"), None)
        if seal is None:
            return None
        if self.content.form == "red_head":
            return self._organ_block(seal)
        x0, y0, x1, y1 = seal.box
        here = [t for t in self.composed.pages[seal.page].things if isinstance(t, Text)]
        day = next(t for t in here if y0 - BODY_SIZE < t.y < y0 and abs(t.x + len(t.text) * PITCH / 2 - (x0 + x1) / 2) < 1)
        above = {round(t.y) for t in here if t.y > y1 and not t.whole}
        touched = [t for t in here if t is not day and t.y < y1 and t.y + BODY_SIZE * 0.8 > y0 and t.x + len(t.text) * PITCH > x0]
        return len(above) >= 2 and not touched and abs(x1 - x0 - 42 * MM) < 0.01

    def _organ_block(self, seal: FieldPlace) -> bool:
        """The seal lies on the organ's name and the date alone, its upper edge within a row of the text."""
        x0, y0, x1, y1 = seal.box
        area, wide = style_of(self.content.form).area, self.renderer.book.width
        here = [t for t in self.composed.pages[seal.page].things if isinstance(t, Text)]
        touched = [t for t in here if t.y < y1 and t.y + BODY_SIZE * 0.8 > y0 and t.x < x1 and t.x + wide(t.text, t.style, t.size, t.space) > x0]
        above = min(t.y for t in here if t.y > y1)
        return [t.text for t in touched] == [body_date(self.specimen.on), self.content.court] and above - y1 < area.row

    def pitch(self) -> bool | None:
        """Rows stand at least 26 points apart; a paper that is signed by hand has table rows for the pen."""
        if self.content.form not in GRID or not self.composed.fields:
            return None
        pages = self.composed.pages[: self.composed.fields[0].page + 1]  # a slip after them keeps its own rows
        rows = [sorted({t.y for t in page.things if isinstance(t, Text) and t.size == BODY_SIZE}) for page in pages]
        return min(b - a for page in rows for a, b in zip(page, page[1:], strict=False)) >= 26


CHECKS: dict[str, Callable[[Judged], bool | None]] = {
    "28字": Judged.full_lines, "避头尾": Judged.marks, "版心": Judged.inside, "行距": Judged.pitch, "落款": Judged.block,
    "同字节": Judged.same_bytes, "PDF/A": Judged.archive_form, "字体": Judged.fonts, "可读": Judged.words, "pyHanko": Judged.pyhanko,
    "pdfsig": Judged.pdfsig, "qpdf": Judged.structure, "伪造": Judged.forgery,
}  # fmt: skip


def judge(some: Iterable[Specimen], folder: Path) -> Iterable[tuple[Specimen, int, dict[str, bool | None]]]:
    """Every specimen with its pages and what each check says."""
    renderer, court = PdfRenderer(samples.FONTS), authority()
    for one in some:
        judged = Judged(one, renderer, court, folder)
        yield one, judged.rendered.pages, {name: check(judged) for name, check in CHECKS.items()}


def main() -> int:
    """Prints the table; 1 if any check fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    signs = {True: "ok", False: "NO", None: "-"}
    print(" | ".join(["type", "facts", "pages", *CHECKS]))
    bad = 0
    for one, pages, found in judge(specimens(), folder):
        bad += False in found.values()
        print(" | ".join([one.type_id, one.about, str(pages), *(signs[value] for value in found.values())]), flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
