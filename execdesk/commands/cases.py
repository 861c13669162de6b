"""``case``, ``act``, ``document``."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from execdesk import rooms
from execdesk.access.files import write_out
from execdesk.access.register import ACTIONS, Action
from execdesk.commands.answers import plain, say
from execdesk.commands.frame import Builder, open_desk
from execdesk.commands.lawlist import shape_words
from execdesk.documents.pdfservice import PdfService
from execdesk.issue.printing import copy_for
from execdesk.issue.verdict import LONGEST_PDF, verdict_of, verdict_on
from execdesk.law.fields import Field
from execdesk.law.refusal import Refusal
from execdesk.reads.casecolumns import COLUMNS
from execdesk.reads.cases import case_page
from execdesk.reads.casesums import COUNTED
from execdesk.reads.casewhere import ListFilter
from execdesk.store.outside import read_outside


def register(sub: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands."""
    case = sub.add_parser("case", parents=[common], help="案件")
    case.add_argument("subcommand", choices=["list", "show"])
    case.add_argument("number", nargs="?")
    case.add_argument("--view", choices=("all", *COUNTED), default="all", help="列表：在办 open，已超期 late，即将到期 soon，查控到期 control，本周 week，待办 todo 等")
    case.add_argument("--known-on", type=date.fromisoformat, metavar="DAY", help="按某一过去日期当天所知列出")
    case.add_argument("--columns", type=_columns, default=(), metavar="NAME,…", help=f"列表的各栏：{'，'.join(f'{one.title} {one.name}' for one in COLUMNS)}")
    case.set_defaults(run=run_case)
    act = sub.add_parser("act", parents=[common], help="按名称办理任一事项（仅演示库）")
    act.add_argument("name", nargs="?")
    act.add_argument("--case")
    act.add_argument("--set", action="append", default=[], metavar="FIELD=VALUE")
    act.add_argument("--list", action="store_true", help="列出事项及其填写项；写明事项的，逐项说明")
    act.set_defaults(run=run_act)
    document = sub.add_parser("document", parents=[common], help="文书")
    document.add_argument("subcommand", choices=["list", "render", "verify", "text"])
    document.add_argument("what", nargs="?", help="文号、文书编号或 PDF 文件")
    document.add_argument("--out", metavar="FILE")
    document.set_defaults(run=run_document)


