"""Counts checks: one line a check, and last how many of them passed; the total is the same whatever happens."""

from files import unchanged


class TooManyChecks(Exception):
    """A mistake of the check itself, and the only thing that `Checks` lets through."""


class Checks:
    """Use it as `with Checks(total=8) as checks:`, so that the totals are printed whatever happens in between."""

    def __init__(self, names=None, total=None):
        self._names = list(names or [])
        self._total = total if total is not None else len(self._names)
        self._seen = []
        self._passed = 0
        self._nothing = ''
        self._finished = False

    def unchanged_means_nothing(self, *paths, project=None):
        """From here on no check passes where all these files are still what the project gave."""
        if all(unchanged(path, project) for path in paths):
            self._nothing = 'nothing was changed'

    def fail_all(self, note):
        """From here on no check passes: for what everything else stands on."""
        self._nothing = note

    def check(self, name, condition, note=''):
        """Counts one check. The condition is a value or something to call; what it raises makes the check fail."""
        if len(self._seen) >= self._total:
            raise TooManyChecks(f'The check "{name}" is one more than the total of {self._total}.')
        if self._nothing:
            passed, note = False, self._nothing
        else:
            try:
                passed = bool(condition() if callable(condition) else condition)
            except (Exception, SystemExit) as error:
                passed, note = False, f'{type(error).__name__}: {error}'
        self._seen.append(name)
        self._passed += passed
        print(f'ok {_line(name)}' if passed else f'not ok {_line(name)}' + (f' — {_line(note)}' if note else ''), flush=True)
        return passed

    def done(self):
        """Prints what was not reached, and the totals."""
        if self._finished:
            return
        self._finished = True
        missing = [name for name in self._names if name not in self._seen]
        for index in range(self._total - len(self._seen)):
            print(f'not ok {_line(missing[index]) if index < len(missing) else "not reached"} — not reached')
        print(f'{self._passed}/{self._total}', flush=True)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if error is not None and not isinstance(error, KeyboardInterrupt):
            print(f'# stopped: {kind.__name__}: {_line(error)}')
        self.done()
        return kind is None or not issubclass(kind, (KeyboardInterrupt, TooManyChecks))


def _line(value):
    return ''.join(letter if letter.isprintable() else ' ' for letter in ' '.join(str(value)[:2000].split()))[:300]
