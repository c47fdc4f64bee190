import { realpathSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';
import { listBelow } from '../below/list-below.ts';
import { type SpecLayout, specLayouts } from './spec-layouts.ts';

/** A folder with the documents of one specification. */
export interface SpecFolder {
  layout: SpecLayout;
  /** Absolute, links followed: the project. Of a specification that stands alone its own folder. */
  root: string;
  /** Relative to `root`, with `/`; empty if it stands alone. */
  path: string;
}

/** More specifications of one project are not looked at. */
const mostSpecs = 1000;

/**
 * The specifications that a folder stands for: itself, if it has the place or the documents of one; else those of the project, or of the part of a project, that
 * it is. @param folder Absolute; it exists.
 */
export function findSpecs(folder: string): SpecFolder[] {
  const real = realpathSync(folder);
  const placed = specAt(real);
  if (placed !== undefined && holdsDocument(placed, 'any')) return [placed];
  const around = specLayouts.map((layout) => specsAround(real, layout)).filter((specs) => specs.length > 0);
  // The folder is a part of what a tool has in the project, such as `openspec`: others have nothing there.
  const part = around.find((specs) => specs.some(({ root }) => root !== real));
  const found = part ?? around.flat();
  if (found.length > 0) return found;
  if (placed !== undefined) return [placed];
  const alone = specAlone(real);
  return alone === undefined ? [] : [alone];
}

/** Whether a folder is a specification itself. @param folder Absolute. */
export function isSpec(folder: string): boolean {
  try {
    const real = realpathSync(folder);
    const placed = specAt(real);
    return (placed !== undefined && holdsDocument(placed, 'any')) || specAlone(real) !== undefined;
  } catch {
    return false;
  }
}

/** A folder anywhere that holds what a specification must have. */
function specAlone(real: string): SpecFolder | undefined {
  return specLayouts.map((layout): SpecFolder => ({ layout, root: real, path: '' })).find((spec) => holdsDocument(spec, 'required'));
}

/** The folder as a specification in its place: directly in a collection of a layout. */
function specAt(real: string): SpecFolder | undefined {
  const slashed = real.replaceAll(sep, '/');
  for (const layout of specLayouts) {
    for (const collection of layout.collections) {
      const path = `${collection}/${posix.basename(slashed)}`;
      // `openspec/changes/approved` is in a collection and is one itself.
      if (slashed.endsWith(`/${path}`) && !layout.collections.includes(path)) return { layout, root: above(real, path), path };
    }
  }
  return undefined;
}

/** What a layout has in its collections, if the folder is the project, or is on the way to a collection, or is one. */
function specsAround(real: string, layout: SpecLayout): SpecFolder[] {
  const slashed = real.replaceAll(sep, '/');
  const found = new Map<string, SpecFolder>();
  for (const collection of layout.collections) {
    const parts = collection.split('/');
    const ways = parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
    const way = ways.find((each) => slashed.endsWith(`/${each}`));
    const root = way === undefined ? real : above(real, way);
    const listed = listBelow(root, collection);
    if (listed.kind !== 'folder') continue;
    for (const { name, kind } of listed.entries) {
      const spec = { layout, root, path: `${collection}/${name}` };
      const place = join(root, spec.path);
      if (kind === 'folder' && !found.has(place) && found.size < mostSpecs && holdsDocument(spec, 'any')) found.set(place, spec);
    }
  }
  return [...found.values()];
}

function holdsDocument({ layout: { documents }, root, path }: SpecFolder, which: 'any' | 'required'): boolean {
  const listed = listBelow(root, path);
  if (listed.kind !== 'folder') return false;
  const names = new Set(listed.entries.filter(({ kind }) => kind === 'file').map(({ name }) => name));
  return documents.some(({ paths, missing }) => (which === 'any' || missing === 'required') && paths.some((each) => names.has(each)));
}

function above(folder: string, path: string): string {
  return path.split('/').reduce((at) => dirname(at), folder);
}
