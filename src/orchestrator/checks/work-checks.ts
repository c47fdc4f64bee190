import type { CheckRecord, RunState, TaskRecord } from '../../state/run/run-state.ts';
import { performActivity } from '../activities/perform-activity.ts';
import type { RunCommands } from '../run-commands.ts';
import type { TaskAssignment } from '../task-executor.ts';
import { changingTasks } from '../artifacts/changing-tasks.ts';
import { commandEnvironment } from './command-environment.ts';
import { bearsOnChecks, filesForCheck, type FileForCheck, hashOfFiles } from './files-for-check.ts';
import { hashContent } from '../../utils/hash-content.ts';
import { isOnPath } from './is-on-path.ts';
import { redactOutput } from './redact-output.ts';
import { type RanOnContents, runOnContents } from './run-on-contents.ts';
import type { SeenPackages } from './seen-packages.ts';
import { type WorkCheck, workChecksFor } from './work-check.ts';

export interface WorkChecksOptions {
  verify: 'auto' | 'off' | 'required';
  /** The command that a person wants instead of what the files tell. */
  command: string | undefined;
  /** Of each command. */
  timeoutMilliseconds: number;
  commands: RunCommands;
  packages: CheckedPackages;
}

/** The packages of the run, as far as checks are concerned. */
export interface CheckedPackages {
  /** What was fetched for these files. */
  seenBy: (files: readonly FileForCheck[]) => Promise<SeenPackages>;
  /** Why one that is missing is not there. */
  whyMissing: (files: readonly FileForCheck[], name: string) => Promise<NonNullable<Verification['packages']>>;
}

const changingWork = changingTasks(bearsOnChecks);

type Verification = NonNullable<CheckRecord['verification']>;

/** A task that may have changed something. */
export interface CheckedStep extends Pick<TaskAssignment, 'record' | 'signal'> {
  task: TaskRecord;
  state: RunState;
  /** The content of a version of a file. */
  contentOf: (sha256: string) => Promise<Uint8Array | undefined>;
}

/** Runs what tells whether the programs and tests of one run work. It looks for the sandbox when there is first something to run. */
export class WorkChecks {
  readonly #options: WorkChecksOptions;

  constructor(options: WorkChecksOptions) {
    this.#options = options;
  }

  /**
   * Checks what lies there after a task that has changed programs or tests; each check is an activity of it. What has been found out of the very same
   * files, whoever changed them, is not found out again.
   */
  async check(step: CheckedStep): Promise<void> {
    const { state, task, contentOf } = step;
    const { verify, command } = this.#options;
    if (verify === 'off' || task.verify === 'off') return;
    if (!changingWork(state).has(task.task)) return;
    const files = await filesForCheck(state, contentOf);
    const packages = await this.#options.packages.seenBy(files);
    // What failed for want of a package is tried again once it is there.
    const filesHash = packages.key === '' ? hashOfFiles(files) : hashContent(hashOfFiles(files) + packages.key);
    for (const check of await workChecksFor(files, task.verify ?? command)) {
      step.signal.throwIfAborted();
      if (state.checks.some((known) => answers(known, check.command, filesHash))) continue;
      const obstacle = await this.#obstacle(check);
      // What keeps it from running is told once.
      if (obstacle === undefined || !state.checks.some((known) => isTold(known, check.command, obstacle)))
        await this.#perform(check, { step, files, filesHash, packages, obstacle });
    }
  }

