import type { ShortenedSession, ShortenSessionOptions } from '../../operations/shorten-session.ts';
import type { TurnTakenBack } from '../../operations/undo-turn.ts';
import { printableLine } from '../../utils/printable.ts';

/** What was taken back, for people. */
export function undoneSentence({ what, files }: Omit<TurnTakenBack, 'run'>): string {
  if (what === 'digest')
    return 'The digest is taken back: what was said before it is told whole again. Once more takes back the turn before it.';
  return `The newest turn is taken back${files.length === 0 ? '. It had written no file.' : `, with ${files.map(printableLine).join(', ')}.`}`;
}

/** What came of shortening a session, for people. */
export function shortenedSentence(shortened: ShortenedSession, askedBy: NonNullable<ShortenSessionOptions['askedBy']>): string {
  if (shortened.kind === 'kept') return printableLine(`Nothing was shortened. ${shortened.why}`);
  const { before, after, quality } = shortened;
  const size = `What was said is told in ${after} characters instead of ${before} from now on; "multiagent show" still has all of it.`;
  if (quality === 'sound') return size;
  const undo = askedBy === 'person' ? '/undo takes the digest back.' : '/undo takes it back with the newest turn.';
  return `${size} The digest says hardly anything: of older turns the agent knows no more than their files. ${undo}`;
}
