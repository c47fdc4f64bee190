import { existsSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { arch, platform } from 'node:process';
import type { TaskRecord } from '../../state/run/run-state.ts';
import type { CommandResult } from '../../sandbox/sandbox.ts';
import { hashContent } from '../../utils/hash-content.ts';
import { hashOfInstall, planInstalls } from '../../verification/plan-installs.ts';
import type { InstallPlan, PlannedInstall } from '../../verification/planned-install.ts';
import { performActivity } from '../activities/perform-activity.ts';
import { commandEnvironment } from '../checks/command-environment.ts';
import { findOnPath, isOnPath } from '../checks/is-on-path.ts';
import { redactOutput } from '../checks/redact-output.ts';
import { runOnContents } from '../checks/run-on-contents.ts';
import { noPackages, type SeenPackages } from '../checks/seen-packages.ts';
import { nothingBelow, type ProjectBelow } from '../checks/project-below.ts';
import { textsOfFiles } from '../checks/texts-of-files.ts';
import type { RunCommands } from '../run-commands.ts';
import type { TaskAssignment } from '../task-executor.ts';
import { fetchPackages } from './fetch-packages.ts';

export interface RunPackagesOptions {
  run: string;
  /** A person has to say so. */
  mayFetch: boolean;
  /** Absolute: where fetched packages are kept, outside of the project. Undefined: nowhere. */
  folder: string | undefined;
  timeoutMilliseconds: number;
  commands: RunCommands;
}

type Files = readonly { path: string; content: string | Uint8Array }[];

/** Whether a question about packages that are not there has an answer. */
export type WhyMissing = 'not_allowed' | 'not_named' | 'not_fetched' | 'refused';

/**
 * The packages that the checks of one run need. Those that are not on this machine are fetched where a person has allowed it, and kept for every run that names
 * the same ones.
 */
export class RunPackages {
  readonly #options: RunPackagesOptions;
  /** What came of it in this process, by the hash of what was wanted. */
  readonly #settled = new Map<string, Settled>();
  /** What another branch of the run is at, by the same hash. Ends well however that ends. */
  readonly #settling = new Map<string, Promise<unknown>>();

  constructor(options: RunPackagesOptions) {
    this.#options = options;
  }

  /** Fetches what these files name and this machine does not have. It is tried once in a process; each try is an activity of the task. */
  async provide(
    step: Pick<TaskAssignment, 'record' | 'signal'> & { task: TaskRecord },
    files: Files,
    below: ProjectBelow = nothingBelow,
  ): Promise<void> {
    const { mayFetch, commands } = this.#options;
    if (!mayFetch) return;
    for (const plan of await planInstalls(textsOfFiles(files, below))) {
      step.signal.throwIfAborted();
      const hash = this.#hashOf(plan);
      // Without a sandbox nothing is run that would need them; the checks say so.
      if (!this.#isSettled(plan, hash) && (await commands.probe()).state === 'missing') return;
      // Where the other branch is stopped, this one does it.
      for (let other = this.#settling.get(hash); other !== undefined; other = this.#settling.get(hash)) await untilEnd(other, step.signal);
      if (this.#isSettled(plan, hash)) continue;
      const settling = this.#settle({ plan, hash, files, below, step }).then((settled) => this.#settled.set(hash, settled));
      this.#settling.set(
        hash,
        settling.catch(() => undefined),
      );
      await settling.finally(() => this.#settling.delete(hash));
    }
  }

  #isSettled(plan: InstallPlan, hash: string): boolean {
    return this.#settled.has(hash) || this.#isKept(plan, hash);
  }

  /** What commands on these files see: all that has been fetched for what they name, now or before. */
  async seenBy(files: Files, below: ProjectBelow = nothingBelow): Promise<SeenPackages> {
    if (this.#options.folder === undefined) return noPackages;
    const given = commandEnvironment(this.#options.commands.environment);
    const seen: { -readonly [Key in keyof SeenPackages]: SeenPackages[Key] } = { ...noPackages };
    for (const plan of await planInstalls(textsOfFiles(files, below))) {
      const hash = this.#hashOf(plan);
      if ('refused' in plan || !this.#isKept(plan, hash)) continue;
      const place = this.#placeOf(plan, hash);
      seen.key += hash;
      seen.readable = [...seen.readable, place];
      seen.environment = { ...seen.environment, ...plan.variables?.(place, given) };
      seen.linked = [...seen.linked, ...(plan.linked ?? []).map((at) => ({ at, from: join(place, at) }))];
    }
    return seen;
  }

  /** Why a package of this name, which one of these files needs, is not there. */
  async whyMissing(files: Files, name: string, below: ProjectBelow = nothingBelow): Promise<WhyMissing> {
    const plans = (await planInstalls(textsOfFiles(files, below))).filter((plan) => 'refused' in plan || plan.covers(name));
    if (plans.length === 0) return 'not_named';
    if (plans.every((plan) => 'refused' in plan)) return 'refused';
    if (!this.#options.mayFetch) return 'not_allowed';
    return plans.some((plan) => this.#settled.get(this.#hashOf(plan)) === 'not_fetched') ? 'not_fetched' : 'not_named';
  }

  /** Of what is fetched, and for what: packages with compiled parts are those of one system, one processor and one Python, whose program is called `python3.12`. */
  #hashOf(plan: InstallPlan): string {
    const environment = commandEnvironment(this.#options.commands.environment);
    const programs = 'refused' in plan ? [] : plan.tools.map((tool) => nameOf(findOnPath(tool, environment)));
    return hashContent(Buffer.from(JSON.stringify([hashOfInstall(plan), platform, arch, programs])));
  }

  #placeOf({ manager }: InstallPlan, hash: string): string {
    return join(this.#options.folder ?? '', `${manager}-${hash.slice(0, 32)}`);
  }

  #isKept(plan: InstallPlan, hash: string): boolean {
    return this.#options.folder !== undefined && existsSync(this.#placeOf(plan, hash));
  }

  async #settle({ plan, hash, files, below, step }: Wanted): Promise<Settled> {
    const { timeoutMilliseconds, commands } = this.#options;
    const environment = commandEnvironment(commands.environment);
    const obstacle = this.#obstacle(plan, environment);
    if (obstacle === undefined && !('refused' in plan) && (await this.#isPresent(plan, { files, below }, step.signal))) return 'present';
    const { manager, namedIn } = plan;
    const { outcome } = await performActivity({
      task: step.task,
      record: step.record,
      kind: 'install',
      started: { manager, namedIn: [...namedIn], hash, command: 'refused' in plan ? '' : plan.fetch, timeoutMilliseconds },
      // What lies there decides, and it does not.
      holds: () => false,
      work: async () => {
        const result = obstacle === undefined && !('refused' in plan) ? await this.#fetch(plan, hash, step.signal) : notStarted(obstacle);
        step.signal.throwIfAborted();
        const { outputBytes: _, output, ...kept } = result;
        const isStarted = kept.outcome !== 'not_started';
        return {
          manager,
          namedIn: [...namedIn],
          ...kept,
          output: redactOutput(output, { secrets: commands.secrets }),
          ...(isStarted ? { sandbox: commands.sandbox.kind } : {}),
        };
      },
    });
    return outcome === 'passed' ? 'fetched' : 'not_fetched';
  }

  /** What keeps the packages from being fetched; a sentence without its end. */
  #obstacle(plan: InstallPlan, environment: Readonly<Record<string, string>>): string | undefined {
    if ('refused' in plan) return plan.refused;
    if (this.#options.folder === undefined) return 'this program was given no folder to keep them in';
    const missing = plan.tools.find((tool) => !isOnPath(tool, environment));
    return missing === undefined ? undefined : `${missing} is not on this machine`;
  }

  async #isPresent({ present }: PlannedInstall, seen: Pick<Wanted, 'files' | 'below'>, signal: AbortSignal): Promise<boolean> {
    const { sandbox, folder, workspace, environment } = this.#options.commands;
    const place = { sandbox, folder, workspace, environment: commandEnvironment(environment) };
    const timeoutMilliseconds = Math.min(this.#options.timeoutMilliseconds, mostForLooking);
    const ran = await runOnContents({ ...place, command: present, ...seen, timeoutMilliseconds, signal, packages: noPackages });
    return ran.outcome === 'passed';
  }

  #fetch(plan: PlannedInstall, hash: string, signal: AbortSignal): Promise<CommandResult> {
    const { run, timeoutMilliseconds, commands } = this.#options;
    const environment = commandEnvironment(commands.environment);
    return fetchPackages({ plan, place: this.#placeOf(plan, hash), run, commands, environment, timeoutMilliseconds, signal });
  }
}

/** The name that a program has when links to it are followed. */
function nameOf(program: string | undefined): string | undefined {
  try {
    return program === undefined ? undefined : basename(realpathSync(program));
  } catch {
    return undefined;
  }
}

type Settled = 'present' | 'fetched' | 'not_fetched';

interface Wanted {
  plan: InstallPlan;
  hash: string;
  files: Files;
  below: ProjectBelow;
  step: Parameters<RunPackages['provide']>[0];
}

/** A look at what is there takes some seconds at most. */
const mostForLooking = 60_000;

function notStarted(why = ''): CommandResult {
  return { outcome: 'not_started', durationMilliseconds: 0, output: why, outputBytes: 0 };
}

/** @throws what the signal was aborted with, also while it waits. */
async function untilEnd(other: Promise<unknown>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const stopped = Promise.withResolvers<void>();
  const stop = () => stopped.resolve();
  signal.addEventListener('abort', stop, { once: true });
  await Promise.race([other, stopped.promise]);
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
}
