import { MultiagentError } from '../../utils/multiagent-error.ts';

/** For a run that only a newer program understands. `type`, `version`, `sequence`: of the first event that this one does not know. */
export function newerHistory({
  stream,
  type,
  version,
  sequence,
}: {
  stream: string;
  type: string;
  version: number;
  sequence: number;
}): MultiagentError {
  return new MultiagentError({
    code: 'journal.newer_event',
    message: `The history of "${stream}" was written by a newer multiagent: what comes after event ${sequence} may rest on it, and this program does not know "${type}" in version ${version}.`,
    hint: 'Install the newest multiagent to go on with this run; other runs are not affected.',
  });
}
