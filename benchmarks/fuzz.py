"""Damage documents at random and read them: python benchmarks/fuzz.py [--seconds 200] [--kind pdf …] [--seed 0] [--out DIR].

With atheris (pip install atheris; CPython 3.11 or older) inputs are grown by the coverage of kg.readers; without it they are
damaged at random. Each format runs in a process of its own. What must not happen is kept in --out, with the traceback:
an error that is not ours, one of ours that hides a mistake in kg's own code, a document that breaks its promises, more
than ten seconds for one input, or a crash of the process.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
import traceback
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SLOW = 10
"""Seconds one small input may take."""
MISTAKES = (IndexError, KeyError, AttributeError, TypeError, AssertionError, NameError, RecursionError, ZeroDivisionError)


def main() -> None:
    from tests.seeds import SEEDS

    kinds = [name.rpartition(".")[2] for name in SEEDS]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=200, help="time for each format")
    parser.add_argument("--kind", nargs="*", default=kinds, choices=kinds)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=Path("fuzz-findings"))
    parser.add_argument("--one", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        return loop(args.one, args.seconds, args.seed, args.out)
    args.out.mkdir(parents=True, exist_ok=True)
    failed = False
    for kind in args.kind:
        options = ["--one", kind, "--seconds", str(args.seconds), "--seed", str(args.seed), "--out", str(args.out)]
        code = subprocess.run([sys.executable, __file__, *options]).returncode
        if code not in (0, 1):
            print(f"{kind}: the process ended with {code}; its input is {args.out}/{kind}.last")
        failed |= code != 0
    sys.exit(failed)


def loop(kind: str, seconds: float, seed: int, out: Path) -> None:
    """Read damaged documents of one format for a time; exit 1 when anything was found."""
    run = Run(kind, out)
    try:
        import atheris
    except ImportError:
        return at_random(run, seconds, seed)
    by_coverage(atheris, run, seconds, seed)


def at_random(run: Run, seconds: float, seed: int) -> None:
    random = Random(seed)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        run.one(run.damaged(run.seed_data, random))
    run.close("random damage")
    sys.exit(bool(run.found))


def by_coverage(atheris: object, run: Run, seconds: float, seed: int) -> None:
    import importlib
    import tempfile

    with atheris.instrument_imports(include=["kg.readers"]):  # type: ignore[attr-defined]
        from kg import readers

        for target in readers.READERS.values():
            importlib.import_module(target.partition(":")[0])
    corpus = Path(tempfile.mkdtemp(prefix="fuzz-"))
    (corpus / "seed").write_bytes(run.seed_data)

    def mutate(data: bytes, size: int, number: int) -> bytes:
        random = Random(number)
        if run.seed_data[:2] == b"PK":
            # A container that is broken as such teaches nothing about its parts.
            data = run.seed_data if random.random() < 0.5 else data
        elif random.random() < 0.3:
            data = atheris.Mutate(data, size)  # type: ignore[attr-defined]
        return run.damaged(data or run.seed_data, random)[:size]

    run.end = time.monotonic() + seconds  # atheris ends the process without a word
    options = [
        f"-max_total_time={int(seconds) + 60}",
        f"-seed={seed + 1}",
        "-max_len=1000000",
        "-verbosity=0",
        "-rss_limit_mb=4096",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], run.one, custom_mutator=mutate)  # type: ignore[attr-defined]
    atheris.Fuzz()  # type: ignore[attr-defined]


class Run:
    """What was read and what was found for one format."""

    def __init__(self, kind: str, out: Path) -> None:
        from tests import seeds

        self.name, self.kind, self.out = f"plan.{kind}", kind, out
        self.seed_data = seeds.SEEDS[self.name]()
        self.damaged = seeds.damaged
        self.counts = {"read": 0, "refused": 0}
        self.found: dict[str, int] = {}
        self.slowest, self.end = 0.0, float("inf")
        signal.signal(signal.SIGALRM, _too_slow)

    def one(self, data: bytes) -> None:
        from tests.readers.test_fuzz import check

        (self.out / f"{self.kind}.last").write_bytes(data)
        start = time.monotonic()
        signal.alarm(SLOW)
        try:
            error = check(self.name, data)
            self.counts["refused" if error else "read"] += 1
            if error and _is_mistake(error.__cause__):
                self._keep(error.__cause__, data)
        except Exception as error:
            self._keep(error, data)
        finally:
            signal.alarm(0)
            self.slowest = max(self.slowest, time.monotonic() - start)
        if time.monotonic() > self.end:
            self.close("atheris")
            os._exit(bool(self.found))

    def _keep(self, error: BaseException | None, data: bytes) -> None:
        assert error is not None
        frame = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__}-{Path(frame.filename).name}-{frame.lineno}"
        if self.found.setdefault(place, 0) == 0:
            (self.out / f"{self.kind}-{place}.bin").write_bytes(data)
            (self.out / f"{self.kind}-{place}.txt").write_text("".join(traceback.format_exception(error)), "utf-8")
        self.found[place] += 1

    def close(self, how: str) -> None:
        (self.out / f"{self.kind}.last").unlink(missing_ok=True)
        read, refused = self.counts["read"], self.counts["refused"]
        print(
            f"{self.kind}: {read:,} read and {refused:,} refused by {how}, slowest {self.slowest:.1f} s, found {self.found or 'nothing'}",
            flush=True,
        )


def _is_mistake(error: BaseException | None) -> bool:
    """Whether an error that was told as damage to the file comes from a line of our own."""
    if not isinstance(error, MISTAKES):
        return False
    return Path(traceback.extract_tb(error.__traceback__)[-1].filename).is_relative_to(ROOT / "kg")


def _too_slow(*_: object) -> None:
    raise TimeoutError(f"more than {SLOW} s")


if __name__ == "__main__":
    main()
