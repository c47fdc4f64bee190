import shlex

from checking import Checks, project_folder, python
from documents import Document

PROGRAM = project_folder() / 'pebble.py'
REAL = {'--stones', '--colours', '--seed', '--short'}


def works(command):
    """Whether a command of the document, started for real, does what it should."""
    try:
        words = shlex.split(command.split('#')[0])
    except ValueError:
        return False
    return python(PROGRAM, *words[2:]).code == 0


with Checks(total=12) as checks:
    readme = Document('README.md')
    problem = readme.problem(PROGRAM)
    if problem:
        checks.fail_all(problem)
    commands = [line for line in readme.commands(r'python3?\s+(\./)?pebble\.py\s') if not set('[]<>|&;…') & set(line) and '...' not in line]

    checks.check('a title and parts with headings', len(readme.titles) >= 3)
    checks.check('what the program is for', readme.says('pebble|stone', 'game', 'player'))
    checks.check('a command that works when it is copied', lambda: any(works(line) for line in commands[:5]))
    checks.check('the players', readme.says(r'player', r'names?\b'))
    checks.check('--stones and its default', readme.says('--stones', r'\b(7|seven)\b'))
    checks.check('--colours and its default', readme.says('--colours', 'gr[ea]y', 'white', 'black'))
    checks.check('--seed', readme.says('--seed', r'\bsame\b|again|repeat|repro|determin'))
    checks.check('--short', readme.says('--short', r'count|how many|number of|total'))
    checks.check('exit code 0', readme.says(r'(?<![\w.,-])0(?![\w.,]*\d)', 'success|normal|fine|well|worked|no error|without|ok|right|everything'))
    checks.check('exit code 3', readme.says(r'(?<![\w.,-])3(?![\w.,]*\d)', 'stone|pebble', r'at least|less|below|fewer|under|no stone|not enough|<\s*1|too (few|small)|invalid|positive|1|zero'))
    checks.check('exit code 4', readme.says(r'(?<![\w.,-])4(?![\w.,]*\d)', 'colou?r'))
    checks.check('no option that does not exist', len(readme.options() & REAL) >= 2 and readme.options() <= REAL | {'--help'}, f'{readme.options() - REAL}')
