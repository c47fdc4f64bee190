import os
import tempfile

from checking import Checks, run

with tempfile.TemporaryDirectory() as folder, Checks(total=11) as checks:
    program = os.path.join(folder, 'planks')
    checks.unchanged_means_nothing('cut.go', 'main.go')
    built = run(['go', 'build', '-buildvcs=false', '-o', program, '.'], timeout=60)
    if built.code != 0:
        checks.fail_all(f'it does not build: {built.err}')

    def plan(length, saw, *pieces):
        return run([program, str(length), str(saw)], stdin=''.join(f'{piece}\n' for piece in pieces))

    def prints(result, *lines):
        return result.code == 0 and result.lines == list(lines)

    mended = checks.check(
        'a count of two digits', lambda: plan(2400, 3, '12x150').lines == ['plank 1:' + ' 150' * 12 + ', waste 564', 'planks 1, waste 564']
    )
    mended |= checks.check('a count of three digits', lambda: plan(1000, 0, '120x50').lines[-1:] == ['planks 6, waste 0'])
    mended |= checks.check(
        'pieces that end with the plank', lambda: prints(plan(2400, 3, 800, 800, 794), 'plank 1: 800 800 794, waste 0', 'planks 1, waste 0')
    )
    mended |= checks.check(
        'a single piece as long as the plank', lambda: prints(plan(900, 4, 900), 'plank 1: 900, waste 0', 'planks 1, waste 0')
    )
    mended |= checks.check(
        'a rest narrower than the saw', lambda: prints(plan(900, 4, 450, 444), 'plank 1: 450 444, waste 0', 'planks 1, waste 0')
    )
    mended |= checks.check(
        'no negative waste in the sum',
        lambda: prints(
            plan(900, 5, 897, 700, '2x898'),
            'plank 1: 898, waste 0',
            'plank 2: 898, waste 0',
            'plank 3: 897, waste 0',
            'plank 4: 700, waste 195',
            'planks 4, waste 195',
        ),
    )

    def too_long():
        result = plan(2400, 3, 300, 2500)
        return (result.code, result.out, result.err.strip()) == (1, '', 'piece 2500 is longer than the plank')

    mended |= checks.check('a piece longer than the plank', too_long)
    checks.check(
        'one millimetre too long, and one that fits',
        lambda: plan(800, 2, '3x801').code == 1 and plan(800, 2, '3x800').lines[-1:] == ['planks 3, waste 0'],
    )
    checks.check(
        'a cut after the last piece as before',
        lambda: mended and prints(plan(2400, 3, 1000), 'plank 1: 1000, waste 1397', 'planks 1, waste 1397'),
    )
    checks.check(
        'longest first, on the first plank with room, as before',
        lambda: (
            mended
            and prints(
                plan(1000, 10, 200, '2x600', 300, '', 150),
                'plank 1: 600 300, waste 80',
                'plank 2: 600 200 150, waste 20',
                'planks 2, waste 100',
            )
        ),
    )

    def no_piece():
        told = [plan(1000, 5, piece) for piece in ('ax10', '3x', '0x50', 'board')]
        return [(result.code, result.out, result.err.strip()) for result in told] == [
            (1, '', f'not a piece: {piece}') for piece in ('ax10', '3x', '0x50', 'board')
        ]

    checks.check('a line that is no piece as before', lambda: mended and no_piece())
