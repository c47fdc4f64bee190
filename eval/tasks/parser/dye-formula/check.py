from checking import Checks, call_python

AMOUNTS = {'wool': 200, 'salt': 2.5, 'dye_2': 4}


def gives(formula, expected):
    ok, value, _ = call_python('formula.py', f'[work_out({formula!r}, {AMOUNTS!r})]')
    return ok and isinstance(value[0], (int, float)) and abs(value[0] - expected) < 1e-9


def raises(formula, message):
    return call_python('formula.py', f'work_out({formula!r}, {AMOUNTS!r})')[2] == f'ValueError: {message}'


with Checks(total=14) as checks:
    checks.check('a sum', lambda: gives('2 + 3.5', 5.5))
    checks.check('names', lambda: gives('wool + salt + dye_2', 206.5))
    checks.check('multiplication before addition', lambda: gives('2 + 3 * 4 - 6 / 4', 12.5))
    checks.check('from left to right', lambda: gives('10 - 4 - 3', 3) and gives('16 / 4 / 2', 2))
    checks.check('parentheses', lambda: gives('2 * (salt - (1 + 0.5))', 2))
    checks.check('a minus in front', lambda: gives('-(2 - 6) / 8', 0.5) and gives('3 - -2', 5) and gives('--2', 2))
    checks.check('per cent', lambda: gives('wool * 3% + 2', 8) and gives('(wool + 100)%', 3))
    checks.check('a minus and per cent together', lambda: gives('-50% * 4', -2))
    checks.check('without spaces', lambda: gives('wool*3%+2*(salt-1)', 9))
    checks.check('an unknown name', lambda: raises('wool + alum', 'unknown name: alum'))
    checks.check('what cannot stand there', lambda: raises('2 * ) 3', 'unexpected ) at 5') and raises('2 3', 'unexpected 3 at 3') and raises('wool salt', 'unexpected s at 6'))
    checks.check('Python is no formula', lambda: raises('2 ** 3', 'unexpected * at 4') and raises('7 // 2', 'unexpected / at 4') and raises('[1]', 'unexpected [ at 1'))
    checks.check('a formula that stops', lambda: raises('2 * (3 + 1', 'unexpected end') and raises('4 -', 'unexpected end') and raises('  ', 'unexpected end'))
    checks.check('division by zero', lambda: raises('wool / (2 - 2)', 'division by zero'))
