"""Calls functions of a module that was generated, each time in a fresh process; what the module prints does not matter."""

import json
import os
import pathlib
import secrets
import tempfile

from running import node, python

_HERE = pathlib.Path(__file__).resolve().parent
_ANSWER_LIMIT = 4 * 1024 * 1024


def call_python(module_file, code, timeout=10):
    """Evaluates an expression, or runs statements that set `result`, with the module's names and `module` at hand.

    Returns (ok, value, error); the error reads `ValueError: what it says`. The value went through JSON.
    """
    return _call(python, 'call_python.py', module_file, code, timeout)


def call_node(module_file, code, timeout=10):
    """Evaluates an expression, or the body of an async function that returns, with the exported names and `module` at hand.

    ES modules, CommonJS and TypeScript alike. Returns (ok, value, error) as `call_python` does; undefined becomes null.
    """
    return _call(node, 'call-node.mjs', module_file, code, timeout)


def _call(program, driver, module_file, code, timeout):
    if not os.path.isfile(module_file):
        return False, None, f'there is no file {module_file}'
    mark = secrets.token_hex(16)
    with tempfile.TemporaryDirectory() as folder:
        answer_file = os.path.join(folder, 'answer')
        asked = {'file': os.path.abspath(module_file), 'code': code, 'mark': mark, 'answer': answer_file}
        # On the standard input and not among the arguments: once it is read, the module finds an empty input.
        result = program(_HERE / driver, stdin=json.dumps(asked), timeout=timeout)
        try:
            with open(answer_file, encoding='utf-8') as file:
                answer = json.loads(file.read(_ANSWER_LIMIT))
        except (OSError, ValueError, RecursionError):
            answer = None
    if isinstance(answer, dict) and answer.get('mark') == mark:
        return bool(answer.get('ok')), answer.get('value'), str(answer.get('error') or '')
    if result.timed_out:
        return False, None, f'no answer within {timeout} s'
    last = result.err.strip().split('\n')[-1]
    return False, None, f'ended with exit code {result.code} before it answered. {last}'.strip()
