import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashContent } from '../src/utils/hash-content.ts';
import type { Change } from './change.ts';

/** A package of npm whose versions hold their sources and say what has changed. */
export interface VersionedPackage {
  name: string;
  /** From each to the next is a change. */
  versions: readonly string[];
  /** Where its sources are. */
  sources: string;
  /** The file that says what has changed. */
  changelog: string;
}

const most = { changed: 12, bytes: 100_000 };

/** What the changelog says of a version is the requirement; the project is the version before it, without its changelog. The packages are fetched by npm. */
export function changesOfVersions({ name, versions, sources, changelog }: VersionedPackage): Change[] {
  const folder = mkdtempSync(join(tmpdir(), 'bench-relevance-'));
  try {
    const all = versions.map((version) => ({ version, files: filesOf(folder, `${name}@${version}`) }));
    return all.slice(1).flatMap(({ version, files }, index): Change[] => {
      const before = new Map(all[index]!.files);
      const subject = entryOf(files.get(changelog) ?? '', version);
      before.delete(changelog);
      const changed = [...before].filter(([path, text]) => path.startsWith(sources) && files.has(path) && files.get(path) !== text);
      if (subject === '' || changed.length === 0 || changed.length > most.changed) return [];
      return [{ subject, contents: before, changed: changed.map(([path]) => path) }];
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function filesOf(folder: string, specifier: string): Map<string, string> {
  const place = join(folder, hashContent(specifier));
  mkdirSync(place);
  execFileSync('npm', ['pack', specifier, '--silent', '--ignore-scripts', '--pack-destination', place], { cwd: place, stdio: 'pipe' });
  const [archive] = readdirSync(place);
  execFileSync('tar', ['-xzf', archive!], { cwd: place });
  const root = join(place, 'package');
  return new Map(
    readdirSync(root, { recursive: true, withFileTypes: true }).flatMap((entry): [string, string][] => {
      const path = join(entry.parentPath, entry.name).slice(root.length + 1);
      if (!entry.isFile() || !/\.(?:[cm]?[jt]sx?|md|json)$/.test(path) || /\.d\.[cm]?ts$|\.min\.|^dist\//.test(path)) return [];
      const text = readFileSync(join(root, path), 'utf8');
      return path.endsWith('.md') || text.length <= most.bytes ? [[path, text]] : [];
    }),
  );
}

/** What stands below the heading of a version, without addresses and hashes, up to the heading of another. */
function entryOf(text: string, version: string): string {
  const lines = text.split('\n');
  const isHeading = (line: string) => /^(?:#{1,3} |unreleased|v?\d+\.\d+\.\d+)/i.test(line) && /\d+\.\d+\.\d+/.test(line);
  const start = lines.findIndex((line) => isHeading(line) && line.includes(version));
  if (start === -1) return '';
  const end = lines.findIndex((line, index) => index > start && isHeading(line));
  const entry = lines.slice(start + 1, end === -1 ? undefined : end).join('\n');
  return entry
    .replaceAll(/\(?\[[^\]]{0,60}\]\(https?:[^)]{1,300}\)\)?|https?:\S{1,300}|^=+$/gm, '')
    .trim()
    .slice(0, 4000);
}
