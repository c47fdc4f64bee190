from checking import Checks
from compiling import compiled
from tables import check_answers

CASES = [
    ('one release', 'pump 1.0.0\n', ['pump 1.0.0 *', 'devices: 1']),
    ('names in alphabetical order', 'valve 1.0.0\nfan 1.0.0\npump 1.0.0\n', ['fan 1.0.0 *', 'pump 1.0.0 *', 'valve 1.0.0 *', 'devices: 3']),
    ('the newest version first', 'pump 1.2.3\npump 3.0.0\npump 2.9.9\n', ['pump 3.0.0 *', 'pump 2.9.9', 'pump 1.2.3', 'devices: 1']),
    ('several devices', 'valve 2.0.1\npump 1.2.0\nvalve 2.1.0\npump 1.1.0\n', ['pump 1.2.0 *', 'pump 1.1.0', 'valve 2.1.0 *', 'valve 2.0.1', 'devices: 2']),
    ('the example', 'valve 2.0.1\npump 1.9.3\npump 1.10.0\n', ['pump 1.10.0 *', 'pump 1.9.3', 'valve 2.0.1 *', 'devices: 2']),
    ('first numbers of two digits', 'a 9.0.0\na 10.0.0\na 2.0.0\n', ['a 10.0.0 *', 'a 9.0.0', 'a 2.0.0', 'devices: 1']),
    ('last numbers of two digits', 'a 1.0.9\na 1.0.100\na 1.0.12\n', ['a 1.0.100 *', 'a 1.0.12', 'a 1.0.9', 'devices: 1']),
    ('numbers weigh from the first to the last', 'a 1.2.30\na 2.1.1\na 1.20.3\n', ['a 2.1.1 *', 'a 1.20.3', 'a 1.2.30', 'devices: 1']),
    ('a name that begins like another', 'pumps 1.0.0\npump 1.0.0\npumpa 1.0.0\npump 2.0.0\n', ['pump 2.0.0 *', 'pump 1.0.0', 'pumpa 1.0.0 *', 'pumps 1.0.0 *', 'devices: 3']),
    ('empty lines', '\nfan 1.0.0\n\n\nfan 1.0.1\n\n', ['fan 1.0.1 *', 'fan 1.0.0', 'devices: 1']),
    ('without a line break at the end', 'b 0.0.1\na 0.0.1', ['a 0.0.1 *', 'b 0.0.1 *', 'devices: 2']),
    ('no release', '', ['devices: 0']),
]

with Checks(total=len(CASES)) as checks, compiled('go', 'releases.go') as program:
    check_answers(checks, program.start, CASES)
