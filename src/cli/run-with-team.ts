import process from 'node:process';
import { ownSettingsFolder, ownStateFolder } from '../config/own-folders.ts';
import type { JournalEvent } from '../events/run-stream-events.ts';
import { AgentOrchestrator } from '../orchestrator/agent-orchestrator.ts';
import type { AskPerson } from '../orchestrator/decisions/person-desk.ts';
import { runFolders } from '../orchestrator/journal/run-folders.ts';
import type { WorkflowResult } from '../orchestrator/results/run-result.ts';
import { environmentWithoutSecrets } from '../utils/environment-without-secrets.ts';
import { printableLine } from '../utils/printable.ts';
import { type ClosableLogger, createLogger } from '../utils/winston-logger.ts';
import { asStarted } from './as-started.ts';
import { isPersonThere, personAtTerminal } from './asking/person-at-terminal.ts';
import { cacheFolder } from './model/state-folders.ts';
import { type ExitCode, exitCode, exitCodeOfRun } from './exit-code.ts';
import { loadingNotice } from './loading-notice.ts';
import { modelAccess } from './model-access.ts';
import type { RunOptions } from './run-options.ts';
import { followUpLine, nextLines } from './runs/next-lines.ts';
import { stopSignals } from './stop-signals.ts';
import { createView } from './views/create-view.ts';
import { outcomeLines } from './views/outcome.ts';
import { loadRunSettings } from './load-run-settings.ts';
import { writeFolded } from './write-folded.ts';
import { secretsOf } from '../config/redact-settings.ts';
import type { Settings } from '../config/settings-schema.ts';
import type { View } from './views/view.ts';
import { statSync } from 'node:fs';
import { usageError } from './usage-error.ts';

export interface TeamAtWork {
  orchestrator: AgentOrchestrator;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  /** Called once no more questions will be asked; from then on the run is shown. `earlier`: the earlier events of a run that continues. */
  begin: (earlier?: AsyncIterable<JournalEvent>) => Promise<void>;
  /** Asks whoever is at the terminal. Undefined: nobody is. */
  person: AskPerson | undefined;
}

export interface RunWithTeamOptions {
  options: RunOptions;
  /** Requests that the embedded engine answers at once. Default: the number from the command line, else one, because more cost memory and reading. */
  embeddedSlots?: number | undefined;
  work: (team: TeamAtWork) => Promise<WorkflowResult>;
  /** Absolute path of the run's results, if not that of a new run. */
  outputFolder?: string | undefined;
  /** Whether to show what to type after a completed run. Default: `told`. */
  afterCompletion?: 'told' | 'not_told' | undefined;
}

