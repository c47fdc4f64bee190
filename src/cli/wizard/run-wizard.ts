import { resolve } from 'node:path';
import type { ReadAhead } from '../../orchestrator/conversation/read-ahead.ts';
import { WorkflowCatalogue } from '../../workflows/workflow-catalogue.ts';
import type { RunOptions } from '../run-options.ts';
import type { Ask } from './ask.ts';
import { chooseFiles } from './choose-files.ts';
import { chooseRequirement } from './choose-requirement.ts';
import { chooseServer } from './choose-server.ts';
import { previewLines } from './preview-lines.ts';
import { startReadingAhead } from './reading-ahead.ts';
import { runCommandLine } from './run-command-line.ts';
import { shownServers } from './shown-servers.ts';
import { suggestWorkflow } from './suggest-workflow.ts';
import { readWizardMemory, writeWizardMemory } from './wizard-memory.ts';
import { loadRunSettings } from '../load-run-settings.ts';

/** `leave`: no model server and no demo; `not_now`: everything was answered but the last question. */
export type WizardDecision =
  /** `ahead`: what the server has read of the first prompt while the last question was open. */
  | { kind: 'run'; workflow: string; options: RunOptions; commandLine: string; ahead: ReadAhead }
  | { kind: 'demo' }
  | { kind: 'leave' }
  | { kind: 'not_now'; commandLine: string };

export interface WizardOptions {
  ask: Ask;
  /** What the command line answers already is not asked. */
  options: RunOptions;
  directory: string;
  columns: () => number;
  signal: AbortSignal;
}

/** Asks for all that a run needs; begins nothing. */
export async function runWizard({ ask, options: given, directory, columns, signal }: WizardOptions): Promise<WizardDecision> {
  const { settings } = loadRunSettings(given, directory);
  const { workspace } = settings;
  const memory = await readWizardMemory(workspace);
  const catalogue = new WorkflowCatalogue();

  const server = await chooseServer({ ask, options: given, memory, directory, signal });
  if (server.kind === 'leave') return server;
  if (server.kind === 'demo') {
    ask.say(`\n${previewLines(catalogue.get('feature_development'), columns()).join('\n')}\n`);
    return (await ask.consent({ message: 'Start the demo?', preset: 'yes' })) === 'yes' ? server : { kind: 'not_now', commandLine: 'demo' };
  }

  const requirement = await chooseRequirement({ ask, options: server.options, memory, workspace, directory });
  const suggested = suggestWorkflow(requirement.text);
  const workflows = catalogue.list();
  const isKnown = workflows.some(({ name }) => name === memory.workflow);
  // The same file as last time: its workflow, too.
  const { req } = requirement.options;
  const isSameRequirement = req !== undefined && memory.requirement?.file === resolve(directory, req);
  const workflow = await ask.one({
    message: 'Workflow',
    choices: workflows.map(({ name, title, description }) => ({
      name: `${title}${name === suggested ? ' (suggested)' : ''}${name === memory.workflow ? ' (last time)' : ''}`,
      value: name,
      description,
    })),
    preset: isSameRequirement && isKnown ? memory.workflow : suggested,
  });
  const files = await chooseFiles({ ask, options: given, memory, directory });

  const options: RunOptions = { ...server.options, ...requirement.options, ...(files.length > 0 ? { file: files } : {}) };
  const commandLine = runCommandLine(workflow, options);
  ask.say(`\n${previewLines(catalogue.get(workflow), columns()).join('\n')}\n`);
  const ahead = startReadingAhead(workflow, options, directory);
  const decision = await ask.consent({ message: 'Start?', preset: 'yes' }).catch(async (error: unknown) => {
    await ahead.stop('nothing');
    throw error;
  });
  const read = await ahead.stop(decision === 'yes' ? 'run' : 'nothing');
  const { remember = memory.requirement } = requirement;
  await writeWizardMemory(workspace, {
    workflow,
    requirement: remember?.file === undefined ? remember : { ...remember, file: resolve(directory, remember.file) },
    address: server.options.baseUrl === undefined ? memory.address : shownServers(server.options.baseUrl),
    model: server.options.model ?? memory.model,
    files: files.map((path) => resolve(directory, path)),
  });
  return decision === 'yes' ? { kind: 'run', workflow, options, commandLine, ahead: read } : { kind: 'not_now', commandLine };
}
