import { demandedNames } from './demanded-names.ts';
import { type FileMention, fileMentions } from './file-mentions.ts';
import { filesInTrees } from './file-trees.ts';

/** What a requirement asks for by name: found by our own code, so that nobody has to trust a model with it. */
export interface Demands {
  /** Files that are to be written and are not there yet, in the order of their naming. */
  files: string[];
  /** Project files that the requirement names, in that order. */
  named: string[];
  /** Those of `named` that a sentence asks to change. */
  changed: string[];
  /** Those of `named` that are to stay as they are. */
  kept: string[];
  /** Functions, classes and methods that are named as such. */
  names: string[];
}

/**
 * What a requirement asks for by name. Programs that are named in its sentences and are not among the project's files are to be written; documents, data and
 * what only stands in an example are so where the words before them say that they are to be made. The order is that of their first naming.
 */
export function readDemands(requirement: string, projectFiles: readonly { path: string }[]): Demands {
  const given = new Set(projectFiles.map(({ path }) => path));
  const byName = new Map(projectFiles.map(({ path }) => [path.slice(path.lastIndexOf('/') + 1), path]));
  const files = new Set<string>();
  const named = new Set<string>();
  const wishes = { change: new Set<string>(), keep: new Set<string>() };
  const findGiven = (path: string) => (given.has(path) ? path : byName.get(path));
  for (const mention of fileMentions(requirement)) {
    const there = findGiven(mention.path);
    if (there !== undefined) {
      named.add(there);
      // How a program is started tells nothing of the file that is meant.
      const wish = started.test(mention.before) ? undefined : wishForFile(requirement, mention.at);
      if (wish !== undefined) wishes[wish].add(there);
    } else if (isToBeWritten(mention)) files.add(mention.path);
  }
  for (const path of filesInTrees(requirement)) {
    const there = findGiven(path);
    if (there === undefined) files.add(path);
    else named.add(there);
  }
  return {
    files: withoutShorterNames(files),
    named: [...named],
    changed: [...wishes.change],
    kept: [...wishes.keep].filter((path) => !wishes.change.has(path)),
    names: demandedNames(requirement),
  };
}

/** Words that make what follows a thing to be written, up to a few words before the name. */
const making =
  /\b(?:write|create|add|include|make|produce|deliver|provide|generate|document|describe|update|called|named|in (?:one|a|the|a single|a new) (?:new |single |separate )?(?:file|document)|into|new file)\b(?:[^.;:!?]|\.(?=\w)){0,60}$/;
/** An example: `such as notes.md`, `for instance a.py`, a name that a command is given. */
const example =
  /\b(?:such as|for example|for instance|e\.g\.|like|example|reads?|given|from|delete|remove|instead of)\s+(?:a |an |the |file )?[`'"]?$/;
/** What the program itself makes when it runs. */
const product =
  /\b(?:writes|saves|creates|produces|generates|outputs|emits|renders|exports|stores|(?:is|are|be|gets?) (?:written|saved|stored|exported|rendered) (?:to|into|as)|goes to)\b(?:[^.;:!?]|\.(?=\w)){0,40}$/;
/** A program that is started is to be there; what follows it are its arguments. */
const started =
  /(?:^|[\s`$>])(?:python3?|node|go run|bash|sh|ruby|php|perl|deno run|bun|npx tsx|ts-node|rustc|javac|gcc|g\+\+)\s{1,8}(?:-\S{1,80}\s{1,8}){0,8}$/;
/** What an example imports is to be there. */
const importedFrom = /\b(?:from|import|require\()\s*['"]$/;

function isToBeWritten({ kind, place, before }: FileMention): boolean {
  switch (kind) {
    case 'program':
      if (started.test(before) || importedFrom.test(before)) return true;
      return place === 'prose' && !example.test(before) && !product.test(before);
    case 'build':
    case 'document':
      return place === 'prose' && making.test(before) && !example.test(before) && !product.test(before);
    case 'data':
    default:
      return false;
  }
}

/** `app.py` and `src/app.py` are one file where both are named: the longer name tells more. */
function withoutShorterNames(files: Set<string>): string[] {
  return [...files].filter((file) => ![...files].some((other) => other !== file && other.endsWith(`/${file}`)));
}

/** How far a sentence is looked at from a name in it. */
const reach = 300;
const changing =
  /\b(?:extend|change|add|fix|mend|correct|repair|update|modify|adapt|adjust|refactor|rewrite|improve|replace|rename|remove|delete|drop|move|introduce|support|implement|put|insert|give|teach|make|let)\b|\b(?:should|must|needs?|has to|gets?|is wrong|are wrong|broken|bugs?|fails?|crash(?:es)?|misses|ignores|forgets)\b/i;
const keeping =
  /\b(?:tests? (?:for|of)|unchanged|as (?:it is|they are)|stays?|(?:not|never|n['’]t) (?:be )?(?:change|touch|modif)\w*|leave|is (?:fine|right|correct|ok)|are (?:fine|right|correct)|must (?:still )?pass)\b/i;

/** What the sentence in which a text names a file, at this place, wants of it; undefined where it only speaks of it. */
function wishForFile(text: string, at: number): 'change' | 'keep' | undefined {
  const before = text.slice(Math.max(0, at - reach), at);
  const after = text.slice(at, at + reach);
  const start = Math.max(
    ...[...before.matchAll(/[.!?:;]\s|\n[^\S\n]*\n|\n[^\S\n]*(?:[-*+]|\d+[.)])\s/g)].map(({ index, 0: end }) => index + end.length),
    0,
  );
  const end = /[.!?;](?:\s|$)|\n[^\S\n]*\n|\n[^\S\n]*(?:[-*+]|\d+[.)])\s/.exec(after)?.index ?? after.length;
  const sentence = before.slice(start) + after.slice(0, end);
  if (keeping.test(sentence)) return 'keep';
  return changing.test(sentence) ? 'change' : undefined;
}
