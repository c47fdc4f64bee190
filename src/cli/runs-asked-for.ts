import { basename, extname } from 'node:path';
import type { Workflow } from '../orchestrator/workflow.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { needsRequirement, resolveInputs } from '../workflows/resolve-inputs.ts';
import type { WorkflowDefinition } from '../workflows/workflow-schema.ts';
import { type InputSet, inputsOfSet, readInputSets, setsError } from './read-input-sets.ts';
import { readInputs } from './read-inputs.ts';
import { readProjectFiles } from './read-project-files.ts';
import { readRequirement, sayUnlessQuiet } from './read-requirement.ts';
import type { RunOptions } from './run-options.ts';
import { usageError } from './usage-error.ts';

/** A run that is to begin, and what a person calls it. */
export interface NamedRun {
  name: string;
  workflow: Workflow;
}

/**
 * A run for each requirement file with each set of inputs. What `--input` gives is the same for all.
 * @throws MultiagentError for what is wrong with any of them; one error names every set that cannot be used.
 */
export async function runsAskedFor(definition: WorkflowDefinition, reqs: readonly string[], options: RunOptions): Promise<NamedRun[]> {
  const { inputs: file, input = [] } = options;
  const shared = readInputs(definition, input);
  const sets = file === undefined ? [undefined] : await readInputSets(file);
  const requirements = await requirementsOf(reqs, options);
  const given = await readProjectFiles(options);
  const runs: NamedRun[] = [];
  const wrong: { set: InputSet; error: MultiagentError }[] = [];
  for (const { name: ofReq, requirement: ofAll } of requirements)
    for (const set of sets) {
      try {
        const inputs = { ...shared, ...(set === undefined ? {} : ownInputs(definition, set, shared)) };
        const requirement = requirementOf(definition, ofAll, set);
        resolveInputs(definition, { requirement, inputs });
        const name = [ofReq, set?.name].filter((part) => part !== undefined).join(', ');
        runs.push({ name, workflow: { definition, requirement, inputs, ...given, context: {} } });
      } catch (error) {
        if (set === undefined || !(error instanceof MultiagentError)) throw error;
        if (!wrong.some((other) => other.set === set)) wrong.push({ set, error });
      }
    }
  if (file !== undefined && wrong.length > 0) throw setsError(file, wrong);
  return runs;
}

async function requirementsOf(
  reqs: readonly string[],
  { words = [], requirement, quiet }: RunOptions,
): Promise<{ name?: string; requirement?: string }[]> {
  const say = sayUnlessQuiet({ quiet });
  if (words.length > 0 || requirement !== undefined)
    return [{ requirement: await readRequirement({ req: reqs[0], requirement, words }, say) }];
  if (reqs.length === 0) return [{}];
  const read: { name: string; requirement: string }[] = [];
  for (const [index, name] of namesOf(reqs).entries()) read.push({ name, requirement: await readRequirement({ req: reqs[index] }, say) });
  return read;
}

function ownInputs(definition: WorkflowDefinition, set: InputSet, shared: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const inputs = inputsOfSet(definition, set);
  const twice = Object.keys(inputs).find((name) => Object.hasOwn(shared, name));
  if (twice !== undefined)
    throw usageError(`The input ${twice} is given here and with --input, which is for all sets.`, 'Leave out one of them.');
  return inputs;
}

/** Where it is needed and missing, the check of the inputs says so. */
function requirementOf(definition: WorkflowDefinition, ofAll: string | undefined, set: InputSet | undefined): string {
  const own = set?.values['requirement'];
  if (own === undefined) {
    if (ofAll === undefined && needsRequirement(definition))
      throw usageError(
        'It has no requirement.',
        'Give each set one (requirement: A todo list), or all of them with --req or in words after the workflow.',
      );
    return ofAll ?? '';
  }
  if (ofAll !== undefined)
    throw usageError('The requirement is given here and on the command line, which is for all sets.', 'Leave out one of them.');
  if (typeof own !== 'string')
    throw new MultiagentError({ category: 'usage', code: 'input.invalid', message: 'The requirement is a text.' });
  return own;
}

/** The names of the files, as short as they are different. */
function namesOf(reqs: readonly string[]): string[] {
  const short = reqs.map((req) => (req === '-' ? 'stdin' : basename(req, extname(req))));
  const names = new Set(short).size === reqs.length ? short : reqs;
  return names.map((name, index) =>
    names.indexOf(name) === index ? name : `${name} (${names.slice(0, index + 1).filter((other) => other === name).length})`,
  );
}
