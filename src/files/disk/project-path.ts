import { shownName } from '../../utils/printable.ts';
import { ownFolderName } from '../../utils/workspace-places.ts';

/** What belongs to tools, not to people: what stands there can run commands, or is replaced without asking. */
const closed: ReadonlySet<string> = new Set(['.git', ownFolderName, 'node_modules']);

/** Why a file of a run may not be written to this place of a project; undefined where it may. Only what the path policy does not refuse anyway. */
export function refuseProjectPath(path: string): string | undefined {
  const folder = path
    .replaceAll('\\', '/')
    .split('/')
    .find((segment) => closed.has(segment.toLowerCase()));
  return folder === undefined ? undefined : `The path '${shownName(path)}' reaches into ${folder}, where nothing is written.`;
}
