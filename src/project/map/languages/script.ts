import type { MapLanguage } from './map-language.ts';
import { beginningsAbove, folderOf, joinBelow, type ProjectPaths } from './project-paths.ts';

const importPattern = /\b(?:from|import|require)\s?\(?['"]([^'"\s]{1,300})['"]/g;
const exportPattern =
  /^export (?:default |declare |async |abstract )*(?:function\*?|class|const enum|const|let|var|interface|type|enum|namespace) ?([\w$]+)/;
const listPattern = /^export (?:type )?\{([^}]{1,500})/;
const topLevelPattern = /^(?:async |abstract )*(?:function\*?|class|interface|type|enum) ([\w$]+)/;
const commonPattern = /^(?:module\.)?exports\.([\w$]+) ?=/;

/** Without reading any configuration: relative paths, `@/` and `~/` as `src/`, and the names of the project's own packages. */
export const script: MapLanguage = {
  endings: ['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs', 'vue', 'svelte'],
  scan: (lines, found) => {
    for (const line of lines) {
      if (line.includes("'") || line.includes('"')) {
        for (const [, specifier] of line.matchAll(importPattern)) found.addImport(specifier!);
      }
      const name = (exportPattern.exec(line) ?? topLevelPattern.exec(line) ?? commonPattern.exec(line))?.[1];
      if (name !== undefined) found.addName(name);
      const list = name === undefined ? listPattern.exec(line)?.[1] : undefined;
      for (const item of list?.split(',') ?? []) found.addName(item.trim().split(' ').at(-1)!);
    }
  },
  resolve: (specifier, from, paths) => {
    if (specifier.startsWith('.')) {
      const path = joinBelow(folderOf(from), specifier.replace(/[?#].*/s, ''));
      return path === undefined ? [] : firstOf([path], paths);
    }
    if (/^[@~]\//.test(specifier)) {
      const beginnings = beginningsAbove(folderOf(from)).filter((beginning) => beginning === '' || !beginning.endsWith('/src/'));
      return firstOf(
        beginnings.map((beginning) => `${beginning}src/${specifier.slice(2)}`),
        paths,
      );
    }
    return specifier.startsWith('node:') ? [] : resolvePackage(specifier, paths);
  },
};

const endings = ['.ts', '.tsx', '.mts', '.cts', '.d.ts', '.js', '.jsx', '.mjs', '.cjs', '.vue', '.svelte', '.json'];

/** Sources before what they are compiled to. */
const sourcesOf: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.d.ts', '.jsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

/** Made one by one: usually one of the first is there. */
function* candidatesOf(path: string, paths: ProjectPaths): Generator<string> {
  if (paths.hasAny(path)) {
    yield path;
    const ending = /\.[cm]?jsx?$/.exec(path)?.[0];
    if (ending !== undefined) for (const source of sourcesOf[ending] ?? []) yield path.slice(0, -ending.length) + source;
    for (const one of endings) yield path + one;
  }
  const index = path === '' ? 'index' : `${path}/index`;
  if (paths.hasAny(index)) for (const one of endings) yield index + one;
}

function firstOf(places: readonly string[], paths: ProjectPaths): string[] {
  for (const place of places) {
    const found = paths.first(candidatesOf(place, paths));
    if (found.length > 0) return found;
  }
  return [];
}

function resolvePackage(specifier: string, paths: ProjectPaths): string[] {
  const parts = specifier.split('/', 12);
  const length = specifier.startsWith('@') ? 2 : 1;
  const [manifest] = paths.provided(`npm ${parts.slice(0, length).join('/')}`);
  if (manifest === undefined) return [];
  const folder = folderOf(manifest);
  const beginning = folder === '' ? '' : `${folder}/`;
  const rest = parts.slice(length).join('/');
  return firstOf(
    ['src/', '', 'lib/'].map((source) => beginning + source + (rest === '' ? 'index' : rest)),
    paths,
  );
}
