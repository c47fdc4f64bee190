import type { RemovalRecord } from '../../state/run/run-records.ts';

/** What became of a file that is gone; a part of a sentence. Not made safe to show. */
export function removalSentence({ path, movedTo }: Pick<RemovalRecord, 'path' | 'movedTo'>): string {
  return movedTo === undefined ? `deleted ${path}` : `moved ${path} to ${movedTo}`;
}
