import { fileNameOf } from './path-parts.ts';

/** The start and end marks of comments in a language. */
export interface CommentMarks {
  line: readonly string[];
  block: readonly (readonly [start: string, end: string])[];
}

const hash: CommentMarks = { line: ['#'], block: [] };
const python: CommentMarks = {
  line: ['#'],
  block: [
    ['"""', '"""'],
    ["'''", "'''"],
  ],
};
const slashes: CommentMarks = { line: ['//'], block: [['/*', '*/']] };
const php: CommentMarks = { line: ['//', '#'], block: [['/*', '*/']] };
const dashes: CommentMarks = { line: ['--'], block: [['/*', '*/']] };
const lua: CommentMarks = { line: ['--'], block: [['--[[', ']]']] };
const haskell: CommentMarks = { line: ['--'], block: [['{-', '-}']] };

const byExtension: Readonly<Record<string, CommentMarks>> = {
  c: slashes,
  cc: slashes,
  cjs: slashes,
  cpp: slashes,
  cs: slashes,
  cts: slashes,
  dart: slashes,
  ex: hash,
  go: slashes,
  h: slashes,
  hpp: slashes,
  hs: haskell,
  java: slashes,
  jl: hash,
  js: slashes,
  jsx: slashes,
  kt: slashes,
  lua,
  mjs: slashes,
  mts: slashes,
  php,
  pl: hash,
  py: python,
  r: hash,
  rb: hash,
  rs: slashes,
  scala: slashes,
  sh: hash,
  sql: dashes,
  swift: slashes,
  ts: slashes,
  tsx: slashes,
  zig: slashes,
};

const byName = /^(?:(?:docker|container|make|just|rake|gem)file(?:\.[\w-]+)?)$/i;

/** The comment marks for a code file. Undefined for settings, documents and languages that are not known here. */
export function commentMarksOf(path: string): CommentMarks | undefined {
  const name = fileNameOf(path);
  if (byName.test(name)) return hash;
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return Object.hasOwn(byExtension, extension) ? byExtension[extension] : undefined;
}
