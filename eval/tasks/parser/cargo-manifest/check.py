import json

from checking import Checks, call_node


def rows(text, expected):
    ok, value, _ = call_node('manifest.ts', f'readRows({json.dumps(text)})')
    return ok and value == expected


def records(given, expected):
    ok, value, _ = call_node('manifest.ts', f'toRecords({json.dumps(given)})')
    return ok and value == expected


def throws(code, message):
    return call_node('manifest.ts', code)[2] == f'Error: {message}'


def row_throws(text, message):
    return throws(f'readRows({json.dumps(text)})', message)


EXAMPLE = 'crate | contents | kilos\nA-7 | "nails | screws" | 40\nB-2 | "rope, ""thin""" |\n'

with Checks(total=14) as checks:
    checks.check('plain rows', lambda: rows('a|b\nc|d\n', [['a', 'b'], ['c', 'd']]))
    checks.check('spaces are dropped', lambda: rows('  pig iron |  9 ', [['pig iron', '9']]))
    checks.check('empty fields', lambda: rows('a||\n|b|', [['a', '', ''], ['', 'b', '']]))
    checks.check('records', lambda: records([['crate', 'kilos'], ['A', '4'], ['B', '']], [{'crate': 'A', 'kilos': '4'}, {'crate': 'B', 'kilos': ''}]))
    checks.check('a separator inside quotes', lambda: rows('x | "nails | screws" | 40', [['x', 'nails | screws', '40']]))
    checks.check('two quotes for one', lambda: rows('"rope ""thin"""|""""', [['rope "thin"', '"']]))
    checks.check('the example', lambda: rows(EXAMPLE, [['crate', 'contents', 'kilos'], ['A-7', 'nails | screws', '40'], ['B-2', 'rope, "thin"', '']]))
    checks.check('spaces and lines inside quotes stay', lambda: rows('a|" tar\n\nwax "\nb|c', [['a', ' tar\n\nwax '], ['b', 'c']]))
    checks.check('a quote within a field', lambda: rows('5" pipe | 2"x4"', [['5" pipe', '2"x4"']]))
    checks.check('empty lines and carriage returns', lambda: rows('a|b\r\n\r\n   \r\nc|"d"\r\n', [['a', 'b'], ['c', 'd']]) and rows('', []))
    checks.check('a quote that is not closed', lambda: row_throws('a|b\n\nc|"d\ne|f\n', 'line 3: quote is not closed'))
    checks.check('text after a quote', lambda: row_throws('a|"b\nc"|d\n"e" f|g\n', 'line 3: text after a quote'))
    checks.check('a record of another length', lambda: throws('toRecords([["a", "b", "c"], ["1", "2", "3"], ["1", "2"]])', 'row 2: 2 fields instead of 3'))
    checks.check('no records', lambda: records([], []) and records([['a', 'b']], []))
