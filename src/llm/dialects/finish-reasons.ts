import type { FinishReason } from '../chat-model.ts';

/**
 * The meaning of a reason for the end: `whole`, the model ended it; `length`, a cap or the context cut it; `again`, the server gave it up, and another call
 * continues it; `none`, the word says nothing.
 */
export type EndMeaning = 'whole' | 'length' | 'again' | 'none';

/** The words of servers, in small letters and without `-`, `_` and spaces. */
const words: Readonly<Record<EndMeaning, readonly string[]>> = {
  whole: [
    'stop',
    'stopped',
    'stoptoken',
    'stopsequence',
    'stopword',
    'stopstring',
    'stopstr',
    'eos',
    'eostoken',
    'eot',
    'eog',
    'endturn',
    'endofturn',
    'endoftext',
    'endofsequence',
    'end',
    'ended',
    'complete',
    'completed',
    'finish',
    'finished',
    'done',
    'success',
    'normal',
    'toolcalls',
    'toolcall',
    'tooluse',
    'tools',
    'functioncall',
    'finishreasonstop',
  ],
  length: [
    'length',
    'maxtokens',
    'maxtoken',
    'maxtokensreached',
    'maxlength',
    'maxlengthreached',
    'maxnewtokens',
    'maxoutputtokens',
    'maxcompletiontokens',
    'maxcontextlength',
    'maxsequencelength',
    'modellength',
    'modelcontextwindowexceeded',
    'contextlength',
    'contextlengthexceeded',
    'contextwindowexceeded',
    'contextfull',
    'tokenlimit',
    'lengthlimit',
    'limit',
    'outputlimit',
    'truncated',
    'truncation',
    'cutoff',
    'incomplete',
    'finishreasonmaxtokens',
    'finishreasonlength',
  ],
  again: [
    'abort',
    'aborted',
    'cancel',
    'canceled',
    'cancelled',
    'error',
    'errored',
    'failed',
    'failure',
    'internalerror',
    'servererror',
    'networkerror',
    'upstreamerror',
    'connectionerror',
    'timeout',
    'deadlineexceeded',
    'insufficientsystemresource',
    'overloaded',
    'engineoverloaded',
    'preempted',
    'interrupted',
    'disconnect',
    'disconnected',
    'unavailable',
    'malformedfunctioncall',
    'modelunloaded',
    'unloaded',
  ],
  none: ['', 'null', 'none', 'undefined', 'nil', 'unspecified', 'finishreasonunspecified'],
};

const meanings = new Map(Object.entries(words).flatMap(([meaning, list]) => list.map((word) => [word, meaning as EndMeaning] as const)));

/** Undefined for a word that no known server uses. */
export function meaningOfEnd(reason: string): EndMeaning | undefined {
  return meanings.get(reason.toLowerCase().replaceAll(/[-_\s]/g, ''));
}

/** Words for a reply that was withheld, which a person has to see. The reply is not whole, whatever text there is. */
const withheld = /filter|safety|sensitive|prohibited|refusal|refused|blocked|blocklist|recitation|spii|guardrail|moderat/i;

/** How a reply ended, in the words of the contract. After an unknown word the reply is whole if there is text. */
export function finishReasonOf(said: string, hasText: boolean): FinishReason {
  const meaning = meaningOfEnd(said);
  if (meaning === 'length') return 'length';
  if (meaning === 'whole') return 'stop';
  return hasText && !withheld.test(said) ? 'stop' : said.slice(0, 80);
}
