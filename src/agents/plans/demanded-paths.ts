import { readDemands } from '../demands/read-demands.ts';
import type { FilePurpose } from './assignment.ts';
import { filePurpose, purposeOfStep } from './file-purpose.ts';
import type { RunMaterial } from './run-material.ts';

/**
 * The files that the requirement names and a step has to write: those of its purpose. What no step of the workflow is there for falls to the first that
 * writes code; a workflow without such a step owes no code.
 */
export function demandedPaths(
  taskType: string,
  { requirement, projectFiles, writingSteps }: Pick<RunMaterial, 'requirement' | 'projectFiles' | 'writingSteps'>,
): string[] {
  const purpose = purposeOfStep(taskType);
  if (purpose === undefined) return [];
  const served = new Set(writingSteps.flatMap((step) => purposeOfStep(step) ?? []));
  const takesRest = purpose === 'code' && writingSteps.find((step) => purposeOfStep(step) === 'code') === taskType;
  const isDue = (of: FilePurpose) => of === purpose || (takesRest && !served.has(of));
  return readDemands(requirement, projectFiles).files.filter((path) => isDue(filePurpose(path)));
}
