"""How large a window is when it is pictured, and how its file is marked."""

from __future__ import annotations

import argparse

PLAIN = (1366, 768)


def add(parser: argparse.ArgumentParser) -> None:
    """``--scale`` and ``--size``: without a size the window grows with its scale."""
    parser.add_argument("--scale", type=float, action="append")
    parser.add_argument("--size", default="", help="1366x768: the window in pixels at every scale")


def size_at(scale: float, size: str) -> tuple[int, int]:
    """Width and height of the window."""
    if size:
        width, _, height = size.partition("x")
        return int(width), int(height)
    return round(PLAIN[0] * scale), round(PLAIN[1] * scale)


def mark(scale: float, size: str) -> str:
    """What a file's name says of scale and size."""
    return ("" if scale == 1.0 else f"-{round(scale * 100)}") + (f"-{size}" if size else "")
