"""Acts of two persons at the command line: shown in words first, each password typed by its person."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import main
from execdesk.access import places
from execdesk.access.signin import check_password
from execdesk.commands import ceremonies, frame
from execdesk.store.clock import SystemClock
from tests.world import Shelf

Run = Callable[..., tuple[int, str, str]]
TYPED = {"admin 的密码：": "demo", "领证人自己输入密码：": "一个新的密码12", "您自己的密码：": "demo", "第二人自己输入密码：": "demo"}


@pytest.fixture
def folder(worlds: Shelf, tmp_path: Path) -> Path:
    return worlds.get("demo").copy(tmp_path / "data")


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command with what is typed at its questions; exit code, answer, and what was shown beside it."""
    monkeypatch.delenv("EXECDESK_PASSWORD", raising=False)

    def go(*words: str, user: str = "admin", **typed: str) -> tuple[int, str, str]:
        answers = {**TYPED, **{f"{name}：": text for name, text in typed.items()}}
        for module in (frame, ceremonies):
            monkeypatch.setattr(module, "ask", lambda prompt, **_more: answers[prompt])
        code = main.main(["ceremony", *words, "--data", str(folder), "--user", user])
        told = capsys.readouterr()
        return code, told.out, told.err

    return go


ISSUE = ("certificate.issue", "--set", "person=judge-1", "--set", "witness=director", "--set", "forgotten=true")


def test_a_certificate_at_the_command_line(run: Run, folder: Path) -> None:
    code, out, err = run(*ISSUE)
    assert code == 0, err
    assert "已签发证书" in out and "领证人：法官甲（登录名 judge-1）" in err and "密码：领证人另设新密码" in err
    assert check_password(folder, "judge-1", "一个新的密码12", SystemClock().now())[0].name == "judge-1"


@pytest.mark.parametrize(("typed", "told"), [({"第二人自己输入密码": "x"}, "密码不对"), ({"您自己的密码": "x"}, "密码不对"), ({"领证人自己输入密码": "kurz"}, "至少 8 位")])
def test_a_wrong_password_issues_nothing(run: Run, folder: Path, typed: dict[str, str], told: str) -> None:
    before = places.slots_file(folder).read_bytes()
    code, _, err = run(*ISSUE, **typed)
    assert code == 1 and told in err
    assert places.slots_file(folder).read_bytes() == before


def test_the_president_consents_at_the_command_line(run: Run, folder: Path) -> None:
    assert run(*ISSUE)[0] == 0
    president = {"user": "president", "president 的密码": "demo"}
    code, _, err = run("certificate.ratify", **president)
    assert code == 1 and "法官甲" in err and "待院长同意" in err, err
    [row] = re.findall(r"[0-9A-Z]{26}", err)
    assert run("certificate.ratify", "--set", f"certificates={row}")[0] == 1, "the administrator does not"
    code, out, err = run("certificate.ratify", "--set", f"certificates={row}", **president)
    assert code == 0 and "已同意证书" in out and "法官甲：执行法官" in err, err


def sitting(**more: object) -> dict[str, Any]:
    people = [{"person": "clerk", "password": "书记员的新密码甲", "forgotten": True}, {"person": "judge-1", "password": "短", "forgotten": True},
              {"person": "judge-2", "password": "demo"}]
    return {"own_password": "demo", "witness": "director", "witness_password": "demo", "people": people, **more}


def test_many_certificates_from_standard_input(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(sitting())))
    code, out, err = run("certificate.issue", "--many", "--json")
    people = json.loads(out)["people"]
    assert [(one["person"], one.get("state"), one.get("refused")) for one in people] == [
        ("clerk", "有效", None), ("judge-1", None, "access.weak_password"), ("judge-2", "待院长同意", None),
    ]
    assert code == 1, err
    assert check_password(folder, "clerk", "书记员的新密码甲", SystemClock().now())[0].name == "clerk"
    assert check_password(folder, "judge-1", "demo", SystemClock().now())[0].name == "judge-1"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "须是这样的 JSON"), ("[]", "须是这样的 JSON"), ("{}", "须是这样的 JSON"), (json.dumps(sitting(people=[{"person": "clerk"}])), "须是这样的 JSON"),
        (json.dumps(sitting(people=[{"person": "clerk", "password": 1}])), "须是这样的 JSON"), (json.dumps(sitting(more=1)), "须是这样的 JSON"),
        (json.dumps(sitting(witness_password="x")), "密码不对"), (json.dumps(sitting(own_password="x")), "密码不对"),
    ],
)
def test_a_sitting_that_cannot_begin_issues_nothing(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, text: str, told: str) -> None:
    before = places.slots_file(folder).read_bytes()
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    code, _, err = run("certificate.issue", "--many")
    assert code == 1 and told in err
    assert places.slots_file(folder).read_bytes() == before


def test_what_is_refused_before_anybody_types(run: Run) -> None:
    assert "密码不能写在命令里" in run(*ISSUE, "--set", "own_password=demo")[2]
    assert "不能给自己签发证书" in run("certificate.issue", "--set", "person=admin", "--set", "witness=director")[2]
    assert "没有「case.register」这个事项" in run("case.register")[2]
    code, out, _ = run()
    assert code == 0 and "certificate.issue  签发证书" in out


