import type { CheckRecord, RunState, TaskRecord } from '../../state/run/run-state.ts';
import { performActivity } from '../activities/perform-activity.ts';
import type { RunCommands } from '../run-commands.ts';
import type { TaskAssignment } from '../task-executor.ts';
import { changingTasks } from '../artifacts/changing-tasks.ts';
import { commandEnvironment } from './command-environment.ts';
import { failedBefore } from './failed-before.ts';
import { bearsOnChecks, filesForCheck, type FileForCheck, hashOfFiles } from './files-for-check.ts';
import { hashContent } from '../../utils/hash-content.ts';
import { isOnPath } from './is-on-path.ts';
import { nothingBelow, type ProjectBelow } from './project-below.ts';
import type { ProjectFiles } from './project-files.ts';
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
  /** Default: no project lies below the files. */
  project?: Pick<ProjectFiles, 'below' | 'bare'> | undefined;
  packages: CheckedPackages;
}

/** The packages of the run, as far as checks are concerned. */
export interface CheckedPackages {
  /** What was fetched for these files. */
  seenBy: (files: readonly FileForCheck[], below: ProjectBelow) => Promise<SeenPackages>;
  /** Why one that is missing is not there. */
  whyMissing: (files: readonly FileForCheck[], name: string, below: ProjectBelow) => Promise<NonNullable<Verification['packages']>>;
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
    const below = (await this.#options.project?.below(state)) ?? nothingBelow;
    const all = await filesForCheck(state, contentOf);
    const files = all.filter(({ path }) => !below.paths.has(path));
    const packages = await this.#options.packages.seenBy(files, below);
    // What failed for want of a package is tried again once it is there.
    const more = below.key + packages.key;
    const filesHash = more === '' ? hashOfFiles(files) : hashContent(hashOfFiles(files) + more);
    for (const check of await workChecksFor({ files, below }, task.verify ?? command)) {
      step.signal.throwIfAborted();
      if (state.checks.some((known) => answers(known, check.command, filesHash))) continue;
      const obstacle = await this.#obstacle(check);
      // What keeps it from running is told once.
      if (obstacle === undefined || !state.checks.some((known) => isTold(known, check.command, obstacle)))
        await this.#perform(check, { step, all, files, below, filesHash, packages, obstacle });
    }
  }

  async #perform(check: WorkCheck, circumstances: Circumstances): Promise<void> {
    const { timeoutMilliseconds, commands } = this.#options;
    const { secrets, sandbox } = commands;
    const { step, all, below, filesHash, obstacle } = circumstances;
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
          obstacle === undefined ? await this.#runWithProject(check, circumstances) : { ran: notStarted, verdict: obstacle };
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
          files: all.map(({ path, sha256 }) => ({ path, sha256 })),
          ...(below.changed === undefined ? {} : { project: below.changed }),
          ...(below.leftOut === undefined ? {} : { withoutProject: below.leftOut }),
          verification: {
            recipe,
            filesHash,
            kind,
            ...withoutSecrets(verdict, clean),
          },
        };
      },
    });
  }

  /** What fails is run once more on the project without the files of the run: what failed there, too, is not their fault. */
  async #runWithProject(check: WorkCheck, circumstances: Circumstances): Promise<{ ran: RanOnContents; verdict: Found }> {
    const found = await this.#run(check, circumstances);
    const { project } = this.#options;
    const { state, signal } = circumstances.step;
    if (project === undefined || !failing.has(found.verdict.verdict)) return found;
    signal.throwIfAborted();
    const bare = await project.bare(state);
    if (bare === undefined) return found;
    const known = state.checks.findLast(
      ({ command, verification }) => command === check.command && verification?.before?.project === bare.key,
    );
    const before = known?.verification?.before ?? (await this.#before(check, bare, circumstances));
    return { ran: found.ran, verdict: withBefore({ ...found.verdict, before }) };
  }

  async #before(check: WorkCheck, bare: ProjectBelow, { step }: Circumstances): Promise<NonNullable<Verification['before']>> {
    const packages = await this.#options.packages.seenBy([], bare);
    const { verdict } = await this.#run(check, { step, files: [], below: bare, packages });
    const names = (verdict.tests ?? []).filter(({ outcome }) => outcome === 'failed').map(({ name }) => name);
    return { project: bare.key, verdict: verdict.verdict, failing: names, ...(verdict.why === undefined ? {} : { why: verdict.why }) };
  }

  async #run(
    check: WorkCheck,
    { step: { signal }, files, below, packages }: Pick<Circumstances, 'step' | 'files' | 'below' | 'packages'>,
  ): Promise<{ ran: RanOnContents; verdict: Found }> {
    const { timeoutMilliseconds, commands } = this.#options;
    const { sandbox, folder, workspace } = commands;
    const environment = commandEnvironment(commands.environment);
    const { command, report } = check;
    const place = { sandbox, folder, workspace, environment };
    const ran = await runOnContents({ ...place, timeoutMilliseconds, files, below, packages, report, command, signal });
    const verdict = verdictOf(check, ran);
    if (verdict.verdict !== 'missing_package') return { ran, verdict };
    return { ran, verdict: { ...verdict, packages: await this.#options.packages.whyMissing(files, verdict.why ?? '', below) } };
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
  /** Of the run, and those of the project that it has read. */
  all: FileForCheck[];
  /** Those of them that do not lie below. */
  files: FileForCheck[];
  below: ProjectBelow;
  filesHash: string;
  packages: SeenPackages;
  obstacle: Found | undefined;
}

type Found = Pick<Verification, 'verdict' | 'why' | 'packages' | 'counts' | 'tests' | 'before'>;

const failing: ReadonlySet<Verification['verdict']> = new Set(['failed', 'timed_out']);

/** Where some of the tests fail for the first time, it is these that are told. */
function withBefore(found: Found): Found {
  const old = failedBefore(found);
  if (old.of !== 'some') return found;
  const first = found.tests?.find(({ name }) => old.fresh.includes(name));
  const tests = found.tests?.toSorted((a, b) => Number(old.fresh.includes(b.name)) - Number(old.fresh.includes(a.name)));
  return { ...found, tests, why: first === undefined ? found.why : `${first.name} failed\n${first.message ?? ''}`.trim() };
}

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

function withoutSecrets({ why, tests, before, ...found }: Found, clean: (text: string) => string): Found {
  const cleaned = tests?.map(({ name, outcome, message }) => ({
    name: clean(name),
    outcome,
    ...(message === undefined ? {} : { message: clean(message) }),
  }));
  return {
    ...found,
    ...(why === undefined ? {} : { why: clean(why) }),
    ...(cleaned === undefined ? {} : { tests: cleaned }),
    ...(before === undefined ? {} : { before: cleanBefore(before, clean) }),
  };
}

function cleanBefore({ why, failing: names, ...before }: NonNullable<Found['before']>, clean: (text: string) => string) {
  return { ...before, ...(why === undefined ? {} : { why: clean(why) }), failing: names.map(clean) };
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
