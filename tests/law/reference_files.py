"""The reference files that stand beside a checkout in ``shared/domain``, where they do; without them the tests that need them are skipped."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).resolve()


@cache
def reference(name: str) -> Any:
    """What ``shared/domain/<name>`` says, looked for beside the checkout and above it."""
    for parent in HERE.parents:
        path = parent / "shared" / "domain" / name
        if path.exists():
            return yaml.safe_load(path.read_text(encoding="utf-8"))
    pytest.skip(f"shared/domain/{name} does not stand beside this checkout")


def full_width(text: str) -> str:
    """The punctuation the data files use: （ ） ； ： instead of ( ) ; :, save within a number."""
    return re.sub(r": |:(?!\d)", "：", re.sub(r"; ?", "；", text)).replace("(", "（").replace(")", "）")
