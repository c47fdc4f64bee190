import { applyEdit, applyInsertion } from '../edits/apply-edit.ts';
import type { FileBlock } from '../file-blocks.ts';
import { editBetween } from './edit-between.ts';
import { judgeFragment } from './judge-fragment.ts';

/** The format of a piece of a file that was put in its place. */
export const fragmentFormat = 'fragment';

export interface PlaceFragmentsOptions {
  path: string;
  /** The blocks of one reply for one path, in order. */
  versions: readonly FileBlock[];
  /** The current file. */
  base: string | undefined;
  /** What other blocks of the reply define. */
  elsewhere: () => ReadonlySet<string>;
}

/** A piece of a file that has no place in it. */
export interface DoubtfulPiece {
  block: FileBlock;
  /** What it defines. */
  name: string;
  /** Part of a sentence. */
  reason: string;
  /** The file at the time when the piece was to be placed. Undefined if it could be a piece of several files. */
  standing: string | undefined;
}

export interface PlacedFragments {
  versions: FileBlock[];
  doubtful: DoubtfulPiece[];
}

/**
 * Turns blocks that contain a piece of the file, instead of the file, into changes. All pieces are placed, or none. One that only quotes the current file
 * changes nothing.
 */
export async function placeFragments({ path, versions, base, elsewhere }: PlaceFragmentsOptions): Promise<PlacedFragments> {
  const kept: FileBlock[] = [];
  const pieces: FileBlock[] = [];
  const doubtful: DoubtfulPiece[] = [];
  let current = base;
  for (const block of versions) {
    const isPiece = block.format === fragmentFormat;
    if (block.change.kind !== 'whole' || current === undefined || (block.content === current && !isPiece)) {
      kept.push(block);
      current = afterChange(current, block);
      continue;
    }
    const judged = await judgeFragment({
      path,
      standing: current,
      text: block.content,
      elsewhere,
      certainty: isPiece ? 'unnamed' : 'named',
    });
    if (judged.kind === 'unplaced') doubtful.push({ block, name: judged.name, reason: judged.reason, standing: current });
    else if (judged.kind === 'foreign')
      doubtful.push({ block, name: '', reason: 'the file has changed within the reply', standing: current });
    else if (judged.kind === 'whole') {
      kept.push(block);
      current = block.content;
    } else if (judged.kind === 'placed' && judged.content !== current) {
      const piece: FileBlock = { ...block, format: fragmentFormat, change: editBetween(current, judged.content) };
      kept.push(piece);
      pieces.push(piece);
      current = judged.content;
    } else kept.push({ ...block, content: current });
  }
  if (doubtful.length === 0) return { versions: kept, doubtful };
  const abandoned = pieces.map((block) => ({ block, name: '', reason: 'another piece of the file has no place in it', standing: base }));
  return { versions: kept.filter((block) => !pieces.includes(block)), doubtful: [...doubtful, ...abandoned] };
}

function afterChange(current: string | undefined, { change, content }: FileBlock): string | undefined {
  if (change.kind === 'whole') return content;
  if (change.kind === 'unreadable' || change.kind === 'delete' || change.kind === 'move') return current;
  const result = change.kind === 'insert' ? applyInsertion(current, change) : applyEdit(current, change);
  return result.kind === 'applied' ? result.content : current;
}
