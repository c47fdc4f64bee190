"""What a document says, matched with patience: facts may stand in a list, a table or a sentence, in any order."""

import re

from files import text

_FENCE = re.compile(r'\s*(```|~~~)')
_HEADING = re.compile(r'#{1,6}\s+\S')
# An item of a list, or a line of a help text that begins with an option.
_ITEM = re.compile(r'(\s*)(?:[-*+]\s|\d+[.)]\s|--?\w)')
_LONG_SECTION = 700
_LONG_UNIT = 1000
_LONG_DOCUMENT = 100_000


class Document:
    """A document in Markdown. A unit is what a reader takes in at once: a paragraph, an item with what is below it, a row."""

    def __init__(self, path):
        self.text = text(path)[:_LONG_DOCUMENT]
        self.titles = _titles(self.text)
        units = _units(self.text)
        pairs = [(unit, _with_below(unit, below)) for unit, below in zip(units, [*units[1:], ''])]
        # Who says everything in one breath has explained nothing.
        self._places = [(_plain(unit), _plain(whole)) for unit, whole in pairs if len(whole) < _LONG_UNIT]
        self._sections = [(_plain(title), _plain(body)) for title, body in _sections(self.text)]

    def says(self, subject, *words):
        """Whether a unit about the subject holds all the words, each given as a regular expression.

        Or a short section with the subject in its heading or in its first line, or what follows a short line that names the subject.
        """
        places = self._places + [(title and f'{title}\n{_first_line(body)}', body) for title, body in self._sections if len(body) < _LONG_SECTION]
        return any(_holds(where, subject) and all(_holds(what, word) for word in words) for where, what in places)

    def options(self):
        """All long options that are written anywhere."""
        return set(re.findall(r'(?<![\w-])--[a-z][a-z0-9-]*', self.text))

    def commands(self, first):
        """The lines, or pieces set as code, that begin with this regular expression: commands that a reader would copy."""
        lines = [re.sub(r'^\s*[$>]?\s*', '', line) for line in self.text.split('\n')]
        pieces = re.findall(r'`([^`\n]+)`', self.text)
        return [line.strip() for line in lines + pieces if re.match(first, line.strip())]

    def problem(self, *sources, words=60, copied=0.4):
        """Why this is no document at all: missing, without a heading, a few words, or mostly a source pasted; else empty."""
        if not self.text.strip():
            return 'there is no document'
        if not self.titles:
            return 'no heading'
        written = [word.lower() for word in re.findall(r'\w{2,}', _without_code(self.text))]
        if len(written) < words or len(set(written)) < words / 2:
            return f'fewer than {words} words outside of code, or always the same ones'
        own = {line.strip() for line in self.text.split('\n')}
        for source in sources:
            lines = {line.strip() for line in text(source).split('\n') if len(line.strip()) > 12}
            if lines and len(lines & own) / len(lines) > copied:
                return f'mostly a copy of {source}'
        return ''


def _first_line(section):
    """Of what stands below its heading."""
    return next((line for line in section.split('\n')[1:] if line.strip()), '')


def _holds(value, word):
    return re.search(word, value, re.IGNORECASE) is not None


def _with_below(unit, below):
    """A short line alone is a kind of heading, and what is indented below an item belongs to it."""
    alone = len(unit) < 60 and not _ITEM.match(unit) and not unit.lstrip().startswith('|')
    return f'{unit}\n{below}' if alone or (below.startswith('  ') and not _ITEM.match(below)) else unit


def _plain(value):
    return re.sub(r'[`*]|(?<!\w)_|_(?!\w)', '', value)


def _without_code(value):
    kept, inside = [], False
    for line in value.split('\n'):
        if _FENCE.match(line):
            inside = not inside
        elif not inside:
            kept.append(line)
    return '\n'.join(kept)


def _titles(value):
    """The headings with a #; a line underlined with = is one, too."""
    lines = _without_code(value).split('\n')
    titles = [line.lstrip('#').strip() for line in lines if _HEADING.match(line)]
    return titles + [line.strip() for line, below in zip(lines, lines[1:]) if line.strip() and re.fullmatch(r'={3,}\s*', below)]


def _sections(value):
    title, body, inside = '', [], False
    for line in [*value.split('\n'), '# end']:
        inside = inside != bool(_FENCE.match(line))
        if not inside and _HEADING.match(line):
            yield title, '\n'.join([title, *body])
            title, body = line, []
        else:
            body.append(line)


def _units(value):
    """Splits at headings, empty lines, items and rows; a deeper item belongs to the one above it."""
    units, current, depth = [], [], 0
    for line in [*value.split('\n'), '']:
        item = _ITEM.match(line)
        row = line.lstrip().startswith('|')
        inner = bool(item) and bool(current) and len(item.group(1)) > depth
        if not line.strip() or row or _FENCE.match(line) or _HEADING.match(line) or (item and not inner):
            if current:
                units.append('\n'.join(current))
            current = []
            depth = len(item.group(1)) if item else 0
        if row or _HEADING.match(line):
            units.append(line)
        elif line.strip() and not _FENCE.match(line):
            current.append(line)
    return [unit for unit in units if re.search(r'\w', unit)]
