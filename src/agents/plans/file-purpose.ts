import { isTestPath } from '../../files/names/test-path.ts';
import { fileKindOf } from '../demands/file-kind.ts';
import type { FilePurpose } from './assignment.ts';
import { readDemands } from '../demands/read-demands.ts';
import { knownFiles, type RunMaterial } from './run-material.ts';

const shipping =
  /^(?:Dockerfile|Containerfile|Jenkinsfile|Procfile|Vagrantfile|docker-compose\.ya?ml|compose\.ya?ml|.*\.(?:tf|tfvars|hcl|bicep|nix))$/;

/** What a file is for, judged by its name. */
export function filePurpose(path: string): FilePurpose {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (isTestPath(path)) return 'tests';
  if (shipping.test(name)) return 'deployment';
  return fileKindOf(path) === 'document' ? 'documents' : 'code';
}

/** The purpose of the files that a step writes, by its task type. Undefined for steps that no built-in workflow has. */
export function purposeOfStep(taskType: string): FilePurpose | undefined {
  return purposes.get(taskType);
}

const purposes = new Map<string, FilePurpose>([
  ['implementation', 'code'],
  ['bug_fix', 'code'],
  ['refactoring', 'code'],
  ['infrastructure_implementation', 'deployment'],
  ['testing', 'tests'],
  ['regression_testing', 'tests'],
  ['test_writing', 'tests'],
  ['infrastructure_testing', 'tests'],
  ['deployment', 'deployment'],
  ['documentation', 'documents'],
  ['documentation_creation', 'documents'],
  ['infrastructure_documentation', 'documents'],
  ['release_notes', 'documents'],
]);

/**
 * The files that the requirement names and that a step has to write: those of its purpose. Files that belong to no step of the workflow go to the first one
 * that writes code. A workflow without such a step owes no code.
 */
export function demandedPaths(
  taskType: string,
  {
    requirement,
    writingSteps,
    ...project
  }: Pick<RunMaterial, 'requirement' | 'near' | 'writingSteps'> & { projectFiles: readonly { path: string }[] },
): string[] {
  const purpose = purposeOfStep(taskType);
  if (purpose === undefined) return [];
  const served = new Set(writingSteps.flatMap((step) => purposeOfStep(step) ?? []));
  const takesRest = purpose === 'code' && writingSteps.find((step) => purposeOfStep(step) === 'code') === taskType;
  const isDue = (of: FilePurpose) => of === purpose || (takesRest && !served.has(of));
  return readDemands(requirement, knownFiles(project)).files.filter((path) => isDue(filePurpose(path)));
}
