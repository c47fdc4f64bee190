import process from 'node:process';
import { ownSettingsFolder, ownStateFolder } from '../config/own-folders.ts';
import type { JournalEvent } from '../events/run-stream-events.ts';
import { AgentOrchestrator } from '../orchestrator/agent-orchestrator.ts';
import type { AskPerson } from '../orchestrator/decisions/person-desk.ts';
import { runFolders } from '../orchestrator/journal/run-folders.ts';
import type { WorkflowResult } from '../orchestrator/results/run-result.ts';
import { earlierTimes } from '../orchestrator/time-left/earlier-times.ts';
import { environmentWithoutSecrets } from '../utils/environment-without-secrets.ts';
import { printableLine } from '../utils/printable.ts';
import { type ClosableLogger, createLogger } from '../utils/winston-logger.ts';
import { asStarted } from './as-started.ts';
import { isPersonThere, personAtTerminal } from './asking/person-at-terminal.ts';
import { steeringAtTerminal } from './asking/steering-at-terminal.ts';
import { cacheFolder } from './model/state-folders.ts';
import { type ExitCode, exitCode, exitCodeOfRun, worstExitCode } from './exit-code.ts';
import { loadingNotice } from './loading-notice.ts';
import { readingNotice } from './reading-notice.ts';
import { modelAccess } from './model-access.ts';
import type { RunOptions } from './run-options.ts';
import { followUpLine, nextLines } from './runs/next-lines.ts';
import { stopSignals } from './stop-signals.ts';
import { createView } from './views/create-view.ts';
import { outcomeLines } from './views/outcome.ts';
import { loadRunSettings } from './load-run-settings.ts';
import { writeReportAtEnd } from './report/write-report-at-end.ts';
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
  /** Tells a person something that is no event. */
  say: (text: string) => void;
}

export interface RunWithTeamOptions {
  options: RunOptions;
  /** Requests that the embedded engine answers at once. Default: the number from the command line, else one, because more cost memory and reading. */
  embeddedSlots?: number | undefined;
  work: (team: TeamAtWork) => Promise<WorkflowResult | WorkflowResult[]>;
  /** For several runs at once: what a person calls each, by its id. The work fills it when it begins them. */
  names?: ReadonlyMap<string, string> | undefined;
  /** Absolute path of the run's results, if not that of a new run. */
  outputFolder?: string | undefined;
  /** Whether to show what to type after a completed run. Default: `told`. */
  afterCompletion?: 'told' | 'not_told' | undefined;
  /** Shows the runs, and tells what came of them itself. Default: the view of the options, and lines at the end. */
  view?: View | undefined;
}

/** Lets a team work with everything that the command adds: settings, log, views, signals, and the lines at the end. */
export async function runWithTeam({
  options,
  embeddedSlots,
  work,
  names,
  outputFolder,
  afterCompletion = 'told',
  view: own,
}: RunWithTeamOptions): Promise<ExitCode> {
  const directory = process.cwd();
  const { sources, warnings, allowedHosts: remote, ...loaded } = loadRunSettings(options, directory);
  requireFolder(loaded.settings.workspace);
  const { max_concurrent_agents: tasksAtOnce } = loaded.settings;
  const secrets = secretsOf(loaded.settings);
  await using access = await modelAccess({ ...options, directory, secrets, tasksAtOnce });
  const isGiven = sources['max_concurrent_agents'] === 'override';
  const settings = isGiven ? loaded.settings : { ...loaded.settings, max_concurrent_agents: access.tasksAtOnce ?? tasksAtOnce };
  const logger = await openLog(options, settings, secrets);
  for (const warning of warnings) logger.warn(warning);

  const isThere = isPersonThere(options);
  const view = own ?? createView({ options, write: standardOutput, bell: settings.bell, keys: isThere ? process.stdin : undefined, names });
  const say = (text: string) => (view?.say === undefined ? standardError(text) : view.say(text));
  const waitFor = (text: string) => (view?.waitFor === undefined ? say(text) : view.waitFor(text));
  const underWay = new Set<string>();
  // Also if nobody reads the output any more.
  const onExit = () => {
    if (underWay.size === 0) return;
    process.exitCode ||= exitCode.interrupted;
    if (!settings.enable_task_persistence) return;
    for (const run of underWay)
      standardError(`Continue with: ${followUpLine({ command: 'resume', run, workspace: orchestrator.workspace, directory, remote })}\n`);
  };
  process.on('exit', onExit);
  using stop = stopSignals({ say, beforeEnd: () => view?.end?.() });
  const chosenSlots = isGiven ? settings.max_concurrent_agents : 'auto';
  const orchestrator = new AgentOrchestrator({
    config: settings,
    logger,
    onEvent(event) {
      logger.release();
      if (event.type === 'run.started' || event.type === 'run.resumed') underWay.add(event.correlation);
      if (event.type === 'run.finished' || event.type === 'run.waiting') underWay.delete(event.correlation);
      view?.event(event);
    },
    connect: access.connect,
    embeddedSlots: embeddedSlots ?? (chosenSlots === 'auto' ? 1 : chosenSlots),
    cacheFolder: cacheFolder(),
    ownFolder: ownSettingsFolder(process.env),
    stateFolder: ownStateFolder(process.env),
    // Checks find their tools where the person has them.
    commandEnvironment: environmentWithoutSecrets(process.env, { secrets }),
    personEnvironment: process.env,
    onMeasuring: () => waitFor('Measuring once whether several tasks at once are faster here. This takes a few seconds.\n'),
    onLoading: loadingNotice((sentence) => waitFor(`${sentence}\n`)),
    onReadingProject: readingNotice((sentence) => waitFor(`${sentence}\n`)),
    onNotice: (text) => say(`${printableLine(text)}\n`),
  });
  if (isThere) view?.steer?.(steeringAtTerminal(orchestrator));
  view?.learnFrom?.(async (run) => (await earlierTimes(orchestrator.store, run)).times);
  try {
    const results = [
      await work({
        orchestrator,
        signal: stop.signal,
        begin: (earlier) => beginView(view, earlier),
        person: isThere ? personAtTerminal(view) : undefined,
        say,
      }),
    ].flat();
    view?.end?.();
    const kept = settings.enable_task_persistence ? 'journal' : 'memory';
    for (const result of own === undefined ? results : []) {
      const { workflow_id: run, workflow_type: workflow, status } = result;
      const folders = runFolders({ output: outputFolder ?? orchestrator.outputFolder, run, workflow });
      const told = afterCompletion === 'told' || status !== 'completed';
      const next = told ? nextLines(result, { kept, workspace: orchestrator.workspace, directory, remote }) : [];
      const page = settings.report === 'auto' ? await writeReportAtEnd(orchestrator, result, { directory, say }) : [];
      const name = names === undefined ? [] : ['', `${printableLine(names.get(run) ?? run)}:`];
      if (!options.json)
        writeFolded(`${[...name, outcomeLines(result, folders, directory).join('\n').trimStart(), ...page, ...next].join('\n')}\n`);
      else if (status === 'interrupted' || status === 'waiting') standardError(`${next.map((line) => line.trim()).join('\n')}\n`);
    }
    underWay.clear();
    return worstExitCode(
      results.map(({ status, verification: { outcome }, kept_back: keptBack }) => exitCodeOfRun(status, { outcome, keptBack })),
    );
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
