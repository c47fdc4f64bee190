import { showFile } from '../../config/folders.ts';
import type { CatalogueEntry } from '../../utils/layered-catalogue.ts';

/** Where a role or a workflow comes from, for a person; nothing of what is built in. */
export function originOf({ layer, path }: Pick<CatalogueEntry<unknown>, 'layer' | 'path'>, directory: string): string[] {
  return layer === 'built_in' || path === undefined ? [] : [`from ${showFile(path, directory)}`];
}
