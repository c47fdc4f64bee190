import type { Example } from '../../agents/examples/example.ts';
import { readExamples } from '../../agents/examples/read-examples.ts';
import { filePurpose } from '../../agents/plans/file-purpose.ts';
import type { EventData } from '../../events/run-stream-events.ts';
import { toBytes } from '../../files/disk/file-content.ts';
import type { SandboxProbe } from '../../sandbox/sandbox.ts';
import type { Clock } from '../../utils/clock.ts';
import { hashContent } from '../../utils/hash-content.ts';
import { redactOutput } from '../checks/redact-output.ts';
import type { RunCommands } from '../run-commands.ts';
import { tryExamples } from './try-examples.ts';

export interface ExampleTrialsOptions {
  input: () => { requirement: string; files: readonly { path: string; content: string }[] };
  verify: 'auto' | 'off';
  commands: RunCommands;
  clock: Clock;
}

/** What was found out, as the journal holds it, but for the task. */
export type Trial = Omit<EventData<'examples.tried'>, 'task' | 'activity'>;

/** Of each command of an example: they are small, and a compiler may have to run first. */
const timeoutMilliseconds = 20_000;

/** Tries the examples of one run's requirement. It reads them and looks for the sandbox when it is first asked. */
export class ExampleTrials {
  readonly #options: ExampleTrialsOptions;
  #examples: Example[] | undefined;
  #probe: Promise<SandboxProbe> | undefined;

  constructor(options: ExampleTrialsOptions) {
    this.#options = options;
  }

  /**
   * Tries all examples on the programs of a run as they would stand, the project's own files below them.
   * @param files Of the run. Tests, documents and what ships a program have no part in it.
   * @returns undefined where there is nothing to try: no example, no program, or a person wants none run.
   */
  async try(files: readonly { path: string; content: string }[], signal: AbortSignal): Promise<Trial | undefined> {
    const { verify, commands, clock } = this.#options;
    const programs = files.filter(({ path }) => isProgram(path));
    if (verify === 'off' || programs.length === 0) return undefined;
    const { requirement, files: projectFiles } = this.#options.input();
    this.#examples ??= readExamples(requirement, projectFiles);
    if (this.#examples.length === 0) return undefined;
    const seen = programs.map(({ path, content }) => ({ path, sha256: hashContent(toBytes(content)) }));
    this.#probe ??= commands.sandbox.probe();
    const probe = await this.#probe;
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
    const place = { sandbox, environment, workspace, timeoutMilliseconds, signal };
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
}

/** Whether a file has a part in examples: whoever changes it makes what was tried stale. */
export function isProgram(path: string): boolean {
  return filePurpose(path) === 'code';
}
