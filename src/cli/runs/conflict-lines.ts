import type { ApplyConflict } from '../../project/changes/apply-files.ts';
import type { ConflictPlace } from '../../project/changes/merge-texts.ts';
import { printableLine } from '../../utils/printable.ts';

const mostPlaces = 5;
const mostLines = 20;

/** A conflict in a file as lines for a person: why, and both versions of each place. */
export function conflictLines({ path, why, places }: ApplyConflict): string[] {
  const more = places.length > mostPlaces ? [`  and ${places.length - mostPlaces} more places`] : [];
  return [
    printableLine(`conflict, not applied: ${path}: ${why}`),
    ...places.slice(0, mostPlaces).flatMap((place) => placeLines(path, place)),
    ...more,
  ];
}

function placeLines(path: string, { line, project, base, run }: ConflictPlace): string[] {
  return [
    `  ${printableLine(path)}:${line}`,
    '  <<<<<<< project',
    ...shown(project),
    '  ||||||| as the run read it',
    ...shown(base),
    '  =======',
    ...shown(run),
    '  >>>>>>> run',
  ];
}

function shown(lines: readonly string[]): string[] {
  const more = lines.length > mostLines ? [`  … ${lines.length - mostLines} more lines`] : [];
  return [...lines.slice(0, mostLines).map((line) => `  ${printableLine(line)}`), ...more];
}
