"""Checks that come as tables: what goes in, and exactly what has to come out."""

import json

_SHOWN = 120
# A program that did not end once is not waited for as long again.
_SECONDS = 10
_SECONDS_AFTER_TIMEOUT = 3


class Raises:
    """Stands in a table of calls for an error: the beginning of `Type: text`."""

    def __init__(self, beginning):
        self.beginning = beginning

    def __repr__(self):
        return f'an error {self.beginning}'


def check_calls(checks, call, module_file, cases):
    """Each case is (name, code, value or Raises); `call` is `call_python`, `call_node`, or one like them.

    Values are compared by their JSON, so 1 is not true, and the order of a dictionary counts.
    """
    seconds = _SECONDS
    for name, code, expected in cases:
        ok, value, error = call(module_file, code, seconds)
        if error.startswith('no answer within'):
            seconds = _SECONDS_AFTER_TIMEOUT
        if isinstance(expected, Raises):
            passed = not ok and error.startswith(expected.beginning)
        else:
            passed = ok and json.dumps(value) == json.dumps(expected)
        found = _short(json.dumps(value)) if ok else error or 'an error'
        wanted = repr(expected) if isinstance(expected, Raises) else json.dumps(expected)
        checks.check(name, passed, f'expected {_short(wanted)}, found {found}')


def check_answers(checks, start, cases):
    """Each case is (name, standard input, lines of the output); `start` runs the program with that input, so many seconds at most."""
    seconds = _SECONDS
    for name, given, expected in cases:
        result = start(given, seconds)
        if result.timed_out:
            seconds = _SECONDS_AFTER_TIMEOUT
        passed = result.code == 0 and not result.timed_out and result.lines == expected
        checks.check(name, passed, f'expected {_short(" / ".join(expected))}, found {_account(result)}')


def _account(result):
    if result.timed_out:
        return 'no end within the time'
    if result.code != 0:
        last = (result.err.strip().split('\n') or [''])[-1]
        return f'exit code {result.code} {_short(last)}'
    return _short(' / '.join(result.lines)) or 'nothing'


def _short(text):
    if '  ' in text:  # several spaces would be shown as one
        text = text.replace(' ', '·')
    return text if len(text) <= _SHOWN else text[:_SHOWN] + '…'
