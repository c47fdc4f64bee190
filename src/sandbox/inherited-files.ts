import { readdirSync, readFileSync } from 'node:fs';

const closedOnStart = 0o2000000;

/**
 * The numbers, lowest first, of the files that a process started from here would find open, besides the first three: those that this program inherited, and no
 * others. A folder that was opened outside of a sandbox would be a way out of it. Empty on systems that do not list them; libuv closes them there.
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
    // It was the handle that listed the others.
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
