"""Work on many items in order, here or in worker processes that may die without taking the run with them.

Each thread of a small pool drives one process through its pipes: it sends a batch and receives one answer per item, so
it knows at which item a process died or stood still. Processes are started as `python -c` rather than through
multiprocessing, which would run the caller's own script again in each of them.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import logging
import os
import pickle
import select
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import FrameType
from typing import IO, Any, Generic, TypeVar

from bywhom.errors import BywhomError

T = TypeVar("T")
R = TypeVar("R")

_START = (
    "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer); "
    "from bywhom.workers import _serve; _serve(sys.stdin.buffer)"
)


@dataclass(frozen=True, slots=True)
class Lost:
    """No answer for an item, and why in words."""

    reason: str


class WorkerError(BywhomError):
    """A worker process cannot start."""


class TooLong(BaseException):
    """The work on one item ran out of time; no `except Exception` on the way holds it up."""


def ordered(
    batches: Iterable[Sequence[T]],
    prepare: Callable[[], Callable[[T], R]],
    jobs: int,
    timeout: float | None,
    pays: Callable[[Sequence[Sequence[T]]], bool] = lambda _: True,
) -> Generator[R | Lost]:
    """One answer per item, in the order of the items, whatever the number of jobs.

    One job, or a single batch, is done in this process, and so is everything where the batches end before they are, all
    together, a work that `pays` the start of several processes: each takes as long to start as a dozen reports to read.
    """
    batches = filter(None, batches)  # of a folder read before nothing but empty ones may come
    first: list[Sequence[T]] = []
    while jobs > 1 and not (len(first) > 1 and pays(first)) and (batch := next(batches, None)) is not None:
        first.append(batch)
    if jobs > 1 and len(first) > 1 and pays(first):
        yield from _by_workers(chain(first, batches), prepare, jobs, timeout)
    else:
        yield from _inline(chain(first, batches), prepare, timeout)


def _inline(
    batches: Iterable[Sequence[T]], prepare: Callable[[], Callable[[T], R]], timeout: float | None
) -> Generator[R | Lost]:
    work = None
    with contextlib.ExitStack() as held:
        for item in chain.from_iterable(batches):
            if work is None:
                work = prepare()
                held.enter_context(seldom_swept())
            try:
                with _alarm(timeout):
                    answer: R | Lost = work(item)
            except TooLong:
                answer = Lost(f"took longer than {timeout:g} s")
            yield answer


@contextlib.contextmanager
def seldom_swept() -> Iterator[None]:
    """Inside, what is there already (tables, above all) is not searched for garbage, and the rest less often.

    Reading makes many small objects and few cycles: the searching took one part in ten to twenty of its time.
    """
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    gc.freeze()
    gc.set_threshold(*_SWEEPS)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        if not frozen:
            gc.unfreeze()


_SWEEPS = (10_000, 20, 20)  # new objects before a search, and how many searches before a wider and the widest


def _by_workers(
    batches: Iterable[Sequence[T]], prepare: Callable[[], Callable[[T], R]], jobs: int, timeout: float | None
) -> Generator[R | Lost]:
    waiting: deque[Future[list[R | Lost]]] = deque()
    with Workers(prepare, jobs, timeout) as workers:
        for batch in batches:
            waiting.append(workers.submit(batch))
            if len(waiting) >= jobs * _AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


# Batches sent ahead for each worker: enough that none waits for a slow neighbour, few enough that memory stays flat.
_AHEAD = 3


@contextlib.contextmanager
def _alarm(seconds: float | None) -> Iterator[None]:
    """Raises TooLong after so many seconds, where the system can do that: in the main thread, and not on Windows."""
    if seconds is None or not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise TooLong


class Workers(Generic[T, R]):
    """A fixed number of processes that answer items; close it, or use it as a context manager.

    `prepare` runs once in each process and returns the function that answers one item; both travel by pickle.
    """

    def __init__(self, prepare: Callable[[], Callable[[T], R]], count: int, timeout: float | None) -> None:
        self._prepare = prepare
        self._timeout = timeout
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="bywhom-worker")
        self._mine = threading.local()
        self._lock = threading.Lock()
        self._started: list[_Process] = []
        self._closing = False

    def __enter__(self) -> Workers[T, R]:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def submit(self, batch: Sequence[T]) -> Future[list[R | Lost]]:
        """The answers to a batch, in its order, when they are there."""
        return self._threads.submit(self._answers, batch)

    def close(self) -> None:
        """End all processes at once, whatever they are doing."""
        with self._lock:
            self._closing = True
            for process in self._started:
                process.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for process in self._started:
            process.release()

    def _answers(self, batch: Sequence[T]) -> list[R | Lost]:
        answers: list[R | Lost] = []
        suspect = -1  # the item at which a process died before; it gets one more chance, with a fresh process
        while len(answers) < len(batch):
            process = self._process()
            answers.extend(process.answers(batch[len(answers) :]))
            if len(answers) < len(batch):
                reason = self._end(process)
                if process.stood_still or suspect == len(answers):
                    answers.append(Lost(reason))
                else:
                    suspect = len(answers)
        return answers

    def _process(self) -> _Process:
        process: _Process | None = getattr(self._mine, "process", None)
        if process is None:
            with self._lock:
                if self._closing:
                    raise WorkerError("the workers were told to stop")
                process = _Process(self._timeout)
                self._started.append(process)
            self._mine.process = process
            process.prepare(self._prepare)
        return process

    def _end(self, process: _Process) -> str:
        """Why the process ended; the next item gets a new one."""
        self._mine.process = None
        process.kill()
        reason = process.release()
        with self._lock:
            self._started.remove(process)
        return reason


class _Process:
    """One worker process, seen from the thread that drives it."""

    def __init__(self, timeout: float | None) -> None:
        self.stood_still = False
        self._timeout = timeout
        self._process = subprocess.Popen(  # noqa: S603  our own program
            [sys.executable, "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for the parent; a worker ends when its pipe does
        )
        _widen(_pipe(self._process.stdout))

    def prepare(self, prepare: Callable[[], object]) -> None:
        try:
            self._send(list(sys.path))
            self._send((prepare, self._timeout))
            self._receive()
        except (EOFError, OSError) as error:
            raise WorkerError(f"a worker process could not start ({sys.executable}); run with --jobs 1") from error

    def answers(self, items: Sequence[T]) -> Iterator[Any]:
        """One answer per item, fewer where the process dies."""
        asked = time.monotonic()
        try:
            self._send(items)
            for _ in items:
                asked = time.monotonic()
                yield self._receive()
        except (EOFError, OSError, pickle.UnpicklingError):  # cut off in the middle of an answer
            self.stood_still = self._timeout is not None and time.monotonic() - asked >= self._timeout

    def kill(self) -> None:
        self._process.kill()

    def release(self) -> str:
        """Wait for the end and let go of the pipes; how it ended, in words."""
        code = self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # what was not sent yet has no receiver any more
                _pipe(pipe).close()
        return f"took longer than {self._timeout:g} s" if self.stood_still else _ending(code)

    def _send(self, message: object) -> None:
        pickle.dump(message, _pipe(self._process.stdin), protocol=pickle.HIGHEST_PROTOCOL)
        _pipe(self._process.stdin).flush()

    def _receive(self) -> object:
        answer = pickle.load(_pipe(self._process.stdout))  # noqa: S301  our own process wrote it
        if isinstance(answer, BywhomError):
            raise answer
        return answer


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise WorkerError("a worker process has no pipe")
    return pipe


def _widen(pipe: IO[bytes]) -> None:
    """Make room for several answers, so that a worker goes on while we are busy writing; where the system can do that."""
    with contextlib.suppress(AttributeError, OSError, ImportError):
        import fcntl  # noqa: PLC0415  not on Windows

        fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _ROOM)


_ROOM = 1 << 20  # bytes; an answer has some 60,000, and a pipe as a rule no more


def _ending(code: int) -> str:
    if code == -signal.SIGKILL:
        return "the worker process was killed, perhaps because memory ran out"
    if code < 0:
        return f"the worker process crashed ({signal.Signals(-code).name})"
    return f"the worker process ended with status {code}"


def _serve(requests: IO[bytes]) -> None:
    """The life of a worker process: answer batches until the pipe ends."""
    logging.getLogger().addHandler(logging.NullHandler())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # A library that prints must not speak in our channel.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    gc.disable()  # nothing that is loaded is garbage
    with contextlib.suppress(EOFError, BrokenPipeError):
        prepare, timeout = pickle.load(requests)  # noqa: S301  our own parent wrote it
        work = _prepared(prepare, answers)
        gc.enable()
        _answer_batches(work, requests, answers, timeout)
    os._exit(0)  # nothing here needs an orderly end


def _answer_batches(work: Callable[[T], R], requests: IO[bytes], answers: IO[bytes], timeout: float | None) -> None:
    with Path(os.devnull).open("w") as nowhere, seldom_swept():
        while True:
            for item in pickle.load(requests):  # noqa: S301  our own parent wrote it
                with _time_limit(timeout, nowhere):
                    answer = _answer(work, item)
                _write(answer, answers)


def _end_with_parent() -> None:
    """End this process when nobody is left to send it work, though it may be busy; not on Windows."""
    if hasattr(select, "poll"):
        poll = select.poll()
        poll.register(0, 0)  # wakes up for a hang-up alone
        poll.poll()
        os._exit(0)


def _prepared(prepare: Callable[[], Callable[[T], R]], answers: IO[bytes]) -> Callable[[T], R]:
    try:
        work = prepare()
    except BywhomError as error:
        _write(error, answers)
        os._exit(1)
    _write("ready", answers)
    return work


def _answer(work: Callable[[T], R], item: T) -> R | BywhomError:
    try:
        return work(item)
    except BywhomError as error:  # of the installation: the parent raises it
        return error


def _write(answer: object, answers: IO[bytes]) -> None:
    pickle.dump(answer, answers, protocol=pickle.HIGHEST_PROTOCOL)
    answers.flush()


@contextlib.contextmanager
def _time_limit(seconds: float | None, trace: IO[str]) -> Iterator[None]:
    """Ends this process if the work takes longer, even where it hangs inside a C library."""
    if seconds is None:
        yield
        return
    faulthandler.dump_traceback_later(seconds, exit=True, file=trace)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
