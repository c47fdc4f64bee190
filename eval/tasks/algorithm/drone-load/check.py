from checking import Checks, python
from tables import check_answers


def load(value, weight, *codes):
    return [f'value {value}', f'weight {weight}', *codes]


# Forty parcels of odd weights and values. The answer was found by two programs that were written apart.
MANY = '4000 12\n' + ''.join(
    f'p{number:02} {137 + (number * 89) % 613} {20 + (number * 53) % 97}{" cold" if number % 5 == 0 else ""}\n' for number in range(40)
)
CASES = [
    ('one parcel', '100 3\nmilk 60 5\n', load(5, 60, 'milk')),
    ('everything fits', '1000 9\nserum 100 5\nmilk 200 7\n', load(12, 300, 'milk', 'serum')),
    ('one parcel is too heavy', '500 3\nstove 501 90\nmilk 500 7\n', load(7, 500, 'milk')),
    ('the hooks are few', '900 2\na 100 5\nb 100 9\nc 100 7\n', load(16, 200, 'b', 'c')),
    ('the most value per gram is not the best', '10 5\na 6 7\nb 5 5\nc 5 5\n', load(10, 10, 'b', 'c')),
    ('the most value in one parcel is not the best', '10 5\nbig 10 9\none 5 5\ntwo 4 5\n', load(10, 9, 'one', 'two')),
    ('the example', '900 2\nmilk 500 30 cold\nbandages 300 20\nserum 400 40 cold\nbatteries 200 15\n', load(60, 700, 'bandages', 'serum')),
    ('one cold parcel at most', '1000 5\na 10 8 cold\nb 10 9 cold\nc 10 7 cold\nd 10 1\n', load(10, 20, 'b', 'd')),
    ('of equal values the lightest', '100 3\na 60 5\nb 50 5\nc 55 5\n\n', load(5, 50, 'b')),
    ('of equal weights the fewest parcels', '60 3\na 20 3\nb 40 4\nz 60 7\n', load(7, 60, 'z')),
    ('of equal choices the first in alphabetical order', '60 2\nd 30 5\nc 30 5\nb 20 5\na 40 5\n', load(10, 50, 'b', 'c')),
    ('codes of digits and letters', '50 2\nx9 25 4\nx10 25 4\nx1 25 4\n', load(8, 50, 'x1', 'x10')),
    ('nothing can fly', '100 4\nstove 101 9\noven 300 20\n', ['nothing can fly']),
    ('no hook', '100 0\nmilk 5 9\n', ['nothing can fly']),
    ('forty parcels', MANY, load(1114, 3951, *'p01 p03 p07 p09 p14 p16 p18 p20 p21 p29 p31 p36'.split())),
]

with Checks(total=len(CASES)) as checks:
    check_answers(checks, lambda given, seconds: python('loading.py', stdin=given, timeout=seconds), CASES)
