import { opendirSync } from 'node:fs';
import { OpenFolder } from '../../files/disk/open-folder.ts';
import { FolderReader } from '../below/folder-reader.ts';
import { generatedPart } from './generated-paths.ts';
import { IgnoreRules } from './ignore-rules.ts';
import { mostBytes } from './judge-content.ts';

/** No folder of a project is as deep. */
const longestPath = 1000;

export interface WalkOptions {
  /** Absolute, links followed. */
  root: string;
  /** Where the walk begins, relative to the root; empty for the root itself. */
  folder: string;
  /** Receives paths relative to the root; a folder of generated files ends with `/`. It returns `enough` to stop. */
  take: (path: string) => 'more' | 'enough';
  /** Called now and then, so that a long walk can be ended. */
  breathe: () => Promise<void>;
}

/**
 * Walks a folder where Git cannot list it. `.gitignore` files count, those of the root and further down; no link is followed, `.git` folders and folders of
 * generated files are not entered. What cannot be opened is handed over by its path, for whoever reads it to say so.
 */
export async function walkFiles({ root, folder, take, breathe }: WalkOptions): Promise<void> {
  using reader = new FolderReader(root, mostBytes);
  const rulesOf = (place: string, above: IgnoreRules): IgnoreRules => {
    const found = reader.read(`${place}.gitignore`);
    return found.kind === 'read' ? above.with(place, Buffer.from(found.bytes).toString('utf8')) : above;
  };

  const walk = async (open: OpenFolder, place: string, rules: IgnoreRules): Promise<'more' | 'enough'> => {
    const inner: string[] = [];
    using entries = opendirSync(open.path);
    for (let entry = entries.readSync(); entry !== null; entry = entries.readSync()) {
      await breathe();
      const path = `${place}${entry.name}`;
      if (entry.name === '.git' || rules.isIgnored(entry.isDirectory() ? `${path}/` : path)) continue;
      if (!entry.isDirectory()) {
        if (take(path) === 'enough') return 'enough';
      } else if (generatedPart(`${path}/-`) !== undefined) {
        if (take(`${path}/`) === 'enough') return 'enough';
      } else inner.push(entry.name);
    }
    for (const name of inner.sort()) {
      const path = `${place}${name}`;
      const opened = path.length > longestPath ? undefined : openFolder(open.entry(name));
      if (opened === undefined) {
        if (take(path) === 'enough') return 'enough';
        continue;
      }
      using child = opened;
      if ((await walk(child, `${path}/`, rulesOf(`${path}/`, rules))) === 'enough') return 'enough';
    }
    return 'more';
  };

  const parts = folder === '' ? [] : folder.split('/');
  const places = ['', ...parts.map((_, index) => `${parts.slice(0, index + 1).join('/')}/`)];
  const above = places.slice(0, -1).reduce((rules, place) => rulesOf(place, rules), new IgnoreRules());
  // Who names an ignored folder wants what is in it.
  const isNamedAnyway = folder !== '' && above.isIgnored(`${folder}/`);
  const rules = rulesOf(places.at(-1) ?? '', isNamedAnyway ? new IgnoreRules() : above);
  using start = openFolder(folder === '' ? root : `${root}/${folder}`);
  if (start !== undefined) await walk(start, places.at(-1) ?? '', rules);
}

function openFolder(path: string): OpenFolder | undefined {
  try {
    return OpenFolder.open(path);
  } catch {
    return undefined;
  }
}
