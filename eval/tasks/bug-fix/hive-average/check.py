from checking import Checks, call_python


def value(code):
    ok, answer, error = call_python('hive.py', code)
    if not ok:
        raise AssertionError(error)
    return answer


with Checks(total=7) as checks:
    checks.unchanged_means_nothing('hive.py')
    mended = checks.check('the readings of the complaint', lambda: value('module.daily_gains([30.0, 31.5, 31.0])') == [1.5, -0.5])
    mended |= checks.check(
        'other readings', lambda: value('module.daily_gains([41.0, 41.25, 43.0, 42.5, 42.5])') == [0.25, 1.75, -0.5, 0.0]
    )
    mended |= checks.check('two readings', lambda: value('module.daily_gains([28.5, 27.0])') == [-1.5])
    checks.check('a single reading and none', lambda: mended and value('[module.daily_gains([33.0]), module.daily_gains([])]') == [[], []])
    checks.check('the mean of the complaint', lambda: value('module.mean_gain([30.0, 31.5, 31.0])') == 0.5)
    checks.check('the mean of no gains', lambda: mended and value('[module.mean_gain([33.0]), module.mean_gain([])]') == [0, 0])
    checks.check(
        'the heaviest reading as before',
        lambda: mended and value('[module.heaviest([30.0, 31.5, 31.0]), module.heaviest([])]') == [31.5, None],
    )
