"""What workers are given to do in tests: items that hang, crash, eat memory or fail, among good ones."""

from __future__ import annotations

import ctypes
import os
import re
import sys
import time

_kept: list[bytes] = []


def prepare(word: str) -> None:
    if word == "broken":
        raise ValueError("nothing to load")
    if word == "dead":
        os._exit(7)


def act(item: str, word: str) -> str:
    """Do what the item says; good ones answer with their own name and the shared word."""
    match item.partition(" ")[0]:
        case "sleep":
            time.sleep(600)
        case "regex":
            re.match(r"(?:[一-龥]+、?)+发展目标", "新" * 60)
        case "exit":
            os._exit(0)
        case "segfault":
            ctypes.string_at(0)
        case "eat":
            for _ in range(400):
                _kept.append(b"x" * (16 << 20))
                time.sleep(0.002)
        case "gulp":
            _kept.append(bytes(1 << 42))
        case "leak":
            _kept.append(b"x" * (60 << 20))
        case "raise":
            raise KeyError("no such thing")
        case "print":
            os.write(1, b"noise on the standard output\n")
            sys.stdout.write("more\n")
        case "recurse":
            act(item, word)
        case "pid":
            return str(os.getpid())
    return f"{item} {word}"


def work(path: str, vocabulary: str | None = None) -> object:
    """What a build does with a path, but for those that say to crash."""
    from kg import pipeline

    name = os.path.basename(path)
    if name.startswith(("exit", "segfault", "raise")):
        act(name.partition(".")[0], "")
    return pipeline.work(path, vocabulary)
