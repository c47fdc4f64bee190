from checking import Checks, call_node


def value(code):
    ok, answer, error = call_node('seats.js', code)
    if not ok:
        raise AssertionError(error)
    return answer


with Checks(total=8) as checks:
    checks.unchanged_means_nothing('seats.js')
    mended = checks.check('the last seat of the first row', lambda: value('module.seatLabel(4, 5)') == 'A5')
    mended |= checks.check('the last seat of the second row', lambda: value('module.seatLabel(9, 5)') == 'B5')
    mended |= checks.check(
        'rows of one seat', lambda: value('[0, 1, 3].map((singer) => module.seatLabel(singer, 1))') == ['A1', 'B1', 'D1']
    )
    mended |= checks.check(
        'nobody forgotten in one row', lambda: value("module.seatingPlan(['Ole', 'Pia', 'Kim'], 9)") == ['A1 Ole', 'A2 Pia', 'A3 Kim']
    )
    mended |= checks.check(
        'the plan of the complaint', lambda: value("module.seatingPlan(['Maja', 'Tom', 'Ines'], 2)") == ['A1 Maja', 'A2 Tom', 'B1 Ines']
    )
    checks.check(
        'a plan with rows that are full', lambda: value("module.seatingPlan(['a', 'b', 'c', 'd'], 2)") == ['A1 a', 'A2 b', 'B1 c', 'B2 d']
    )
    checks.check(
        'other seats as before', lambda: mended and value('[0, 5, 13].map((singer) => module.seatLabel(singer, 5))') == ['A1', 'B1', 'C4']
    )
    checks.check(
        'rows needed, and an empty plan, as before',
        lambda: mended and value('[module.rowsNeeded(10, 5), module.rowsNeeded(11, 5), module.seatingPlan([], 4)]') == [2, 3, []],
    )
