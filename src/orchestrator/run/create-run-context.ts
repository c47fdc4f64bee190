import { type TeamInstructions, teamInstructions } from '../../agents/team-instructions.ts';
import { fallbackModels } from '../../config/fallback-names.ts';
import { secretsOf } from '../../config/redact-settings.ts';
import { runStream } from '../../events/run-stream.ts';
import { FileWriter } from '../../files/file-writer.ts';
import { chooseSandbox } from '../../sandbox/choose-sandbox.ts';
import type { RunState } from '../../state/run/run-state.ts';
import type { TestsInRun } from '../../agents/instruction-text.ts';
import { testsInRun } from './tests-in-run.ts';
import { keptPrivate } from './kept-private.ts';
import { roleModels } from './role-models.ts';
import { probeOnce, type RunCommands } from '../run-commands.ts';
import type { RunContext } from '../run-context.ts';
import type { RunEnvironment } from '../run-environment.ts';
import type { RunFolders } from '../journal/run-folders.ts';
import type { RunJournal } from '../journal/run-journal.ts';
import { RunPackages } from '../packages/run-packages.ts';
import { ProjectFiles } from '../checks/project-files.ts';
import { baseTextOf } from '../showing/project-of-run.ts';
import { WorkChecks } from '../checks/work-checks.ts';
import { ExampleTrials } from '../trials/example-trials.ts';
import { wordsWithExamples } from '../trials/words-with-examples.ts';
import { countingFiles } from '../artifacts/standing-files.ts';
import { SyntaxChecks } from '../artifacts/syntax-checks.ts';
import { spendingOf } from '../cost/spending-of.ts';
import { RunFallback } from '../models/run-fallback.ts';
import { CallRetries } from '../call-retries.ts';

export interface CreateRunContextOptions {
  environment: RunEnvironment;
  journal: RunJournal;
  folders: RunFolders;
  maxParallel: number;
  /** Of a run that goes on, or of one that this run follows. */
  state?: RunState | undefined;
}

export async function createRunContext({
  environment,
  journal,
  folders,
  maxParallel,
  state,
}: CreateRunContextOptions): Promise<RunContext> {
  const { settings, models, store, clock, logger, agentOf, formats, workspace, workflowNamed, commandEnvironment, packagesFolder } =
    environment;
  const instructions = teamInstructions(environment.roles);
  const stream = runStream(journal.run);
  const sandbox = chooseSandbox(settings.sandbox);
  const commands: RunCommands = {
    sandbox,
    probe: probeOnce(sandbox),
    folder: folders.generated,
    workspace,
    environment: commandEnvironment,
    secrets: secretsOf(settings),
  };
  const tests = await testsInRun({ settings, probe: commands.probe, instructions, recorded: state?.preamble });
  const packages = new RunPackages({
    run: journal.run,
    mayFetch: settings.allow_install && settings.verify !== 'off',
    folder: packagesFolder,
    timeoutMilliseconds: settings.install_timeout * 1000,
    commands,
  });
  const contentOf = (sha256: string) => store.getContent(sha256);
  const keepContent = (content: Uint8Array) => store.putContent(content, { stream });
  const project = new ProjectFiles({ workspace, contentOf, environment: commandEnvironment });
  const spending = spendingOf(settings, state?.run === journal.run ? state : undefined);
  const roleModelOf = roleModels({ settings, models, maxParallel, tests, spending });
  const modelOf: RunContext['modelOf'] = (user) => roleModelOf(user && keptPrivate(user, { journal, kinds: environment.kinds }));
  return {
    run: journal.run,
    journal,
    preamble: preambleOf(instructions, tests, state?.preamble),
    agentOf,
    expectsOf: (taskType) => environment.roles.instructionsFor(taskType, undefined)?.expects,
    modelOf,
    files: new FileWriter({
      folder: folders.generated,
      within: folders.within,
      formats,
      keepContent: (content, durability = 'normal') => store.putContent(content, { stream, durability }),
      manifest: state ? countingFiles(state) : [],
      readBase: (path) => baseTextOf({ journal, contentOf, keepContent, commands }, path),
      basePaths: () => journal.state.input.files.map(({ path }) => path),
      rejectedFolder: folders.rejected,
    }),
    repairModel: settings.repair_model,
    fileCheck: settings.file_check,
    checks: new SyntaxChecks(),
    packages,
    examples: new ExampleTrials({
      input: () => ({ requirement: wordsWithExamples(journal.state), files: journal.state.input.files }),
      verify: settings.verify,
      commands,
      packagesFor: (files, below) => packages.seenBy(files, below),
      below: () => project.below(journal.state),
      clock,
    }),
    project,
    workChecks: new WorkChecks({
      verify: settings.verify,
      command: settings.verify_command,
      timeoutMilliseconds: settings.verify_timeout * 1000,
      commands,
      project,
      packages,
    }),
    callRights: environment.calls,
    commands,
    otherTools: environment.otherTools,
    workflowNamed,
    ownFolder: environment.ownFolder,
    contentOf,
    keepContent,
    fallback: new RunFallback({ spares: fallbackModels(settings), models, modelOf, clock, budget: settings.budget }),
    callRetries: new CallRetries(settings.llm_max_retries),
    retryDelayMilliseconds: 1000,
    taskTimeoutMilliseconds: settings.task_timeout === undefined ? undefined : settings.task_timeout * 1000,
    clock,
    logger,
  };
}

/**
 * The system message of the start, byte for byte, also where this version of the program would say it differently. Where models of several sizes are at work, the
 * others have theirs.
 */
function preambleOf(today: TeamInstructions, tests: TestsInRun, recorded: string | undefined): RunContext['preamble'] {
  const lengths = ['full', 'brief', 'plain'] as const;
  const isToday = lengths.some((length) => today.preamble(length, tests) === recorded);
  return (length) => (recorded === undefined || isToday ? today.preamble(length, tests) : recorded);
}
