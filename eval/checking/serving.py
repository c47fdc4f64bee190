"""Starts a server that was generated, on this machine only, and asks it."""

import contextlib
import http.client
import socket
import time

from running import Started

_BODY_LIMIT = 1024 * 1024


class Server:
    """A server that runs; `ready` says whether somebody listens on its port, `error` why not."""

    def __init__(self, port, started=None, ready=False, error=''):
        self.port = port
        self.ready = ready
        self.error = error
        self._started = started

    def output(self):
        """What it has written until now to its output and to its error output."""
        return self._started.output() if self._started else ('', '')


def free_port():
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def wait_for_port(port, timeout=10, alive=lambda: True):
    """Whether somebody listens on the port before the time is over."""
    end = time.monotonic() + timeout
    while time.monotonic() < end and alive():
        for host in ('127.0.0.1', '::1'):
            try:
                socket.create_connection((host, port), 1).close()
                return True
            except OSError:
                continue
        time.sleep(0.05)
    return False


@contextlib.contextmanager
def serve(argv, port, *, timeout=10, seconds=60, env=None, cwd=None):
    """Runs a server while the block runs. It does not raise where the server does not come up: see `ready`."""
    try:
        started = Started(argv, seconds=seconds, cwd=cwd, env=env)
    except Exception as error:
        yield Server(port, error=f'{type(error).__name__}: {error}')
        return
    try:
        ready = wait_for_port(port, timeout, lambda: started.process.poll() is None)
        why = '' if ready else (started.output()[1].strip().split('\n')[-1] or 'nobody listens on the port')
        yield Server(port, started, ready, why)
    finally:
        started.stop()


class Response:
    """What a server answered; the status is 0 where it did not, and `body` says why."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body


def request(port, method, path, body=None, headers=None, timeout=5):
    """Asks a server on this machine once; header names come back in lower case. Never raises."""
    connection = http.client.HTTPConnection('localhost', port, timeout=timeout)
    try:
        connection.request(method, path, body.encode() if isinstance(body, str) else body, headers or {})
        answer = connection.getresponse()
        given = {name.lower(): value for name, value in answer.getheaders()}
        return Response(answer.status, given, answer.read(_BODY_LIMIT).decode('utf-8', 'replace'))
    except Exception as error:
        return Response(0, {}, f'{type(error).__name__}: {error}')
    finally:
        connection.close()
