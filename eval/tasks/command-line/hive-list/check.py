import json
import os

from checking import Checks, exists, python, text


def hives(*arguments):
    return python('hives.py', *arguments)


def given(data):
    with open('hives.json', 'w', encoding='utf-8') as file:
        file.write(data if isinstance(data, str) else json.dumps(data))


def kept():
    return json.loads(text('hives.json'))


def prints(result, *lines):
    return result.code == 0 and result.lines == list(lines)


def refuses(data, arguments, line, code=1):
    given(data)
    before = text('hives.json')
    result = hives(*arguments)
    return result.code == code and result.err.strip() == line and not result.out.strip() and text('hives.json') == before


def first_hive():
    if exists('hives.json'):
        os.remove('hives.json')
    return prints(hives('add', 'North meadow', '8'), 'added North meadow') and kept() == {'North meadow': 8}


def second_hive():
    given({'Roof': 4})
    return prints(hives('add', 'Attic', '3'), 'added Attic') and kept() == {'Roof': 4, 'Attic': 3}


def lists():
    given({'Roof': 4, 'Attic': 12, 'Mill': 9})
    return prints(hives('list'), 'Attic: 12 frames', 'Mill: 9 frames', 'Roof: 4 frames')


def lists_one_frame():
    given({'Roof': 1})
    return prints(hives('list'), 'Roof: 1 frame')


def lists_nothing():
    os.remove('hives.json')
    without_file = hives('list')
    given({})
    return prints(without_file, 'no hives') and prints(hives('list'), 'no hives')


def removes():
    given({'Roof': 4, 'Attic': 3})
    return prints(hives('remove', 'Roof'), 'removed Roof') and kept() == {'Attic': 3}


def moves():
    given({'Roof': 4, 'Attic': 3})
    return prints(hives('move', 'Roof', 'Attic', '3'), 'moved 3 frames') and kept() == {'Roof': 1, 'Attic': 6}


def moves_all():
    given({'Roof': 4, 'Attic': 3})
    return prints(hives('move', 'Attic', 'Roof', '3'), 'moved 3 frames') and kept() == {'Roof': 7, 'Attic': 0}


TWO = {'Roof': 4, 'Attic': 3}

with Checks(total=14) as checks:
    checks.check('the first hive makes the file', first_hive)
    checks.check('a second hive is added', second_hive)
    checks.check('the list is sorted by name', lists)
    checks.check('removing', removes)
    checks.check('moving', moves)
    checks.check('one frame', lists_one_frame)
    checks.check('no hives', lists_nothing)
    checks.check('moving all frames', moves_all)
    checks.check('added twice', lambda: refuses(TWO, ['add', 'Roof', '5'], 'already there: Roof'))
    checks.check('removing what is not there', lambda: refuses(TWO, ['remove', 'Barn'], 'no such hive: Barn'))
    checks.check('moving to what is not there', lambda: refuses(TWO, ['move', 'Roof', 'Barn', '1'], 'no such hive: Barn'))
    checks.check('frames below 1', lambda: refuses(TWO, ['add', 'Barn', '0'], 'not a number of frames: 0'))
    checks.check('not enough frames', lambda: refuses(TWO, ['move', 'Attic', 'Roof', '4'], 'not enough frames in Attic'))
    checks.check('a damaged file', lambda: refuses('{"Roof": 4', ['list'], 'hives.json is damaged'))
