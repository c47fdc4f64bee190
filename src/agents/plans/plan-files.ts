import type { Demands } from '../demands/read-demands.ts';
import { fileKindOf } from '../demands/file-kind.ts';
import type { FilePurpose } from './assignment.ts';
import { demandedPaths, filePurpose, purposeOfStep } from './file-purpose.ts';
import type { RunMaterial } from './run-material.ts';
import { programFileFor } from './program-file-for.ts';
import { testFileFor } from './test-file-for.ts';

/** What a step is to write. `choose`: some of these; the model says which. */
export type PlannedFiles =
  | { kind: 'files'; files: { path: string; state: 'new' | 'changed'; framework?: string | undefined }[] }
  | { kind: 'choose'; among: string[] }
  | { kind: 'nothing'; because: string };

export interface PlanFilesOptions {
  taskType: string;
  demands: Demands;
  material: RunMaterial;
}

/**
 * Which files a step writes: those of its purpose that the requirement names, else what such a step usually delivers. Files that the requirement names and that
 * belong to no step go to the first step that writes files.
 */
export function planFiles({ taskType, demands, material }: PlanFilesOptions): PlannedFiles {
  const purpose = purposeOfStep(taskType) ?? 'code';
  const named = demandedPaths(taskType, material);
  if (named.length > 0) {
    const changed = purpose === 'code' && material.files.length === 0 ? demands.changed.filter(isCode) : [];
    return {
      kind: 'files',
      files: [
        ...changed.map((path) => ({ path, state: 'changed' as const })),
        ...named.map((path) => ({ path, state: 'new' as const, framework: frameworkFor(path, purpose) })),
      ],
    };
  }
  switch (purpose) {
    case 'code':
      return changedFiles(demands, material);
    case 'tests':
      return plannedTests(material);
    case 'deployment':
      return addedFile(taskType === 'deployment' ? 'Dockerfile' : 'docker-compose.yml', material);
    case 'documents':
    default:
      return addedFile(documentOf(taskType), material);
  }
}

/** A file that nobody asked for. What a person has written under its name is not written anew. */
function addedFile(path: string, { isUnseen }: RunMaterial): PlannedFiles {
  if (isUnseen?.(path) === true)
    return { kind: 'nothing', because: `${path} is there already, and the requirement does not ask to change it.` };
  return { kind: 'files', files: [{ path, state: 'new' }] };
}

/** A longer list is too long to choose from. */
const mostOffered = 12;

/**
 * Programs of the project: those that the requirement names, else all that were given, else those that it speaks of. Without a project it is one file, since a
 * small model does best with one.
 */
function changedFiles(
  demands: Demands,
  { requirement, projectFiles, near = [], isUnseen, files, writingSteps }: RunMaterial,
): PlannedFiles {
  const isOpen = (path: string): boolean => isCode(path) && !demands.kept.includes(path);
  const given = projectFiles.map(({ path }) => path).filter(isOpen);
  const programs = given.length > 0 ? given : near.filter(isOpen).slice(0, mostOffered);
  const [changed, named] = [demands.changed.filter(isOpen), demands.named.filter(isOpen)];
  if ((demands.files.length > 0 && changed.length === 0) || files.length > 0)
    return {
      kind: 'nothing',
      because: `What the requirement asks for is written by other steps: ${demands.files.join(', ') || writingSteps.join(', ')}.`,
    };
  // A text that does not ask to change a named file describes a symptom, which another file may cause.
  const among = changed.length > 0 || (named.length > 0 && programs.length > mostOffered) ? named : [...new Set([...programs, ...named])];
  if (among.length > 1) return { kind: 'choose', among };
  const path = among[0] ?? programFileFor(requirement);
  return { kind: 'files', files: [{ path, state: among.length > 0 || isUnseen?.(path) === true ? 'changed' : 'new' }] };
}

function isCode(path: string): boolean {
  return fileKindOf(path) === 'program' && filePurpose(path) === 'code';
}

/** Tests of the first program that this run wrote, or that the project has. */
function plannedTests({ files, projectFiles, isUnseen }: RunMaterial): PlannedFiles {
  const programs = [...files, ...projectFiles].map(({ path }) => path).filter((path) => filePurpose(path) === 'code' && !isEntrance(path));
  const taken = new Set([...files, ...projectFiles].map(({ path }) => path));
  for (const path of programs) {
    const plan = testFileFor(path);
    if (plan !== undefined)
      return {
        kind: 'files',
        files: [{ ...plan, path: freePath(plan.path, (other) => taken.has(other) || isUnseen?.(other) === true), state: 'new' }],
      };
  }
  return { kind: 'files', files: [{ path: 'TESTING.md', state: 'new', framework: 'steps that a person follows by hand' }] };
}

/** A file that only marks a package, such as Python's `__init__.py`, has nothing to test. */
function isEntrance(path: string): boolean {
  return /(?:^|\/)__\w+__\.py$/.test(path);
}

/** The project's tests stay unchanged; new ones go beside them. */
function freePath(path: string, isTaken: (path: string) => boolean): string {
  if (!isTaken(path)) return path;
  const dot = path.indexOf('.', path.lastIndexOf('/') + 1);
  for (let number = 2; ; number += 1) {
    const other = `${path.slice(0, dot)}_${number}${path.slice(dot)}`;
    if (!isTaken(other)) return other;
  }
}

function frameworkFor(path: string, purpose: FilePurpose): string | undefined {
  if (purpose !== 'tests') return undefined;
  const name = path.replace(/test_|_test|\.test|\.spec/g, '');
  return testFileFor(name)?.framework;
}

function documentOf(taskType: string): string {
  switch (taskType) {
    case 'release_notes':
      return 'RELEASE_NOTES.md';
    case 'infrastructure_documentation':
      return 'OPERATIONS.md';
    default:
      return 'README.md';
  }
}
