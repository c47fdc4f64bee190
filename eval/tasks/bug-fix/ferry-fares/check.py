import pathlib
import tempfile

from checking import Checks, python


def prices(*expected):
    """Whether each of these journeys costs this much."""
    for journey, amount in expected:
        result = python('ferry.py', 'price', *journey.split())
        assert result.code == 0 and result.out.strip() == amount, f'price {journey}: {result.out.strip() or result.err.strip()[-200:]}'
    return True


def report(*bookings):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / 'bookings.txt'
        file.write_text(''.join(f'{booking}\n' for booking in bookings))
        return python('ferry.py', 'report', file)


def reports(bookings, *lines):
    result = report(*bookings)
    return result.code == 0 and result.lines == list(lines)


with Checks(total=14) as checks:
    checks.unchanged_means_nothing('ferry.py', 'fares.py', 'bookings.py')
    mended = checks.check('exactly 4.5 m and exactly 6 m', lambda: prices(('4.5', '18.00'), ('6', '26.00')))
    mended |= checks.check('a metre begun above 6 m', lambda: prices(('6.2', '31.50'), ('7.1', '37.00')))
    mended |= checks.check('whole metres above 6 m', lambda: mended and prices(('7', '31.50'), ('9.0', '42.50')))
    mended |= checks.check('a child of 12 pays the whole fare', lambda: prices(('0 12', '4.50'), ('0 11 12 13', '11.25')))
    mended |= checks.check('a return with people', lambda: prices(('4 40 8 --return', '44.55'), ('0 30 --return', '8.10')))
    mended |= checks.check(
        'a return with people, the option first', lambda: prices(('--return 5 40 41 2', '63.00'), ('--return 0 5 --return', '4.05'))
    )
    mended |= checks.check(
        'cancelled however it is written',
        lambda: reports(
            ['2024-05-01;Cancelled;4;30', '2024-05-01;paid;4;30', '2024-05-02;CANCELLED;0;9'],
            '2024-05-01  1 bookings  22.50',
            'total 22.50',
        ),
    )
    mended |= checks.check(
        'the days sorted',
        lambda: reports(
            ['2024-06-02;paid;0;40', '2023-11-30;paid;4;', '2024-06-02;paid;0;50', '2024-01-15;paid;5;20'],
            '2023-11-30  1 bookings  18.00',
            '2024-01-15  1 bookings  30.50',
            '2024-06-02  2 bookings  9.00',
            'total 57.50',
        ),
    )
    mended |= checks.check(
        'all complaints in one report',
        lambda: reports(
            ['2024-07-09;paid;6.5;12,12', '2024-07-08;CanCelled;3;3', '2024-07-08;paid;4.5;11'],
            '2024-07-08  1 bookings  20.25',
            '2024-07-09  1 bookings  40.50',
            'total 60.75',
        ),
    )
    checks.check('vehicles inside the classes as before', lambda: mended and prices(('3.2', '18.00'), ('4.6', '26.00'), ('0', '0.00')))
    checks.check(
        'children and small children as before', lambda: mended and prices(('0 3', '0.00'), ('0 4', '2.25'), ('4 11 3 70', '24.75'))
    )
    checks.check('the return of a vehicle alone as before', lambda: mended and prices(('4 --return', '32.40'), ('5 --return', '46.80')))
    checks.check(
        'cancelled in small letters, and an empty line, as before',
        lambda: mended and reports(['2024-05-01;cancelled;4;30', '', '2024-05-03;open;4;'], '2024-05-03  1 bookings  18.00', 'total 18.00'),
    )

    def complains():
        bad, missing, none = (
            report('2024-05-01;paid;4;30', 'what is this'),
            python('ferry.py', 'report', 'nowhere.txt'),
            python('ferry.py', 'price'),
        )
        return [(result.code, result.out) for result in (bad, missing, none)] == [
            (1, ''),
            (1, ''),
            (2, ''),
        ] and bad.err.strip() == 'line 2 is no booking'

    checks.check('messages about mistakes as before', lambda: mended and complains())
