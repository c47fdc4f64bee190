import type { FileBlock } from './file-blocks.ts';
import { placeFragments, type DoubtfulPiece } from './fragments/place-fragments.ts';
import { planVersions, type VersionPlan, type VersionsToWrite } from './plan-versions.ts';

export type MovePlan =
  | { kind: 'content'; content: string }
  /** Another change in the same reply cannot be made. */
  | { kind: 'refused'; refused: VersionPlan['refused']; doubtful: DoubtfulPiece[] };

/** Whether a block gives content of a file. A deletion that the reply later revokes does not, nor does a move. */
export function isContent({ change }: FileBlock): boolean {
  return change.kind !== 'delete' && change.kind !== 'move';
}

/** The content under the new name of a file that contained `text`: the same, with the changes that the reply makes. */
export async function planMove(block: FileBlock, text: string, { path, versions, elsewhere }: VersionsToWrite): Promise<MovePlan> {
  const whole: FileBlock = { ...block, change: { kind: 'whole' }, content: text };
  const placed = await placeFragments({ path, versions: [whole, ...versions.filter(isContent)], base: undefined, elsewhere });
  const { standing, refused } = planVersions({ path, versions: placed.versions, current: undefined, compared: undefined });
  if (standing === undefined || refused.length > 0 || placed.doubtful.length > 0)
    return { kind: 'refused', refused: refused.filter((one) => one.block !== whole), doubtful: placed.doubtful };
  return { kind: 'content', content: standing.content };
}
