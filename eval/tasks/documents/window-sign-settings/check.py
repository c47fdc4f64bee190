import re

from checking import Checks, project_folder
from documents import Document

SETTINGS = project_folder() / 'settings.js'
REAL = {'SIGN_TEXT', 'SIGN_BRIGHTNESS', 'SIGN_MOTION', 'SIGN_DARK_HOUR'}


def example(document):
    """Whether there is a place where all four get a value that is allowed."""
    given = dict(re.findall(r'(SIGN_[A-Z_]+)\s*=\s*(?:"([^"\n]*)"|\'[^\'\n]*\'|\S+)', document.text))
    values = {name: re.findall(rf'{name}=["\']?([^\s"\'`]+)', document.text) for name in REAL}
    return (
        REAL <= set(given)
        and any(value.isdecimal() and 5 <= int(value) <= 100 for value in values['SIGN_BRIGHTNESS'])
        and any(value.isdecimal() and 0 <= int(value) <= 23 for value in values['SIGN_DARK_HOUR'])
        and any(value in ('scroll', 'blink', 'still') for value in values['SIGN_MOTION'])
    )


with Checks(total=12) as checks:
    guide = Document('docs/settings.md')
    problem = guide.problem(SETTINGS)
    if problem:
        checks.fail_all(problem)
    named = set(re.findall(r'\bSIGN_[A-Z_]*[A-Z]\b', guide.text))

    checks.check('a title and parts with headings', len(guide.titles) >= 2)
    checks.check('all variables are named', REAL <= named)
    checks.check('SIGN_TEXT has to be set', guide.says('SIGN_TEXT', r'required|\bmust\b|has to|have to|needs? to|mandatory|always|necessary'))
    checks.check('SIGN_TEXT is what the sign shows', guide.says('SIGN_TEXT', r'\b(text|line|words?|message)\b'))
    checks.check('SIGN_BRIGHTNESS and its default', guide.says('SIGN_BRIGHTNESS', r'\b80\b'))
    checks.check('SIGN_BRIGHTNESS and its limits', guide.says('SIGN_BRIGHTNESS', r'\b5\b', r'\b100\b'))
    checks.check('SIGN_MOTION and its values', guide.says('SIGN_MOTION', 'scroll', 'blink', 'still'))
    checks.check(
        'SIGN_MOTION and its default',
        guide.says('SIGN_MOTION', r'default\W+(\w+\W+){0,3}scroll|not (set|given)\W+(\w+\W+){0,4}scroll|\|\s*"?scroll"?\s*\||scroll\b[^.\n|;]{0,40}\b(default|if|when|unless)\b'),
    )
    checks.check('SIGN_DARK_HOUR, its default and its limits', guide.says('SIGN_DARK_HOUR', r'\b21\b', r'\b0\b', r'\b23\b'))
    checks.check('the exit code', guide.says(r'\b78\b', r'exit|ends?\b|stops?|code|status'))
    checks.check('an example with all variables', lambda: example(guide))
    checks.check('nothing that does not exist', len(named & REAL) >= 2 and named <= REAL and not re.search(r'npm install|\.env\b|config\.json', guide.text), f'{named - REAL}')
