from checking import Checks, call_node

TRAIL = (
    "[{ name: 'Hut', kilometre: 10 }, { name: 'Oak', kilometre: 9 }, { name: 'Well', kilometre: 112 }, { name: 'Mill', kilometre: 25.5 }]"
)


def value(code):
    ok, answer, error = call_node('markers.ts', code)
    if not ok:
        raise AssertionError(error)
    return answer


def order(markers):
    return value(f'module.inOrder({markers}).map((marker) => marker.name)')


with Checks(total=8) as checks:
    checks.unchanged_means_nothing('markers.ts')
    mended = checks.check(
        '9 comes before 10', lambda: order("[{ name: 'Hut', kilometre: 10 }, { name: 'Oak', kilometre: 9 }]") == ['Oak', 'Hut']
    )
    mended |= checks.check('many markers by their number', lambda: order(TRAIL) == ['Oak', 'Hut', 'Mill', 'Well'])
    mended |= checks.check(
        'fractions by their number',
        lambda: (
            order("[{ name: 'a', kilometre: 10.25 }, { name: 'b', kilometre: 2.5 }, { name: 'c', kilometre: 10.125 }]") == ['b', 'c', 'a']
        ),
    )
    mended |= checks.check(
        'the list that was passed stays as it was',
        lambda: (
            value(
                f'const given = {TRAIL}; const sorted = module.inOrder(given);'
                + ' return [given.map((marker) => marker.name), sorted.length, sorted === given];'
            )
            == [['Hut', 'Oak', 'Well', 'Mill'], 4, False]
        ),
    )
    mended |= checks.check(
        'the next marker of the complaint', lambda: value(f'module.nextMarker({TRAIL}, 8.5)') == {'name': 'Oak', 'kilometre': 9}
    )
    checks.check(
        'the next marker leaves the list as it was',
        lambda: (
            value(
                f'const given = {TRAIL}; const next = module.nextMarker(given, 9); return [given.map((marker) => marker.name), next.name];'
            )
            == [['Hut', 'Oak', 'Well', 'Mill'], 'Hut']
        ),
    )
    checks.check(
        'markers at the same kilometre in the order given',
        lambda: (
            mended and order("[{ name: 'z', kilometre: 4 }, { name: 'a', kilometre: 4 }, { name: 'm', kilometre: 3 }]") == ['m', 'z', 'a']
        ),
    )
    checks.check(
        'no marker ahead, and one line about a marker, as before',
        lambda: (
            mended
            and value(f"[module.nextMarker({TRAIL}, 112) === undefined, module.describe({{ name: 'Old oak', kilometre: 4.5 }})]")
            == [True, 'km 4.5: Old oak']
        ),
    )
