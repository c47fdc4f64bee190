from checking import Checks, call_python

DOUGH = '[{"amount": 200, "unit": "g", "name": "flour"}, {"amount": 3, "unit": "spoons", "name": "brown sugar"}]'


def value(code):
    ok, answer, error = call_python('recipe.py', code)
    if not ok:
        raise AssertionError(error)
    return answer


def refused(factor):
    ok, _, error = call_python('recipe.py', f'module.scale({DOUGH}, {factor})')
    return not ok and error.startswith('ValueError')


with Checks(total=8) as checks:
    checks.unchanged_means_nothing('recipe.py')
    works = checks.check(
        'twice as much',
        lambda: (
            value(f'module.scale({DOUGH}, 2)')
            == [
                {'amount': 400, 'unit': 'g', 'name': 'flour'},
                {'amount': 6, 'unit': 'spoons', 'name': 'brown sugar'},
            ]
        ),
    )
    works |= checks.check(
        'half as much',
        lambda: (
            value('module.scale([{"amount": 5, "unit": "l", "name": "water"}], 0.5)') == [{'amount': 2.5, 'unit': 'l', 'name': 'water'}]
        ),
    )
    checks.check('no ingredients', lambda: works and value('module.scale([], 3)') == [])
    works |= checks.check(
        'lines read, scaled and written',
        lambda: value('[module.show(i) for i in module.scale([module.parse("1.5 kg  rye flour")], 3)]') == ['4.5 kg rye flour'],
    )
    checks.check(
        'what was passed stays as it was',
        lambda: works and value(f'given = {DOUGH}\nmodule.scale(given, 4)\nresult = [i["amount"] for i in given]') == [200, 3],
    )
    checks.check('a factor of zero', lambda: refused(0))
    checks.check('a negative factor', lambda: refused(-1.5))
    checks.check(
        'the other functions as before',
        lambda: (
            works
            and value(f'[module.parse("2 cups oat milk"), module.show(module.parse("250 g flour")), module.names({DOUGH})]')
            == [{'amount': 2, 'unit': 'cups', 'name': 'oat milk'}, '250 g flour', ['brown sugar', 'flour']]
        ),
    )
