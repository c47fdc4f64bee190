"""Runs one check inside the walls that were built for it: `python3 start_check.py <seconds> <open|walled> <check.py>`.

Walled in, the network of this machine is gone and so is the loopback device; a check of a server needs the latter. The time is measured here, because
an exception leaves through the check's own totals, which a signal from outside would not.
"""

import fcntl
import os
import runpy
import signal
import socket
import struct
import sys

SET_FLAGS, UP, RUNNING = 0x8914, 0x1, 0x40


def raise_loopback():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        fcntl.ioctl(probe, SET_FLAGS, struct.pack('16sH14x', b'lo', UP | RUNNING))


def out_of_time(*_):
    # No Exception: a check counts those as its own.
    raise KeyboardInterrupt


def main():
    seconds, network, check = int(sys.argv[1]), sys.argv[2], os.path.abspath(sys.argv[3])
    if network == 'walled':
        raise_loopback()
    signal.signal(signal.SIGALRM, out_of_time)
    signal.alarm(seconds)
    sys.argv = [check]
    sys.path[0] = os.path.dirname(check)
    try:
        runpy.run_path(check, run_name='__main__')
    except KeyboardInterrupt:
        print(f'The check did not end within {seconds} s.', file=sys.stderr)


if __name__ == '__main__':
    main()
