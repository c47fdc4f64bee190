import shutil

from checking import Checks
from json_service import json_service


def put(name, packets):
    return service.answer('PUT', f'/seeds/{name}', {'packets': packets})


def take(name, packets):
    return service.answer('POST', f'/seeds/{name}/take', {'packets': packets})


def kind(name, packets):
    return {'name': name, 'packets': packets}


MISSING = (404, {'error': 'not found'})
BAD = (400, {'error': 'packets must be a whole number of at least 1'})

with (
    Checks(total=14) as checks,
    json_service(checks, 'swap.mjs', lambda port: ([shutil.which('node') or 'node', 'swap.mjs'], {'PORT': str(port)})) as service,
):
    works = checks.check('no seeds at the start', lambda: service.answer('GET', '/seeds') == (200, []))
    works |= checks.check('a new kind', lambda: put('beans', 5) == (201, kind('beans', 5)))
    works |= checks.check('a kind that was there', lambda: put('beans', 6) == (200, kind('beans', 6)))
    works |= checks.check('one kind is read', lambda: service.answer('GET', '/seeds/beans') == (200, kind('beans', 6)))
    works |= checks.check(
        'some are taken',
        lambda: take('beans', 2) == (200, kind('beans', 4)) and service.answer('GET', '/seeds/beans') == (200, kind('beans', 4)),
    )
    checks.check(
        'the list is sorted by name',
        lambda: (
            (put('radish', 2), put('asters', 9))
            and service.answer('GET', '/seeds') == (200, [kind('asters', 9), kind('beans', 4), kind('radish', 2)])
        ),
    )
    checks.check(
        'too few packets',
        lambda: take('beans', 5) == (409, {'error': 'only 4 left'}) and service.answer('GET', '/seeds/beans') == (200, kind('beans', 4)),
    )
    checks.check(
        'nothing is left',
        lambda: (
            take('radish', 2) == (200, kind('radish', 0))
            and service.answer('GET', '/seeds/radish') == MISSING
            and take('radish', 1) == MISSING
        ),
    )
    checks.check('a kind that is gone is new again', lambda: put('radish', 1) == (201, kind('radish', 1)))
    checks.check('capital letters', lambda: put('BEANS', 3) == (200, kind('beans', 3)) and take('Beans', 1) == (200, kind('beans', 2)))
    checks.check(
        'encoded names',
        lambda: (
            put('Sweet%20Pea', 7) == (201, kind('sweet pea', 7))
            and service.answer('GET', '/seeds/sweet%20pea') == (200, kind('sweet pea', 7))
        ),
    )
    checks.check(
        'packets that are no whole number of at least 1',
        lambda: [put('kale', packets) for packets in (0, -2, 1.5, '3', None)] == [BAD] * 5 and take('asters', 0) == BAD,
    )
    checks.check(
        'a body that is no JSON',
        lambda: service.answer('PUT', '/seeds/kale', 'many') == BAD and service.answer('POST', '/seeds/asters/take', '') == BAD,
    )
    checks.check(
        'kinds and paths that do not exist',
        lambda: (
            works
            and [
                service.answer('GET', '/seeds/kale'),
                take('kale', 1),
                service.answer('GET', '/tools'),
                service.answer('GET', '/seeds/toString'),
            ]
            == [MISSING] * 4
        ),
    )
