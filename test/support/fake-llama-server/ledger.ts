import type { CallRecord, Moment, RequestRecord } from './request-record.ts';

interface AccountingTotals {
  requests: number;
  aborted: number;
  promptTokens: number;
  cacheTokens: number;
  readTokens: number;
  newTokens: number;
  replyTokens: number;
  /** The most requests that held a slot at the same time. */
  mostAtOnce: number;
}

export interface Accounting {
  requests: readonly RequestRecord[];
  totals: AccountingTotals;
}

type RecordDraft = Pick<RequestRecord, 'body' | 'headers' | 'messages' | 'taskType' | 'step' | 'prefill' | 'promptTokens'>;

/** Keeps the records, the one counter that orders them, and whoever waits for them to say something. */
export class Ledger {
  readonly requests: RequestRecord[] = [];
  readonly calls: CallRecord[] = [];
  /** Of the server's own completions, which are no chat requests. */
  readonly completions = { readTokens: 0 };
  #order = 0;
  #running = 0;
  #mostAtOnce = 0;
  #watchers: { holds: () => boolean; resolve: () => void }[] = [];

  moment(): Moment {
    this.#order += 1;
    return { time: performance.now(), order: this.#order };
  }

  add(draft: RecordDraft): RequestRecord {
    const record: RequestRecord = {
      ...draft,
      index: this.requests.length,
      arrived: this.moment(),
      outcome: 'running',
      finishReason: undefined,
      slot: undefined,
      cacheTokens: 0,
      readTokens: 0,
      newTokens: 0,
      replyTokens: 0,
      replyText: '',
      started: undefined,
      firstToken: undefined,
      ended: undefined,
    };
    this.requests.push(record);
    this.changed();
    return record;
  }

  start(record: RequestRecord, slot: number): void {
    record.slot = slot;
    record.started = this.moment();
    this.#running += 1;
    this.#mostAtOnce = Math.max(this.#mostAtOnce, this.#running);
    this.changed();
  }

  /** The first end counts: a request that the server has finished is not aborted afterwards. */
  end(record: RequestRecord, outcome: Exclude<RequestRecord['outcome'], 'running'>): void {
    if (record.outcome !== 'running') return;
    record.outcome = outcome;
    record.ended = this.moment();
    if (record.started !== undefined) this.#running -= 1;
    this.changed();
  }

  /** To be called whenever a record has changed. */
  changed(): void {
    this.#watchers = this.#watchers.filter(({ holds, resolve }) => {
      if (!holds()) return true;
      resolve();
      return false;
    });
  }

  async until(holds: () => boolean): Promise<void> {
    if (holds()) return;
    await new Promise<void>((resolve) => {
      this.#watchers.push({ holds, resolve });
    });
  }

  accounting(): Accounting {
    const sum = (key: 'promptTokens' | 'cacheTokens' | 'readTokens' | 'newTokens' | 'replyTokens') =>
      this.requests.reduce((total, record) => total + record[key], 0);
    return {
      requests: this.requests,
      totals: {
        requests: this.requests.length,
        aborted: this.requests.filter(({ outcome }) => outcome === 'aborted').length,
        promptTokens: sum('promptTokens'),
        cacheTokens: sum('cacheTokens'),
        readTokens: sum('readTokens'),
        newTokens: sum('newTokens'),
        replyTokens: sum('replyTokens'),
        mostAtOnce: this.#mostAtOnce,
      },
    };
  }
}
