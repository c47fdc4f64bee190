from checking import Checks, call_python, exists, python

SAMPLE = """date,fruit,kilos
2025-08-30,plum,12.5
2025-09-02,apple,7

2025-09-02 , Plum, 3.5
2025-09-11,quince,7
2025-10-01,pear,20.24
"""


def given(content):
    with open('given.csv', 'w', encoding='utf-8') as file:
        file.write(content)
    return 'given.csv'


def harvest(*arguments, content=SAMPLE):
    return python('harvest.py', given(content), *arguments)


def prints(result, *lines):
    return result.code == 0 and result.lines == list(lines)


def refuses(row, line):
    result = harvest(content='date,fruit,kilos\n2025-08-30,plum,1\n\n' + row + '\n')
    return result.code == 1 and result.err.strip() == line and not result.out.strip()


def reads():
    given(SAMPLE)
    ok, rows, _ = call_python('reading.py', 'read_rows("given.csv")')
    return ok and len(rows) == 5 and rows[1] == {'date': '2025-09-02', 'fruit': 'apple', 'kilos': 7.0}


def tidies():
    given(SAMPLE)
    return call_python('reading.py', 'read_rows("given.csv")[2]')[1] == {'date': '2025-09-02', 'fruit': 'plum', 'kilos': 3.5}


def raises():
    given('date,fruit,kilos\n2025-08-30,plum,1\n2025-08-31,plum\n')
    return call_python('reading.py', 'read_rows("given.csv")')[2] == 'ValueError: line 3: bad row'


def totals(key, expected):
    rows = [
        {'date': '2025-07-31', 'fruit': 'fig', 'kilos': 2.0},
        {'date': '2025-08-01', 'fruit': 'fig', 'kilos': 1.5},
        {'date': '2025-08-01', 'fruit': 'sloe', 'kilos': 4.0},
    ]
    return call_python('summary.py', f'total_by({rows!r}, {key!r})')[1] == expected


def cannot_read():
    result = python('harvest.py', 'lost.csv')
    return result.code == 1 and result.err.strip() == 'cannot read: lost.csv' and not result.out.strip()


def uses_the_others():
    """The command stands on the two modules, so that what was asked for is three files and not one with two ornaments."""
    source = open('harvest.py', encoding='utf-8').read()
    return exists('reading.py') and exists('summary.py') and 'read_rows' in source and 'total_by' in source and harvest().code == 0


with Checks(total=14) as checks:
    checks.check('read_rows reads', reads)
    checks.check('read_rows drops spaces and capitals', tidies)
    checks.check('total_by fruit', lambda: totals('fruit', {'fig': 3.5, 'sloe': 4.0}))
    checks.check('total_by month', lambda: totals('month', {'2025-07': 2.0, '2025-08': 5.5}))
    checks.check('the command sums by fruit', lambda: prints(harvest(), 'pear: 20.2', 'plum: 16.0', 'apple: 7.0', 'quince: 7.0', 'total: 50.2'))
    checks.check('--by date', lambda: prints(harvest('--by', 'date'), '2025-10-01: 20.2', '2025-08-30: 12.5', '2025-09-02: 10.5', '2025-09-11: 7.0', 'total: 50.2'))
    checks.check('--by month', lambda: prints(harvest('--by', 'month'), '2025-10: 20.2', '2025-09: 17.5', '2025-08: 12.5', 'total: 50.2'))
    checks.check('--min leaves out, also of the total', lambda: prints(harvest('--min', '10'), 'pear: 20.2', 'plum: 16.0', 'total: 36.2'))
    checks.check('--min keeps what has exactly as much', lambda: prints(harvest('--by', 'month', '--min', '17.5'), '2025-10: 20.2', '2025-09: 17.5', 'total: 37.7'))
    checks.check('the command uses the two modules', uses_the_others)
    checks.check('read_rows names the line', raises)
    checks.check('empty lines count as lines', lambda: refuses('2025-08-30,plum,none', 'line 4: bad row'))
    checks.check('a date that is none, kilos of 0', lambda: refuses('30.08.2025,plum,2', 'line 4: bad row') and refuses('2025-08-30,plum,0', 'line 4: bad row'))
    checks.check('a file that is not there', cannot_read)
