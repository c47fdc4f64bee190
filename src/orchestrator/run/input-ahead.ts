import { chooseProject, knowProject, type KnowProjectOptions } from './know-project.ts';
import type { ReadAheadOptions } from './read-ahead.ts';

/** What a run that has not begun is to work on, as it will be recorded. @throws as `chooseProject` and `knowProject`. */
export async function inputAhead({
  environment,
  workflow,
}: Pick<KnowProjectOptions, 'environment' | 'workflow'>): Promise<ReadAheadOptions['input']> {
  const chosen = await chooseProject(environment, workflow);
  const knowledge = await knowProject({ environment, workflow, chosen });
  const { requirement, files } = workflow;
  return knowledge === undefined ? { requirement, files } : { requirement, files: knowledge.files, project: knowledge };
}
