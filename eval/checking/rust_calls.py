"""Calls a Rust module that was generated: one expression after another, each in a fresh process."""

import contextlib
import json
import os
import secrets
import tempfile

from compiling import compile_rust
from files import exists
from running import run

_DRIVER = """#![allow(warnings)]
#[path = {path}]
mod {module};
use {module}::*;
{functions}
fn main() {{
    let mut asked = String::new();
    std::io::stdin().read_line(&mut asked).unwrap();
    let parts: Vec<&str> = asked.split_whitespace().collect();
    let answer: String = match parts[1] {{
{arms}
        _ => String::new(),
    }};
    println!();
    println!("{{}} {{}}", parts[0], answer);
}}
"""


class RustModule:
    """All cases are compiled together, and each alone where that fails: one missing function costs only its own checks."""

    def __init__(self, file, cases, folder):
        self._file = os.path.abspath(file)
        self._folder = folder
        self._codes = [code for _, code, _ in cases]
        if not exists(file):
            self._together, self._error = None, f'there is no file {os.path.basename(file)}'
            return
        self._error = self._compile_alone_as_library()
        self._together = None if self._error else self._compile('all', self._codes)[0]

    def call(self, _file, code, timeout=10):
        """Like `call_python`; the value is the text of what the expression gives, in Rust's debug form."""
        if self._error:
            return False, None, self._error
        program, error, number = self._together, '', self._codes.index(code)
        if program is None:
            program, error = self._compile(f'case{number}', [code])
            number = 0
        if program is None:
            return False, None, error
        mark = secrets.token_hex(16)
        result = run([program], stdin=f'{mark} {number}\n', timeout=timeout)
        for line in result.out.split('\n'):
            if line.startswith(mark + ' ') and result.code == 0:
                return True, line[len(mark) + 1 :], ''
        if result.timed_out:
            return False, None, f'no answer within {timeout} s'
        return False, None, f'ended with exit code {result.code}. {_first_error(result.err)}'

    def _compile_alone_as_library(self):
        target = os.path.join(self._folder, 'alone')
        result = compile_rust(self._file, target, '--crate-type=lib', '--emit=metadata')
        return '' if result.code == 0 else 'does not compile: ' + _first_error(result.err)

    def _compile(self, name, codes):
        source, target = (os.path.join(self._folder, name + ending) for ending in ('.rs', ''))
        module = os.path.splitext(os.path.basename(self._file))[0]
        functions = '\n'.join(
            f'fn case_{number}() -> String {{ format!("{{:?}}", {{ {code} }}) }}' for number, code in enumerate(codes)
        )
        arms = '\n'.join(f'        "{number}" => case_{number}(),' for number in range(len(codes)))
        with open(source, 'w', encoding='utf-8') as file:
            file.write(_DRIVER.format(path=json.dumps(self._file), module=module, functions=functions, arms=arms))
        result = compile_rust(source, target)
        return (target, '') if result.code == 0 else (None, 'does not compile: ' + _first_error(result.err))


@contextlib.contextmanager
def rust_module(file, cases):
    """The module, with a folder for what is compiled that is gone at the end."""
    with tempfile.TemporaryDirectory() as folder:
        yield RustModule(file, cases, folder)


def _first_error(text):
    lines = [line for line in text.split('\n') if 'error' in line or 'panicked' in line]
    return (lines[0] if lines else text.strip())[:200]
