import type { RunFolder } from '../../files/disk/run-folder.ts';
import type { QuestionRecord } from '../../state/run/run-state.ts';
import type { EventStore } from '../../state/store/event-store.ts';
import type { Logger } from '../../utils/logger.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import type { RunJournal } from '../journal/run-journal.ts';
import type { PersonDecision } from './judge-decision.ts';
import { openQuestions } from './open-questions.ts';
import { recordDecision } from './record-decision.ts';

/** What a person who is there is asked. */
export interface AskedPerson {
  run: string;
  task: string;
  question: QuestionRecord;
  /** Why their last decision about it was refused. */
  problem?: string | undefined;
}

/**
 * Asks a person who is there while the run goes on. One question is asked at a time; it is aborted when it was decided elsewhere or need not be decided any more.
 * @returns `later`: it stays open, to be decided another time.
 * @example
 * const person: AskPerson = async ({ question }) => (question.wants === 'approval' ? { decision: 'approved', by: 'release-bot' } : 'later');
 * const { result } = await resumeRun(orchestrator, waitingRun, { person });
 * console.log((await result).status); // completed
 */
export type AskPerson = (asked: AskedPerson, signal: AbortSignal) => Promise<(PersonDecision & { by?: string | undefined }) | 'later'>;

export interface PersonDeskOptions {
  ask: AskPerson;
  store: EventStore;
  journal: RunJournal;
  /** The run's folder. */
  disk: Pick<RunFolder, 'read' | 'resolve'>;
  /** The folder of the project. */
  project: Pick<RunFolder, 'read'>;
  logger: Logger;
  /** Called when nobody is asked any more. */
  onIdle: () => void;
}

/** Has a person asked whatever the steps of a run ask, one question after the other. */
export class PersonDesk {
  readonly #options: PersonDeskOptions;
  readonly #unlisten: () => void;
  /** Questions that they decide another time, by the sequence of the event that asked. */
  readonly #postponed = new Set<number>();
  readonly #closing = new AbortController();
  #work: Promise<void> | undefined;

  constructor(options: PersonDeskOptions) {
    this.#options = options;
    this.#unlisten = options.journal.listen(({ type }) => {
      if (type === 'task.waiting') this.look();
    });
  }

  /** Whether somebody is being asked. */
  get busy(): boolean {
    return this.#work !== undefined;
  }

  /** Asks what is open. */
  look(): void {
    if (this.#next() === undefined || this.#work !== undefined) return;
    this.#work = this.#askAll().finally(() => {
      this.#work = undefined;
      this.#options.onIdle();
    });
  }

  async close(): Promise<void> {
    this.#unlisten();
    this.#closing.abort();
    await this.#work;
  }

  #next() {
    if (this.#closing.signal.aborted) return undefined;
    return openQuestions(this.#options.journal.state).find(({ question }) => !this.#postponed.has(question.sequence));
  }

  async #askAll(): Promise<void> {
    let problem: string | undefined;
    for (let open = this.#next(); open !== undefined; open = this.#next()) {
      try {
        problem = await this.#askOne({ run: this.#options.journal.run, task: open.task.task, question: open.question, problem });
      } catch (error) {
        // Whoever asks is at fault. The question stays open for others.
        this.#postponed.add(open.question.sequence);
        this.#options.logger.error('A person could not be asked', { task: open.task.task, error });
      }
    }
  }

  /** @returns why the decision was refused. */
  async #askOne(asked: AskedPerson): Promise<string | undefined> {
    const { ask, store, journal, disk, project } = this.#options;
    const { task, question } = asked;
    const over = new AbortController();
    const forget = journal.listen(() => {
      const now = openQuestions(journal.state).find((open) => open.task.task === task);
      if (now?.question.sequence !== question.sequence) over.abort();
    });
    try {
      const signal = AbortSignal.any([over.signal, this.#closing.signal]);
      const decision = await ask(asked, signal).catch((error: unknown) => {
        if (signal.aborted) return 'over' as const;
        throw error;
      });
      if (decision === 'over') return undefined;
      if (decision === 'later') {
        this.#postponed.add(question.sequence);
        return undefined;
      }
      forget();
      await recordDecision({ store, journal, task, decision, by: decision.by ?? 'person', disk, project });
      return undefined;
    } catch (error) {
      if (!(error instanceof MultiagentError) || !error.code.startsWith('decision.')) throw error;
      return error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
    } finally {
      forget();
    }
  }
}
