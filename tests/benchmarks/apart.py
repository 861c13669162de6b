"""Measures in a process of their own, so that nothing measured before warms them or leaves them its memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def apart(module: str, *told: str) -> Any:
    """What ``python -m module …`` prints last, read as JSON.

    Raises:
        RuntimeError: it failed; with what it wrote to its error stream.
    """
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as on a PC, where only the first start compiles
    done = subprocess.run([sys.executable, "-m", module, *told], cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{module} {' '.join(told)}: exit {done.returncode}\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])
