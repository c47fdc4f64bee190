import os

from checking import Checks, exists, run

PROGRAM = './beads-to-check'


def build():
    """The first build on a machine compiles the standard library, so it may take a while."""
    if not exists('main.go'):
        return 'there is no main.go'
    built = run(['go', 'build', '-o', PROGRAM, 'main.go'], timeout=180)
    return '' if built.code == 0 and os.path.isfile(PROGRAM) else f'go build: {built.err or built.out}'


def prints(text, arguments, *lines, code=0):
    result = run([PROGRAM, *arguments], stdin=text)
    return result.code == code and (result.lines if code == 0 else (result.out + result.err).strip().split('\n')) == list(lines)


EXAMPLE = 'red blue red\nGreen red blue\n'

with Checks(total=10) as checks:
    problem = build()
    if problem:
        checks.fail_all(problem)
    checks.check('one bead', lambda: prints('amber\n', [], 'amber 1', 'total 1'))
    checks.check('the most first', lambda: prints('jade rose rose', [], 'rose 2', 'jade 1', 'total 3'))
    checks.check('the example', lambda: prints(EXAMPLE, [], 'red 3', 'blue 2', 'green 1', 'total 6'))
    checks.check('equal counts by name', lambda: prints('teal pink gold pink gold teal onyx', [], 'gold 2', 'pink 2', 'teal 2', 'onyx 1', 'total 7'))
    checks.check('capitals do not matter', lambda: prints('RED red\nReD', [], 'red 3', 'total 3'))
    checks.check('many spaces, tabs and empty lines', lambda: prints('\n\n  jade\t\tjade   \n\n rose ', [], 'jade 2', 'rose 1', 'total 3'))
    checks.check('one colour', lambda: prints(EXAMPLE, ['blue'], 'blue 2'))
    checks.check('one colour in capitals', lambda: prints(EXAMPLE, ['GREEN'], 'green 1'))
    checks.check('a colour that does not occur', lambda: prints(EXAMPLE, ['mauve'], 'mauve 0'))
    checks.check('no beads', lambda: prints(' \n', [], 'no beads', code=1) and prints('', ['red'], 'no beads', code=1))
