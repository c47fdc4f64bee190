import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultLimits, limitedCommand } from '../limits.ts';
import { runProcess } from '../run-process.ts';
import type { CommandResult, Sandbox, SandboxCommand, SandboxProbe } from '../sandbox.ts';
import { sandboxEnvironment } from '../visible/sandbox-environment.ts';
import { visiblePlaces } from '../visible/visible-places.ts';
import { macFolders, seatbeltProfile } from './seatbelt-profile.ts';

const program = '/usr/bin/sandbox-exec';

/** Where toolchains look in the home by default. The command's home is empty, so these variables name the person's folders. */
const homeVariables: Readonly<Record<string, string>> = { RUSTUP_HOME: '.rustup', PYENV_ROOT: '.pyenv', NVM_DIR: '.nvm' };

/**
 * The sandbox that comes with macOS. Its authors could not test it on a Mac: `probe` decides. There are no namespaces, so the folder keeps its own path, and
 * processes are killed as a group.
 */
export class SandboxExec implements Sandbox {
  readonly kind = 'sandbox-exec';

  async probe(): Promise<SandboxProbe> {
    if (!existsSync(program)) return { state: 'missing', why: `${program} is not there`, hint: 'It comes with macOS; restore it.' };
    const folder = await mkdtemp(join(tmpdir(), 'multiagent-probe-'));
    const environment = { HOME: homedir(), PATH: '/usr/bin:/bin' };
    const { signal } = new AbortController();
    const tried = await this.run({ command: 'exit 42', folder, environment, network: 'none', limits: defaultLimits(10_000), signal });
    await rm(folder, { recursive: true, force: true });
    if (tried.exitCode !== 42) {
      const [said = ''] = tried.output.trim().split('\n');
      return {
        state: 'missing',
        why: `sandbox-exec does not work here (${said})`,
        hint: `Try it by hand: ${program} -p '(version 1)(allow default)' true`,
      };
    }
    const lacks = [
      'each process has limits of its own, but all together have none',
      'a process that leaves its group is not killed with the others',
      'a command runs on when this program is killed',
      'a command without network cannot reach a server that it started itself',
    ];
    return { state: 'ready', name: 'sandbox-exec', lacks };
  }

  async run(options: SandboxCommand): Promise<CommandResult> {
    const {
      command,
      folder,
      contents = folder,
      readable = [],
      hidden = [],
      guarded = [],
      environment,
      network,
      limits,
      signal,
      onOutput,
    } = options;
    const personHome = environment['HOME'] || homedir();
    const place = await realpath(contents);
    const own = await realpath(await mkdtemp(join(tmpdir(), 'multiagent-sandbox-')));
    const [home, temporary] = [join(own, 'home'), join(own, 'tmp')];
    await Promise.all([mkdir(home), mkdir(temporary)]);
    try {
      const places = visiblePlaces({ environment, home: personHome, system: macFolders, hidden: [place, ...hidden] });
      places.readable.push(...readable.map((path) => ({ at: path, from: path })));
      const toolchains = Object.fromEntries(
        Object.entries(homeVariables).flatMap(([name, below]) =>
          existsSync(join(personHome, below)) ? [[name, join(personHome, below)]] : [],
        ),
      );
      const profile = seatbeltProfile({
        writable: [place, own],
        guarded: guarded.map(({ path, as }) => ({ path: join(place, path), as })),
        places,
        network,
      });
      return await runProcess({
        command: [program, '-p', profile, ...limitedCommand(command, { limits, countsProcesses: false })],
        folder: place,
        environment: { ...toolchains, ...sandboxEnvironment(environment, { network, home, temporary }) },
        timeoutMilliseconds: limits.wallMilliseconds,
        signal,
        outputBytes: limits.outputBytes,
        onOutput,
      });
    } finally {
      await rm(own, { recursive: true, force: true });
    }
  }
}
