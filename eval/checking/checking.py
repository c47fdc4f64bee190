"""All that a check of a task uses, under one name; needs nothing but Python's standard library."""

from calling import call_node, call_python
from files import exists, project_folder, text, unchanged
from running import Result, node, python, run
from scoring import Checks
from serving import Response, Server, free_port, request, serve, wait_for_port

__all__ = [
    'Checks',
    'Response',
    'Result',
    'Server',
    'call_node',
    'call_python',
    'exists',
    'free_port',
    'node',
    'project_folder',
    'python',
    'request',
    'run',
    'serve',
    'text',
    'unchanged',
    'wait_for_port',
]
