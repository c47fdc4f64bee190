"""Starts a web service that was generated and asks it in JSON."""

import contextlib
import json

from checking import exists, free_port, request, serve

_PATIENCE = 3


class NoAnswer(Exception):
    """The service did not answer."""


class JsonService:
    """What a check asks. Once several questions were left without an answer, nothing more is waited for."""

    def __init__(self, port):
        self.port = port
        self._unanswered = 0

    def response(self, method, path, body=None):
        """The whole answer, with its headers. A body that is no text is sent as JSON."""
        if self._unanswered >= _PATIENCE:
            raise NoAnswer('the service no longer answers')
        given = body if body is None or isinstance(body, str) else json.dumps(body)
        response = request(self.port, method, path, given, {'Content-Type': 'application/json'} if given is not None else None)
        if response.status == 0:
            self._unanswered += 1
            raise NoAnswer(f'{method} {path}: {response.body}')
        return response

    def answer(self, method, path, body=None):
        """The status and the JSON of an answer; None where it has no body, and where it is no JSON a text that says so."""
        response = self.response(method, path, body)
        try:
            return response.status, json.loads(response.body) if response.body else None
        except (ValueError, RecursionError):
            return response.status, f'no JSON: {response.body[:80]}'


@contextlib.contextmanager
def json_service(checks, file, command):
    """Runs the service while the block runs; `command` makes its arguments and its environment from a port.

    Where it does not come up, no check passes.
    """
    port = free_port()
    if not exists(file):
        checks.fail_all(f'there is no {file}')
        yield JsonService(port)
        return
    arguments, environment = command(port)
    with serve(arguments, port, env=environment) as server:
        if not server.ready:
            checks.fail_all(server.error)
        yield JsonService(port)
