"""Programs that are compiled once and then run with one input after another."""

import contextlib
import dataclasses
import os
import shutil
import tempfile

from files import exists
from running import Result, run

COMPILE_SECONDS = 60
# Programs that run for a moment are through before a better compiler or collector is ready.
_QUICK_JAVA = ('-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC')


@dataclasses.dataclass(frozen=True)
class Compiled:
    """A program, or why there is none: then each run fails with that."""

    argv: tuple
    error: str = ''

    def start(self, given, timeout):
        if self.error:
            return Result(1, '', self.error)
        return run(self.argv, stdin=given, timeout=timeout)


@contextlib.contextmanager
def compiled(language, file):
    """Compiles one source file in a folder of its own, which is gone at the end."""
    with tempfile.TemporaryDirectory() as folder:
        yield _compile(language, os.path.abspath(file), folder)


def compile_rust(file, target, *options):
    """Compiles one Rust file; `target` is the file that is written."""
    compiler = shutil.which('rustc') or 'rustc'
    return run(
        [compiler, '--edition=2021', '--cap-lints=allow', '-o', target, *options, file],
        timeout=COMPILE_SECONDS,
        # rustc writes what it needs between its steps to the folder for temporary files.
        env={'TMPDIR': os.path.dirname(target)},
    )


def _compile(language, file, folder):
    if not exists(file):
        return Compiled((), f'there is no file {os.path.basename(file)}')
    program = os.path.join(folder, 'program')
    if language == 'rust':
        return _made(compile_rust(file, program, '-Copt-level=1'), (program,))
    if language == 'go':
        environment = {'GO111MODULE': 'off', 'GOFLAGS': '', 'TMPDIR': folder}
        result = run(['go', 'build', '-o', program, file], timeout=COMPILE_SECONDS, env=environment)
        return _made(result, (program,))
    if language == 'java':
        result = run(['javac', *(f'-J{option}' for option in _QUICK_JAVA), '-encoding', 'UTF-8', '-d', folder, file], timeout=COMPILE_SECONDS)
        name = os.path.splitext(os.path.basename(file))[0]
        options = (*_QUICK_JAVA, '-Xmx512m', '-Dfile.encoding=UTF-8')
        return _made(result, ('java', *options, '-cp', folder, name))
    return Compiled((), f'nothing here compiles {language}')


def _made(result, argv):
    if result.code == 0:
        return Compiled(argv)
    errors = [line for line in result.err.split('\n') if 'error' in line]
    return Compiled((), 'does not compile: ' + (errors[0] if errors else result.err.strip()[:200]))
