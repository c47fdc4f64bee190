import { isKeptHere } from '../../state/run/is-kept-here.ts';
import type { TaskRecord } from '../../state/run/run-state.ts';
import type { RunJournal } from '../journal/run-journal.ts';
import type { ModelUser } from '../run-context.ts';
import type { StepKindRegistry } from '../step-kinds/step-kind-registry.ts';

/**
 * A user with what is known of its privacy: also a task of a private role, and one that joined the run for a private task, only gets models on this machine where the
 * run has chosen.
 */
export function keptPrivate(
  user: ModelUser | TaskRecord,
  { journal, kinds }: { journal: Pick<RunJournal, 'state'>; kinds: Pick<StepKindRegistry, 'isPrivateRole'> },
): ModelUser {
  const isPrivate = user.private === true || kinds.isPrivateRole(user.role) || ('task' in user && isKeptHere(journal.state, user.task));
  return isPrivate ? { ...user, private: true } : user;
}
