/** The families of the evaluation's tasks. */
export const evaluationFamilies = [
  'algorithm',
  'bug-fix',
  'command-line',
  'documents',
  'extension',
  'http-service',
  'library',
  'parser',
  'tests-to-be-written',
  'web-page',
] as const;

export type EvaluationFamily = (typeof evaluationFamilies)[number];

/** Programs that are written anew. */
const programs: readonly EvaluationFamily[] = ['algorithm', 'command-line', 'http-service', 'library', 'parser', 'web-page'];
const documents: readonly EvaluationFamily[] = ['documents'];
const tests: readonly EvaluationFamily[] = ['tests-to-be-written'];

/** Types of tasks whose family does not follow from what they give. */
const byTaskType: ReadonlyMap<string, readonly EvaluationFamily[]> = new Map([
  ['bug_fix', ['bug-fix']],
  ['repair', ['bug-fix']],
  ['refactoring', ['bug-fix', 'extension']],
  ['testing', tests],
  ['test_writing', tests],
  ['regression_testing', tests],
  ['infrastructure_testing', tests],
  ['documentation', documents],
  ['documentation_creation', documents],
  ['infrastructure_documentation', documents],
  ['release_notes', documents],
]);

/** The families of the evaluation whose tasks are nearest to work of a type: its own, else those of programs for files, and documents for text. */
export function familiesOf(taskType: string, expects: 'text' | 'files'): readonly EvaluationFamily[] {
  return byTaskType.get(taskType) ?? (expects === 'files' ? programs : documents);
}
