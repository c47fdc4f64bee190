import os

from checking import Checks, exists, run

PROGRAM = './pumps-to-check'
LOG = """[12:04:31] WARN pump-3: pressure low (code=17, bar=0.4)
[12:04:40] INFO valve-1: opened
[12:05:02] ALARM pump-12: dry (code=2)
"""
TIDY = [
    '12:04:31 WARN pump-3 bar=0.4 code=17 | pressure low',
    '12:04:40 INFO valve-1 | opened',
    '12:05:02 ALARM pump-12 code=2 | dry',
]


def build():
    """The first build on a machine compiles the standard library, so it may take a while."""
    if not exists('main.go'):
        return 'there is no main.go'
    built = run(['go', 'build', '-o', PROGRAM, 'main.go'], timeout=180)
    return '' if built.code == 0 and os.path.isfile(PROGRAM) else f'go build: {built.err or built.out}'


def tidy(log, *arguments):
    return run([PROGRAM, *arguments], stdin=log)


def prints(log, lines, *arguments):
    result = tidy(log, *arguments)
    return result.code == 0 and result.lines == lines


def not_understood(line):
    result = tidy(f'[12:04:40] INFO valve-1: opened\n\n{line}\n[12:05:02] ALARM pump-12: dry (code=2)\n')
    return result.code == 1 and result.err.strip() == 'line 3: not understood' and result.lines == TIDY[1:]


def unknown_level():
    result = tidy(LOG, 'DEBUG')
    return result.code == 2 and result.err.strip() == 'unknown level: DEBUG' and not result.out.strip()


with Checks(total=12) as checks:
    problem = build()
    if problem:
        checks.fail_all(problem)
    checks.check('a line without values', lambda: prints('[06:30:00] INFO valve-9: half open\n', ['06:30:00 INFO valve-9 | half open']))
    checks.check('one value', lambda: prints('[06:30:01] ALARM pump-4: too hot (celsius=81)\n', ['06:30:01 ALARM pump-4 celsius=81 | too hot']))
    checks.check('values are sorted', lambda: prints('[06:30:02] WARN p: slow (c=1, a=x,b=2.5)\n', ['06:30:02 WARN p a=x b=2.5 c=1 | slow']))
    checks.check('several lines', lambda: prints(LOG, TIDY))
    checks.check('a level and above', lambda: prints(LOG, [TIDY[0], TIDY[2]], 'WARN') and prints(LOG, [TIDY[2]], 'ALARM') and prints(LOG, TIDY, 'INFO'))
    checks.check('empty lines', lambda: prints('\n' + LOG.replace('\n', '\n\n'), TIDY))
    checks.check('words in parentheses', lambda: prints('[08:00:00] INFO pump-1: started (by hand)\n', ['08:00:00 INFO pump-1 | started (by hand)']))
    checks.check('two pairs of parentheses', lambda: prints('[08:00:01] WARN pump-1: valve (left) stuck (code=3)\n', ['08:00:01 WARN pump-1 code=3 | valve (left) stuck']))
    checks.check('a colon in the message', lambda: prints('[08:00:02] INFO pump-1: mode: slow\n', ['08:00:02 INFO pump-1 | mode: slow']))
    checks.check('a line that is none', lambda: not_understood('pump-3 was repaired'))
    checks.check('another level, another device, another time', lambda: all(not_understood(line) for line in ('[12:04:50] DEBUG pump-3: x', '[12:04:50] WARN Pump 3: x', '[12:4:50] WARN pump-3: x')))
    checks.check('an unknown level as argument', unknown_level)
