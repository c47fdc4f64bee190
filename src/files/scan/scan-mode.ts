import type { Reading } from './reading.ts';
import { isFenceCharacter, isOpeningCharacter } from './text-positions.ts';

/** Which lines can change the readings, so that all others are skipped quickly. Several readings need what any of them needs. */
export const lines = {
  /** One block of code is open; only its fence matters, wherever it is on a line. */
  code: 0,
  /** Lines that begin with a fence. */
  fences: 1,
  /** Lines that begin with what opens a block, a list item or a quote. */
  openings: 2,
  /** Lines that begin with an equals sign. */
  separators: 4,
  /** Lines that contain the end of a tag. */
  tags: 8,
  /** Lines that end with a fence. */
  fenceEnds: 16,
  every: 32,
};

/** The sum of some of these. */
export type ScanMode = number;

export function scanModeOf(readings: readonly Reading[]): ScanMode {
  if (readings.length === 1) return modeOf(readings[0]!);
  let mode: ScanMode = 0;
  for (const reading of readings) {
    const own = modeOf(reading);
    mode |= own === lines.code ? lines.openings | lines.fenceEnds : own;
  }
  return mode;
}

function modeOf({ outer, inner, doubtful, containers }: Reading): ScanMode {
  if (doubtful !== undefined) return lines.every;
  if (outer === undefined) return containers.length === 0 ? lines.openings : lines.every;
  switch (outer.delimiter) {
    case 'tag':
      return lines.openings | lines.tags;
    case 'markers':
      return lines.openings | lines.separators;
    case 'thought':
      return outer.close.startsWith('<') ? lines.openings | lines.tags : lines.every;
    case 'patch':
      return outer.patch.kind === 'patch' ? lines.openings : lines.every;
    default:
      break;
  }
  if (outer.containers.length > 0 || outer.fence.indentation > 3) return lines.every;
  if (outer.kind === 'markdown') return lines.fences;
  return inner.length === 0 ? lines.code : lines.every;
}

/** Whether a line that begins with this character can change anything in this mode. */
export function matters(mode: ScanMode, first: number): boolean {
  if ((mode & lines.every) !== 0 || mode === lines.code) return true;
  if ((mode & lines.openings) !== 0 ? isOpeningCharacter(first) : isFenceCharacter(first)) return true;
  return (mode & lines.separators) !== 0 && first === 61;
}
