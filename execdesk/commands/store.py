"""``setup``, ``check``, ``journal``, ``backup``, ``restore``."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from execdesk.access import setup as founding
from execdesk.access import slots
from execdesk.access.demonstration import keep_day
from execdesk.access.files import write_out
from execdesk.access.founding import Wanted
from execdesk.access.foundingplan import HERE, FoundingPlan, read_plan
from execdesk.access.foundingwanted import found_court, wanted_of
from execdesk.access.organisation import load_demo_people
from execdesk.access.safekeeping import of_demonstration, require_backup_duty, restore
from execdesk.commands.answers import plain, say
from execdesk.commands.frame import Builder, ask, data_folder, open_desk, read_day
from execdesk.commands.secret import PASSWORD, environment_password
from execdesk.desk import AppServices
from execdesk.integrity.told import ASK, told_faults
from execdesk.law.refusal import Refusal
from execdesk.store.clock import DemonstrationClock, SystemClock
from execdesk.store.merge import pack
from execdesk.store.outside import read_outside
from execdesk.store.permissions import Owners
from execdesk.store.replay import all_entries, fold, refs_in_breach, state_hash, stored_rows

LONGEST_PLAN = 1024**2  # bytes
FAULTY_BACKUP = "已备份，但本库的留痕有缺损，不算完好的备份，另存为：{}。以前完好的备份请留着，不要覆盖。"
FAULTY_RESTORED = "这份备份做的时候，留痕已有缺损；登录以后记为事件，请先查清："
TOLD_OF_BACKUP = ("id", "site", "incarnation", "number", "hash", "lines", "made_at", "kept_file", "kept", "found")
DEMO_DAY, EMPTY_DAY = date(2018, 1, 2), date(2017, 7, 1)


def register(sub: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands."""
    setup = sub.add_parser("setup", parents=[common], help="设立数据库")
    setup.add_argument("--site", default="HQ")
    setup.add_argument("--demo", action="store_true", help="演示库")
    setup.add_argument("--empty", action="store_true", help="演示库不带案件")
    setup.add_argument("--plan", metavar="FILE", help="设立本院：从 JSON 文件读，「-」是标准输入；写法见使用手册「本院第一天」")
    setup.add_argument("--group", metavar="NAME", default="", help="数据文件归系统里的这个组共用；不写则只归运行本程序的系统账号")
    setup.set_defaults(run=run_setup)
    check = sub.add_parser("check", parents=[common], help="全面自检")
    check.set_defaults(run=run_check)
    journal = sub.add_parser("journal", parents=[common], help="留痕")
    journal.add_argument("subcommand", choices=["verify", "replay", "export"])
    journal.add_argument("file", nargs="?")
    for checking in (check, journal):
        checking.add_argument("--head", metavar="TEXT", help="审批表上印的链尾，如「HQ.1:12 3fa94c0e7b215d68」，看它还在不在")
        checking.add_argument("--root", metavar="FINGERPRINT", help="院长保管的证书根指纹（至少前16位），看本库是不是本院的")
    journal.set_defaults(run=run_journal)
    backup = sub.add_parser("backup", parents=[common], help="备份")
    backup.add_argument("file")
    backup.set_defaults(run=run_backup)
    restore = sub.add_parser("restore", parents=[common], help="从备份恢复到空文件夹")
    restore.add_argument("file")
    restore.set_defaults(run=run_restore)


def run_setup(args: argparse.Namespace, build: Builder) -> int:
    """Make a new store; with ``--demo`` the fictional organisation, all passwords ``demo``."""
    folder = data_folder(args.data)
    parts = build(folder)
    if args.site not in parts.organisation.sites:
        known = "、".join(f"{site.code}（{site.name}）" for site in parts.organisation.sites.values())
        raise Refusal(f"没有席位「{args.site}」，可用的有：{known}。", code="setup.site")
    if args.demo:
        day = read_day(args.today) or (EMPTY_DAY if args.empty else DEMO_DAY)
        people = load_demo_people(parts.resources / "organisation", parts.organisation)
        wanted = replace(founding.demo_wanted(parts.organisation, people), site=args.site, owners=Owners(args.group))
        made = founding.set_up(folder, wanted, DemonstrationClock(day))
        keep_day(folder, day)
    else:
        made = found_court(folder, *_read_founding(args, parts), SystemClock())
    lines = [f"已设立：{folder}", *made.made, f"登录名：{'、'.join(made.accounts)}"]
    if args.demo:
        lines.append("密码都是 demo")
    lines += [f"恢复码（只显示这一次，请封入信封）：{made.recovery_code}"]
    answer = {"folder": str(folder), "root": made.root_fingerprint, "accounts": made.accounts, "made": made.made,
              "recovery_code": made.recovery_code}
    if args.demo and not args.empty:
        from execdesk.commands.samples import sample_cases

        lines += sample_cases(parts, folder)
    return say(args, answer, lines)


