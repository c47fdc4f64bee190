from checking import Checks, call_node


def value(code):
    ok, answer, error = call_node('chart.js', code)
    if not ok:
        raise AssertionError(error)
    return answer


def refused(times):
    attempt = f"module.repeat(['#'], {times})"
    code = f"try {{ {attempt}; return 'no error'; }} catch (error) {{ return error instanceof RangeError || error.name === 'RangeError'; }}"
    return value(code) is True


with Checks(total=9) as checks:
    checks.unchanged_means_nothing('chart.js')
    works = checks.check('the mirrored chart of the example', lambda: value("module.mirror(['##.', '#..'])") == ['.##', '..#'])
    works |= checks.check(
        'other mirrored charts', lambda: value("[module.mirror(['.#.#', '#', '##..#']), module.mirror([])]") == [['#.#.', '#', '#..##'], []]
    )
    works |= checks.check('the repeated chart of the example', lambda: value("module.repeat(['#.', '.#'], 3)") == ['#.#.#.', '.#.#.#'])
    checks.check(
        'repeated once, and an empty chart',
        lambda: works and value("[module.repeat(['#..', '.'], 1), module.repeat([], 2)]") == [['#..', '.'], []],
    )
    checks.check('repeated less than once', lambda: refused(0) and refused(-2))
    checks.check(
        'mirror leaves the chart as it was',
        lambda: (
            value("const rows = ['##.', '#..']; const seen = module.mirror(rows); return [rows, seen];") == [['##.', '#..'], ['.##', '..#']]
        ),
    )
    checks.check(
        'repeat leaves the chart as it was',
        lambda: value("const rows = ['#.']; const long = module.repeat(rows, 2); return [rows, long];") == [['#.'], ['#.#.']],
    )
    checks.check('both together', lambda: value("module.draw(module.repeat(module.mirror(['#..', '##.']), 2))") == '.##.##\n..#..#')
    checks.check(
        'the other functions as before',
        lambda: (
            works
            and value("[module.width(['#', '.#.']), module.countStitches(['##.', '#..'], '#'), module.draw(['a', 'b'])]") == [3, 3, 'b\na']
        ),
    )
