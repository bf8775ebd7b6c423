"""Work in processes that may hang, crash or eat memory: each such item costs itself alone, the others go on.

``run`` keeps a few worker processes for all items, so that a worker's start (imports, vocabularies) is paid once and not
per item. A thread per worker sends items and waits for answers; the caller's thread watches the clock and the memory and
kills a worker that passes a limit; the thread then starts another. Nothing is forked and the caller's main module is not
imported again, so that this works in notebooks, in scripts without a main guard, and on systems without fork.

    caller ── items ─→ thread ── pipe ─→ worker process: answer = function(item, *arguments)
       ↑ watches: seconds, resident memory          ↓
       └──────────── (index, answer or Failure) ────┘
"""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import IO, Any

from kg.errors import KgError

MIB = 1024 * 1024
_POLL = 0.05
"""Seconds between two looks at clock and memory; a worker allocates some 100 MiB in that time."""
_START = 120.0
"""Seconds that a worker may take to import and to load its vocabularies."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bounds on one item: ``seconds`` of processor time, ``memory`` in bytes, resident, of the worker that has it.

    Processor time, so that a busy machine rejects no document that an idle one takes; what waits without working, and
    all where the system does not tell processor time, has PATIENCE times as many seconds by the wall clock.
    """

    seconds: float = 90.0
    memory: int = 2048 * MIB


PATIENCE = 4


@dataclass(frozen=True)
class Failure:
    """Why an item has no answer: TIMEOUT, MEMORY, CRASHED or INTERNAL, with the limit and what was seen."""

    code: str
    message: str
    limit: str | None = None
    observed: str | None = None


@dataclass(frozen=True)
class Task:
    """What workers run: ``function`` ("module:name") is called as function(item, *arguments).

    ``prepare`` is called once per worker as prepare(*arguments), before its first item and outside the limits.
    """

    function: str
    arguments: tuple[Any, ...] = ()
    prepare: str | None = None


def run(task: Task, items: Sequence[Any], *, jobs: int = 1, limits: Limits | None = None) -> Iterator[tuple[int, Any]]:
    """(index of the item, its answer or a Failure) in the order in which they are ready.

    An item that brings down a worker which had read others before is tried once more in a new worker: it may be innocent.
    Raises KgError when workers do not start.
    """
    limits = limits or Limits()
    pending: queue.SimpleQueue[tuple[int, Any]] = queue.SimpleQueue()
    for pair in enumerate(items):
        pending.put(pair)
    answers: queue.SimpleQueue[tuple[int, Any] | BaseException] = queue.SimpleQueue()
    slots = [_Slot(task, limits, pending, answers) for _ in range(max(1, min(jobs, len(items))))]
    for slot in slots:
        threading.Thread(target=slot.serve, daemon=True).start()
    try:
        left = len(items)
        while left:
            for slot in slots:
                slot.watch()
            try:
                answer = answers.get(timeout=_POLL)
            except queue.Empty:
                continue
            if isinstance(answer, BaseException):
                raise answer
            left -= 1
            yield answer
    finally:
        for slot in slots:
            slot.stop()


