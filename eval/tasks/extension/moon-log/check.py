import os
import tempfile

from checking import Checks, python

PROGRAM = os.path.abspath('moonlog.py')
NOTES = """2024-05-23\tfull\tvery bright
2024-04-23\tfull\t
2024-05-01\twaning\tseen at noon
2024-06-06\tnew\t
2024-03-25\tfull\tin the fog
2024-05-19\twaxing\t
2024-06-22\tfull\t
2024-06-14\twaxing\t
"""


class Log:
    """The program in a folder of its own, with a file of notes or without."""

    def __init__(self, notes=None):
        self._folder = tempfile.TemporaryDirectory()
        if notes is not None:
            with open(os.path.join(self._folder.name, 'moon.txt'), 'w', encoding='utf-8') as file:
                file.write(notes)

    def run(self, *arguments):
        return python(PROGRAM, *arguments, cwd=self._folder.name)

    def prints(self, arguments, *lines):
        result = self.run(*arguments.split())
        return result.code == 0 and result.lines == list(lines)

    def refuses(self, arguments, message):
        result = self.run(*arguments.split())
        return (result.code, result.out, result.err.strip()) == (2, '', message)


log = Log(NOTES)
with Checks(total=13) as checks:
    checks.unchanged_means_nothing('moonlog.py', 'store.py')
    works = checks.check('list --phase', lambda: log.prints('list --phase waxing', '2024-05-19 waxing', '2024-06-14 waxing'))
    works |= checks.check('list --since', lambda: log.prints('list --since 2024-06-10', '2024-06-14 waxing', '2024-06-22 full'))
    works |= checks.check(
        'the day itself is shown', lambda: log.prints('list --since 2024-06-06', '2024-06-06 new', '2024-06-14 waxing', '2024-06-22 full')
    )
    works |= checks.check(
        'both options', lambda: log.prints('list --phase full --since 2024-05-01', '2024-05-23 full very bright', '2024-06-22 full')
    )
    works |= checks.check(
        'both in the other order',
        lambda: log.prints('list --since 2024-03-26 --phase full', '2024-04-23 full', '2024-05-23 full very bright', '2024-06-22 full'),
    )
    works |= checks.check('nothing is left', lambda: log.prints('list --phase new --since 2024-06-07', 'no observations'))
    works |= checks.check('count, most frequent first', lambda: log.prints('count', 'full: 4', 'waxing: 2', 'new: 1', 'waning: 1'))
    works |= checks.check(
        'count, the same number from A to Z',
        lambda: Log('2024-01-01\twaxing\t\n2024-01-02\tnew\t\n2024-01-03\tfull\t\n').prints('count', 'full: 1', 'new: 1', 'waxing: 1'),
    )
    works |= checks.check(
        'count for an empty log', lambda: Log().prints('count', 'no observations') and Log('').prints('count', 'no observations')
    )
    checks.check('list --phase refuses an unknown phase', lambda: log.refuses('list --phase blue', 'unknown phase: blue'))
    checks.check(
        'list --since refuses what is no date',
        lambda: (
            log.refuses('list --since yesterday', 'not a date: yesterday')
            and log.refuses('list --phase new --since 2024-02-30', 'not a date: 2024-02-30')
        ),
    )

    def adds():
        new = Log()
        new.run('add', '2024-07-21', 'full', 'over', 'the', 'lake')
        new.run('add', '2024-07-05', 'new')
        return (
            new.prints('list', '2024-07-05 new', '2024-07-21 full over the lake')
            and new.refuses('add 2024-07-05 blue', 'unknown phase: blue')
            and new.refuses('add soon new', 'not a date: soon')
        )

    checks.check('add and a plain list as before', lambda: works and adds())
    checks.check(
        'a plain list of an old file, and of none, as before',
        lambda: (
            works
            and [line[:10] for line in log.run('list').lines] == sorted(line[:10] for line in NOTES.splitlines())
            and Log().prints('list', 'no observations')
        ),
    )
