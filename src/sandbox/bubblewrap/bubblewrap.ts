import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, release, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { defaultLimits, limitedCommand } from '../limits.ts';
import { runProcess } from '../run-process.ts';
import type { CommandResult, Sandbox, SandboxCommand, SandboxProbe } from '../sandbox.ts';
import { contains } from '../visible/visible-places.ts';
import { sandboxEnvironment } from '../visible/sandbox-environment.ts';
import { systemFolders } from '../visible/system-places.ts';
import { canWatchProcesses, watchProcesses } from '../watch-processes.ts';
import { type BubblewrapFeatures, bubblewrapArguments } from './bubblewrap-arguments.ts';
import { explainRefusal } from './explain-refusal.ts';

interface Program extends BubblewrapFeatures {
  /** Absolute; undefined if it is not installed. */
  path: string | undefined;
  version?: string;
}

/** Where systems install it. `PATH` is not searched: a project could put a program of that name there, and it would run without a sandbox. */
const usualPaths = [
  '/usr/bin/bwrap',
  '/bin/bwrap',
  '/usr/local/bin/bwrap',
  '/run/wrappers/bin/bwrap',
  '/run/current-system/sw/bin/bwrap',
  '/home/linuxbrew/.linuxbrew/bin/bwrap',
];

/** For asking the program about itself; it answers at once. */
const asking = { folder: '/', environment: {}, timeoutMilliseconds: 10_000, outputBytes: 64 * 1024 };

/** bubblewrap, on Linux: separate namespaces for files, processes, network and users, without root. */
export class Bubblewrap implements Sandbox {
  readonly kind = 'bubblewrap';
  readonly #paths: readonly string[];
  #program: Promise<Program> | undefined;

  /** @param paths Where to look for it. */
  constructor(paths: readonly string[] = usualPaths) {
    this.#paths = paths;
  }

  async probe(): Promise<SandboxProbe> {
    const { path, version, sizes, disablesNamespaces } = await this.#found();
    if (path === undefined) return { state: 'missing', ...explainRefusal({ isInstalled: false, said: '' }) };
    const folder = await mkdtemp(join(tmpdir(), 'multiagent-probe-'));
    const environment = { HOME: homedir(), PATH: '/usr/bin:/bin' };
    const { signal } = new AbortController();
    const tried = await this.run({ command: 'exit 42', folder, environment, network: 'none', limits: defaultLimits(10_000), signal });
    await rm(folder, { recursive: true, force: true });
    if (tried.exitCode !== 42) return { state: 'missing', ...explainRefusal({ isInstalled: true, said: tried.output }) };
    const lacks = [
      ...(sizes ? [] : ['before bubblewrap 0.7, nothing limits how much a command keeps in /tmp and in its home']),
      ...(disablesNamespaces ? [] : ['before bubblewrap 0.8, a command can create user namespaces of its own']),
      ...(canWatchProcesses()
        ? []
        : ['each process has limits of its own but all together have none, because this kernel does not list the children of a process']),
    ];
    return { state: 'ready', name: `bubblewrap ${version ?? ''}`.trimEnd(), lacks };
  }

  async run(options: SandboxCommand): Promise<CommandResult> {
    const { command, environment, limits, signal, onOutput } = options;
    const { path, ...features } = await this.#found();
    if (path === undefined)
      return { outcome: 'not_started', durationMilliseconds: 0, output: 'bubblewrap is not installed', outputBytes: 0 };
    const personHome = environment['HOME'] || homedir();
    const home = homeInside(personHome);
    const inside = sandboxEnvironment(environment, { network: options.network, home, temporary: '/tmp' });
    const args = bubblewrapArguments({ ...options, environment: inside, features, personHome, home, memoryBytes: limits.memoryBytes });
    return runProcess({
      command: [
        path,
        '--json-status-fd',
        '3',
        ...args,
        '--',
        ...limitedCommand(command, { limits, countsProcesses: countsPerNamespace(release()) }),
      ],
      folder: '/',
      environment: inside,
      timeoutMilliseconds: limits.wallMilliseconds,
      signal,
      outputBytes: limits.outputBytes,
      onOutput,
      // Only a command that really started has an exit code of its own.
      startedWhen: '"exit-code"',
      watch: (pid, exceed) => watchProcesses(pid, limits, exceed),
    });
  }

  #found(): Promise<Program> {
    this.#program ??= this.#ask();
    return this.#program;
  }

  async #ask(): Promise<Program> {
    const path = this.#paths.find((place) => existsSync(place));
    if (path === undefined) return { path, sizes: false, disablesNamespaces: false };
    const { signal } = new AbortController();
    const [{ output: version }, { output: help }] = await Promise.all(
      ['--version', '--help'].map((option) => runProcess({ ...asking, command: [path, option], signal })) as [
        Promise<CommandResult>,
        Promise<CommandResult>,
      ],
    );
    const number = /^bubblewrap (\d[\d.]{0,20})/.exec(version)?.[1];
    return {
      path,
      ...(number === undefined ? {} : { version: number }),
      sizes: help.includes('--size '),
      disablesNamespaces: help.includes('--disable-userns '),
    };
  }
}

/** Since Linux 5.14 processes are counted for each namespace; before that, for all of the person's. */
function countsPerNamespace(kernel: string): boolean {
  const [major = 0, minor = 0] = kernel.split('.').map(Number);
  return major > 5 || (major === 5 && minor >= 14);
}

/**
 * The person's own path, so that toolchains find themselves where they expect to be. Another path if that one contains the system, is inside it, or is not a
 * home.
 */
function homeInside(home: string): string {
  const system = ['/dev', '/proc', '/etc', ...systemFolders];
  const isFree = isAbsolute(home) && !contains(home, '/tmp') && !system.some((folder) => contains(folder, home) || contains(home, folder));
  return isFree ? home : '/home/sandbox';
}
