import type { SourceImport } from './source-imports.ts';

const belowOrchestrator = [
  'agents',
  'tools',
  'verification',
  'sandbox',
  'project',
  'local-engine',
  'llm',
  'files',
  'state',
  'workflows',
  'config',
  'events',
  'utils',
] as const;

/** What each room may import beside itself, the lowest room first. `src/index.ts` may hand on what stands below `cli`. */
export const rooms = {
  utils: [],
  events: ['utils'],
  config: ['events', 'utils'],
  workflows: ['events', 'utils'],
  state: ['events', 'utils'],
  files: ['events', 'utils'],
  llm: ['events', 'utils'],
  project: ['llm', 'files', 'events', 'utils'],
  'local-engine': ['llm', 'events', 'utils'],
  sandbox: ['events', 'utils'],
  verification: ['sandbox', 'files', 'events', 'utils'],
  tools: ['sandbox', 'project', 'llm', 'files', 'events', 'utils'],
  agents: ['tools', 'llm', 'files', 'config', 'events', 'utils'],
  orchestrator: belowOrchestrator,
  operations: ['orchestrator', ...belowOrchestrator],
  server: ['operations', 'llm', 'utils'],
  cli: ['server', 'operations', 'orchestrator', ...belowOrchestrator],
} as const satisfies Readonly<Record<string, readonly string[]>>;

type Room = keyof typeof rooms;

/** An import that goes from one child of a folder, a file or a folder with all that is in it, to another. */
export interface Arrow extends SourceImport {
  /** The folder in which the two stand; empty for the rooms themselves. */
  folder: string;
  fromChild: string;
  toChild: string;
}

/** The imports as arrows between the children of the deepest folder that both files are in. */
export function arrowsOf(imports: readonly SourceImport[]): Arrow[] {
  return imports.map((one) => {
    const from = one.from.split('/');
    const to = one.to.split('/');
    const shared = from.findIndex((part, index) => part !== to[index]);
    if (shared === -1) throw new Error(`${one.from} imports itself.`);
    return { ...one, folder: from.slice(0, shared).join('/'), fromChild: from[shared]!, toChild: to[shared]! };
  });
}

/** Imports from one room to another that the table does not have. */
export function arrowsUp(arrows: readonly Arrow[]): string[] {
  return arrows
    .filter(({ folder, fromChild, toChild }) => folder === '' && !mayImport(fromChild, toChild))
    .map(({ from, to }) => `${from} imports ${to}`);
}

function mayImport(from: string, to: string): boolean {
  if (from === 'index.ts') return to !== 'cli';
  return isRoom(from) && (rooms[from] as readonly string[]).includes(to);
}

function isRoom(name: string): name is Room {
  return Object.hasOwn(rooms, name);
}

/**
 * Children of one folder that import each other around: whichever of them stands above, one arrow points up.
 * @returns a sentence for each such group, with an import for each arrow in it.
 */
export function circles(arrows: readonly Arrow[]): string[] {
  return [...Map.groupBy(arrows, ({ folder }) => folder)].flatMap(([folder, inside]) =>
    groupsOf(inside)
      .filter((group) => group.length > 1)
      .map((group) => {
        const around = inside.filter(({ fromChild, toChild }) => group.includes(fromChild) && group.includes(toChild));
        const examples = [...Map.groupBy(around, ({ fromChild, toChild }) => `${fromChild} → ${toChild}`)].map(
          ([arrow, [first]]) => `${arrow} (${first!.from} imports ${first!.to})`,
        );
        return `In ${folder === '' ? 'src' : folder} these go around: ${examples.toSorted().join('; ')}`;
      }),
  );
}

/** The children of a folder that has arrows, those first that import none of the others. Those that go around stand together. */
export function layersOf(arrows: readonly Arrow[]): string[] {
  return groupsOf(arrows).flatMap((group) => group.toSorted());
}

/** Strongly connected groups (Tarjan), each after all that it imports. */
function groupsOf(arrows: readonly Arrow[]): string[][] {
  const imported = new Map<string, Set<string>>();
  for (const { fromChild, toChild } of arrows) {
    for (const child of [fromChild, toChild]) if (!imported.has(child)) imported.set(child, new Set());
    imported.get(fromChild)!.add(toChild);
  }
  const number = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const groups: string[][] = [];
  const follow = (child: string): void => {
    number.set(child, number.size);
    lowest.set(child, number.get(child)!);
    open.push(child);
    for (const next of [...imported.get(child)!].toSorted()) {
      if (!number.has(next)) follow(next);
      if (open.includes(next)) lowest.set(child, Math.min(lowest.get(child)!, lowest.get(next)!));
    }
    if (lowest.get(child) === number.get(child)) groups.push(open.splice(open.indexOf(child)));
  };
  for (const child of [...imported.keys()].toSorted()) if (!number.has(child)) follow(child);
  return groups;
}