@dataclass
class _Slot:
    """A place for one worker process, and the thread that feeds it."""

    task: Task
    limits: Limits
    pending: queue.SimpleQueue[tuple[int, Any]]
    answers: queue.SimpleQueue[tuple[int, Any] | BaseException]
    _process: subprocess.Popen[bytes] | None = None
    _since: tuple[float, float] | None = None
    """Wall clock and processor time of the worker when the item at work was sent; None between items."""
    _verdict: Failure | None = None
    """Why the watching thread killed the worker."""
    _read: int = 0
    """Items that the present worker has answered."""
    _closed: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def serve(self) -> None:
        """The thread: items to the worker, answers back, until none is left."""
        try:
            while not self._closed:
                try:
                    index, item = self.pending.get_nowait()
                except queue.Empty:
                    break
                self.answers.put((index, self._answer(item)))
        except BaseException as error:  # whatever it is, the caller's thread must hear of it
            self.answers.put(error)
        finally:
            self.stop()

    def _answer(self, item: Any) -> Any:
        answer = self._try(item)
        worn = isinstance(answer, Failure) and answer.code in ("MEMORY", "CRASHED") and self._read > 0
        if isinstance(answer, Failure) and answer.code != "INTERNAL":
            self._end()
        if worn and not self._closed:
            answer = self._try(item)
            if isinstance(answer, Failure) and answer.code != "INTERNAL":
                self._end()
        self._read += 1
        if self._process is not None and _resident(self._process.pid) > self.limits.memory // 2:
            self._end()  # what it holds on to must not count against the next item
        return answer

    def _try(self, item: Any) -> Any:
        process = self._process or self._begin()
        self._verdict = None
        self._since = time.monotonic(), _processor(process.pid)
        try:
            _send(process.stdin, item)
            answer = _receive(process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError):
            answer = None
        finally:
            self._since = None
        with self._lock:
            if self._verdict is not None:
                return self._verdict
        return _crash(process) if answer is None else answer[0]

    def _begin(self) -> subprocess.Popen[bytes]:
        process = _start()
        with self._lock:
            self._process, self._read = process, 0
        if self._closed:
            process.kill()
        timer = threading.Timer(_START, process.kill)
        timer.start()
        try:
            _send(process.stdin, (self.task, self.limits))
            ready = _receive(process.stdout)
        except (OSError, EOFError) as error:
            raise KgError(f"a worker process does not start (exit code {process.wait(5)}); kg --debug shows more") from error
        finally:
            timer.cancel()
        if isinstance(ready, BaseException):
            raise ready
        return process

    def _end(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    try:
                        pipe.close()
                    except OSError:
                        pass  # unsent bytes for a process that is gone

    def watch(self) -> None:
        """Kill the worker when its item takes too long or too much; called from the caller's thread."""
        with self._lock:
            since, process = self._since, self._process
            if since is None or process is None or self._verdict is not None:
                return
            passed, worked = time.monotonic() - since[0], _processor(process.pid) - since[1]
            resident = _resident(process.pid)
            if worked > self.limits.seconds or passed > self.limits.seconds * PATIENCE:
                self._verdict = _too_long(self.limits.seconds, worked, passed)
            elif resident > self.limits.memory:
                self._verdict = _too_much(self.limits.memory, resident)
            if self._verdict is not None:
                process.kill()

    def stop(self) -> None:
        self._closed = True
        self._end()


def _too_long(limit: float, worked: float, passed: float) -> Failure:
    if worked > limit:
        return Failure("TIMEOUT", "takes too long", f"{limit:g} s", f"{worked:.0f} s")
    return Failure("TIMEOUT", "hangs", f"{limit * PATIENCE:g} s", f"{passed:.0f} s")


def _too_much(limit: int, seen: int, more: str = "") -> Failure:
    return Failure("MEMORY", "takes too much memory", f"{limit // MIB} MiB", f"{seen // MIB} MiB{more}")


def _crash(process: subprocess.Popen[bytes]) -> Failure:
    try:
        code = process.wait(10)
    except subprocess.TimeoutExpired:  # it closed its pipe and lives on
        process.kill()
        code = process.wait()
    seen = f"signal {-code}" if code < 0 else f"exit code {code}"
    return Failure("CRASHED", f"crashes the program that reads it ({seen})", None, seen)


def _start() -> subprocess.Popen[bytes]:
    """A Python process that imports from where this one does, and from nowhere else."""
    path = os.pathsep.join(p or os.getcwd() for p in sys.path)
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONSAFEPATH": "1"}
    command = [sys.executable, "-c", "from kg.workers import main; main()"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)


def _send(pipe: IO[bytes] | None, value: Any) -> None:
    assert pipe is not None
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    pipe.write(len(data).to_bytes(8, "big") + data)
    pipe.flush()


def _receive(pipe: IO[bytes] | None) -> Any:
    assert pipe is not None
    head = pipe.read(8)
    size = int.from_bytes(head, "big")
    data = pipe.read(size) if len(head) == 8 else b""
    if len(head) < 8 or len(data) < size:
        raise EOFError
    return pickle.loads(data)


# Time and memory of a process, where the system tells them without a library.


def _processor(pid: int) -> float:
    """Processor time in seconds; 0 where it is not known, which leaves the wall clock."""
    if sys.platform != "linux":
        return 0.0
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return 0.0


def _resident(pid: int) -> int:
    """Resident memory in bytes; 0 where it is not known, which leaves the other limits."""
    if sys.platform == "linux":
        try:
            with open(f"/proc/{pid}/statm", "rb") as file:
                return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")
        except (OSError, ValueError, IndexError):
            return 0
    return _resident_windows(pid) if sys.platform == "win32" else _resident_ps(pid)


_seen: dict[int, tuple[float, int]] = {}


def _resident_ps(pid: int) -> int:
    """By ``ps`` (macOS, BSD), asked at most once a second."""
    asked, value = _seen.get(pid, (0.0, 0))
    if time.monotonic() - asked > 1:
        found = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, check=False).stdout.strip()
        value = int(found) * 1024 if found.isdigit() else 0
        _seen[pid] = (time.monotonic(), value)
    return value


