/** A step as it is written, and where it stands. */
export interface WrittenStep {
  step: Record<string, unknown>;
  path: PropertyKey[];
}

/** Deeper is nothing that a person has written. */
const deepest = 50;

/**
 * The steps of a definition with all those within them: every entry of a list that has an `id`, and what an extension puts in the place of a step. `value` need not have the right shape: what cannot be read is
 * passed over.
 */
export function stepsWithin(value: unknown, path: PropertyKey[] = []): WrittenStep[] {
  if (typeof value !== 'object' || value === null || path.length > deepest) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const place = [...path, Array.isArray(value) ? Number(key) : key];
    const isListed = Array.isArray(value) && isRecord(inner) && typeof inner['id'] === 'string';
    // What `replace` of an extension puts in the place of a step has the id of that one.
    const isReplacement = path.length === 1 && path[0] === 'replace' && isRecord(inner);
    const step = isListed ? inner : isReplacement ? { id: key, ...inner } : undefined;
    return [...(step === undefined ? [] : [{ step, path: place }]), ...stepsWithin(inner, place)];
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
