import { sameContent } from '../../files/disk/file-content.ts';
import { type ConflictPlace, mergeTexts, sameText } from './merge-texts.ts';

export interface ChangeToJudge {
  /** The project's version; undefined: none. */
  before: Uint8Array | undefined;
  /** The run's version. */
  after: Uint8Array;
  /** What the run's version started from: the file as the run read it, or as an earlier one brought it into the project. */
  base: Uint8Array | undefined;
  /** Whether the project had the file when the run began; it says so even where `base` is not known. */
  wasThere: boolean;
  /** `run`: a run brought the project's version there, and nobody has changed it since. */
  origin: 'run' | 'somebody';
}

export type JudgedChange =
  /** The project needs nothing. */
  | { kind: 'same' }
  | { kind: 'change'; after: Uint8Array; how: 'as it is' | 'merged' }
  | { kind: 'conflict'; why: string; places: ConflictPlace[] };

/** What to do with a project's file if a run has a version of it. What somebody else has written is never lost silently. */
export function judgeChange({ before, after, base, wasThere, origin }: ChangeToJudge): JudgedChange {
  if (sameContent(before, after)) return { kind: 'same' };
  const change: JudgedChange = { kind: 'change', after, how: 'as it is' };
  if (before === undefined) {
    if (base !== undefined) return conflict('the run read it, but it is no longer in the project');
    return wasThere ? conflict('it was in the project when the run began, and is not there any more') : change;
  }
  if (origin === 'run') return change;
  if (base === undefined) return conflict('it is in the project already, but the run has not read it');
  if (sameText(before, base) || sameContent(before, base)) return change;
  // Only the project has changed it.
  if (sameText(after, base)) return { kind: 'same' };
  const merged = mergeTexts({ base, project: before, run: after });
  if (merged.kind === 'unmergeable') return conflict(`it has changed since the run read it, and cannot be merged: ${merged.why}`);
  if (merged.kind === 'conflict') return conflict('it has changed since the run read it, in the same lines', merged.places);
  if (sameContent(after, merged.content)) return change;
  return sameContent(before, merged.content) ? { kind: 'same' } : { kind: 'change', after: merged.content, how: 'merged' };
}

function conflict(why: string, places: ConflictPlace[] = []): JudgedChange {
  return { kind: 'conflict', why, places };
}
