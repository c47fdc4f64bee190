import re

from checking import Checks, project_folder
from documents import Document

SOURCES = [project_folder() / name for name in ('jam.js', 'lib/commands.js', 'lib/shelf.js', 'lib/words.js')]
REAL = {'--jars', '--year', '--least'}


def command(name):
    """A heading with the name, and a line to copy."""
    return any(re.search(rf'\b{name}\b', title) for title in guide.titles) and guide.commands(rf'node (\./)?jam\.js {name}\b')


def invented():
    started = {re.split(r'\s+', line)[2] for line in guide.commands(r'node (\./)?jam\.js [a-z]')}
    return (started - {'put', 'list', 'ls', 'eat', 'open'}) | (guide.options() - REAL)


def sections(name):
    """What stands under the headings with this name, without the commands to copy: their values are no defaults."""
    found = re.finditer(rf'^(#+)[^\n]*\b{name}\b[^\n]*\n(.*?)(?=^\1\s|^#\s|\Z)', guide.text, re.MULTILINE | re.DOTALL)
    return [re.sub(r'^.*node (\./)?jam\.js.*$', '', match.group(2), flags=re.MULTILINE) for match in found]


def tells(name, *words):
    return any(all(re.search(word, section, re.IGNORECASE) for word in words) for section in sections(name))


with Checks(total=14) as checks:
    guide = Document('docs/commands.md')
    problem = next((found for found in (guide.problem(source) for source in SOURCES) if found), '')
    if problem:
        checks.fail_all(problem)

    checks.check('put, with a heading and a line to copy', lambda: command('put'))
    checks.check('list, with a heading and a line to copy', lambda: command('list'))
    checks.check('eat, with a heading and a line to copy', lambda: command('eat'))
    checks.check('put has --jars, which is 6 by default', lambda: tells('put', r'--jars[^\n]*(\n[^\n]*){0,2}?\b(6|six)\b'))
    checks.check('put has --year, which is 2025 by default', lambda: tells('put', r'--year[^\n]*(\n[^\n]*){0,2}?\b2025\b'))
    checks.check('list has --least, which is 1 by default', lambda: tells('list', r'--least[^\n]*(\n[^\n]*){0,2}?\b(1|one)\b'))
    checks.check('eat has --jars, which is 1 by default', lambda: tells('eat', r'--jars[^\n]*(\n[^\n]*){0,2}?\b(1|one)\b'))
    checks.check('the other names', guide.says(r'\bls\b', r'\blist\b') and guide.says(r'\bopen\b', r'\beat\b'))
    checks.check('eat takes the oldest first', lambda: tells('eat', 'old|earliest'))
    checks.check('where the data is', guide.says(r'shelf\.json') and guide.says('JAM_SHELF', r'file|path|shelf\.json'))
    checks.check('exit code 3', guide.says(r'\b3\b', 'few|enough|not|more|less|missing'))
    checks.check('exit code 64', guide.says(r'\b64\b', 'wrong|unknown|no such|usage|invalid|option|command|argument|use'))
    checks.check('exit code 65', guide.says(r'\b65\b', 'damaged|json|corrupt|broken|read|invalid|file'))
    checks.check('nothing that cannot be started', lambda: bool(guide.options() & REAL) and not invented() and not re.search(r'^#.*\bexport', guide.text, re.MULTILINE), f'{invented()}')
