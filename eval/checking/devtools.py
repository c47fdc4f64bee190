"""Starts Chromium and speaks its DevTools protocol over two pipes, so that no port is open and no package is needed."""

import fcntl
import json
import os
import select
import shutil
import signal
import tempfile
import time

_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
_MESSAGE_LIMIT = 16 * 1024 * 1024
_OPTIONS = [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--disable-extensions',
    '--disable-component-update',
    '--disable-background-networking',
    '--disable-breakpad',
    # A reload in a new process could come before what the page stored has arrived there.
    '--renderer-process-limit=1',
    '--disable-features=RenderDocument,BackForwardCache',
    '--no-first-run',
    '--no-default-browser-check',
    '--mute-audio',
    '--window-size=1280,900',
    '--js-flags=--max-old-space-size=512',
    # A page gets no network, so that it does not depend on what happens to be reachable.
    '--proxy-server=127.0.0.1:9',
    '--proxy-bypass-list=<-loopback>',
    '--remote-debugging-pipe',
]


class BrowserError(Exception):
    """The browser, or a page in it, did not do what was asked."""


def find_browser():
    """The program to start, or None. The environment variable CHROMIUM comes before what lies on the PATH."""
    for name in [os.environ.get('CHROMIUM'), *_NAMES]:
        found = shutil.which(name) if name else None
        if found:
            return found
    return None


class Devtools:
    """A browser that runs. `call` asks it; what it tells by itself is handed to `on_event`."""

    def __init__(self, program):
        self.on_event = lambda session, method, params: None
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self._last_id = 0
        self._unread = b''
        theirs_in, self._out = os.pipe()
        self._in, theirs_out = os.pipe()
        # Numbers that do not collide with the 3 and 4 on which the browser expects its pipes.
        high = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 64) for end in (theirs_in, theirs_out)]
        os.close(theirs_in)
        os.close(theirs_out)
        silence = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)]
        home = self._profile.name
        try:
            self._pid = os.posix_spawn(
                program,
                [program, *_OPTIONS, f'--user-data-dir={home}', 'about:blank'],
                {'PATH': os.environ.get('PATH', os.defpath), 'HOME': home, 'TMPDIR': home, 'LANG': 'C.UTF-8', 'TZ': 'UTC'},
                file_actions=[*silence, (os.POSIX_SPAWN_DUP2, high[0], 3), (os.POSIX_SPAWN_DUP2, high[1], 4)],
                setpgroup=0,
            )
        finally:
            for end in high:
                os.close(end)

    def call(self, method, params=None, session=None, seconds=20):
        """Asks the browser and returns its result; what it tells in between goes to `on_event`."""
        number = self.send(method, params, session)
        end = time.monotonic() + seconds
        while True:
            message = self._receive(end, method)
            if message.get('id') != number:
                self._tell(message)
            elif 'error' in message:
                raise BrowserError(f'{method}: {message["error"].get("message")}')
            else:
                return message.get('result', {})

    def send(self, method, params=None, session=None):
        """Asks without waiting for the answer."""
        self._last_id += 1
        message = {'id': self._last_id, 'method': method, 'params': params or {}}
        if session:
            message['sessionId'] = session
        data = json.dumps(message).encode() + b'\0'
        try:
            while data:
                data = data[os.write(self._out, data) :]
        except BrokenPipeError:
            raise BrowserError('the browser has ended') from None
        return self._last_id

    def wait(self, until, seconds, what):
        """Reads what the browser tells until the condition holds."""
        end = time.monotonic() + seconds
        while not until():
            self._tell(self._receive(end, what))

    def close(self):
        """Ends the browser with all that it started, and removes what it kept on the disk."""
        os.close(self._out)
        os.close(self._in)
        try:
            os.killpg(self._pid, signal.SIGKILL)
        except OSError:
            pass
        try:
            os.waitpid(self._pid, 0)
        except OSError:
            pass
        self._profile.cleanup()

    def _tell(self, message):
        if 'method' in message:
            self.on_event(message.get('sessionId'), message['method'], message.get('params', {}))

    def _receive(self, end, what):
        while b'\0' not in self._unread or time.monotonic() > end:
            left = end - time.monotonic()
            # A page that never stops telling things must not be waited for either.
            if left <= 0 or not select.select([self._in], [], [], left)[0]:
                raise BrowserError(f'no answer from the page in time: {what}')
            some = os.read(self._in, 1 << 16)
            if not some:
                raise BrowserError('the browser has ended')
            self._unread += some
            if len(self._unread) > _MESSAGE_LIMIT:
                raise BrowserError('the page answers with too much')
        message, _, self._unread = self._unread.partition(b'\0')
        return json.loads(message)