def _read_founding(args: argparse.Namespace, parts: AppServices) -> tuple[FoundingPlan, Wanted]:
    """The plan of a court, told as JSON with the passwords of those who are present, the root's file and its passphrase.

    Raises:
        Refusal: ``setup.json``, and those of :func:`execdesk.access.foundingwanted.wanted_of`.
    """
    if args.plan is None:
        raise Refusal("设立本院请打开窗口，按页填写；脚本用 setup --plan - 从标准输入读。只想试用的，加 --demo。", code="setup.json")
    if args.site != HERE:
        raise Refusal("本院在县院本部设立，其他席位设立以后再加入。请去掉 --site。", code="setup.site")
    try:
        told = json.loads(sys.stdin.read() if args.plan == "-" else read_outside(Path(args.plan), LONGEST_PLAN).decode("utf-8"))
        passphrase, passwords = told.pop("passphrase"), told.pop("passwords")
        fine = isinstance(passphrase, str) and isinstance(passwords, dict) and all(isinstance(one, str) for one in passwords.values())
    except (ValueError, AttributeError, TypeError, KeyError, RecursionError):
        fine = False
    if not fine:
        raise Refusal('设立所需的 JSON 须写明 "passwords": {"登录名": "密码"}、"passphrase": "证书根的口令"、"root": "U盘上的文件夹"，和人员等各项。', code="setup.json")
    plan = read_plan(told, parts.organisation)
    return plan, wanted_of(plan, passwords, passphrase, Owners(args.group))


def run_check(args: argparse.Namespace, build: Builder) -> int:
    """The full self-test: lines, signatures, rows against replay, kept files, chain heads."""
    with open_desk(args, build, writes=False) as desk:
        verdict = desk.check()
        told = told_faults(desk.session, args.head or "", args.root or "")
        if told:
            desk.note_told(told)  # what nobody here could know by himself stands until a person settles it
            verdict.faults.extend(told)
        lines = [f"留痕 {verdict.lines} 条，记录 {verdict.rows} 行，留存文件 {verdict.files} 个"]
        lines += ["完好，没有发现改动。"] if verdict.whole else [f.text for f in verdict.faults]
        lines += [] if args.head else [f"{ASK}（--head）"]
        say(args, {"whole": verdict.whole, "lines": verdict.lines, "rows": verdict.rows, "files": verdict.files,
                   "faults": [plain(f) for f in verdict.faults]}, lines)
        return 0 if verdict.whole else 1


def run_journal(args: argparse.Namespace, build: Builder) -> int:
    """Verify, replay into memory and compare, or export the chain as JSON lines."""
    if args.subcommand == "verify":
        return run_check(args, build)
    with open_desk(args, build, writes=False) as desk:
        store = desk.session.store
        if args.subcommand == "replay":
            ours, told = state_hash(stored_rows(store)), state_hash(fold(all_entries(store), refs_in_breach(store)))
            same = ours == told
            say(args, {"same": same, "state": ours, "replayed": told}, [f"状态校验值 {ours}", "重放结果与库一致。" if same else "重放结果与库不一致。"])
            return 0 if same else 1
        if not args.file:
            raise Refusal("请指明导出的文件名。", code="journal.file")
        lines = [json.dumps(pack(entry), ensure_ascii=False) + "\n" for entry in all_entries(store)]
        write_out(Path(args.file), "".join(lines).encode())
        return say(args, {"lines": len(lines), "file": args.file}, [f"导出 {len(lines)} 条留痕到 {args.file}"])


def run_backup(args: argparse.Namespace, build: Builder) -> int:
    """A verified copy: store, slots, wrapped keys and certificates together, opened before it counts. Ends with 1 where its chain is broken."""
    with open_desk(args, build, writes=False) as desk:
        require_backup_duty(desk.session)
        verdict = desk.check(papers_since=desk.last_check())
        desk.note_check(verdict)
        made = desk.backups.write(Path(args.file))
        file = Path(args.file).with_name(made.file)
        lines = [f"备份完成并已打开核对：{file}"] if made.whole else [FAULTY_BACKUP.format(file), *made.found]
        others = [fault.text for fault in verdict.faults if fault.text not in made.found]
        say(args, {"file": str(file), **{name: value for name, value in plain(made).items() if name in TOLD_OF_BACKUP}}, [*lines, *others])
        return 0 if made.whole else 1


def run_restore(args: argparse.Namespace, build: Builder) -> int:
    """Restore into an empty folder as a new incarnation."""
    del build
    account = args.user or slots.RECOVERY
    told = environment_password()
    if told is not None and not of_demonstration(Path(args.file)):
        raise Refusal(f"正式库的备份，不能用环境变量 {PASSWORD} 恢复；请去掉它，当面输入恢复码或者密码。", code="access.environment")
    password = told or ask("恢复码：" if account == slots.RECOVERY else f"{account} 的密码：")
    made = restore(Path(args.file), data_folder(args.data), account, password)
    lines = [f"已恢复到 {data_folder(args.data)}，作为新的一代 {made.chain}。登记纸上最后文号前不能签发文书。"]
    lines += [FAULTY_RESTORED, *made.found] if made.found else []
    return say(args, plain(made), lines)
