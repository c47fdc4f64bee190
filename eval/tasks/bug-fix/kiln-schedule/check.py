import pathlib
import tempfile

from checking import Checks, python


def fire(plan):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / 'plan.txt'
        file.write_text(plan)
        return python('kiln.py', file)


def prints(plan, expected, line=None):
    """Whether the program prints these lines, or this one at this place."""
    result = fire(plan)
    lines = result.lines if line is None else result.lines[line : line + 1 or None]
    return result.code == 0 and lines == expected


with Checks(total=10) as checks:
    checks.unchanged_means_nothing('kiln.py')
    mended = checks.check('a zero before the minutes of a segment', lambda: prints('200 630 15\n', ['1: 20 -> 630 in 3:03, hold 0:15'], 0))
    mended |= checks.check(
        'a zero before the minutes of the total', lambda: prints('60 140 0\n', ['1: 20 -> 140 in 2:00, hold 0:00', 'total 2:00'])
    )
    mended |= checks.check('a zero before the minutes of holding', lambda: prints('100 130 65\n', ['1: 20 -> 130 in 1:06, hold 1:05'], 0))
    mended |= checks.check('cooling takes time', lambda: prints('100 600 20\n150 375 15\n', ['2: 600 -> 375 in 1:30, hold 0:15'], 1))
    mended |= checks.check('cooling is added to the total', lambda: prints('100 520 0\n200 100 0\n120 64 0\n', ['total 7:24'], -1))
    mended |= checks.check('the total has the holding times', lambda: prints('120 500 30\n100 1000 45\n', ['total 10:15'], -1))
    mended |= checks.check(
        'the plan of the complaint',
        lambda: prints('100 600 20\n150 400 5\n', ['1: 20 -> 600 in 5:48, hold 0:20', '2: 600 -> 400 in 1:20, hold 0:05', 'total 7:33']),
    )
    checks.check(
        'blank lines and remarks are skipped as before',
        lambda: mended and prints('# glaze\n\n  90 740 10\n\n# end\n', ['1: 20 -> 740 in 8:00, hold 0:10', 'total 8:10']),
    )

    def unreadable():
        short, slow = fire('100 600 20\n\n100 hot 20\n'), fire('0 600 20\n')
        told = [(result.code, result.out, result.err.strip()) for result in (short, slow)]
        return told == [(1, '', 'line 3: expected three numbers'), (1, '', 'line 1: the rate must not be 0')]

    checks.check('lines that cannot be read are reported as before', lambda: mended and unreadable())

    def elsewhere():
        missing, nothing = python('kiln.py', 'no-such-plan.txt'), python('kiln.py')
        return (missing.code, missing.err.strip(), nothing.code) == (1, 'cannot read no-such-plan.txt', 2)

    checks.check('no plan is reported as before', lambda: mended and elsewhere())
