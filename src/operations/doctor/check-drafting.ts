import type { Finding } from './finding.ts';
import type { ServerFacts } from './read-server-facts.ts';

/** Whether what a reply repeats is written faster than what is new. A server that does not tell is not judged. */
export function checkDrafting({ drafting }: ServerFacts): Finding[] {
  if (drafting === undefined) return [];
  const check = 'drafts';
  if (drafting === 'on') return [{ check, state: 'ok', message: 'tokens are drafted ahead' }];
  const mend = 'Start it with --spec-type ngram-mod: code that was quoted before is then written several times faster.';
  return [{ check, state: 'ok', message: 'each token is written by itself', mend }];
}
