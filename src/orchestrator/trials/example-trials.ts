import type { Example } from '../../agents/examples/example.ts';
import { readDemands } from '../../agents/demands/read-demands.ts';
import { isStarted, readExamples } from '../../agents/examples/read-examples.ts';
import { filePurpose } from '../../agents/plans/file-purpose.ts';
import type { EventData } from '../../events/run-stream-events.ts';
import { toBytes } from '../../files/disk/file-content.ts';
import type { Clock } from '../../utils/clock.ts';
import { hashContent } from '../../utils/hash-content.ts';
import { redactOutput } from '../checks/redact-output.ts';
import type { ProjectBelow } from '../checks/project-below.ts';
import type { SeenPackages } from '../checks/seen-packages.ts';
import type { RunCommands } from '../run-commands.ts';
import { type FileUse, startTrial } from './start-trial.ts';
import { inTrialFolder, runTrial } from './trial-folder.ts';
import { tryExamples } from './try-examples.ts';

export interface ExampleTrialsOptions {
  input: () => { requirement: string; files: readonly { path: string; content: string }[] };
  verify: 'auto' | 'off' | 'required';
  commands: RunCommands;
  /** What was fetched for these files. */
  packagesFor: (files: readonly { path: string; content: string }[], below: ProjectBelow) => Promise<SeenPackages>;
  /** What lies below them. */
  below: () => Promise<ProjectBelow>;
  clock: Clock;
}

/** What was found out, as the journal holds it, but for the task. */
export type Trial = Omit<EventData<'examples.tried'>, 'task' | 'activity'>;

/** Of each command of an example: they are small, and a compiler may have to run first. */
const timeoutMilliseconds = 20_000;
/** A program that waits for work is not waited for. */
const startTimeoutMilliseconds = 10_000;

/** Tries the examples of one run's requirement. It reads them and looks for the sandbox when it is first asked. */
export class ExampleTrials {
  readonly #options: ExampleTrialsOptions;
  #examples: Example[] | undefined;

  constructor(options: ExampleTrialsOptions) {
    this.#options = options;
  }

  /**
   * Tries all examples on the programs of a run as they would stand, the project's own files below them.
   * @param files Of the run. Tests, documents and what ships a program have no part in it.
   * @returns undefined where there is nothing to try: no example, no program, or a person wants none run.
   */
  async try(files: readonly { path: string; content: string }[], signal: AbortSignal): Promise<Trial | undefined> {
    const { verify, commands, packagesFor, clock } = this.#options;
    const programs = files.filter(({ path }) => isProgram(path));
    if (verify === 'off' || programs.length === 0) return undefined;
    const { requirement, files: projectFiles } = this.#options.input();
    this.#examples ??= readExamples(requirement, projectFiles);
    if (this.#examples.length === 0) return undefined;
    const seen = programs.map(({ path, content }) => ({ path, sha256: hashContent(toBytes(content)) }));
    const probe = await commands.probe();
    if (probe.state === 'missing') {
      const examples = this.#examples.map(({ quote }) => ({
        quote,
        outcome: 'not_run' as const,
        held: 0,
        of: 0,
        why: `no sandbox: ${probe.why}`,
      }));
      return { files: seen, durationMilliseconds: 0, examples };
    }
    const began = clock.now();
    const { sandbox, environment, workspace, secrets } = commands;
    const all = new Map([...projectFiles, ...programs].map((file) => [file.path, file]));
    const below = await this.#options.below();
    const packages = await packagesFor([...projectFiles, ...files], below);
    const place = { sandbox, environment, workspace, packages, below, timeoutMilliseconds, signal };
    const tried = await tryExamples({ ...place, examples: this.#examples, files: [...all.values()] });
    return {
      files: seen,
      sandbox: sandbox.kind,
      durationMilliseconds: clock.now() - began,
      examples: tried.map(({ example: { quote }, outcome, held, of, why }) => ({
        quote,
        outcome,
        held,
        of,
        ...(why === undefined ? {} : { why: redactOutput(why, { secrets }) }),
      })),
    };
  }

  /**
   * Loads, starts or compiles one program as it would stand, to see whether it can work at all.
   * @param files Of the run, this one included.
   * @returns what is certainly wrong with it, a part of a sentence; undefined where nothing is, or where it cannot be tried.
   */
  async start(path: string, files: readonly { path: string; content: string }[], signal: AbortSignal): Promise<string | undefined> {
    const { verify, commands, packagesFor } = this.#options;
    if (verify === 'off' || !isProgram(path)) return undefined;
    const { requirement, files: projectFiles } = this.#options.input();
    const all = new Map([...projectFiles, ...files.filter((file) => isProgram(file.path))].map((file) => [file.path, file]));
    const trial = startTrial(path, { use: useOf(path, requirement, projectFiles), paths: [...all.keys()] });
    if (trial === undefined) return undefined;
    if ((await commands.probe()).state === 'missing') return undefined;
    const { sandbox, environment, workspace, secrets } = commands;
    const below = await this.#options.below();
    const packages = await packagesFor([...projectFiles, ...files], below);
    const place = { sandbox, environment, workspace, packages, below, timeoutMilliseconds: startTimeoutMilliseconds, signal };
    try {
      const result = await inTrialFolder([...all.values()], place, (folder) => runTrial(trial.command, folder, place));
      const fault = trial.faultIn(result);
      return fault === undefined ? undefined : redactOutput(fault, { secrets });
    } catch {
      // No room for the folder: then nothing is known.
      signal.throwIfAborted();
      return undefined;
    }
  }
}

/** A file of which the requirement names functions or classes, and which it never starts, is there to be used by others. */
function useOf(path: string, requirement: string, projectFiles: readonly { path: string }[]): FileUse {
  const { names } = readDemands(requirement, projectFiles);
  return names.length > 0 && !isStarted(path, requirement) ? 'module' : 'program';
}

/** Whether a file has a part in examples: whoever changes it makes what was tried stale. */
export function isProgram(path: string): boolean {
  return filePurpose(path) === 'code';
}