/** Lets a team work with everything that the command adds: settings, log, views, signals, and the lines at the end. */
export async function runWithTeam({
  options,
  embeddedSlots,
  work,
  outputFolder,
  afterCompletion = 'told',
}: RunWithTeamOptions): Promise<ExitCode> {
  const directory = process.cwd();
  const { sources, warnings, ...loaded } = loadRunSettings(options, directory);
  requireFolder(loaded.settings.workspace);
  const { max_concurrent_agents: tasksAtOnce } = loaded.settings;
  const secrets = secretsOf(loaded.settings);
  await using access = await modelAccess({ ...options, directory, secrets, tasksAtOnce });
  const isGiven = sources['max_concurrent_agents'] === 'override';
  const settings = isGiven ? loaded.settings : { ...loaded.settings, max_concurrent_agents: access.tasksAtOnce ?? tasksAtOnce };
  const logger = await openLog(options, settings, secrets);
  for (const warning of warnings) logger.warn(warning);

  const view = createView(options, standardOutput);
  const say = (text: string) => (view?.say === undefined ? standardError(text) : view.say(text));
  const waitFor = (text: string) => (view?.waitFor === undefined ? say(text) : view.waitFor(text));
  let underWay: string | undefined;
  const remote = options.allowRemote ? 'allowed' : 'refused';
  // Also if nobody reads the output any more.
  const onExit = () => {
    if (underWay === undefined) return;
    process.exitCode ||= exitCode.interrupted;
    if (settings.enable_task_persistence)
      standardError(
        `Continue with: ${followUpLine({ command: 'resume', run: underWay, workspace: orchestrator.workspace, directory, remote })}\n`,
      );
  };
  process.on('exit', onExit);
  using stop = stopSignals({ say, beforeEnd: () => view?.end?.() });
  const chosenSlots = isGiven ? settings.max_concurrent_agents : 'auto';
  const orchestrator = new AgentOrchestrator({
    config: settings,
    logger,
    onEvent(event) {
      logger.release();
      if (event.type === 'run.started' || event.type === 'run.resumed') underWay = event.correlation;
      if (event.type === 'run.finished' || event.type === 'run.waiting') underWay = undefined;
      view?.event(event);
    },
    connect: access.connect,
    embeddedSlots: embeddedSlots ?? (chosenSlots === 'auto' ? 1 : chosenSlots),
    cacheFolder: cacheFolder(),
    ownFolder: ownSettingsFolder(process.env),
    stateFolder: ownStateFolder(process.env),
    // Checks find their tools where the person has them.
    commandEnvironment: environmentWithoutSecrets(process.env, { secrets }),
    onMeasuring: () => waitFor('Measuring once whether several tasks at once are faster here. This takes a few seconds.\n'),
    onLoading: loadingNotice((sentence) => waitFor(`${sentence}\n`)),
    onNotice: (text) => say(`${printableLine(text)}\n`),
  });
  try {
    const result = await work({
      orchestrator,
      signal: stop.signal,
      begin: (earlier) => beginView(view, earlier),
      person: isPersonThere(options) ? personAtTerminal(view) : undefined,
    });
    view?.end?.();
    const folders = runFolders({
      output: outputFolder ?? orchestrator.outputFolder,
      run: result.workflow_id,
      workflow: result.workflow_type,
    });
    const kept = settings.enable_task_persistence ? 'journal' : 'memory';
    const told = afterCompletion === 'told' || result.status !== 'completed';
    const next = told ? nextLines(result, { kept, workspace: orchestrator.workspace, directory, remote }) : [];
    if (!options.json) writeFolded(`${[...outcomeLines(result, folders, directory), ...next].join('\n').trimStart()}\n`);
    else if (result.status === 'interrupted' || result.status === 'waiting')
      standardError(`${next.map((line) => line.trim()).join('\n')}\n`);
    underWay = undefined;
    return exitCodeOfRun(result.status, result.verification);
  } catch (error) {
    logger.error('The command failed', { error });
    throw error;
  } finally {
    process.off('exit', onExit);
    view?.end?.();
    await orchestrator.close();
    await logger.close();
  }
}

const standardOutput = (text: string) => void process.stdout.write(text);
const standardError = (text: string) => void process.stderr.write(asStarted(text));

/** The log file is created only when something runs. */
function openLog({ verbose }: RunOptions, { log_level: level, log_file: file }: Settings, secrets: string[]): Promise<ClosableLogger> {
  const standardError = verbose ? 'on' : 'off';
  return createLogger({ held: true, level: verbose ? 'debug' : level, file, standardError, stream: process.stderr, secrets });
}

async function beginView(view: View | undefined, earlier: AsyncIterable<JournalEvent> | undefined): Promise<void> {
  if (earlier !== undefined && view?.earlier !== undefined) for await (const event of earlier) view.earlier(event);
  view?.begin?.();
}

/** A missing workspace is created later; anything but a folder in its place is a mistake. @throws MultiagentError `usage`. */
function requireFolder(workspace: string): void {
  const found = statSync(workspace, { throwIfNoEntry: false });
  if (found === undefined || found.isDirectory()) return;
  throw usageError(`The workspace ${workspace} is not a folder.`, "Name the project's folder with --workspace.");
}
