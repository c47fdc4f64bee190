import { MultiagentError } from '../../utils/multiagent-error.ts';

/** @throws MultiagentError `journal.conflict` when a stream does not hold as many events as its writer knows of. */
export function checkSequence({ stream, expected, found }: { stream: string; expected: number; found: number }): void {
  if (found === expected) return;
  throw new MultiagentError({
    code: 'journal.conflict',
    message: `Someone else has written to "${stream}": it holds ${found} events where ${expected} were expected.`,
    hint: 'Another process owns this run. Watch it there, or stop it before continuing it here.',
  });
}
