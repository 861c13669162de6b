"""``ceremony``: acts of two persons at the command line, and the consent of 院长; what is to be done is shown in words before anybody types a password."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from execdesk import rooms
from execdesk.access.forms import consent_words, is_told
from execdesk.access.register import ACTIONS, Action
from execdesk.commands.answers import say
from execdesk.commands.cases import pair
from execdesk.commands.frame import Builder, ask, open_desk
from execdesk.law.refusal import Refusal
from execdesk.records.people import Certificate, CertificateState

_TWO = ("own_password", "witness", "witness_password")
_LONGEST = 1_000_000  # characters of a sitting: more than all people of a court
_PERSON = {"person", "password"}
_MORE: dict[str, type] = {"forgotten": bool, "purpose": str}


def register(sub: Any, common: argparse.ArgumentParser) -> None:
    """Add the command."""
    ceremony = sub.add_parser("ceremony", parents=[common], help="两人在场的事项：签发证书等，各自当面输入密码；院长同意证书")
    ceremony.add_argument("name", nargs="?", help="事项的名称；不写则列出")
    ceremony.add_argument("--set", action="append", default=[], metavar="项=值")
    ceremony.add_argument("--many", action="store_true", help="certificate.issue：两人在场，为几个人集中签发；从标准输入读 JSON")
    ceremony.set_defaults(run=run_ceremony)


def run_ceremony(args: argparse.Namespace, build: Builder) -> int:
    """Do one; passwords are typed here, each by its own person, never given as an option."""
    rooms.enter()
    known = [action for action in ACTIONS.values() if is_told(action.name)]
    if not args.name:
        rows = [{"name": a.name, "title": a.title, "fields": [f.name for f in a.fields]} for a in known]
        return say(args, {"ceremonies": rows}, [f"{a.name}  {a.title}  " + " ".join(f.name if f.required else f"[{f.name}]" for f in a.fields) for a in known])
    if args.many:
        return _sit(args, build)
    action = next((one for one in known if one.name == args.name), None)
    if action is None:
        raise Refusal(f"没有「{args.name}」这个事项，可办：{'、'.join(one.name for one in known)}。", code="act.unknown")
    texts = dict(pair(text) for text in args.set)
    secrets = {field.name for field in action.fields if field.kind == "secret"}
    if given := secrets & texts.keys():
        raise Refusal(f"密码不能写在命令里（{'、'.join(sorted(given))}），请在提示时由本人输入。", code="access.environment")
    with open_desk(args, build, writes=True) as desk:
        words = consent_words(desk.session, action.name, action.read({**dict.fromkeys(_required(action, secrets), "…"), **texts}))
        for name, said in words:
            print(f"{name}：{said}", file=sys.stderr)
        changes = desk.do(action.name, **action.read({**texts, **_typed(action, texts)}))
        lines = [f"{action.done or action.title}留痕 {'、'.join(changes.lines)}", *filter(None, [changes.told])]
        return say(args, {"act": action.name, "lines": changes.lines, "told": changes.told}, lines)


def _sit(args: argparse.Namespace, build: Builder) -> int:
    """Certificates for several people, read as JSON from standard input; who is refused does not hold up the others. Exit 1 if anybody was."""
    if args.name != "certificate.issue" or args.set:
        raise Refusal("--many 只用于 certificate.issue，各项写在标准输入的 JSON 里，不用 --set。", code="act.field")
    asked = _read_sitting()
    told: list[dict[str, Any]] = []
    two = {name: asked[name] for name in _TWO}
    with open_desk(args, build, writes=True, password=two["own_password"]) as desk, desk.sit_down(**two) as sitting:
        for one in asked["people"]:
            try:
                changes = sitting.issue(**one)
            except Refusal as refusal:
                told.append({"person": one["person"], "refused": refusal.code, "text": refusal.text})
            else:
                row = Certificate.get(Certificate.id.in_(changes.ids("Certificate")), Certificate.state != CertificateState.REVOKED)
                told.append({"person": one["person"], "lines": changes.lines, "state": row.state_words})
    say(args, {"act": args.name, "people": told}, [f"{one['person']}：{one.get('text') or '已签发，' + one['state']}" for one in told])
    return int(any("refused" in one for one in told))


def _read_sitting() -> dict[str, Any]:
    """The JSON of a sitting on standard input: the passwords of the two, and each person with his own; refuses ``act.field`` for any other shape."""
    try:
        asked = json.loads(sys.stdin.read(_LONGEST))
        fine = asked.keys() == {*_TWO, "people"} and all(isinstance(asked[name], str) for name in _TWO) and isinstance(asked["people"], list)
        fine = fine and all(_PERSON <= one.keys() <= _PERSON | _MORE.keys() for one in asked["people"])
        fine = fine and all(isinstance(value, _MORE.get(name, str)) for one in asked["people"] for name, value in one.items())
    except (ValueError, AttributeError, TypeError, RecursionError):  # not UTF-8, cut, nested without end
        fine = False
    if not fine:
        shape = '{"own_password": "…", "witness": "登录名", "witness_password": "…", "people": [{"person": "登录名", "password": "…"}]}'
        raise Refusal(f"标准输入须是这样的 JSON：{shape}；people 里可加 forgotten（true、false）和 purpose（person、seal）。", code="act.field")
    return dict(asked)


def _required(action: Action, secrets: set[str]) -> list[str]:
    """The secrets that are typed only after the words were read."""
    return [field.name for field in action.fields if field.required and field.name in secrets]


def _typed(action: Action, texts: dict[str, str]) -> dict[str, str]:
    """The secrets, each typed by its person; of those that may be left out only what the told values call for."""
    second = "witness_password" if texts.get("witness") else "recovery_code"
    called = {second, *(["passphrase"] if texts.get("root_file") else [])}
    wanted = [field for field in action.fields if field.kind == "secret" and (field.required or field.name in called)]
    return {field.name: typed for field in wanted if (typed := ask(f"{field.label}："))}
