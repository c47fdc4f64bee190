import { join } from 'node:path';
import type { FileVersion } from '../../orchestrator/artifacts/file-versions.ts';
import type { RunFolders } from '../../orchestrator/journal/run-folders.ts';
import type { CollisionRecord, RefusalRecord, RemovalRecord } from '../../state/run/run-state.ts';
import { removalSentence } from '../../orchestrator/results/removal-sentence.ts';
import { printableLine } from '../../utils/printable.ts';
import { findingLines } from '../views/event-sentences.ts';
import { align } from '../views/text-width.ts';

export interface FileLinesOptions {
  versions: FileVersion[];
  refusals: readonly RefusalRecord[];
  collisions: readonly CollisionRecord[];
  removals: readonly RemovalRecord[];
  /** What the user's own commands found, a sentence each. */
  checks?: readonly string[] | undefined;
  folders: Pick<RunFolders, 'generated' | 'rejected'>;
}

/** The files of a run as lines for a person: every version of every file, what the syntax check found, and what was not written. */
export function fileLines({ versions, refusals, collisions, removals, checks = [], folders }: FileLinesOptions): string[] {
  const head = ['path', 'bytes', 'sha256', 'task', 'role', 'format', 'characters', 'what happened'];
  const rows = versions.map(({ artifact, role, place }) => {
    const { path, bytes, sha256, task, format, range, outcome } = artifact;
    const happened = {
      stands: outcome,
      replaced: `${outcome}, replaced later`,
      removed: `${outcome}, removed later`,
      undone: `${outcome}, undone`,
    }[place];
    return [path, String(bytes), sha256.slice(0, 12), task, role, format, range.join('-'), happened];
  });
  const findings = versions
    .filter(({ place }) => place === 'stands')
    .flatMap(({ artifact: { check, ...file } }) => (check === undefined ? [] : findingLines({ ...file, ...check })));
  const notWritten = refusals.map(({ task, name, reason, keptAs }) => {
    const kept = keptAs === undefined ? '' : ` Its text: ${join(folders.rejected, keptAs)}`;
    return `${task}: not written${name === '' ? '' : `, ${name}`}: ${reason}${kept}`;
  });
  return [
    ...(rows.length === 0 ? ['The run has written no files.'] : align([head, ...rows])),
    ...section(removals.map((removal) => `${removal.task}: ${removalSentence(removal)}${removal.undone === undefined ? '' : ', undone'}`)),
    ...section([...findings, ...notWritten, ...collisions.filter((collision) => !isListed(collision, versions)).map(collisionLine)]),
    ...section(checks),
    ...(rows.length === 0 ? [] : section([`Folder: ${folders.generated}`])),
  ];
}

/** A version that was never on disk, such as the first of two blocks for one path in a reply, has no line of its own. */
function isListed({ path, earlier }: CollisionRecord, versions: FileVersion[]): boolean {
  return versions.some(({ artifact }) => artifact.path === path && artifact.task === earlier.task && artifact.sha256 === earlier.sha256);
}

function collisionLine({ path, task, sha256, earlier }: CollisionRecord): string {
  const other = `a different version by ${earlier.task} (${earlier.sha256.slice(0, 12)})`;
  return `${path}: ${other} was not written, because the one by ${task} (${sha256.slice(0, 12)}) counts; the journal keeps it`;
}

function section(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines.map(printableLine)];
}
