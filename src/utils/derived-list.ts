/**
 * Keeps what is derived from a list that only grows at its end. Each item is looked at once, however often the result is asked for. To change what an earlier
 * item means, use a new list.
 */
export function derivedFrom<Item, Derived, Context = undefined>(
  start: () => Derived,
  add: (derived: Derived, item: Item, context: Context) => void,
): (list: readonly Item[], context: Context) => Derived {
  const known = new WeakMap<readonly Item[], { derived: Derived; upTo: number }>();
  return (list, context) => {
    const kept = known.get(list) ?? { derived: start(), upTo: 0 };
    known.set(list, kept);
    for (; kept.upTo < list.length; kept.upTo += 1) add(kept.derived, list[kept.upTo] as Item, context);
    return kept.derived;
  };
}
