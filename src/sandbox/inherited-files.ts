import { readdirSync, readFileSync } from 'node:fs';

const closedOnStart = 0o2000000;

/**
 * The numbers, the lowest first, of the files that a process started from here would find open, besides the first three: what this program was given by whoever started it,
 * and no more. A folder that is open outside of a sandbox would be a way out of it. Empty on systems that do not tell; libuv closes them there.
 */
export function inheritedFiles(): number[] {
  return namesIn('/proc/self/fdinfo')
    .map(Number)
    .filter((number) => number > 2 && !isClosedOnStart(number))
    .sort((a, b) => a - b);
}

function isClosedOnStart(number: number): boolean {
  try {
    const info = readFileSync(`/proc/self/fdinfo/${number}`, 'utf8');
    const flags = info.split('\n').find((line) => line.startsWith('flags:'));
    return (Number.parseInt(flags?.slice('flags:'.length).trim() ?? '0', 8) & closedOnStart) !== 0;
  } catch {
    // It was the one by which the others were listed.
    return true;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
