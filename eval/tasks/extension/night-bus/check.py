import pathlib
import tempfile

from checking import Checks, node

TIMETABLE = """# the night buses of Brackwater
N1 Harbour 22:10 Market 22:22 Hospital 22:40
N2 Harbour 22:15 Hospital 22:31 Mill 22:50
N1 Harbour 23:40 Market 23:52 Hospital 00:25
N4 Mill 23:05 Hospital 23:20 Market 23:35 Harbour 23:50

N3 Market 00:10 Mill 00:45 Harbour 01:05
N2 Harbour 23:55 Hospital 00:25 Mill 00:40
N4 Mill 03:10 Hospital 03:25 Market 03:45 Harbour 03:59
N5 Castle 04:00 Market 04:20
N5 Castle 03:00 Market 03:20
"""

folder = tempfile.TemporaryDirectory()
file = pathlib.Path(folder.name) / 'timetable.txt'
file.write_text(TIMETABLE)


def ask(question):
    return node('main.ts', file, *question.split())


def prints(question, *lines):
    result = ask(question)
    return result.code == 0 and result.lines == list(lines)


def refuses(question, message):
    result = ask(question)
    return (result.code, result.out, result.err.strip()) == (2, '', message)


with folder, Checks(total=15) as checks:
    checks.unchanged_means_nothing('main.ts', 'timetable.ts')
    works = checks.check('three departures', lambda: prints('next Harbour 22:00 --count 3', 'N1 22:10', 'N2 22:15', 'N1 23:40'))
    works |= checks.check('fewer than asked for', lambda: prints('next Harbour 23:50 --count 9', 'N2 23:55'))
    works |= checks.check('a direct bus', lambda: prints('route Harbour Market 22:00', 'N1 22:10 -> 22:22 (12 min)'))
    works |= checks.check(
        'the bus that arrives first, not the one that leaves first',
        lambda: prints('route Harbour Hospital 22:05', 'N2 22:15 -> 22:31 (16 min)'),
    )
    works |= checks.check('no direct bus in that direction', lambda: prints('route Market Castle 03:00', 'No direct bus.'))
    works |= checks.check('the next bus after midnight', lambda: prints('next Market 23:53', 'N3 00:10'))
    works |= checks.check('asked after midnight, earlier buses are gone', lambda: prints('next Harbour 00:30', 'No more buses.'))
    works |= checks.check('a direct bus over midnight', lambda: prints('route Market Hospital 23:00', 'N1 23:52 -> 00:25 (33 min)'))
    works |= checks.check(
        'of two that arrive together, the one that leaves last',
        lambda: prints('route Harbour Hospital 23:00', 'N2 23:55 -> 00:25 (30 min)'),
    )
    works |= checks.check('04:00 is no longer night', lambda: prints('next Castle 04:00 --count 3', 'N5 04:00', 'N5 03:00'))
    works |= checks.check(
        'departures over midnight in their order', lambda: prints('next Mill 22:00 --count 3', 'N4 23:05', 'N3 00:45', 'N4 03:10')
    )
    checks.check(
        'a bad count',
        lambda: refuses('next Market 22:00 --count 0', 'bad count: 0') and refuses('next Market 22:00 --count 1.5', 'bad count: 1.5'),
    )
    checks.check(
        'route refuses unknown stops and times',
        lambda: refuses('route Harbour Moon 22:00', 'unknown stop: Moon') and refuses('route Harbour Market 7pm', 'not a time: 7pm'),
    )
    checks.check('next prints one departure as before', lambda: works and prints('next Harbour 22:11', 'N2 22:15'))
    checks.check(
        'next refuses as before',
        lambda: works and refuses('next Moon 22:00', 'unknown stop: Moon') and refuses('next Mill 25:00', 'not a time: 25:00'),
    )
