import { runStream } from '../../events/run-stream.ts';
import type { EventStore } from '../../state/store/event-store.ts';
import type { RunFolder } from '../../files/disk/run-folder.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { DecisionRecord, TaskRecord } from '../../state/run/run-state.ts';
import type { RunJournal } from '../journal/run-journal.ts';
import { composeQuestion } from './compose-question.ts';
import { notWaiting } from './decision-errors.ts';
import { judgeDecision, type PersonDecision, requireOpen } from './judge-decision.ts';
import { isOpen } from './open-questions.ts';

/** The type of the signals that tell whoever works on a run to read what others have recorded in it: a decision, or what steers it. The word is that of the first of these. */
export const recordedSignal = 'decided';

export interface RecordDecisionOptions {
  store: EventStore;
  /** Of the run; it need not be owned. */
  journal: RunJournal;
  task: string;
  decision: PersonDecision;
  /** Who decides. */
  by: string;
  /** The run's folder. */
  disk: Pick<RunFolder, 'read' | 'resolve'>;
  /** The folder of the project. */
  project: Pick<RunFolder, 'read'>;
}

/**
 * Records what a person decides, if nobody was faster. A decision about what no longer stands is refused, and the question asked anew, with what stands now.
 * @throws what `judgeDecision` throws.
 */
export async function recordDecision(options: RecordDecisionOptions): Promise<DecisionRecord> {
  const { store, journal, task: name, decision, by, disk } = options;
  const stream = runStream(journal.run);
  const keepContent = (content: Uint8Array) => store.putContent(content, { stream });
  const task = taskIn(journal, name);
  // Sent also after a process that died right after it had decided.
  const tell = () => store.sendSignal({ stream, type: recordedSignal, from: 'person' });
  try {
    const data = await judgeDecision({ state: journal.state, task, decision, by, disk, keepContent });
    await journal.append('person', () => {
      requireOpen(journal.state, taskIn(journal, name), data.asked);
      return [{ type: 'task.decided', data }];
    });
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === 'decision.stale') await askAnew(options, keepContent);
    if (code === 'decision.stale' || code === 'decision.made') await tell();
    throw error;
  }
  await tell();
  const decided = taskIn(journal, name).decisions?.at(-1);
  if (decided === undefined) throw notWaiting(journal.state, task);
  return decided;
}

async function askAnew(
  { store, journal, task: name, disk, project }: RecordDecisionOptions,
  keepContent: (content: Uint8Array) => Promise<string>,
): Promise<void> {
  const { state } = journal;
  const task = taskIn(journal, name);
  if (task.question === undefined) return;
  const { shown, diff: _diff, leftOut: _leftOut, against: _against, decided: _decided, time: _time, sequence, ...question } = task.question;
  const sources = { state, disk, project, keepContent, contentOf: (sha256: string) => store.getContent(sha256) };
  const before = task.decisions?.at(-1);
  const asked = await composeQuestion(sources, { question, paths: shown.map(({ path }) => path), before });
  await journal.append('person', () => {
    const now = taskIn(journal, name);
    return isOpen(now) && now.question?.sequence === sequence ? [{ type: 'task.asked', data: { task: name, ...asked } }] : [];
  });
}

/** @throws MultiagentError `decision.not_waiting` */
function taskIn({ state }: RunJournal, name: string): TaskRecord {
  const task = state.tasks.get(name);
  if (task === undefined) throw new MultiagentError({ code: 'journal.inconsistent', message: `The run has no task "${name}".` });
  return task;
}
