"""Workers: an item that hangs, crashes or eats memory costs itself alone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg import workers
from kg.errors import KgError
from kg.workers import Failure, Limits, Task

TASK = Task("tests.misbehaving:act", ("word",), prepare="tests.misbehaving:prepare")
LIMITS = Limits(seconds=1, memory=400 * workers.MIB)
ROOT = Path(__file__).resolve().parent.parent


def _run(items: list[str], *, jobs: int = 1, limits: Limits = LIMITS, task: Task = TASK) -> list[object]:
    """Answers in the order of the items."""
    return [answer for _, answer in sorted(workers.run(task, items, jobs=jobs, limits=limits), key=lambda pair: pair[0])]


def _seconds(failure: Failure) -> int:
    return int((failure.observed or "").removesuffix(" s"))


def _code(answer: object) -> str:
    assert isinstance(answer, Failure), answer
    return answer.code


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_kind_of_misbehavior_costs_one_item(jobs: int) -> None:
    """Hang, endless regex, exit, segmentation fault, memory by bits and at once, error: each is named, the good ones answer."""
    bad = {
        "sleep": "TIMEOUT", "regex": "TIMEOUT", "exit": "CRASHED", "segfault": "CRASHED", "eat": "MEMORY", "gulp": "MEMORY",
        "raise": "INTERNAL", "recurse": "INTERNAL",
    }  # fmt: skip
    items = [name for number, name in enumerate(bad) for name in (f"good {number}", name)] + ["print", "good last"]
    answers = dict(zip(items, _run(items, jobs=jobs), strict=True))
    assert {name: _code(answers[name]) for name in bad} == bad
    for name in items:
        if name not in bad:
            assert answers[name] == f"{name} word"


def test_a_failure_says_limit_and_observed_value() -> None:
    """What passed a limit is told with the limit and what was seen."""
    idle, slow, large, dead = _run(["sleep", "regex", "eat", "exit"], jobs=2)
    assert isinstance(idle, Failure) and (idle.message, idle.limit) == ("hangs", "4 s")
    assert isinstance(slow, Failure) and (slow.message, slow.limit) == ("takes too long", "1 s")
    assert _seconds(idle) >= 4 and _seconds(slow) >= 1
    assert isinstance(large, Failure) and large.limit == "400 MiB"
    assert int((large.observed or "0 MiB").partition(" ")[0]) > 200
    assert isinstance(dead, Failure) and dead.observed == "exit code 0"


def test_workers_are_kept() -> None:
    """Items share a worker: twenty of them need one process, not twenty."""
    assert len(set(_run([f"pid {n}" for n in range(20)]))) == 1


def test_a_leak_does_not_count_against_the_next_item() -> None:
    """A worker that has grown to half of the limit is replaced between items, so that no good one pays for it."""
    assert _run([f"leak {n}" for n in range(16)]) == [f"leak {n} word" for n in range(16)]


def test_workers_that_cannot_start_are_an_error_of_the_build() -> None:
    """An error while preparing comes out as it is; a worker that dies before it is ready is a KgError, not a wait without end."""
    with pytest.raises(ValueError, match="nothing to load"):
        _run(["good"], task=Task("tests.misbehaving:act", ("broken",), prepare="tests.misbehaving:prepare"))
    with pytest.raises(KgError, match="does not start"):
        _run(["good"], task=Task("tests.misbehaving:act", ("dead",), prepare="tests.misbehaving:prepare"))


def test_no_items_no_workers() -> None:
    """Without items nothing is started and nothing comes out."""
    assert _run([]) == []


def test_a_caller_that_stops_early_leaves_no_process() -> None:
    """When the caller stops taking answers, the workers end, also one in the midst of an item."""
    answers = workers.run(TASK, ["pid", "sleep", "sleep"], jobs=1, limits=Limits(seconds=60))
    pid = int(next(answers)[1])
    time.sleep(0.1)
    answers.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_scripts_need_no_main_guard(tmp_path: Path) -> None:
    """A script without ``if __name__ == "__main__"`` may run workers: it is not run again in them."""
    script = tmp_path / "script.py"
    script.write_text(
        "from kg import workers\nfrom kg.workers import Task\nprint('once')\n"
        "print(list(workers.run(Task('tests.misbehaving:act', ('word',)), ['good'])))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, env=environment, timeout=30)
    assert done.stdout.splitlines() == ["once", "[(0, 'good word')]"], done.stderr
