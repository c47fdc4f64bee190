"""Scores tests that were generated: they pass on the right module and fail on each of its mutants.

Beside the check lie `project/` with the right module, `otherwise/` with the same written
in another way (tests that compare the source text instead of running it fail there), and
`mutants/`, each file the module with one rule broken, named `NN-what-is-broken`.
"""

import os
import pathlib
import re
import shutil
import sys
import tempfile

from files import exists
from running import node, python
from scoring import Checks

_IGNORED = shutil.ignore_patterns('node_modules', '.git', '__pycache__', '*.pyc', '.multiagent')
_PYTHON_COUNT = re.compile(r'^Ran (\d+) tests? in ', re.MULTILINE)
_NODE_COUNT = re.compile(r'^# tests (\d+)$', re.MULTILINE)


def score_tests(module, test_file, run_tests, timeout=10):
    """Prints a check for the right module and one for each mutant, and the totals."""
    task = pathlib.Path(sys.modules['__main__'].__file__).resolve().parent
    mutants = sorted(path for path in (task / 'mutants').iterdir() if path.is_file())
    with Checks(total=1 + len(mutants)) as checks:
        problem = _problem(task, module, test_file, run_tests, timeout)
        checks.check('the tests pass on the module as it is', not problem, problem)
        if problem:
            checks.fail_all('the tests do not pass on the right module')
        for mutant in mutants:
            what = mutant.stem.partition('-')[2].replace('-', ' ')
            result = None if problem else _outcome(mutant, module, test_file, run_tests, timeout)
            checks.check(f'noticed: {what}', result is not None and not result[0], 'no test failed')


def python_tests(test_file, folder, timeout):
    """(passed, number of tests) of a file of tests with `unittest`."""
    result = python('-m', 'unittest', pathlib.Path(test_file).stem, cwd=folder, timeout=timeout)
    return _counted(result, _PYTHON_COUNT.findall(result.err))


def node_tests(test_file, folder, timeout):
    """(passed, number of tests) of a file of tests with `node:test`; not by `node --test`, to which any file is one test."""
    result = node('--test-reporter=tap', test_file, cwd=folder, timeout=timeout)
    return _counted(result, _NODE_COUNT.findall(result.out))


def _problem(task, module, test_file, run_tests, timeout):
    if not exists(test_file):
        return f'there is no file {test_file}'
    for folder in ('project', 'otherwise'):
        passed, number = _outcome(task / folder / module, module, test_file, run_tests, timeout)
        if number == 0:
            return 'no test was run'
        if not passed:
            return 'a test fails on the right module'
    return ''


def _outcome(source, module, test_file, run_tests, timeout):
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, 'copy')
        shutil.copytree('.', copy, symlinks=True, ignore=_IGNORED)
        target = os.path.join(copy, module)
        if os.path.lexists(target):
            os.remove(target)
        shutil.copyfile(source, target)
        return run_tests(test_file, copy, timeout)


def _counted(result, counts):
    number = int(counts[-1]) if counts else 0
    return result.code == 0 and not result.timed_out and number > 0, number