  async #perform(check: WorkCheck, { step, files, filesHash, packages, obstacle }: Circumstances): Promise<void> {
    const { timeoutMilliseconds, commands } = this.#options;
    const { secrets, sandbox } = commands;
    const { signal, record } = step;
    const { command, recipe, kind } = check;
    const clean = (text: string) => redactOutput(text, { secrets });
    await performActivity({
      task: step.task,
      record,
      // One that is lost is run again.
      durability: 'normal',
      kind: 'command',
      started: { command, timeoutMilliseconds, filesHash },
      work: async () => {
        const { ran, verdict } =
          obstacle === undefined ? await this.#run(check, { files, packages }, signal) : { ran: notStarted, verdict: obstacle };
        signal.throwIfAborted();
        const { outcome, exitCode, exceeded, durationMilliseconds, output } = ran;
        return {
          command,
          outcome,
          ...(exitCode === undefined ? {} : { exitCode }),
          ...(exceeded === undefined ? {} : { exceeded }),
          durationMilliseconds,
          output: clean(output),
          ...(outcome === 'not_started' ? {} : { sandbox: sandbox.kind, network: 'none' as const }),
          files: files.map(({ path, sha256 }) => ({ path, sha256 })),
          verification: { recipe, filesHash, kind, ...withoutSecrets(verdict, clean) },
        };
      },
    });
  }

  async #run(
    check: WorkCheck,
    { files, packages }: Pick<Circumstances, 'files' | 'packages'>,
    signal: AbortSignal,
  ): Promise<{ ran: RanOnContents; verdict: Found }> {
    const { timeoutMilliseconds, commands } = this.#options;
    const { sandbox, folder, workspace } = commands;
    const environment = commandEnvironment(commands.environment);
    const { command, report } = check;
    const place = { sandbox, folder, workspace, environment };
    const ran = await runOnContents({ ...place, timeoutMilliseconds, files, packages, report, command, signal });
    const verdict = verdictOf(check, ran);
    if (verdict.verdict !== 'missing_package') return { ran, verdict };
    return { ran, verdict: { ...verdict, packages: await this.#options.packages.whyMissing(files, verdict.why ?? '') } };
  }

  /** What can be known beforehand to keep a check from running on this machine. */
  async #obstacle({ tools }: WorkCheck): Promise<Found | undefined> {
    const { environment, probe: ask } = this.#options.commands;
    const probe = await ask();
    if (probe.state === 'missing') return { verdict: 'not_run', why: `this machine has no sandbox: ${probe.why}` };
    const variables = commandEnvironment(environment);
    const missing = tools.find((tool) => !isOnPath(tool, variables));
    return missing === undefined ? undefined : { verdict: 'missing_tool', why: missing };
  }
}

interface Circumstances {
  step: CheckedStep;
  files: FileForCheck[];
  filesHash: string;
  packages: SeenPackages;
  obstacle: Found | undefined;
}

type Found = Pick<Verification, 'verdict' | 'why' | 'packages' | 'counts' | 'tests'>;

const notStarted: RanOnContents = { outcome: 'not_started', durationMilliseconds: 0, output: '', outputBytes: 0 };

function verdictOf(check: WorkCheck, ran: RanOnContents): Found {
  const found = check.judge(ran);
  const results = 'results' in found ? found.results : undefined;
  const { passed, failed, skipped, tests } = results ?? {};
  const counted = passed === undefined || failed === undefined || skipped === undefined ? {} : { counts: { passed, failed, skipped } };
  const told = { ...counted, ...(tests === undefined || tests.length === 0 ? {} : { tests: tests.map((test) => ({ ...test })) }) };
  switch (found.kind) {
    case 'failed':
      return { verdict: 'failed', why: found.firstFailure, ...told };
    case 'missing_package':
      return { verdict: found.kind, why: found.name };
    case 'missing_tool':
      return { verdict: found.kind, why: found.tool };
    case 'not_run':
      return { verdict: found.kind, why: found.why };
    default:
      return { verdict: found.kind, ...told };
  }
}

function withoutSecrets({ why, tests, ...found }: Found, clean: (text: string) => string): Found {
  const cleaned = tests?.map(({ name, outcome, message }) => ({
    name: clean(name),
    outcome,
    ...(message === undefined ? {} : { message: clean(message) }),
  }));
  return { ...found, ...(why === undefined ? {} : { why: clean(why) }), ...(cleaned === undefined ? {} : { tests: cleaned }) };
}

/** What this machine lacks may be there the next time; everything else stays as it is while the files do. */
const settled: ReadonlySet<Verification['verdict']> = new Set(['passed', 'failed', 'timed_out', 'no_tests']);

function answers({ command, outcome, verification }: CheckRecord, wanted: string, filesHash: string): boolean {
  if (verification === undefined || outcome === 'stopped') return false;
  return command === wanted && verification.filesHash === filesHash && settled.has(verification.verdict);
}

function isTold({ command, verification }: CheckRecord, wanted: string, { verdict, why }: Found): boolean {
  return command === wanted && verification?.verdict === verdict && verification.why === why;
}
