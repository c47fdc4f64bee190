import sys

from checking import Checks
from json_service import json_service


def sighting(ship, direction, time):
    return {'ship': ship, 'direction': direction, 'time': time}


def posted(number, given, ship=None):
    """Whether a sighting is taken, under this number."""
    return service.answer('POST', '/sightings', given) == (201, {**given, 'id': number, 'ship': ship or given['ship']})


def refused(status, error, *bodies):
    return all(service.answer('POST', '/sightings', body) == (status, {'error': error}) for body in bodies)


def ids(query=''):
    status, value = service.answer('GET', '/sightings' + query)
    return [one['id'] for one in value] if status == 200 else status


MISSING = (404, {'error': 'not found'})
NOT_ALLOWED = (405, {'error': 'method not allowed'})

with (
    Checks(total=15) as checks,
    json_service(checks, 'lighthouse.py', lambda port: ([sys.executable, 'lighthouse.py', str(port)], {})) as service,
):
    checks.check(
        'nothing seen at the start',
        lambda: (
            service.answer('GET', '/sightings') == (200, [])
            and service.answer('GET', '/summary') == (200, {'in': 0, 'out': 0, 'busiest': None})
        ),
    )
    works = checks.check(
        'a sighting is taken, and read',
        lambda: (
            posted(1, sighting('Albatross', 'in', '14:05'))
            and service.answer('GET', '/sightings/1') == (200, {'id': 1, **sighting('Albatross', 'in', '14:05')})
        ),
    )
    more = [
        sighting('Petrel', 'out', '06:50'),
        sighting('albatross', 'out', '14:50'),
        sighting('Grey Gull', 'in', '06:05'),
        sighting('Tern', 'in', '06:50'),
    ]
    checks.check('ids are counted', lambda: [posted(number, one) for number, one in enumerate(more, 2)] == [True] * 4)
    checks.check('all of them, sorted by time, then by id', lambda: ids() == [4, 2, 5, 1, 3])
    checks.check('narrowed by direction', lambda: ids('?direction=out') == [2, 3] and ids('?direction=in') == [4, 5, 1])
    checks.check(
        'narrowed by ship',
        lambda: ids('?ship=albatross') == [1, 3] and ids('?ship=GREY%20gull') == [4] and ids('?ship=albatross&direction=in') == [1],
    )
    checks.check('the summary', lambda: service.answer('GET', '/summary') == (200, {'in': 3, 'out': 2, 'busiest': '06'}))
    checks.check(
        'what is removed is gone',
        lambda: (
            service.answer('DELETE', '/sightings/5') == (204, None)
            and service.answer('GET', '/sightings/5') == MISSING
            and ids() == [4, 2, 1, 3]
        ),
    )
    checks.check(
        'an id is never used again, spaces are cut off',
        lambda: posted(6, sighting('  Lady Kittiwake ', 'in', '00:00'), 'Lady Kittiwake') and ids() == [6, 4, 2, 1, 3],
    )
    checks.check(
        'the earliest of several busiest hours', lambda: service.answer('GET', '/summary') == (200, {'in': 3, 'out': 2, 'busiest': '06'})
    )
    checks.check(
        'a bad ship',
        lambda: refused(400, 'bad ship', {'direction': 'in', 'time': '10:00'}, sighting('  ', 'in', '10:00'), sighting(7, 'up', 'noon')),
    )
    checks.check(
        'a bad direction or time',
        lambda: (
            refused(400, 'bad direction', sighting('Tern', 'up', 'noon'), {'ship': 'Tern'})
            and refused(
                400,
                'bad time',
                sighting('Tern', 'in', '24:00'),
                sighting('Tern', 'in', '9:30'),
                sighting('Tern', 'in', '09:60'),
                {'ship': 'Tern', 'direction': 'out'},
            )
        ),
    )
    checks.check('a body that is no JSON object', lambda: refused(400, 'bad json', '{"ship": ', '[1, 2]', '"Tern"', ''))
    checks.check(
        'unknown ids and paths',
        lambda: (
            works
            and [
                service.answer('GET', '/sightings/99'),
                service.answer('DELETE', '/sightings/44'),
                service.answer('GET', '/sightings/one'),
                service.answer('GET', '/ships'),
                service.answer('POST', '/ships', {}),
            ]
            == [MISSING] * 5
        ),
    )
    checks.check(
        'other methods',
        lambda: (
            [service.answer('PUT', '/sightings', {}), service.answer('DELETE', '/summary'), service.answer('POST', '/sightings/1', {})]
            == [NOT_ALLOWED] * 3
        ),
    )
