import { join } from 'node:path';
import { writeRegions } from './generated-regions.ts';
import { type Arrow, arrowsOf, layersOf } from './rooms.ts';
import { sourceImports } from './source-imports.ts';

/** docs/architecture.md with the pictures of the rooms as the imports of `src` are now. */
export function architecturePage(page: string): string {
  const imports = sourceImports(join(import.meta.dirname, '..', 'src'));
  const arrows = arrowsOf(imports);
  const files = new Set(imports.flatMap(({ from, to }) => [from, to]));
  return writeRegions(page, { rooms: () => roomsPicture(arrows), folders: () => foldersTable(arrows, files) });
}

/** Everybody uses these: arrows to them would hide the others. */
const everywhere: ReadonlySet<string> = new Set(['events', 'utils']);

function roomsPicture(arrows: readonly Arrow[]): string {
  const between = arrows.filter(
    ({ folder, fromChild, toChild }) => folder === '' && !fromChild.endsWith('.ts') && !everywhere.has(toChild),
  );
  const lines = between.map(({ fromChild, toChild }) => `  ${fromChild} --> ${toChild}`);
  return ['```mermaid', 'flowchart TD', ...[...new Set(lines)].toSorted(), '```'].join('\n');
}

function foldersTable(arrows: readonly Arrow[], files: ReadonlySet<string>): string {
  const byRoom = Map.groupBy(arrows, ({ folder }) => folder);
  const rows = layersOf(byRoom.get('') ?? []).flatMap((room) => {
    const found = [...files].flatMap((file) => new RegExp(`^${room}/([^/]+)/`).exec(file)?.[1] ?? []);
    const ordered = layersOf(byRoom.get(room) ?? []).filter((child) => !child.endsWith('.ts'));
    // First those that neither import one of the others nor are imported.
    const folders = new Set([...found.filter((folder) => !ordered.includes(folder)).toSorted(), ...ordered]);
    return folders.size === 0 ? [] : [`| \`${room}\` | ${[...folders].map((folder) => `\`${folder}\``).join(', ')} |`];
  });
  return ['| room | its folders: each imports only what stands before it |', '| --- | --- |', ...rows].join('\n');
}
