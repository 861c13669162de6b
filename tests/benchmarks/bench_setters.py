"""The two-page ruling set by other programs in the same run: typst, WeasyPrint, fpdf2, LibreOffice, those that are installed.

They are not dependencies: ``pip install typst weasyprint fpdf2`` beside the project, and ``soffice`` on the path, make their rows appear.
Each sets the same words with the same fonts on the same type area; none breaks lines as a court wants them.
"""

from __future__ import annotations

import html
import importlib
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from execdesk.documents.content import Content, Paragraph
from reports.measure import timed, two_page_ruling

RUNS = 10
TITLE = "Noto Serif SC"


def rows(fonts: Path, ours: float, runs: int = RUNS) -> Iterator[tuple[str, str, str, str]]:
    """A row for each program that is installed: processor milliseconds (of LibreOffice, which
    runs apart, wall milliseconds), and how many times ours (``ours``, in the same run)."""
    content = two_page_ruling()
    for name, setter in SETTERS.items():
        try:
            work = setter(content, fonts)
        except ImportError:
            continue
        if work is None:
            continue
        apart = name == "LibreOffice"
        speed = timed(work, 1 if apart else runs)
        spent = speed.milliseconds if apart else speed.cpu_milliseconds
        yield (f"同一份裁定书由 {name} 排版{'（含启动）' if apart else ''}", f"{spent:.0f} 毫秒", "—", f"本程序的 {spent / ours:.1f} 倍")


def words(content: Content) -> tuple[list[str], list[str]]:
    """Centred head lines, and paragraphs."""
    body = [block.text for block in content.body if isinstance(block, Paragraph)]
    signed = [f"{s.label}　　{s.name}" for s in content.signature.signatories] + ["二〇一七年八月一日", f"书记员　　{content.signature.clerk}"]
    return [content.court, content.title, content.number], body + signed


def _typst(content: Content, fonts: Path) -> Callable[[], Any]:
    typst: Any = importlib.import_module("typst")
    head, body = words(content)
    page = '#set page(paper: "a4", margin: (left: 28mm, right: 26mm, top: 37mm, bottom: 35mm))\n#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 13pt)\n'
    page += f'#set text(font: ("FandolFang TT", "{TITLE}"), size: 16pt, lang: "zh")\n'
    page += "\n\n".join(f'#align(center, text(font: "{TITLE}", size: 22pt)[#"{line}"])' for line in head)
    page += "\n\n" + "\n\n".join(f'#"{line}"' for line in body)
    folder = tempfile.TemporaryDirectory()
    source = Path(folder.name) / "ruling.typ"
    source.write_text(page, "utf-8")
    compiler = typst.Compiler(str(source), font_paths=[str(fonts)])
    return lambda: (folder, compiler.compile(format="pdf"))  # the folder lives as long as what reads from it


def _weasyprint(content: Content, fonts: Path) -> Callable[[], Any]:
    weasyprint: Any = importlib.import_module("weasyprint")
    configuration: Any = importlib.import_module("weasyprint.text.fonts").FontConfiguration()
    head, body = words(content)
    faces = "".join(f"@font-face{{font-family:{key};src:url({(fonts / file).as_uri()})}}" for key, file in (("fang", "FandolFang.ttf"), ("title", "NotoSerifSC-Title.ttf"), ("rare", "NotoSerifSC-Rare.ttf")))
    style = faces + "@page{size:A4;margin:37mm 26mm 35mm 28mm}body{font:16pt/29pt fang,rare}p{text-indent:2em;margin:0;text-align:justify}h1{font:22pt title;text-align:center}"
    page = "".join(f"<h1>{html.escape(line)}</h1>" for line in head) + "".join(f"<p>{html.escape(line)}</p>" for line in body)
    sheet = weasyprint.CSS(string=style, font_config=configuration)
    return lambda: weasyprint.HTML(string=page).write_pdf(stylesheets=[sheet], font_config=configuration)


def _fpdf2(content: Content, fonts: Path) -> Callable[[], Any]:
    fpdf: Any = importlib.import_module("fpdf")
    head, body = words(content)

    def work() -> bytes:
        pdf = fpdf.FPDF(format="A4")
        pdf.set_margins(28, 37, 26)
        pdf.set_auto_page_break(True, 35)
        for key, file in (("fang", "FandolFang.ttf"), ("title", "NotoSerifSC-Title.ttf"), ("rare", "NotoSerifSC-Rare.ttf")):
            pdf.add_font(key, fname=str(fonts / file))
        pdf.set_fallback_fonts(["rare"])
        pdf.add_page()
        pdf.set_font("title", size=22)
        for line in head:
            pdf.cell(0, 10.2, line, align="C", new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("fang", size=16)
        for line in body:
            pdf.multi_cell(0, 10.2, "　　" + line, new_x="LMARGIN", new_y="NEXT")
        return bytes(pdf.output())

    return work


def _libreoffice(content: Content, fonts: Path) -> Callable[[], Any] | None:
    office = shutil.which("soffice")
    if office is None:
        return None
    head, body = words(content)
    page = "".join(f"<h1 align=center>{html.escape(line)}</h1>" for line in head) + "".join(f"<p>{html.escape(line)}</p>" for line in body)

    def work() -> None:
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "ruling.html"
            source.write_text(page, "utf-8")
            command = [office, f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}", "--headless", "--convert-to", "pdf:writer_web_pdf_Export"]
            subprocess.run([*command, "--outdir", folder, str(source)], check=True, capture_output=True)

    return work


SETTERS: dict[str, Callable[[Content, Path], Callable[[], Any] | None]] = {
    "typst": _typst, "WeasyPrint": _weasyprint, "fpdf2": _fpdf2, "LibreOffice": _libreoffice,
}  # fmt: skip
