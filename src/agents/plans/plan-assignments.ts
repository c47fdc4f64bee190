import { readDemands } from '../demands/read-demands.ts';
import type { Task } from '../task.ts';
import type { Assignment, FilePurpose, Shown } from './assignment.ts';
import { describeDecisions } from './describe-decisions.ts';
import { filePurpose } from './file-purpose.ts';
import { planFiles } from './plan-files.ts';
import { hasOwnWords, ownWords, planOwnWords } from './plan-own-words.ts';
import { knownFiles, type RunMaterial } from './run-material.ts';

export interface PlanAssignmentsOptions {
  task: Task;
  material: RunMaterial;
  /** The words that ask for a file that the requirement names (`named`) or that a step adds (`derived`), with the places filled in. */
  words: (places: Record<string, string>, origin: 'named' | 'derived') => string;
}

/**
 * What a step asks of a model that can do one thing at a time. Our own code finds out which files are due and their names, and each is asked for in a message
 * of its own. Undefined: it is asked for as a whole.
 */
export function planAssignments({ task, material, words }: PlanAssignmentsOptions): Assignment[] | undefined {
  const demands = readDemands(material.requirement, knownFiles(material));
  if (task.expects === 'text') {
    const decided = describeDecisions(task.taskType, demands, material);
    return [decided === undefined ? { kind: 'text', message: words({}, 'derived'), shows: 'files' } : { kind: 'decided', text: decided }];
  }
  const own = planOwnWords(task, material);
  // Nothing stands that it could be about.
  if (own === undefined && task.expects === 'either') return undefined;
  const planned = own ?? planFiles({ taskType: task.taskType, demands, material });
  switch (planned.kind) {
    case 'nothing':
      return [{ kind: 'decided', text: planned.because }];
    case 'choose': {
      const which = task.expects === 'either' ? 'is this about' : 'must be changed';
      const question = `Which of these files ${which}: ${quoted(planned.among)}? Answer with the names only.`;
      return [
        {
          kind: 'choice',
          among: planned.among,
          message: hasOwnWords(task) ? `${task.description}\n\n${question}` : question,
          shows: 'nothing',
        },
      ];
    }
    case 'files':
    default: {
      // With several files, nobody knows which one is to define a name.
      const names = planned.files.length === 1 ? namesAskedOf(task, material) : [];
      return planned.files.map((file) => fileAssignment({ file, task, material, names, words }));
    }
  }
}

/** Functions and classes that a step is to define, by name. */
function namesAskedOf(task: Task, material: RunMaterial): string[] {
  return readDemands(hasOwnWords(task) ? ownWords(task) : material.requirement, knownFiles(material)).names;
}

/** The assignments that follow from a choice. */
export function assignmentsForChoice({
  chosen,
  task,
  material,
  words,
}: PlanAssignmentsOptions & { chosen: readonly string[] }): Assignment[] {
  const names = namesAskedOf(task, material);
  return chosen.map((path) => fileAssignment({ file: { path, state: 'changed' }, task, material, names, words }));
}

interface FileAssignmentOptions extends PlanAssignmentsOptions {
  file: { path: string; state: 'new' | 'changed'; framework?: string | undefined };
  names: readonly string[];
}

function fileAssignment({ file: { path, state, framework = '' }, task, material, names, words }: FileAssignmentOptions): Assignment {
  const purpose = filePurpose(path);
  const others = [...material.files, ...material.projectFiles].map((file) => file.path).filter((other) => filePurpose(other) === 'code');
  const { files, named } = readDemands(material.requirement, knownFiles(material));
  // The first step that writes files delivers what the requirement is about, whether the requirement names it or not; one with its own words what they are about.
  const isSubject = state === 'changed' || hasOwnWords(task) || task.taskType === material.writingSteps[0];
  const origin = isSubject || files.includes(path) || named.includes(path) ? 'named' : 'derived';
  // What the requirement says of a file suffices, but for a step that is about something else.
  const told = hasOwnWords(task) ? 'derived' : origin;
  const message = words({ file: path, framework, subject: quoted([...new Set(others)]) }, told);
  return {
    kind: 'file',
    path,
    purpose,
    state,
    names: purpose === 'code' ? names : [],
    message,
    shows: shownFor(purpose, origin),
    origin,
  };
}

/**
 * A file that our own code added to ship or describe a program needs only the programs. The step that writes tests has had them read already: showing the same
 * again costs nothing, and showing less would drop it from the server's cache.
 */
function shownFor(purpose: FilePurpose, origin: 'named' | 'derived'): Shown {
  return origin === 'derived' && (purpose === 'deployment' || purpose === 'documents') ? 'code' : 'files';
}

function quoted(paths: readonly string[]): string {
  return paths.map((path) => `\`${path}\``).join(', ');
}
