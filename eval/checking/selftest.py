"""`python3 selftest.py`: what the checks rely on when a program misbehaves."""

import contextlib
import io
import os
import sys
import tempfile
import time

from checking import Checks, call_node, call_python, free_port, node, python, request, run, serve
from documents import Document

ESCAPES = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        open('escaped', 'w').write(str(os.getpid()))
        time.sleep(60)
    os._exit(0)
while not os.path.exists('escaped') or not open('escaped').read(): time.sleep(0.01)
"""
SERVER = 'import http.server,sys; http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), http.server.SimpleHTTPRequestHandler).serve_forever()'


def write(name, content):
    with open(name, 'w', encoding='utf-8') as file:
        file.write(content)


def document(content):
    write('page.md', content)
    return Document('page.md')


def is_gone(pid):
    for _ in range(100):
        try:
            with open(f'/proc/{pid}/stat', encoding='utf-8') as file:
                if file.read().split()[2] == 'Z':
                    return True
        except OSError:
            return True
        time.sleep(0.02)
    return False


def printed(use):
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.suppress(Exception):
        use()
    return out.getvalue().strip().split('\n')


def stops_early():
    with Checks(names=['a', 'b', 'c']) as checks:
        checks.check('a', True)
        checks.check('b', lambda: 1 / 0)
        raise ValueError('in between')


def one_server():
    port = free_port()
    with serve([sys.executable, '-c', SERVER, port], port) as server:
        return server.ready and request(port, 'GET', '/').status == 200


with tempfile.TemporaryDirectory() as folder, Checks(total=21) as self:
    os.chdir(folder)
    self.check('the output and the code arrive', lambda: (r := python('-c', 'print(input()); exit(3)', stdin='a')).out == 'a\n' and r.code == 3)
    self.check('a program that is not there is a result', run(['no-such-program']).code == 127)
    self.check('an endless program is stopped', lambda: python('-c', 'while True: pass', timeout=1).timed_out)
    self.check('endless output is bounded', lambda: len(python('-c', 'while True: print("x" * 999)', timeout=5).out) == 64 * 1024)
    self.check('the memory is bounded', lambda: python('-c', 'x = bytearray(8 * 1024**3)').code != 0)
    self.check('the home folder is the scratch folder', lambda: python('-c', 'import os; print(os.path.expanduser("~"))').out.strip() == os.getcwd())
    self.check('what left the process group is stopped', lambda: python('-c', ESCAPES).code == 0 and is_gone(int(open('escaped').read())))
    write('kind.py', 'import sys\nprint("{}" * 9)\ndef double(n):\n    return n * 2\n')
    self.check('a Python function is called', lambda: call_python('kind.py', 'double(21)') == (True, 42, ''))
    self.check('statements set the result', lambda: call_python('kind.py', 'x = double(2)\nresult = [x, (1,)]') == (True, [4, [1]], ''))
    self.check('what it raises is told', lambda: call_python('kind.py', 'double()')[2].startswith('TypeError: '))
    write('leaves.py', 'import os\nos._exit(0)\n')
    self.check('a module that leaves is no answer', lambda: call_python('leaves.py', '1')[0] is False)
    write('common.js', 'module.exports = { double: (n) => n * 2 };')
    write('typed.ts', 'export function double(n: number): number { return n * 2; }')
    self.check('CommonJS is called', lambda: call_node('common.js', 'double(21)') == (True, 42, ''))
    self.check('TypeScript is called', lambda: call_node('typed.ts', 'const x = double(2); return [x, undefined];') == (True, [4, None], ''))
    self.check('Node.js starts within the limits', lambda: node('-e', 'console.log(new Array(1e6).fill(1).length)').out == '1000000\n')
    self.check('a server is asked', one_server)
    self.check(
        'the total stays the same',
        lambda: printed(stops_early)[:2] == ['ok a', 'not ok b — ZeroDivisionError: division by zero'] and printed(stops_early)[-2:] == ['not ok c — not reached', '1/3'],
    )
    self.check('a fact in a row', lambda: (page := document('| Name | Default |\n|---|---|\n| `--a` | 7 |\n| `--b` | 8 |\n')).says('--a', '7') and not page.says('--a', '8'))
    self.check('a fact in an item below', lambda: (page := document('- `--a`\n  - is 7\n- `--b`\n  - is 8\n')).says('--a', '7') and not page.says('--a', '8'))
    self.check('a fact below a heading', lambda: (page := document('# X\n\n## `--a`\n\nSo.\n\n- is 7\n\n## `--b`\n\n8\n')).says('--a', '7') and not page.says('--a', '8'))
    self.check('a fact below a heading in words', lambda: (page := document('# X\n\n## One\n\n- **Name**: `--a`\n- is 7\n\n## Two\n\n- **Name**: `--b`\n- 8\n')).says('--a', '7') and not page.says('--a', '8'))
    self.check('a page without words is none', lambda: document('# Title\n').problem() != '')
