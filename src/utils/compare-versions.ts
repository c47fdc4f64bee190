/** A version as npm has them: three numbers, and the parts behind a hyphen. */
const version = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:-([\dA-Za-z-]{1,50}(?:\.[\dA-Za-z-]{1,50}){0,9}))?$/;

export function isVersion(text: string): boolean {
  return version.test(text);
}

/** Below 0: the first is older. Above 0: it is newer. What is not a version is older than any. */
export function compareVersions(first: string, second: string): number {
  const [a, b] = [partsOf(first), partsOf(second)];
  for (let index = 0; index < 3; index += 1) {
    const difference = (a.numbers[index] ?? -1) - (b.numbers[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return compareBefore(a.before, b.before);
}

function partsOf(text: string): { numbers: number[]; before: string[] } {
  const [, ...parts] = version.exec(text) ?? [];
  return { numbers: parts.slice(0, 3).map(Number), before: parts[3]?.split('.') ?? [] };
}

/** What stands behind the hyphen comes before the version itself. */
function compareBefore(first: readonly string[], second: readonly string[]): number {
  if (first.length === 0 || second.length === 0) return second.length - first.length;
  for (let index = 0; index < Math.max(first.length, second.length); index += 1) {
    const difference = comparePart(first[index], second[index]);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A missing part is the oldest; numbers come before words. */
function comparePart(first: string | undefined, second: string | undefined): number {
  if (first === second) return 0;
  if (first === undefined || second === undefined) return first === undefined ? -1 : 1;
  const [a, b] = [first, second].map((part) => /^\d+$/.test(part));
  if (a && b) return Number(first) - Number(second);
  if (a !== b) return a ? -1 : 1;
  return first < second ? -1 : 1;
}
