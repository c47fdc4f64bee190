from checking import Checks, node
from tables import check_answers

CASES = [
    ('one string', 'rrrbgg\n', ['3r 1b 2g', 'longest: 3r']),
    ('two strings', 'rrrbgg\nwwwwr\n', ['3r 1b 2g', '4w 1r', 'longest: 4w']),
    ('one bead', 'a\n', ['1a', 'longest: 1a']),
    ('one colour', 'zzzzz\n', ['5z', 'longest: 5z']),
    ('a colour that comes back', 'abbab\n', ['1a 2b 1a 1b', 'longest: 2b']),
    ('more than nine beads', 'x' * 12 + 'y' * 103 + '\n', ['12x 103y', 'longest: 103y']),
    ('the longest group in the first string', 'kkkk\nab\nccc\n', ['4k', '1a 1b', '3c', 'longest: 4k']),
    ('of equally long groups the first', 'aabb\nccdd\n', ['2a 2b', '2c 2d', 'longest: 2a']),
    ('groups do not go on in the next string', 'rr\nrrr\nrr\n', ['2r', '3r', '2r', 'longest: 3r']),
    ('without a line break at the end', 'bbg\nggg', ['2b 1g', '3g', 'longest: 3g']),
    ('a string without beads', 'aa\n\nb\n', ['2a', 'empty', '1b', 'longest: 2a']),
    ('a string without beads at the beginning and at the end', '\nqq\n\n', ['empty', '2q', 'empty', 'longest: 2q']),
    ('no bead at all', '\n\n', ['empty', 'empty', 'longest: none']),
]

with Checks(total=len(CASES)) as checks:
    check_answers(checks, lambda given, seconds: node('beads.js', stdin=given, timeout=seconds), CASES)
