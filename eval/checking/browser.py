"""Opens a page that was generated in a real browser without a window, and uses it as a person would: by mouse and keyboard."""

import contextlib
import json
import pathlib
import sys
import time

from devtools import BrowserError, Devtools, find_browser

SKIPPED = 77
_KEPT = 100
_KEYS = {
    'Enter': {'code': 'Enter', 'windowsVirtualKeyCode': 13, 'text': '\r'},
    'Tab': {'code': 'Tab', 'windowsVirtualKeyCode': 9},
    'Escape': {'code': 'Escape', 'windowsVirtualKeyCode': 27},
    'Delete': {'code': 'Delete', 'windowsVirtualKeyCode': 46},
    ' ': {'code': 'Space', 'windowsVirtualKeyCode': 32, 'text': ' '},
}


def require_browser():
    """Ends the check as skipped where there is no browser."""
    if find_browser() is None:
        print('skipped: no browser', flush=True)
        sys.exit(SKIPPED)


@contextlib.contextmanager
def open_page(file):
    """A page of the scratch folder, opened from the disk, while the block runs."""
    program = find_browser()
    if program is None:
        raise BrowserError('there is no browser')
    devtools = Devtools(program)
    try:
        page = Page(devtools)
        page.open(file)
        yield page
    finally:
        devtools.close()


class Page:
    """A tab. Once it does not answer (a loop without an end), everything else fails at once. `errors` holds what its scripts threw.

    What a person does (`click`, `fill`, `press`, `reload`) answers True, so that it can stand before what must come of it.
    """

    def __init__(self, devtools):
        self.errors = []
        self.dialogs = []
        self._devtools = devtools
        self._loaded = False
        self._hangs = ''
        devtools.on_event = self._on_event
        # Starting takes long on a machine that is busy.
        target = devtools.call('Target.createTarget', {'url': 'about:blank'}, seconds=60)['targetId']
        self._session = devtools.call('Target.attachToTarget', {'targetId': target, 'flatten': True})['sessionId']
        self._call('Page.enable')
        self._call('Runtime.enable')

    def open(self, file):
        """Loads a file, waiting for all that belongs to it."""
        self._load('Page.navigate', {'url': pathlib.Path(file).resolve().as_uri()})

    def reload(self):
        self._load('Page.reload', {})
        return True

    def evaluate(self, expression):
        """The value of an expression of JavaScript in the page."""
        answer = self._call('Runtime.evaluate', {'expression': expression, 'returnByValue': True, 'awaitPromise': True, 'timeout': 5000})
        if 'exceptionDetails' in answer:
            raise BrowserError(_message(answer['exceptionDetails']))
        return answer.get('result', {}).get('value')

    def count(self, selector):
        """How many elements there are."""
        return self.evaluate(f'document.querySelectorAll({json.dumps(selector)}).length')

    def text(self, selector):
        """The text of an element as a person sees it, with single spaces; empty where it is not there or hidden."""
        return ' '.join(str(self._of(selector, 'element.innerText', "''")).split())

    def texts(self, selector):
        """The texts of all such elements."""
        found = self.evaluate(f'[...document.querySelectorAll({json.dumps(selector)})].map((element) => element.innerText)')
        return [' '.join(str(one).split()) for one in found]

    def value(self, selector):
        """What stands in a field."""
        return self._of(selector, 'element.value', 'null')

    def attribute(self, selector, name):
        return self._of(selector, f'element.getAttribute({json.dumps(name)})', 'null')

    def click(self, selector, number=0):
        """Clicks with the mouse on the middle of an element."""
        x, y = self.evaluate(f"""(() => {{
            const element = document.querySelectorAll({json.dumps(selector)})[{number}];
            if (!element) throw new Error('there is no ' + {json.dumps(selector)});
            element.scrollIntoView({{ block: 'center', inline: 'center', behavior: 'instant' }});
            const box = element.getBoundingClientRect();
            if (box.width === 0 || box.height === 0) throw new Error('nobody can see ' + {json.dumps(selector)});
            return [box.x + box.width / 2, box.y + box.height / 2];
        }})()""")
        for kind in ('mouseMoved', 'mousePressed', 'mouseReleased'):
            button = {} if kind == 'mouseMoved' else {'button': 'left', 'clickCount': 1}
            self._call('Input.dispatchMouseEvent', {'type': kind, 'x': x, 'y': y, **button})
        return True

    def fill(self, selector, text):
        """Types a text into a field in place of what stands there."""
        self.evaluate(f"""(() => {{
            const element = document.querySelector({json.dumps(selector)});
            if (!element) throw new Error('there is no ' + {json.dumps(selector)});
            element.focus();
            element.select();
        }})()""")
        if text == '':
            self.press('Delete')
        else:
            self._call('Input.insertText', {'text': text})
        return True

    def press(self, key):
        """Presses a key: Enter, Tab, Escape, Delete or the space bar."""
        description = {'key': key, **_KEYS[key]}
        self._call('Input.dispatchKeyEvent', {'type': 'keyDown', **description})
        self._call('Input.dispatchKeyEvent', {'type': 'keyUp', **{name: value for name, value in description.items() if name != 'text'}})
        return True

    def eventually(self, condition, seconds=1):
        """Whether a condition comes true soon: a page may take a moment to show what it does."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                return False
            time.sleep(0.05)
        return True

    def _of(self, selector, expression, otherwise):
        return self.evaluate(f'((element) => element ? {expression} : {otherwise})(document.querySelector({json.dumps(selector)}))')

    def _load(self, method, params):
        self._loaded = False
        self._call(method, params)
        self._guard(lambda: self._devtools.wait(lambda: self._loaded, 20, 'loading'))

    def _call(self, method, params=None):
        return self._guard(lambda: self._devtools.call(method, params, self._session, 10))

    def _guard(self, ask):
        if self._hangs:
            raise BrowserError(self._hangs)
        try:
            return ask()
        except BrowserError as error:
            if 'in time' in str(error) or 'has ended' in str(error):
                self._hangs = str(error)
            raise

    def _on_event(self, session, method, params):
        if method == 'Page.loadEventFired':
            self._loaded = True
        elif method == 'Page.javascriptDialogOpening':
            # A dialog stops the page until somebody answers it.
            _keep(self.dialogs, params.get('message', ''))
            self._devtools.send('Page.handleJavaScriptDialog', {'accept': True}, session)
        elif method == 'Runtime.exceptionThrown':
            _keep(self.errors, _message(params.get('exceptionDetails', {})))


def _keep(those, one):
    if len(those) < _KEPT:
        those.append(one)


def _message(details):
    described = str(details.get('exception', {}).get('description') or details.get('text') or 'an error')
    return described.split('\n')[0]
