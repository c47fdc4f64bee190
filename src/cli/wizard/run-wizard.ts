import { resolve } from 'node:path';
import type { ReadAhead } from '../../orchestrator/run/read-ahead.ts';
import { workflowsHere } from '../definitions/workflows-here.ts';
import { loadRunSettings } from '../load-run-settings.ts';
import type { RunOptions } from '../run-options.ts';
import type { Ask } from './ask.ts';
import { chooseFiles } from './choose-files.ts';
import { codeHere } from './code-here.ts';
import { estimateLines } from './estimate-lines.ts';
import { chooseRequirement, isRequirementGiven, type RequirementChoice } from './choose-requirement.ts';
import { chooseServer, wantsNoServer } from './choose-server.ts';
import { chooseWorkflow } from './choose-workflow.ts';
import { previewLines } from './preview-lines.ts';
import { startReadingAhead } from './reading-ahead.ts';
import { runCommandLine, shownServers } from './run-command-line.ts';
import { walkSteps, type WizardStep } from './walk-steps.ts';
import { readWizardMemory, writeWizardMemory } from './wizard-memory.ts';

/** `leave`: no model server and no demo. `not_now`: the person answered no to the last question. */
export type WizardDecision =
  /** `ahead`: what the server has read of the first prompt while the last question was open. */
  | { kind: 'run'; workflow: string; options: RunOptions; commandLine: string; ahead: ReadAhead }
  | { kind: 'demo' }
  | { kind: 'leave' }
  | { kind: 'not_now'; commandLine: string };

export interface WizardOptions {
  ask: Ask;
  /** Questions that the command line answers are not asked. */
  options: RunOptions;
  directory: string;
  columns: () => number;
  signal: AbortSignal;
}

/** Asks for everything that a run needs, but starts nothing. */
export async function runWizard({ ask, options: given, directory, columns, signal }: WizardOptions): Promise<WizardDecision> {
  const { workspace } = loadRunSettings(given, directory).settings;
  // Answers are stored in it, too, so that a person who goes back finds them again.
  let memory = await readWizardMemory(workspace);
  const catalogue = await workflowsHere(workspace);
  const preview = (workflow: string) => ask.say(`\n${previewLines(catalogue.get(workflow), columns()).join('\n')}\n`);

  let server: RunOptions = given;
  let requirement: RequirementChoice = { text: '', options: {} };
  let workflow = '';
  let files: string[] = [];

  const steps: WizardStep<WizardDecision>[] = [
    {
      given: wantsNoServer(given, directory),
      async ask(way) {
        const choice = await chooseServer({ ask, options: given, memory, directory, signal, way });
        if (choice.kind === 'leave') return choice;
        if (choice.kind === 'demo') {
          preview('feature_development');
          const answer = await ask.consent({ message: 'Start the demo?', preset: 'yes' });
          return answer === 'yes' ? choice : { kind: 'not_now', commandLine: 'demo' };
        }
        server = choice.options;
        return undefined;
      },
    },
    {
      given: isRequirementGiven(given),
      async ask() {
        memory = { ...memory, requirement: requirement.remember ?? memory.requirement };
        requirement = await chooseRequirement({ ask, options: server, before: requirement, memory, workspace, directory });
        return undefined;
      },
    },
    {
      given: false,
      async ask() {
        const code = given.file === undefined && given.files === undefined ? codeHere(workspace) : 'there';
        workflow = await chooseWorkflow({ ask, requirement, chosen: workflow, memory, catalogue, directory, code });
        return undefined;
      },
    },
    {
      given: given.file !== undefined,
      async ask() {
        files = await chooseFiles({ ask, options: given, memory, directory });
        memory = { ...memory, files: files.map((path) => resolve(directory, path)) };
        return undefined;
      },
    },
    {
      given: false,
      async ask() {
        const options: RunOptions = { ...server, ...requirement.options, ...(files.length > 0 ? { file: files } : {}) };
        const commandLine = runCommandLine(workflow, options);
        preview(workflow);
        const ahead = startReadingAhead(workflow, options, directory);
        const estimate = estimateLines(await ahead.foreseen);
        if (estimate.length > 0) ask.say(`${estimate.join('\n')}\n`);
        const decision = await ask.consent({ message: 'Start?', preset: 'yes' }).catch(async (error: unknown) => {
          await ahead.stop('nothing');
          throw error;
        });
        const read = await ahead.stop(decision === 'yes' ? 'run' : 'nothing');
        await remember(options);
        return decision === 'yes' ? { kind: 'run', workflow, options, commandLine, ahead: read } : { kind: 'not_now', commandLine };
      },
    },
  ];
  return walkSteps(steps);

  async function remember({ baseUrl, model }: RunOptions): Promise<void> {
    const { remember: source = memory.requirement } = requirement;
    await writeWizardMemory(workspace, {
      workflow,
      requirement: source?.file === undefined ? source : { ...source, file: resolve(directory, source.file) },
      address: baseUrl === undefined ? memory.address : shownServers(baseUrl),
      model: model ?? memory.model,
      files: files.map((path) => resolve(directory, path)),
    });
  }
}
