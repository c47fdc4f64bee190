/** Where a definition comes from, lowest layer first. A later layer replaces what an earlier one defines under the same name. */
export const catalogueLayers = ['built_in', 'user', 'workspace', 'program'] as const;

export type CatalogueLayer = (typeof catalogueLayers)[number];

/** A definition that is known by its name. */
export interface CatalogueEntry<Value> {
  name: string;
  layer: CatalogueLayer;
  /** Absolute: the file or folder that it was found in. Absent if a program registered it. */
  path?: string | undefined;
  /** Reads and checks it. @throws an error that says what is wrong with it, each time. */
  read: () => Value;
}

/** Definitions by name, in layers. Nothing is read before it is asked for, so a broken definition does not affect the others. */
export class LayeredCatalogue<Value> {
  readonly #layers = new Map<CatalogueLayer, Map<string, CatalogueEntry<Value>>>(catalogueLayers.map((layer) => [layer, new Map()]));

  /** @returns false if the same layer has this name already; the first one stays. */
  add({ read, ...entry }: CatalogueEntry<Value>): boolean {
    const layer = this.#layers.get(entry.layer);
    if (layer === undefined || layer.has(entry.name)) return false;
    let value: { known: Value } | undefined;
    layer.set(entry.name, { ...entry, read: () => (value ??= { known: read() }).known });
    return true;
  }

  /** The definition with this name in the highest layer that has one. */
  find(name: string): CatalogueEntry<Value> | undefined {
    return this.#highest().get(name);
  }

  /** The definitions that are in effect. A name keeps the position of its first definition. */
  list(): CatalogueEntry<Value>[] {
    return [...this.#highest().values()];
  }

  /** All definitions, including those that a later layer replaces; the highest layer first. */
  all(): CatalogueEntry<Value>[] {
    return [...this.#layers.values()].toReversed().flatMap((layer) => [...layer.values()]);
  }

  #highest(): Map<string, CatalogueEntry<Value>> {
    return new Map([...this.#layers.values()].flatMap((layer) => [...layer]));
  }
}
