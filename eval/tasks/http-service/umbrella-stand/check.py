import contextlib
import json
import sys

from checking import Checks, exists, free_port, request, serve

port = free_port()


def answer(method, path):
    """Status and JSON of an answer; a body that is no JSON is told."""
    response = request(port, method, path)
    try:
        return response.status, json.loads(response.body)
    except ValueError:
        return response.status, f'no JSON: {response.body[:80]}'


def stand(number):
    return 200, {'umbrellas': number}


MISSING = (404, {'error': 'not found'})
EMPTY = (409, {'error': 'empty'})

with Checks(total=8) as checks, contextlib.ExitStack() as stack:
    if exists('stand.py'):
        server = stack.enter_context(serve([sys.executable, 'stand.py'], port, env={'PORT': str(port)}))
        if not server.ready:
            checks.fail_all(server.error)
    else:
        checks.fail_all('there is no stand.py')
    works = checks.check('empty at the start', lambda: answer('GET', '/stand') == stand(0))
    checks.check(
        'the header of an answer',
        lambda: request(port, 'GET', '/stand').headers.get('content-type', '').split(';')[0].strip() == 'application/json',
    )
    works |= checks.check('one umbrella put in', lambda: answer('POST', '/stand/put') == stand(1))
    works |= checks.check(
        'three more, and the number read',
        lambda: [answer('POST', '/stand/put') for _ in range(3)][-1] == stand(4) and answer('GET', '/stand') == stand(4),
    )
    works |= checks.check('one taken out', lambda: answer('POST', '/stand/take') == stand(3) and answer('GET', '/stand') == stand(3))
    checks.check(
        'none to be taken from an empty stand',
        lambda: (
            [answer('POST', '/stand/take') for _ in range(4)] == [stand(2), stand(1), stand(0), EMPTY]
            and answer('GET', '/stand') == stand(0)
        ),
    )
    checks.check('other paths are not found', lambda: works and [answer('GET', '/'), answer('GET', '/umbrellas')] == [MISSING] * 2)
    checks.check(
        'posts to other paths are not found',
        lambda: works and answer('POST', '/stand/throw') == MISSING and answer('GET', '/stand') == stand(0),
    )
