"""Electronic keys at the command line: listed, and taken up by their person, who types password and PIN himself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import main
from execdesk.access import tokens
from execdesk.access.signin import check_password
from execdesk.commands import frame, keys
from execdesk.law.refusal import Refusal
from tests.tokens import MODULE, Drawer
from tests.world import Shelf

PIN = "480172"


@pytest.fixture
def drawer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Drawer]:
    monkeypatch.setenv(tokens.DRIVER, MODULE)
    found = Drawer(tmp_path, monkeypatch)
    yield found
    found.forget()


def test_keys_are_told_and_one_is_taken_up(
    worlds: Shelf, tmp_path: Path, drawer: Drawer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, serial = worlds.get("demo").copy(tmp_path / "data"), drawer.make("书记员的钥匙", PIN)
    assert main.main(["key"]) == 0 and f"书记员的钥匙（序列号 {serial}）" in capsys.readouterr().out
    typed = {"clerk 现在的密码（或者PIN码）：": "demo", "电子钥匙的PIN码：": PIN}
    for module in (frame, keys):
        monkeypatch.setattr(module, "ask", lambda prompt, **_more: typed[prompt])
    monkeypatch.setenv("EXECDESK_PASSWORD", "told by the environment")  # a key is taken up by who types, never by a script
    assert main.main(["key", "--use", serial, "--data", str(folder), "--user", "clerk"]) == 0
    assert "原来的密码不再有用" in capsys.readouterr().out
    check_password(folder, "clerk", PIN)
    with pytest.raises(Refusal):
        check_password(folder, "clerk", "demo")
    monkeypatch.delenv(tokens.DRIVER)
    assert main.main(["key"]) == 0 and tokens.DRIVER in capsys.readouterr().out, "without a driver it is told where one is named"
