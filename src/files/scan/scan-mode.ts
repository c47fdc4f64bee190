import type { Reading } from './reading.ts';

/**
 * Which lines can change the readings, so that all others are passed over quickly:
 * - `code`: one block of code is open; only its fence matters, wherever in a line it stands.
 * - `fences`: lines that begin with a fence.
 * - `text`: lines that begin with what opens a block, a list item or a quote.
 * - `mixed`: lines that begin with any of these or end with a fence.
 * - `every`: all lines.
 */
export type ScanMode = 'code' | 'fences' | 'text' | 'mixed' | 'every';

export function scanModeOf(readings: readonly Reading[]): ScanMode {
  const [first, ...others] = readings;
  if (others.length === 0) return modeOf(first!);
  const modes = new Set(readings.map((reading) => modeOf(reading)));
  if (modes.size === 1 && !modes.has('code')) return modes.values().next().value!;
  if (modes.has('every')) return 'every';
  return modes.has('code') ? 'mixed' : 'text';
}

function modeOf({ outer, inner, doubtful, containers }: Reading): ScanMode {
  if (doubtful !== undefined) return 'every';
  if (outer === undefined) return containers.length === 0 ? 'text' : 'every';
  if (outer.delimiter !== 'fence' || outer.containers.length > 0 || outer.fence.indentation > 3) return 'every';
  if (outer.kind === 'markdown') return 'fences';
  return inner.length === 0 ? 'code' : 'every';
}
