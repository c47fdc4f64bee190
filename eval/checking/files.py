"""What lies in the scratch folder."""

import pathlib
import sys

_READ_LIMIT = 1024 * 1024


def exists(path):
    """Whether there is a regular file that is not empty."""
    try:
        return pathlib.Path(path).is_file() and pathlib.Path(path).stat().st_size > 0
    except (OSError, ValueError):
        return False


def text(path):
    """The text of a file, at most 1 MiB of it; empty where there is none."""
    try:
        if not pathlib.Path(path).is_file():
            return ''
        with open(path, 'rb') as file:
            return file.read(_READ_LIMIT).decode('utf-8', 'replace').replace('\r\n', '\n')
    except (OSError, ValueError):
        return ''


def project_folder():
    """The folder `project` beside the check that is running."""
    return pathlib.Path(sys.modules['__main__'].__file__).resolve().parent / 'project'


def unchanged(path, project=None):
    """Whether a file of the project is still what was given, or is gone: then nobody has mended it."""
    try:
        given = (pathlib.Path(project) if project is not None else project_folder()) / path
        return not exists(path) or (given.is_file() and text(path).strip() == text(given).strip())
    except (OSError, ValueError):
        return True
