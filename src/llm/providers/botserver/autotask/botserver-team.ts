import type { Clock } from '../../../../utils/clock.ts';
import { printableLine } from '../../../../utils/printable.ts';
import { sentence } from '../../../chat/classify-model-error.ts';
import type { ChatMessage } from '../../../chat-model.ts';
import { ModelError, type ModelErrorOptions } from '../../../model-error.ts';
import type { FollowOptions, RemoteBeginning, RemoteResult, RemoteTeam } from '../../../remote-team.ts';
import { AnsweredError } from '../../../server/server-answer.ts';
import type { BotserverClient } from '../botserver-client.ts';
import { wordsOfBotserver } from '../botserver-words.ts';
import { queryText } from '../query-text.ts';
import { listenToProgress } from './listen-to-progress.ts';
import { type Classified, readClassified, readPlan, readStarted, ToldFailure } from './read-beginnings.ts';
import { readTask, type TaskStanding } from './read-task.ts';
import { isTaskId } from './task-id.ts';

/** In milliseconds. */
const betweenLooks = 2000;
/** So many looks may fail in a row: a server that is restarted is back by then. */
const mostFailures = 5;
const longestCancel = 5000;

const unknown: ReadonlySet<number | undefined> = new Set([404, 405, 410, 501]);

/** The agents of a botserver together: what they are asked goes through its pipeline, from classifying to documenting. */
export class BotserverTeam implements RemoteTeam {
  readonly #client: BotserverClient;
  readonly #clock: Clock;

  constructor(client: BotserverClient, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  async begin(messages: readonly ChatMessage[], { signal, onProgress }: FollowOptions): Promise<RemoteBeginning> {
    const intent = queryText(messages);
    // Both shapes read what they know. It is to be told apart first, and not to be done at once.
    const classified = await this.#beginning(signal, async () =>
      readClassified(await this.#client.post('/api/autotask/classify', { intent, text: intent, auto_process: false }, signal)),
    );
    const taken = classified.intent === undefined ? 'taken up' : `taken for ${printableLine(classified.intent.slice(0, 80))}`;
    await onProgress({ stage: 'CLASSIFY', message: taken });
    if (classified.question !== undefined) throw this.#error(unclear(classified.question));
    return this.#beginning(signal, () => this.#execute(classified, intent, signal));
  }

  async follow(id: string, { signal, onProgress }: FollowOptions): Promise<RemoteResult> {
    if (!isTaskId(id)) throw this.#error(lost(id));
    using listening = listenToProgress({ client: this.#client, id, signal, onProgress, now: () => this.#clock.now() });
    let waitsFor: string | undefined;
    let news: Promise<void> | undefined = listening.ended.then(() => void (news = undefined));
    for (let failures = 0; ;) {
      const standing = await this.#look(id, signal);
      if (standing instanceof ModelError) {
        if (standing.kind !== 'transient' || (failures += 1) >= mostFailures) throw standing;
      } else {
        failures = 0;
        if (standing.state === 'completed') {
          await listening.told();
          return standing.result;
        }
        if (standing.state === 'failed') throw this.#error(failed(standing.why));
        if (standing.state === 'waits' && standing.for !== waitsFor)
          await onProgress({ stage: 'WAIT', message: `waits for somebody there (${printableLine(standing.for)})` });
        waitsFor = standing.state === 'waits' ? standing.for : undefined;
      }
      listening.throwIfFailed();
      await this.#pause(signal, news);
    }
  }

  async cancel(id: string): Promise<void> {
    if (!isTaskId(id)) return;
    const signal = AbortSignal.timeout(longestCancel);
    for (const path of [`/api/autotask/${id}/cancel`, `/api/autotask/tasks/${id}/cancel`]) {
      try {
        await this.#client.post(path, {}, signal);
        return;
      } catch (error) {
        if (!(error instanceof AnsweredError && unknown.has(error.answer.status))) return;
      }
    }
  }

  /** Until it is time to look again, or what was heard is a reason to. */
  async #pause(signal: AbortSignal, news: Promise<void> | undefined): Promise<void> {
    const over = new AbortController();
    const sleep = this.#clock.sleep(betweenLooks, AbortSignal.any([signal, over.signal])).catch(() => undefined);
    await Promise.race(news === undefined ? [sleep] : [sleep, news]);
    over.abort();
    signal.throwIfAborted();
  }

  async #execute(classified: Classified, intent: string, signal: AbortSignal): Promise<RemoteBeginning> {
    if (classified.shape === 'intent') return readStarted(await this.#client.post('/api/autotask/execute', classified.said, signal));
    if (classified.task !== undefined) return { id: classified.task };
    const how = { execution_mode: 'fully-automatic', priority: 'medium' };
    try {
      const plan = readPlan(await this.#client.post('/api/autotask/compile', { intent, ...how }, signal));
      return readStarted(await this.#client.post('/api/autotask/execute', { plan_id: plan, ...how }, signal));
    } catch (error) {
      if (!(error instanceof AnsweredError && unknown.has(error.answer.status))) throw error;
      return readStarted(await this.#client.post('/api/autotask/create', { intent }, signal));
    }
  }

  async #beginning<Answer>(signal: AbortSignal, ask: () => Promise<Answer>): Promise<Answer> {
    try {
      return await ask();
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof ToldFailure ? this.#error(failed(error.message)) : this.#client.failure(error, 'the beginning of a task');
    }
  }

  /** How a task stands, or why that is not known. */
  async #look(id: string, signal: AbortSignal): Promise<TaskStanding | ModelError> {
    try {
      return readTask(await this.#client.get(`/api/autotask/tasks/${id}`, signal));
    } catch (error) {
      signal.throwIfAborted();
      const isLost = error instanceof AnsweredError && unknown.has(error.answer.status);
      return isLost ? this.#error(lost(id)) : this.#client.failure(error, 'how its task stands');
    }
  }

  #error({ message, ...options }: ModelErrorOptions): ModelError {
    const { who } = wordsOfBotserver(this.#client.place);
    return this.#client.failure(new ModelError({ ...options, message: `${sentence(who)} ${message}` }), 'an answer');
  }
}

const ownLog = 'Its server says more in its log. "fallback" in your own settings names a model that takes over.';

function failed(why: string): ModelErrorOptions {
  return { kind: 'refused', code: 'remote.failed', message: `did not manage the step: ${printableLine(why.slice(0, 300))}`, hint: ownLog };
}

function unclear(question: string): ModelErrorOptions {
  return {
    kind: 'refused',
    code: 'remote.unclear',
    message: `asks back before it begins: ${printableLine(question.slice(0, 300))}`,
    hint: 'Answer it in the requirement, and start the run again.',
  };
}

function lost(task: string): ModelErrorOptions {
  return {
    kind: 'refused',
    code: 'remote.unknown_task',
    message: `does not know the task ${printableLine(task.slice(0, 100))}.`,
    hint: ownLog,
  };
}
