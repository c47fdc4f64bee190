/** Where a definition comes from, lowest first: what a later layer defines stands in the place of what an earlier one calls the same. */
export const catalogueLayers = ['built_in', 'user', 'workspace', 'program'] as const;

export type CatalogueLayer = (typeof catalogueLayers)[number];

/** A definition that is known by its name. */
export interface CatalogueEntry<Value> {
  name: string;
  layer: CatalogueLayer;
  /** Absolute: the file or folder that it was found in; absent where a program gave it. */
  path?: string | undefined;
  /** Reads and checks it. @throws what is wrong with it, each time. */
  read: () => Value;
}

/** Definitions by name, in layers. Nothing is read before it is asked for, and one that is broken is in nobody's way but its own. */
export class LayeredCatalogue<Value> {
  readonly #layers = new Map<CatalogueLayer, Map<string, CatalogueEntry<Value>>>(catalogueLayers.map((layer) => [layer, new Map()]));

  /** @returns false where the same layer has one of this name already, which stays. */
  add({ read, ...entry }: CatalogueEntry<Value>): boolean {
    const layer = this.#layers.get(entry.layer);
    if (layer === undefined || layer.has(entry.name)) return false;
    let value: { known: Value } | undefined;
    layer.set(entry.name, { ...entry, read: () => (value ??= { known: read() }).known });
    return true;
  }

  /** The definition of this name that counts. */
  find(name: string): CatalogueEntry<Value> | undefined {
    return this.#highest().get(name);
  }

  /** Those that count. A name keeps the place that its first definition has. */
  list(): CatalogueEntry<Value>[] {
    return [...this.#highest().values()];
  }

  /** Everything there is, also what a later layer has replaced; the highest layer first. */
  all(): CatalogueEntry<Value>[] {
    return [...this.#layers.values()].toReversed().flatMap((layer) => [...layer.values()]);
  }

  #highest(): Map<string, CatalogueEntry<Value>> {
    return new Map([...this.#layers.values()].flatMap((layer) => [...layer]));
  }
}
