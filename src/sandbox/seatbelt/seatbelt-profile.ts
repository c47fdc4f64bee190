import type { GuardedPlace } from '../sandbox.ts';
import type { VisiblePlaces } from '../visible/visible-places.ts';

export interface SeatbeltProfileOptions {
  /** Absolute, links followed: where the command may write, which is its folder and private ones for its home and temporary files. */
  writable: readonly string[];
  /** What it must leave alone there. Absolute, links of folders followed. */
  guarded: readonly { path: string; as: GuardedPlace['as'] }[];
  /** What it may read, such as toolchains. */
  places: VisiblePlaces;
  network: 'none' | 'machine';
}

/** Programs and libraries of macOS. Nothing from /Users, /Volumes, or the folders where services keep their sockets. */
export const macFolders: readonly string[] = [
  '/bin',
  '/sbin',
  '/usr',
  '/System',
  '/Library/Apple',
  '/Library/Developer',
  '/Library/Frameworks',
  '/Library/Java',
  '/Applications/Xcode.app',
  '/opt/homebrew',
  '/opt/local',
  '/private/var/db/dyld',
  '/private/var/db/timezone',
  '/private/var/select',
];

/** From /etc only what programs need. */
const macFiles = [
  '/',
  '/etc',
  '/var',
  '/tmp',
  '/private',
  '/private/etc',
  '/private/etc/hosts',
  '/private/etc/localtime',
  '/private/etc/passwd',
  '/private/etc/protocols',
  '/private/etc/services',
  '/private/etc/shells',
  '/private/etc/ssl/cert.pem',
  '/private/etc/ssl/openssl.cnf',
];

const devices = ['null', 'zero', 'random', 'urandom', 'stdin', 'stdout', 'stderr', 'fd', 'dtracehelper', 'tty'];

/**
 * A profile for `sandbox-exec`: whatever it does not name is denied. In a profile the last rule that matches decides. So what is masked comes after what is
 * shown around it, and what may be written comes after that; last comes what must not be touched there.
 */
export function seatbeltProfile({ writable, guarded, places, network }: SeatbeltProfileOptions): string {
  const shown = places.readable.flatMap(({ at, from }) => (at === from ? [at] : [at, from]));
  return [
    '(version 1)',
    '(deny default)',
    // What every program needs to start.
    '(import "system.sb")',
    '(allow process-exec process-fork)',
    '(allow process-info* (target same-sandbox))',
    '(allow signal (target same-sandbox))',
    '(allow sysctl-read)',
    '(allow ipc-posix-sem)',
    '(allow ipc-posix-shm)',
    '(allow mach-lookup (global-name "com.apple.system.opendirectoryd.libinfo") (global-name "com.apple.system.opendirectoryd.membership"))',
    '(allow file-read-metadata)',
    rule('allow file-read* file-map-executable', 'subpath', macFolders),
    rule('allow file-read*', 'literal', [...macFiles, ...devices.map((name) => `/dev/${name}`)]),
    rule(
      'allow file-write-data file-ioctl',
      'literal',
      devices.map((name) => `/dev/${name}`),
    ),
    ...(shown.length === 0 ? [] : [rule('allow file-read* file-map-executable', 'subpath', shown)]),
    ...(places.masked.length === 0
      ? []
      : [
          rule(
            'deny file-read* file-write*',
            'subpath',
            places.masked.map(({ path }) => path),
          ),
        ]),
    rule('allow file-read* file-write* file-map-executable', 'subpath', writable),
    ...guarded.map(({ path, as }) => rule(as === 'hidden' ? 'deny file-read* file-write*' : 'deny file-write*', 'subpath', [path])),
    ...(network === 'machine'
      ? [
          '(allow network*)',
          '(allow system-socket)',
          '(allow mach-lookup (global-name "com.apple.mDNSResponder") (global-name "com.apple.trustd.agent"))',
        ]
      : // Not even to this machine: a model server that listens here cannot be told from a server that a test has started.
        ['(deny network*)']),
    '',
  ].join('\n');
}

function rule(action: string, filter: 'subpath' | 'literal', paths: readonly string[]): string {
  return `(${action} ${paths.map((path) => `(${filter} ${quoted(path)})`).join(' ')})`;
}

/** A string of the profile's language: only quotes and backslashes are special. */
function quoted(path: string): string {
  return `"${path.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
