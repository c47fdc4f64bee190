import { relative } from 'node:path';
import process from 'node:process';
import { type LeftOutFile, readDefinition } from '../../utils/definition-folder.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { printableLine } from '../../utils/printable.ts';
import { type DefinitionText, readDefinitionText } from '../../workflows/definition-text.ts';
import { InvalidWorkflowError, type LocatedProblem } from '../../workflows/invalid-workflow.ts';
import { unreachableSteps } from '../../workflows/unreachable-steps.ts';
import type { WorkflowStep } from '../../workflows/workflow-schema.ts';
import { type KnownNames, referenceProblems, taskTypeWarnings } from '../../workflows/reference-problems.ts';
import { stepsWithin } from '../../workflows/steps-within.ts';
import { type DefinitionsHere, definitionsHere } from '../definitions/workflows-here.ts';
import { rolesHere } from '../roles-here.ts';
import { loadCommandSettings } from '../load-run-settings.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { workspaceHere } from '../places-here.ts';
import { safeJson } from '../safe-json.ts';
import { findDefinition, type FoundDefinition } from '../definitions/find-definition.ts';
import { writeFolded, writeText } from '../write-folded.ts';
import type { JsonOption } from './workflows.ts';

interface Validated {
  name: string;
  /** As a person would write it; absent for a workflow without a file. */
  file: string | undefined;
  /** With those within others. */
  steps: number;
  problems: LocatedProblem[];
  /** What is no mistake for the program, but perhaps one of the person. */
  warnings: LocatedProblem[];
}

/** `multiagent workflows validate [workflow…]`; without a name all that are not built in. */
export async function validateWorkflows(given: readonly string[], { json }: JsonOption): Promise<ExitCode> {
  const workspace = await workspaceHere(process.cwd());
  const definitions = await definitionsHere(workspace);
  const own = definitions.catalogue.entries().filter(({ layer }) => layer !== 'built_in');
  const names = given.length > 0 ? given : own.map(({ path, name }) => path ?? name);
  const catalogue = rolesHere(workspace);
  const { roles } = catalogue;
  const known = {
    roles: roles.map(({ id }) => id),
    whyUnclear: (role: string) => catalogue.whyUnclear(role),
    taskTypes: [...new Set(roles.flatMap(({ tasks }) => [...tasks.keys()]))],
    workflows: definitions.catalogue.entries().map((entry) => entry.name),
    ...namesOfSettings(),
  };
  const validated = names.map((name) => validate(findDefinition(name, definitions), { definitions, known }));
  const leftOut = given.length > 0 ? [] : definitions.catalogue.leftOut;
  validated.push(...leftOut.map(leftOutFile));
  if (json) {
    const shown = validated.map(({ file = null, ...rest }) => ({ ...rest, file, valid: rest.problems.length === 0 }));
    process.stdout.write(`${safeJson(shown)}\n`);
  } else if (validated.length === 0) {
    writeFolded('There are only the built-in workflows. Write one of your own: multiagent workflows new my-workflow\n');
  } else {
    for (const one of validated) tell(one);
  }
  return validated.some(({ problems }) => problems.length > 0) ? exitCode.usage : exitCode.completed;
}

function leftOutFile({ path, reason }: LeftOutFile): Validated {
  const file = relative(process.cwd(), path);
  return { name: file, file, steps: 0, problems: [{ message: `it is left out: ${reason}` }], warnings: [] };
}

/** What is wrong with a definition, without a line in it. */
const told: ReadonlySet<string> = new Set(['workflow.invalid', 'workflow.unreadable', 'workflow.exists']);

function validate(
  { name, path, layer, read }: FoundDefinition,
  { definitions, known }: { definitions: DefinitionsHere; known: KnownNames & { taskTypes: readonly string[] } },
): Validated {
  const file = path === undefined || layer === 'built_in' ? undefined : relative(process.cwd(), path);
  const problems: LocatedProblem[] = [];
  let steps: WorkflowStep[] = [];
  try {
    ({ steps } = read());
  } catch (error) {
    if (error instanceof InvalidWorkflowError) problems.push(...error.problems);
    else if (error instanceof MultiagentError && told.has(error.code))
      problems.push({ message: `${error.message} ${error.hint ?? ''}`.trimEnd() });
    else throw error;
  }
  const text = path === undefined ? undefined : textOf(path);
  if (text !== undefined) problems.push(...referenceProblems(text.value, known).map(text.locate));
  const doubtful = [
    ...unreachableSteps(steps, definitions.kinds.declarations),
    ...(text === undefined ? [] : taskTypeWarnings(text.value, known.taskTypes)),
  ];
  return {
    name,
    file,
    steps: stepsWithin(steps).length,
    problems: problems.toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0)),
    warnings: doubtful.map((problem) => text?.locate(problem) ?? { message: problem.message }),
  };
}

/**
 * The models that steps may name, and the roles that are out of the team. Settings that cannot be loaded are no reason not to look at a workflow: what they
 * would say is then not checked, and every command that needs them tells why.
 */
function namesOfSettings(): Pick<KnownNames, 'models' | 'disabled'> {
  try {
    const { settings } = loadCommandSettings({ path: undefined, directory: process.cwd(), beyondRights: 'leave_out' });
    const models = Object.keys(settings.models);
    const disabled = Object.entries(settings.agents).flatMap(([role, { enabled }]) => (enabled ? [] : [role]));
    return { disabled, ...(models.length === 0 ? {} : { models: ['default', ...models] }) };
  } catch (error) {
    if (error instanceof MultiagentError) return {};
    throw error;
  }
}

/** What cannot be read has been told already. */
function textOf(path: string): DefinitionText | undefined {
  try {
    return readDefinitionText(readDefinition(path, {}));
  } catch {
    return undefined;
  }
}

function tell({ name, file, steps, problems, warnings }: Validated): void {
  const shown = printableLine(file ?? name);
  for (const problem of problems) tellProblem(shown, problem);
  for (const warning of warnings) tellProblem(shown, { ...warning, message: `warning: ${warning.message}` });
  if (problems.length === 0) writeFolded(`${shown}: no problem in ${steps === 1 ? 'one step' : `${steps} steps`}.\n`);
  else writeFolded(`${shown}: ${problems.length === 1 ? 'one problem' : `${problems.length} problems`}.\n`);
}

function tellProblem(shown: string, { line, column = 1, text, message }: LocatedProblem): void {
  writeText(`${shown}${line === undefined ? '' : `:${line}:${column}`}: ${message}\n`);
  if (line === undefined || text === undefined) return;
  const { marked, place } = around(text, column);
  const number = String(line);
  writeText(`  ${number} | ${printableLine(marked)}\n  ${' '.repeat(number.length)} | ${' '.repeat(place)}^\n`);
}

/** Characters of a long line that are shown. */
const mostShown = 100;

/** The part of a line around a column that is counted from 1, and where in it that column is. */
function around(text: string, column: number): { marked: string; place: number } {
  const from = Math.max(0, column - 1 - mostShown / 2);
  const shown = text.slice(from, from + mostShown);
  const marked = `${from > 0 ? '…' : ''}${shown}${from + mostShown < text.length ? '…' : ''}`;
  return { marked, place: printableLine(`${from > 0 ? '…' : ''}${shown.slice(0, column - 1 - from)}`).length };
}
