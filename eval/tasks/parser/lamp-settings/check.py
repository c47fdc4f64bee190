from checking import Checks, call_python

EXAMPLE = '# by the gate\n[gate]\ncolour = warm white\nwatts = 5\ndimmed = yes\n\n[path]\nwatts = 12\n'


def gives(text, expected):
    ok, value, _ = call_python('lamps.py', f'read_lamps({text!r})')
    # True is 1 for Python, and not here.
    return ok and value == expected and repr(value) == repr(expected)


def raises(text, message):
    return call_python('lamps.py', f'read_lamps({text!r})')[2] == f'ValueError: {message}'


with Checks(total=11) as checks:
    checks.check('one lamp with text', lambda: gives('[shed]\ncolour = amber\n', {'shed': {'colour': 'amber'}}))
    checks.check('two lamps', lambda: gives('[shed]\ncolour = amber\n[pond]\nshape = round\n', {'shed': {'colour': 'amber'}, 'pond': {'shape': 'round'}}))
    checks.check('the example', lambda: gives(EXAMPLE, {'gate': {'colour': 'warm white', 'watts': 5, 'dimmed': True}, 'path': {'watts': 12}}))
    checks.check('digits become a number', lambda: gives('[shed]\nwatts = 40\nvolts = 1.5\n', {'shed': {'watts': 40, 'volts': '1.5'}}))
    checks.check('yes and no', lambda: gives('[shed]\nold = no\nnew = yes\nodd = yes please', {'shed': {'old': False, 'new': True, 'odd': 'yes please'}}))
    checks.check('spaces are dropped', lambda: gives('[shed]\n   colour=amber   \nkind   =   wall lamp', {'shed': {'colour': 'amber', 'kind': 'wall lamp'}}))
    checks.check('only the first = separates', lambda: gives('[shed]\nnote = 2=two', {'shed': {'note': '2=two'}}))
    checks.check('nothing and an empty lamp', lambda: gives('', {}) and gives('[shed]\n# soon\n', {'shed': {}}))
    checks.check('a lamp that appears again', lambda: gives('[shed]\na = x\n[pond]\n[shed]\nb = y', {'shed': {'a': 'x', 'b': 'y'}, 'pond': {}}))
    checks.check('not a setting', lambda: raises('[shed]\n\namber\n', 'line 3: not a setting'))
    checks.check('a setting before the first lamp', lambda: raises('# lamps\ncolour = amber\n[shed]\n', 'line 2: no lamp'))
