import { resolve } from 'node:path';
import type { ReadAhead } from '../../orchestrator/run/read-ahead.ts';
import { workflowsHere } from '../definitions/workflows-here.ts';
import { loadRunSettings } from '../load-run-settings.ts';
import { readInputs } from '../read-inputs.ts';
import { readProjectFiles } from '../read-project-files.ts';
import type { RunOptions } from '../run-options.ts';
import type { WorkflowDefinition } from '../../workflows/workflow-schema.ts';
import type { Ask } from './ask.ts';
import { chooseFiles } from './choose-files.ts';
import { codeHere } from './code-here.ts';
import { estimateLines } from './estimate-lines.ts';
import { chooseRequirement, isRequirementGiven, type RequirementChoice } from './choose-requirement.ts';
import { chooseServer, wantsNoServer } from './choose-server.ts';
import { chooseWorkflow } from './choose-workflow.ts';
import { type GivenWorkflow, givenWorkflow } from './given-workflow.ts';
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

/** The options of `multiagent` without a command: those of `run`, which answer its questions in advance. */
export interface WizardFlags extends Omit<RunOptions, 'workflow'> {
  /** The name of a workflow, or its file. */
  workflow?: string | undefined;
  /** Whatever has a default is not asked. */
  yes?: boolean | undefined;
}

export interface WizardOptions {
  ask: Ask;
  /** Questions that the command line answers are shown with their answers, and not asked. */
  flags: WizardFlags;
  directory: string;
  columns: () => number;
  signal: AbortSignal;
}

/** Asks for everything that a run needs, but starts nothing. */
export async function runWizard({ ask, flags, directory, columns, signal }: WizardOptions): Promise<WizardDecision> {
  const { workflow: wanted, yes, ...given } = flags;
  const rest = yes === true ? 'by_default' : 'asked';
  const { workspace } = loadRunSettings(given, directory).settings;
  const named = wanted === undefined ? undefined : await givenWorkflow(wanted, { workspace, directory });
  // What is wrong with an option is an error before the first question.
  if (named !== undefined) readInputs(named.definition, given.input ?? []);
  await readProjectFiles(given);
  // Answers are stored in it, too, so that a person who goes back finds them again.
  let memory = await readWizardMemory(workspace);
  const catalogue = await workflowsHere(workspace);
  const preview = (definition: WorkflowDefinition) => ask.say(`\n${previewLines(definition, columns()).join('\n')}\n`);
  const agree = async (message: string) => (rest === 'asked' ? ask.consent({ message, preset: 'yes' }) : answered(message));
  const answered = (message: string) => {
    ask.answered(message, 'Yes');
    return 'yes' as const;
  };

  let server: RunOptions = given;
  let requirement: RequirementChoice = { text: '', options: {} };
  let workflow: GivenWorkflow | undefined = named;
  let files: string[] = [];

  const steps: WizardStep<WizardDecision>[] = [
    {
      given: wantsNoServer(given, directory),
      async ask(way) {
        const choice = await chooseServer({ ask, options: given, memory, directory, signal, way, rest });
        if (choice.kind === 'leave') return choice;
        if (choice.kind === 'demo') {
          preview(catalogue.get('feature_development'));
          const answer = await agree('Start the demo?');
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
      given: named !== undefined || rest === 'by_default',
      async ask() {
        const code = given.file === undefined && given.files === undefined ? codeHere(workspace) : 'there';
        const chosen = workflow?.definition.name;
        const { input = [] } = given;
        workflow = await chooseWorkflow({ ask, named, input, requirement, chosen, memory, catalogue, directory, code, rest });
        return undefined;
      },
    },
    {
      given: given.file !== undefined || given.files !== undefined || rest === 'by_default',
      async ask() {
        files = await chooseFiles({ ask, options: given, memory, directory, rest });
        memory = { ...memory, files: files.map((path) => resolve(directory, path)) };
        return undefined;
      },
    },
    {
      given: false,
      async ask() {
        if (workflow === undefined) throw new Error('The wizard asked for a start before a workflow was chosen.');
        const { name } = workflow.definition;
        const file = files.length > 0 ? { file: files } : {};
        const options: RunOptions = { ...server, ...requirement.options, ...file, workflow: workflow.file };
        const commandLine = runCommandLine(name, options);
        preview(workflow.definition);
        const ahead = startReadingAhead(name, options, directory);
        const estimate = estimateLines(await ahead.foreseen);
        if (estimate.length > 0) ask.say(`${estimate.join('\n')}\n`);
        const decision = await agree('Start?').catch(async (error: unknown) => {
          await ahead.stop('nothing');
          throw error;
        });
        const read = await ahead.stop(decision === 'yes' ? 'run' : 'nothing');
        // A file has no place among those with a name, from which is chosen next time.
        await remember(options, workflow.file === undefined ? name : memory.workflow);
        return decision === 'yes' ? { kind: 'run', workflow: name, options, commandLine, ahead: read } : { kind: 'not_now', commandLine };
      },
    },
  ];
  return walkSteps(steps);

  async function remember({ baseUrl, model }: RunOptions, workflow: string | undefined): Promise<void> {
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
