"""Electronic keys as software has them (softhsm2): what a USB key is to the program, without the metal."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pkcs11
import pytest

from execdesk.access import tokens

MODULE = "/usr/lib/softhsm/libsofthsm2.so"


class Drawer:
    """A drawer of keys, plugged into this PC for as long as the test lasts."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        (folder / "tokens").mkdir()
        (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\n")
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
        patch.setattr(tokens, "_BITS", 1024)  # a longer one is made no otherwise, only slower
        self.forget()

    @staticmethod
    def forget() -> None:
        """What was plugged in or pulled out is seen by a driver that starts anew."""
        driver = pkcs11._loaded.get(MODULE)
        if driver is not None and driver.initialized:
            driver.finalize()

    def make(self, label: str, pin: str) -> str:
        """A new key with its PIN; its serial number."""
        tool = ["softhsm2-util", "--init-token", "--free", "--label", label, "--pin", pin, "--so-pin", "12345678"]
        subprocess.run(tool, check=True, capture_output=True)
        self.forget()
        (token,) = pkcs11.lib(MODULE).get_tokens(token_label=label)
        return token.serial.decode().strip()
