import sys

from checking import Checks
from json_service import json_service


def stand(number):
    return 200, {'umbrellas': number}


MISSING = (404, {'error': 'not found'})
EMPTY = (409, {'error': 'empty'})

with (
    Checks(total=8) as checks,
    json_service(checks, 'stand.py', lambda port: ([sys.executable, 'stand.py'], {'PORT': str(port)})) as service,
):
    works = checks.check('empty at the start', lambda: service.answer('GET', '/stand') == stand(0))
    checks.check(
        'the header of an answer',
        lambda: service.response('GET', '/stand').headers.get('content-type', '').split(';')[0].strip() == 'application/json',
    )
    works |= checks.check('one umbrella put in', lambda: service.answer('POST', '/stand/put') == stand(1))
    works |= checks.check(
        'three more, and the number read',
        lambda: [service.answer('POST', '/stand/put') for _ in range(3)][-1] == stand(4) and service.answer('GET', '/stand') == stand(4),
    )
    works |= checks.check(
        'one taken out', lambda: service.answer('POST', '/stand/take') == stand(3) and service.answer('GET', '/stand') == stand(3)
    )
    checks.check(
        'none to be taken from an empty stand',
        lambda: (
            [service.answer('POST', '/stand/take') for _ in range(4)] == [stand(2), stand(1), stand(0), EMPTY]
            and service.answer('GET', '/stand') == stand(0)
        ),
    )
    checks.check(
        'other paths are not found', lambda: works and [service.answer('GET', '/'), service.answer('GET', '/umbrellas')] == [MISSING] * 2
    )
    checks.check(
        'posts to other paths are not found',
        lambda: works and service.answer('POST', '/stand/throw') == MISSING and service.answer('GET', '/stand') == stand(0),
    )
