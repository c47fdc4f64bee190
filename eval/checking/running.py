"""Runs a program that nobody has read: with limits, in its own process group, with an end, and without ever raising."""

import dataclasses
import math
import os
import resource
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile

OUTPUT_LIMIT = 64 * 1024
MEMORY_LIMIT = 3 * 1024**3
FILE_LIMIT = 64 * 1024**2
PROCESS_LIMIT = 512

# A program that never ends would cost a whole check minutes: who was given up on twice gets less time.
PATIENCE = 2
IMPATIENT_SECONDS = 3
_given_up_on = []

# What a toolchain keeps below the home folder, which the program itself must not see as its own.
_KEPT_FROM_HOME = {'GOCACHE': '.cache/go-build', 'RUSTUP_HOME': '.rustup', 'CARGO_HOME': '.cargo'}
_KEPT = ['PATH', 'JAVA_HOME', 'GOROOT', 'PLAYWRIGHT_BROWSERS_PATH']


@dataclasses.dataclass(frozen=True)
class Result:
    """How a program ended. `code` is 127 where it could not be started, and negative where a signal ended it."""

    code: int
    out: str
    err: str
    timed_out: bool = False

    @property
    def lines(self):
        """The lines of the output without spaces at their ends and without empty lines at the end."""
        return [line.rstrip() for line in self.out.rstrip().split('\n')] if self.out.strip() else []


class Started:
    """A program that is running; `stop` ends it with everything it started."""

    def __init__(self, argv, *, stdin='', seconds=10, cwd=None, env=None):
        self._mark = secrets.token_hex(16)
        self._out = tempfile.TemporaryFile()
        self._err = tempfile.TemporaryFile()
        given = stdin if isinstance(stdin, bytes) else stdin.encode('utf-8', 'surrogateescape')
        # Files and no pipes: nothing here can block on a program that does not read, or on a grandchild that keeps a pipe open.
        with tempfile.TemporaryFile() as source:
            source.write(given)
            source.seek(0)
            self.process = subprocess.Popen(
                [str(part) for part in argv],
                stdin=source,
                stdout=self._out,
                stderr=self._err,
                cwd=cwd,
                env={**_environment(), **(env or {}), 'CHECKED_PROGRAM': self._mark},
                start_new_session=True,
                preexec_fn=_limits(seconds),
            )

    def output(self):
        """What it has written until now to its output and to its error output."""
        return _beginning(self._out), _beginning(self._err)

    def stop(self):
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except OSError:
            pass
        _kill_marked(self._mark)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            pass


def run(argv, *, stdin='', timeout=10, cwd=None, env=None):
    """Runs a program to its end, or to the timeout, and says what it did."""
    if len(_given_up_on) >= PATIENCE:
        timeout = min(timeout, IMPATIENT_SECONDS)
    try:
        started = Started(argv, stdin=stdin, seconds=timeout, cwd=cwd, env=env)
    except Exception as error:  # whatever keeps it from starting is a result, too
        return Result(127, '', f'{type(error).__name__}: {error}')
    timed_out = False
    try:
        code = started.process.wait(timeout)
    except subprocess.TimeoutExpired:
        timed_out, code = True, -signal.SIGKILL
        _given_up_on.append(argv)
    finally:
        started.stop()
    out, err = started.output()
    return Result(code, out, err, timed_out)


def python(*arguments, **options):
    """Runs Python with these arguments."""
    return run([sys.executable, *arguments], **options)


def node(*arguments, **options):
    """Runs Node.js with these arguments; files in TypeScript run directly."""
    return run([shutil.which('node') or 'node', *arguments], **options)


def _environment():
    home = os.path.expanduser('~')
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    for name, below in _KEPT_FROM_HOME.items():
        kept[name] = os.environ.get(name) or os.path.join(home, below)
    return {
        **kept,
        'HOME': os.getcwd(),
        'LANG': 'C.UTF-8',
        'TZ': 'UTC',
        'NO_COLOR': '1',
        'NODE_NO_WARNINGS': '1',
        'PYTHONDONTWRITEBYTECODE': '1',
        'PYTHONNOUSERSITE': '1',
        'PYTHONUTF8': '1',
        'GOPROXY': 'off',
        'GOTOOLCHAIN': 'local',
        'GOTELEMETRY': 'off',
        'CARGO_NET_OFFLINE': 'true',
    }


def _limits(seconds):
    wanted = {
        resource.RLIMIT_CPU: math.ceil(seconds) + 2,
        # Not the address space: Node.js, Go and Java reserve far more of it than they ever use.
        resource.RLIMIT_DATA: MEMORY_LIMIT,
        resource.RLIMIT_FSIZE: FILE_LIMIT,
        resource.RLIMIT_CORE: 0,
        # The limit counts all that the user runs, so it stands above what runs already.
        resource.RLIMIT_NPROC: _tasks_of_user() + PROCESS_LIMIT,
    }

    def apply():
        for kind, value in wanted.items():
            try:
                hard = resource.getrlimit(kind)[1]
                bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
                resource.setrlimit(kind, (bound, bound))
            except (OSError, ValueError):
                pass  # a system that does not know this limit

    return apply


def _processes_of_user():
    try:
        entries = [entry for entry in os.scandir('/proc') if entry.name.isdigit()]
    except OSError:
        return
    for entry in entries:
        try:
            if entry.stat().st_uid == os.getuid():
                yield int(entry.name)
        except OSError:
            continue


def _tasks_of_user():
    count = 0
    for pid in _processes_of_user():
        try:
            count += len(os.listdir(f'/proc/{pid}/task'))
        except OSError:
            continue
    return count


def _kill_marked(mark):
    """Ends what left the process group: it still carries the mark in its environment."""
    needle = f'CHECKED_PROGRAM={mark}'.encode()
    for pid in _processes_of_user():
        try:
            with open(f'/proc/{pid}/environ', 'rb') as file:
                carries = needle in file.read().split(b'\0')
            if carries:
                os.kill(pid, signal.SIGKILL)
        except OSError:
            continue


def _beginning(file):
    try:
        return os.pread(file.fileno(), OUTPUT_LIMIT, 0).decode('utf-8', 'replace')
    except OSError:
        return ''
