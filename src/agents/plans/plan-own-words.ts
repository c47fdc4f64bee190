import type { Task } from '../task.ts';
import { readDemands } from '../demands/read-demands.ts';
import type { FilePurpose } from './assignment.ts';
import { filePurpose, purposeOfStep } from './file-purpose.ts';
import type { PlannedFiles } from './plan-files.ts';
import { knownFiles, type RunMaterial } from './run-material.ts';

/** A longer list is too long to choose from. */
const mostOffered = 12;

/** Steps that follow a change which a person has asked for. */
const following: Readonly<Record<string, FilePurpose>> = { refinement_testing: 'tests', refinement_documentation: 'documents' };

/** Whether what a step is to do stands in its own words, and not in the requirement: no built-in workflow has such a step. A change that a person asks for is one. */
export function hasOwnWords({ taskType }: Task): boolean {
  return purposeOfStep(taskType) === undefined;
}

export function ownWords({ description, instructions = '' }: Task): string {
  return `${description}\n\n${instructions}`;
}

/**
 * Which files such a step writes: those that its words name, else one or some of those that stand. Undefined for other steps, and where nothing stands that it could
 * change.
 */
export function planOwnWords(task: Task, material: RunMaterial): PlannedFiles | undefined {
  if (!hasOwnWords(task)) return undefined;
  const demands = readDemands(ownWords(task), [...knownFiles(material), ...material.files]);
  const isOpen = (path: string): boolean => !demands.kept.includes(path);
  // Beside a file that is to be written, one that stands is only mentioned, unless a sentence asks to change it.
  const named = demands.changed.length > 0 || demands.files.length > 0 ? demands.changed : demands.named.filter(isOpen);
  const asked = [
    ...named.map((path) => ({ path, state: 'changed' as const })),
    ...demands.files.map((path) => ({ path, state: 'new' as const })),
  ];
  // Of several files that stand, some may only be named because of what is in them.
  if (named.length > 1 && demands.files.length === 0) return { kind: 'choose', among: named };
  if (asked.length > 0) return { kind: 'files', files: asked };
  const purpose = following[task.taskType] ?? 'code';
  const standing = new Set([...material.files, ...material.projectFiles].map(({ path }) => path));
  const among = [...standing].filter((path) => filePurpose(path) === purpose && isOpen(path)).slice(-mostOffered);
  const [only, ...others] = among;
  if (only === undefined) return undefined;
  return others.length > 0 ? { kind: 'choose', among } : { kind: 'files', files: [{ path: only, state: 'changed' }] };
}
