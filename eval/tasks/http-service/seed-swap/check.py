import contextlib
import json
import shutil

from checking import Checks, exists, free_port, request, serve

port = free_port()


def answer(method, path, body=None):
    """Status and JSON of an answer; a body that is no JSON is told."""
    given = body if body is None or isinstance(body, str) else json.dumps(body)
    response = request(port, method, path, given, {'Content-Type': 'application/json'} if given is not None else None)
    try:
        return response.status, json.loads(response.body)
    except ValueError:
        return response.status, f'no JSON: {response.body[:80]}'


def put(name, packets):
    return answer('PUT', f'/seeds/{name}', {'packets': packets})


def take(name, packets):
    return answer('POST', f'/seeds/{name}/take', {'packets': packets})


def kind(name, packets):
    return {'name': name, 'packets': packets}


MISSING = (404, {'error': 'not found'})
BAD = (400, {'error': 'packets must be a whole number of at least 1'})

with Checks(total=14) as checks, contextlib.ExitStack() as stack:
    if exists('swap.mjs'):
        server = stack.enter_context(serve([shutil.which('node') or 'node', 'swap.mjs'], port, env={'PORT': str(port)}))
        if not server.ready:
            checks.fail_all(server.error)
    else:
        checks.fail_all('there is no swap.mjs')
    works = checks.check('no seeds at the start', lambda: answer('GET', '/seeds') == (200, []))
    works |= checks.check('a new kind', lambda: put('beans', 5) == (201, kind('beans', 5)))
    works |= checks.check('a kind that was there', lambda: put('beans', 6) == (200, kind('beans', 6)))
    works |= checks.check('one kind is read', lambda: answer('GET', '/seeds/beans') == (200, kind('beans', 6)))
    works |= checks.check(
        'some are taken', lambda: take('beans', 2) == (200, kind('beans', 4)) and answer('GET', '/seeds/beans') == (200, kind('beans', 4))
    )
    checks.check(
        'the list is sorted by name',
        lambda: (
            (put('radish', 2), put('asters', 9))
            and answer('GET', '/seeds') == (200, [kind('asters', 9), kind('beans', 4), kind('radish', 2)])
        ),
    )
    checks.check(
        'too few packets',
        lambda: take('beans', 5) == (409, {'error': 'only 4 left'}) and answer('GET', '/seeds/beans') == (200, kind('beans', 4)),
    )
    checks.check(
        'nothing is left',
        lambda: (
            take('radish', 2) == (200, kind('radish', 0)) and answer('GET', '/seeds/radish') == MISSING and take('radish', 1) == MISSING
        ),
    )
    checks.check('a kind that is gone is new again', lambda: put('radish', 1) == (201, kind('radish', 1)))
    checks.check('capital letters', lambda: put('BEANS', 3) == (200, kind('beans', 3)) and take('Beans', 1) == (200, kind('beans', 2)))
    checks.check(
        'encoded names',
        lambda: put('Sweet%20Pea', 7) == (201, kind('sweet pea', 7)) and answer('GET', '/seeds/sweet%20pea') == (200, kind('sweet pea', 7)),
    )
    checks.check(
        'packets that are no whole number of at least 1',
        lambda: [put('kale', packets) for packets in (0, -2, 1.5, '3', None)] == [BAD] * 5 and take('asters', 0) == BAD,
    )
    checks.check(
        'a body that is no JSON', lambda: answer('PUT', '/seeds/kale', 'many') == BAD and answer('POST', '/seeds/asters/take', '') == BAD
    )
    checks.check(
        'kinds and paths that do not exist',
        lambda: (
            works
            and [answer('GET', '/seeds/kale'), take('kale', 1), answer('GET', '/tools'), answer('GET', '/seeds/toString')] == [MISSING] * 4
        ),
    )