def _columns(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if wrong := [name for name in names if name not in {one.name for one in COLUMNS}]:
        raise argparse.ArgumentTypeError(f"没有「{wrong[0]}」这一栏，可写：{'、'.join(one.name for one in COLUMNS)}")
    return names


def run_case(args: argparse.Namespace, build: Builder) -> int:
    """List cases, or show one."""
    with open_desk(args, build, writes=False) as desk:
        if args.subcommand == "list":
            desk.board_whole()
            rows = desk.reads.cases(ListFilter(args.view, known_on=args.known_on))
            columns = [column for column in COLUMNS if (column.name in args.columns if args.columns else column.shown)]
            lines = ["  ".join(column.text(row) for column in columns) for row in rows]
            told = [{**plain(row), "texts": {column.name: column.text(row) for column in columns}} for row in rows]
            return say(args, {"cases": told}, ["  ".join(column.title for column in columns), *lines, f"共 {len(rows)} 件"])
        if not args.number:
            raise Refusal("请写明案号。", code="case.number")
        page = case_page(desk.session, args.number)
        return say(args, plain(page), page.lines())


def run_act(args: argparse.Namespace, build: Builder) -> int:
    """Any action by name, in a demonstration store."""
    rooms.enter()
    if args.list or not args.name:
        return _list_actions(args)
    with open_desk(args, build, writes=True) as desk:
        if not desk.session.demo:
            raise Refusal("act 只能用于演示库；正式库请在窗口中办理。", code="act.real_store")
        action = _action(args.name)
        texts = dict(pair(text) for text in args.set)
        if args.case:
            texts["case"] = args.case
        changes = desk.do(args.name, **action.read(texts))
        rows_by_table: dict[str, list[str]] = {}
        for table, row in sorted(changes.rows) if changes else []:
            rows_by_table.setdefault(table, []).append(row)
        answer = {"act": args.name, "lines": changes.lines if changes else (), "rows": rows_by_table}
        return say(args, answer, [f"{action.title}：已办理，留痕 {'、'.join(answer['lines']) or '无'}", *(f"{t} {' '.join(ids)}" for t, ids in rows_by_table.items()), *filter(None, [changes.told if changes else ""])])


def _list_actions(args: argparse.Namespace) -> int:
    """Every action in a line, or one with each of its fields."""
    asked = [_action(args.name)] if args.name else list(ACTIONS.values())
    rows = [{"name": one.name, "title": one.title, "fields": [_as_data(field) for field in one.fields]} for one in asked]
    lines = [f"{one.name}  {one.title}  " + " ".join(field.name if field.required else f"[{field.name}]" for field in one.fields) for one in asked]
    if args.name:
        lines += [line for field in asked[0].fields for line in _told(field, "  ")]
    return say(args, {"acts": rows}, lines)


def _action(name: str) -> Action:
    if name not in ACTIONS:
        raise Refusal(f"没有「{name}」这个事项，用 act --list 查看。", code="act.unknown")
    return ACTIONS[name]


def _told(field: Field, before: str) -> list[str]:
    """A field as a person reads it: its name, its label, how it is written; its parts below it."""
    need = "" if field.required else "，可以不填"
    hint = f"；{field.hint}" if field.hint else ""
    return [f"{before}{field.name}  {field.label}：{shape_words(field)}{need}{hint}", *(line for part in field.of for line in _told(part, f"{before}  "))]


def _as_data(field: Field) -> dict[str, Any]:
    """A field as a script needs it: how it is called and written, and what it takes."""
    data: dict[str, Any] = {"name": field.name, "kind": field.kind, "label": field.label, "required": field.required, "words": field.words}
    if field.pairs:
        data["options"] = {str(value): words for value, words in field.pairs}
    if field.of:
        data["fields"] = [_as_data(part) for part in field.of]
    return data


def pair(text: str) -> tuple[str, str]:
    """``name=value`` as typed; refuses ``act.field``."""
    name, sign, value = text.partition("=")
    if not sign:
        raise Refusal(f"「{text}」应写作 项=值。", code="act.field")
    return name, value


def _words_of(service: PdfService, pdf: bytes, name: str) -> str:
    found = service.outside(pdf, name)
    if not found.pages:
        raise Refusal(f"「{name}」不是完好的PDF，读不出文字。请重新取得文件。", code="file.damaged")
    return found.words


def run_document(args: argparse.Namespace, build: Builder) -> int:
    """The catalogue; a kept PDF; the verdicts; the text."""
    with open_desk(args, build, writes=False) as desk:
        if args.subcommand == "list":
            catalogue = desk.services.catalogue
            rows = [{"id": t.id, "title": t.title, "kind": t.kind, "offered": t.id in catalogue.texts} for t in catalogue.types]
            return say(args, {"documents": rows}, [f"{r['id']}  {r['title']}  {'可拟' if r['offered'] else '未写入正文'}" for r in rows])
        if not args.what:
            raise Refusal("请写明文号或文件。", code="document.missing")
        path = Path(args.what)
        given = path.exists()
        if given and path.is_dir():
            raise Refusal(f"「{args.what}」是文件夹。请写明文号或 PDF 文件。", code="document.missing")
        pdf = read_outside(path, LONGEST_PDF) if given else copy_for(desk.session, args.what).pdf
        if args.subcommand == "render":
            out = Path(args.out or "document.pdf")
            if not pdf.startswith(b"%PDF-"):
                raise Refusal(f"「{args.what}」不是 PDF 文件，没有写出。请写明文号或 PDF 文件。", code="document.missing")
            write_out(out, pdf)
            return say(args, {"file": str(out), "bytes": len(pdf)}, [f"已写到 {out}"])
        if args.subcommand == "text":
            text = _words_of(desk.services.pdf, pdf, path.name) if given else desk.services.pdf.text(pdf)
            return say(args, {"text": text}, [text])
        verdict = verdict_of(desk.session, pdf, desk.services.pdf.outside(pdf, path.name)) if given else verdict_on(desk.session, args.what)
        say(args, {"valid": verdict.valid, "held": verdict.held, "absent": verdict.absent, "text": verdict.text, "signatures": [plain(s) for s in verdict.signatures]},
            [verdict.text, *(s.text for s in verdict.signatures)])
        return 0 if verdict.valid else 1
