from checking import Checks, python
from tables import check_answers

CASES = [
    ('one sprinkler', '5 20\n', ['5 20', 'total 15']),
    ('two apart', '5 20\n30 40\n', ['5 20', '30 40', 'total 25']),
    ('two that overlap', '5 20\n10 40\n', ['5 40', 'total 35']),
    ('the example', '30 45\n0 10\n40 60\n10 15\n', ['0 15', '30 60', 'total 45']),
    ('in any order', '100 110\n9 12\n50 60\n', ['9 12', '50 60', '100 110', 'total 23']),
    ('two that touch', '0 10\n10 20\n', ['0 20', 'total 20']),
    ('one within another', '0 100\n10 20\n30 40\n', ['0 100', 'total 100']),
    ('a chain', '40 60\n0 20\n15 45\n55 70\n80 90\n', ['0 70', '80 90', 'total 80']),
    ('empty lines', '\n7 9\n\n\n1 3\n\n', ['1 3', '7 9', 'total 4']),
    ('on and off in the same minute', '5 5\n9 9\n9 12\n', ['5 5', '9 12', 'total 3']),
    ('without a line break at the end', '1 2\n2 4', ['1 4', 'total 3']),
    ('no sprinkler', '', ['total 0']),
]

with Checks(total=len(CASES)) as checks:
    check_answers(checks, lambda given, seconds: python('sprinklers.py', stdin=given, timeout=seconds), CASES)
