import process from 'node:process';
import { loadSettings } from '../config/load-settings.ts';
import { AgentOrchestrator } from '../orchestrator/agent-orchestrator.ts';
import { runFolders } from '../orchestrator/run-folders.ts';
import type { WorkflowResult } from '../orchestrator/run-result.ts';
import { WorkflowEngine } from '../orchestrator/workflow-engine.ts';
import { printableLine } from '../utils/printable.ts';
import { createLogger } from '../utils/winston-logger.ts';
import { type ExitCode, exitCode } from './exit-code.ts';
import { type RunOptions, settingsFromOptions } from './run-options.ts';
import { stopSignals } from './stop-signals.ts';
import { chooseView } from './views/choose-view.ts';
import { jsonView } from './views/json-view.ts';
import { liveView } from './views/live-view.ts';
import { lookFor } from './views/look.ts';
import { outcomeLines } from './views/outcome.ts';
import { plainView } from './views/plain-view.ts';
import type { View } from './views/view.ts';

export interface ExecuteWorkflowOptions {
  workflow: string;
  options: RunOptions;
  /** Called once the workflow is known to exist. */
  requirement: () => Promise<string>;
  files: () => Promise<{ path: string; content: string }[]>;
}

/** Runs a workflow as the command does: settings, log, views, signals, and what is printed at the end. */
export async function executeWorkflow({ workflow, options, requirement, files }: ExecuteWorkflowOptions): Promise<ExitCode> {
  const directory = process.cwd();
  const { settings, sources, warnings } = loadSettings({
    path: options.config,
    environment: process.env,
    directory,
    overrides: settingsFromOptions(options, directory),
  });
  const logger = await createLogger({
    level: options.verbose ? 'debug' : settings.log_level,
    file: settings.log_file,
    standardError: options.verbose ? 'on' : 'off',
    secrets: settings.llm_api_key === 'not-needed' ? [] : [settings.llm_api_key],
  });
  for (const warning of warnings) logger.warn(warning);

  const standardOutput = (text: string) => void process.stdout.write(text);
  const standardError = (text: string) => void process.stderr.write(text);
  const view = viewFor(options, standardOutput);
  const say = (text: string) => (view?.say === undefined ? standardError(text) : view.say(text));
  using stop = stopSignals(say);
  let loadingTold = false;
  const orchestrator = new AgentOrchestrator({
    config: settings,
    logger,
    onEvent: (event) => view?.event(event),
    // More than one slot costs memory and reading: only for who asks for it here and now.
    embeddedSlots:
      sources['max_concurrent_agents'] === 'override' && settings.max_concurrent_agents !== 'auto' ? settings.max_concurrent_agents : 1,
    onLoading: (address) => {
      if (!loadingTold) say(printableLine(`The model server at ${address} is loading its model; waiting for it.`).concat('\n'));
      loadingTold = true;
    },
  });
  try {
    const engine = new WorkflowEngine(orchestrator);
    engine.getWorkflowTemplate(workflow);
    const [text, projectFiles] = [await requirement(), await files()];
    view?.begin?.();
    const result = await engine.executeWorkflow(workflow, text, { files: projectFiles }, { signal: stop.signal });
    view?.end?.();
    if (!options.json) {
      const folders = runFolders({ output: orchestrator.outputFolder, run: result.workflow_id, workflow: result.workflow_type });
      standardOutput(`${outcomeLines(result, folders, directory).join('\n').trimStart()}\n`);
    }
    return codeOf(result);
  } catch (error) {
    logger.error('The command failed', { error });
    throw error;
  } finally {
    view?.end?.();
    await orchestrator.close();
    await logger.close();
  }
}

function viewFor(options: RunOptions, write: (text: string) => void): View | undefined {
  const { stdout, env, platform } = process;
  const name = chooseView({ options, output: stdout.isTTY ? 'terminal' : 'other', environment: env });
  if (name === 'none') return undefined;
  if (name === 'json') return jsonView(write);
  if (name === 'plain') return plainView({ write, detail: options.verbose ? 'verbose' : 'normal' });
  return liveView({
    terminal: { write, columns: () => stdout.columns || 80, rows: () => stdout.rows || 24 },
    look: lookFor(env, platform),
  });
}

function codeOf({ status }: WorkflowResult): ExitCode {
  if (status === 'completed') return exitCode.completed;
  return status === 'interrupted' || status === 'cancelled' ? exitCode.interrupted : exitCode.failed;
}