def _resident_windows(pid: int) -> int:
    import ctypes

    class Counters(ctypes.Structure):
        _fields_ = [("cb", ctypes.c_uint32), ("faults", ctypes.c_uint32), *((f"size{n}", ctypes.c_size_t) for n in range(8))]

    kernel: Any = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    kernel.OpenProcess.restype = ctypes.c_void_p
    handle = ctypes.c_void_p(kernel.OpenProcess(0x1000, False, pid))  # PROCESS_QUERY_LIMITED_INFORMATION
    counters = Counters(cb=ctypes.sizeof(Counters))
    known = handle and kernel.K32GetProcessMemoryInfo(handle, ctypes.byref(counters), counters.cb)
    kernel.CloseHandle(handle)
    return int(counters.size1) if known else 0  # PeakWorkingSetSize is the first of the sizes, WorkingSetSize the second


# The worker's side.


def main() -> None:
    """The life of a worker process: prepare, then one item after the other until the pipe closes."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the caller's, who ends us
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not stand between our answers
    try:
        task, limits = _receive(source)
        _prepare(task)
    except EOFError:
        return
    except BaseException as error:  # the caller raises it
        _send(sink, error)
        return
    _limit(limits)
    function = _resolve(task.function)
    _send(sink, None)
    while True:
        try:
            item = _receive(source)
        except EOFError:
            return
        _send(sink, (_work(function, item, task.arguments, limits),))


def _prepare(task: Task) -> None:
    if task.prepare:
        _resolve(task.prepare)(*task.arguments)


def _resolve(name: str) -> Any:
    module, _, function = name.partition(":")
    return getattr(import_module(module), function)


def _work(function: Any, item: Any, arguments: tuple[Any, ...], limits: Limits) -> Any:
    try:
        return function(item, *arguments)
    except MemoryError:
        return _too_much(limits.memory, _resident(os.getpid()), " and a request for more")
    except Exception as error:  # an error of ours costs this item, not the build
        place = _place(error)
        return Failure("INTERNAL", f"an error of kg, please report it: {type(error).__name__}: {error} ({place})")


def _place(error: BaseException) -> str:
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    return f"{os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else "unknown place"


def _limit(limits: Limits) -> None:
    """Let the system refuse memory beyond the limit at once, where the caller's look at it may come too late.

    Address space counts what is mapped and never used, so the bound is set above the limit on resident memory.
    """
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "linux":
        return  # others accept the call and do not keep it
    with open("/proc/self/statm", "rb") as file:
        mapped = int(file.read().split()[0]) * os.sysconf("SC_PAGESIZE")
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    wanted = mapped + limits.memory + limits.memory // 2
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
