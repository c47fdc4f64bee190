/** Levels of lists and keys. A person writes no definition that is deeper, and whatever goes through one would run out of stack. */
const deepest = 100;

export const tooDeep = `nested deeper than ${deepest} levels`;

/** The first place of a value that lies deeper than a definition may; undefined: there is none. What holds itself is too deep. Takes no stack. */
export function placeTooDeep(value: unknown): PropertyKey[] | undefined {
  const open: { value: unknown; path: PropertyKey[] }[] = [{ value, path: [] }];
  const seen = new Map<object, number>();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value: holder, path } = next;
    if (typeof holder !== 'object' || holder === null) continue;
    if (path.length > deepest) return path;
    // What stands in several places is looked at again only where it stands deeper.
    if ((seen.get(holder) ?? -1) >= path.length) continue;
    seen.set(holder, path.length);
    const places = Object.entries(holder).map(([key, inner]: [string, unknown]) => ({
      value: inner,
      path: [...path, Array.isArray(holder) ? Number(key) : key],
    }));
    open.push(...places.toReversed());
  }
  return undefined;
}
