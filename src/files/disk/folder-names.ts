import { type BigIntStats, readdirSync, statSync } from 'node:fs';
import { ifExists } from './system-file-error.ts';
import { collisionKey } from './path-policy.ts';

interface Listing {
  /** Changes whenever somebody adds or removes a name. */
  version: string;
  names: Set<string>;
  byKey: Map<string, string[]>;
}

/** A listing read this soon after a change may lack what was added within the same tick of the system's clock. */
const tickMilliseconds = 50;
/** A run's own files are in few folders. */
const mostFolders = 64;

/**
 * The names in folders. A folder is read once and again only after somebody else changes it, so that a folder with thousands of files is not read for each of
 * them. It misses a name that somebody else adds at the very moment of our own write. A file system that treats two spellings as one file would show it, and
 * then the folder is read again.
 */
export class FolderNames {
  readonly #listings = new Map<string, Listing>();

  /** Another name in the folder that some file system treats as the same. @param standing Whether the system finds something under this name. */
  otherSpelling(folder: string, segment: string, standing: 'there' | 'absent'): string | undefined {
    let listing = this.#read(folder);
    const other = () => listing?.byKey.get(collisionKey(segment))?.find((name) => name !== segment);
    // A refusal always rests on what is there now.
    const isDoubtful = other() !== undefined || (standing === 'there' && listing?.names.has(segment) === false);
    if (isDoubtful) listing = this.#read(folder, 'again');
    return other();
  }

  /** Records that our own write has added this name to the folder, whose content was known until then. */
  added(folder: string, name: string): void {
    const stats = statsOf(folder);
    const listing = stats && this.#listings.get(identityOf(stats));
    if (listing === undefined || stats === undefined) return;
    add(listing, name);
    listing.version = versionOf(stats);
  }

  #read(folder: string, how: 'if changed' | 'again' = 'if changed'): Listing | undefined {
    const stats = statsOf(folder);
    if (stats === undefined) return undefined;
    const identity = identityOf(stats);
    const version = versionOf(stats);
    const known = this.#listings.get(identity);
    if (known?.version === version && how === 'if changed') return known;
    const listing: Listing = { version, names: new Set(), byKey: new Map() };
    for (const name of ifExists(() => readdirSync(folder)) ?? []) add(listing, name);
    this.#listings.delete(identity);
    if (Date.now() - Number(stats.mtimeMs) < tickMilliseconds) listing.version = '';
    this.#listings.set(identity, listing);
    const oldest = this.#listings.keys().next().value;
    if (this.#listings.size > mostFolders && oldest !== undefined) this.#listings.delete(oldest);
    return listing;
  }
}

function add({ names, byKey }: Listing, name: string): void {
  if (names.has(name)) return;
  names.add(name);
  const key = collisionKey(name);
  byKey.set(key, [...(byKey.get(key) ?? []), name]);
}

function statsOf(folder: string): BigIntStats | undefined {
  return ifExists(() => statSync(folder, { bigint: true }));
}

function identityOf({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`;
}

function versionOf({ mtimeNs, ctimeNs }: BigIntStats): string {
  return `${mtimeNs}:${ctimeNs}`;
}
