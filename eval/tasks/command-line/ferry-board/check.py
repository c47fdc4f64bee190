from checking import Checks, node

TABLE = """14:05 B Little Skerry
07:40 A Hook

# in summer only
09:15 A Little Skerry
09:15 C Far Sound Rock
23:30 B Hook
00:10 A hook
"""
USAGE = 'usage: board.ts [--after HH:MM] [--to ISLAND] [--next COUNT]'
ALL = [
    '00:10  A  hook',
    '07:40  A  Hook',
    '09:15  A  Little Skerry',
    '09:15  C  Far Sound Rock',
    '14:05  B  Little Skerry',
    '23:30  B  Hook',
]


def prints(arguments, lines, table=TABLE):
    result = node('board.ts', *arguments, stdin=table)
    return result.code == 0 and result.lines == lines


def refuses(arguments, line, code, table=TABLE):
    result = node('board.ts', *arguments, stdin=table)
    return result.code == code and result.err.strip() == line and not result.out.strip()


def bad_line(row):
    return refuses([], 'line 3: not a ferry', 1, f'# pier A\n07:40 A Hook\n{row}\n08:00 A Hook\n')


with Checks(total=12) as checks:
    checks.check('one ferry', lambda: prints([], ['06:00  D  Hook'], '06:00 D Hook\n'))
    checks.check('sorted by time', lambda: prints([], ALL))
    checks.check('--after, that minute included', lambda: prints(['--after', '09:15'], ALL[2:]))
    checks.check('--to without regard to capitals', lambda: prints(['--to', 'HOOK'], [ALL[0], ALL[1], ALL[5]]))
    checks.check('--to an island with spaces', lambda: prints(['--to', 'little skerry'], [ALL[2], ALL[4]]))
    checks.check('--next', lambda: prints(['--next', '2'], ALL[:2]))
    checks.check('all options together', lambda: prints(['--next', '1', '--to', 'hook', '--after', '08:00'], [ALL[5]]))
    checks.check('nothing left', lambda: prints(['--after', '23:31'], ['no ferries']) and prints([], ['no ferries'], '\n# none\n'))
    checks.check('a line without an island', lambda: bad_line('08:10 A'))
    checks.check('a time that is none', lambda: bad_line('24:00 A Hook') and bad_line('8:10 A Hook') and bad_line('08:60 A Hook'))
    checks.check('an unknown option', lambda: refuses(['--from', 'Hook'], USAGE, 2))
    checks.check('a value that is missing or wrong', lambda: all(refuses(bad, USAGE, 2) for bad in (['--to'], ['--next', 'two'], ['--after', '25:00'])))
