import type { EventData } from '../../events/run-stream-events.ts';
import { repliesOf } from '../../state/run/activities-of.ts';
import type { TaskRecord } from '../../state/run/run-state.ts';

/** What became of a reply that had run away, or that held thoughts, without a full stop. */
export function replyCutSentence({ removed, why }: Pick<EventData<'reply.cut'>, 'removed' | 'why'>): string {
  if (why === 'thoughts') return `took out ${removed} characters in which the model thought before it replied`;
  if (removed === 0) return 'began anew where the thoughts of the model began to repeat themselves';
  return `cut back ${removed} characters where the reply began to repeat itself`;
}

/** The same of all replies of a task, in order. */
export function replyCutSentences(task: TaskRecord): string[] {
  return repliesOf(task).flatMap(({ cuts = [] }) => cuts.map(replyCutSentence));
}
