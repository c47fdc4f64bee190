import { MultiagentError } from '../utils/multiagent-error.ts';

/** Line and column count from 1. They are absent for a definition that was not read from a text. */
export interface LocatedProblem {
  message: string;
  line?: number | undefined;
  column?: number | undefined;
  /** The text of that line. */
  text?: string | undefined;
}

/** Everything that is wrong with a definition. */
export class InvalidWorkflowError extends MultiagentError {
  /** In the order of their lines. */
  readonly problems: readonly LocatedProblem[];

  constructor(message: string, hint: string, problems: readonly LocatedProblem[]) {
    super({ category: 'usage', code: 'workflow.invalid', message, hint });
    this.problems = problems;
  }
}

/** One error for everything that is wrong with a definition, in the order of its lines. `name` is what a person calls it: a file or a workflow. */
export function invalidWorkflow(name: string, problems: readonly LocatedProblem[]): InvalidWorkflowError {
  const sorted = problems.toSorted((left, right) => (left.line ?? 0) - (right.line ?? 0) || (left.column ?? 0) - (right.column ?? 0));
  const list = sorted
    .map(({ line, column, message }) => `\n  ${line === undefined ? '' : `line ${line}, column ${column}: `}${message}`)
    .join('');
  return new InvalidWorkflowError(
    `The workflow ${name} has ${sorted.length === 1 ? 'a problem' : `${sorted.length} problems`}:${list}`,
    sorted.every(({ line }) => line === undefined)
      ? 'Correct the definition and register it again.'
      : 'Correct the lines named above and try again.',
    sorted,
  );
}
