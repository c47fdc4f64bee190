import { demandedNames } from './demanded-names.ts';
import { type FileMention, fileMentions } from './file-mentions.ts';
import { filesInTrees } from './file-trees.ts';

/** What a requirement asks for by name. Our own code finds it, so that nobody has to trust a model with it. */
export interface Demands {
  /** Files to write that do not exist yet, in the order in which they are named. */
  files: string[];
  /** Project files that the requirement names, in that order. */
  named: string[];
  /** Those of `named` that a sentence asks to change. */
  changed: string[];
  /** Those of `named` that are to stay unchanged. */
  kept: string[];
  /** Names of functions, classes and methods. */
  names: string[];
}

/**
 * What a requirement asks for by name. Programs that its sentences name and the project does not have are to be written. Documents, data, and files that are
 * named only in an example are to be written if the words before them say so. They come in the order in which they are first named.
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
      // A command that starts a program says nothing about the file itself.
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

/** Words that ask to write what follows, up to a few words before the name. */
const making =
  /\b(?:write|create|add|include|make|produce|deliver|provide|generate|document|describe|update|called|named|in (?:one|a|the|a single|a new) (?:new |single |separate )?(?:file|document)|into|new file)\b(?:[^.;:!?]|\.(?=\w)){0,60}$/;
/** An example: `such as notes.md`, `for instance a.py`, or an argument of a command. */
const example =
  /\b(?:such as|for example|for instance|e\.g\.|like|example|reads?|given|from|delete|remove|instead of)\s+(?:a |an |the |file )?[`'"]?$/;
/** A file that the program itself writes when it runs. */
const product =
  /\b(?:writes|saves|creates|produces|generates|outputs|emits|renders|exports|stores|(?:is|are|be|gets?) (?:written|saved|stored|exported|rendered) (?:to|into|as)|goes to)\b(?:[^.;:!?]|\.(?=\w)){0,40}$/;
/** A program that is started has to exist; what follows it are its arguments. */
const started =
  /(?:^|[\s`$>])(?:python3?|node|go run|bash|sh|ruby|php|perl|deno run|bun|npx tsx|ts-node|rustc|javac|gcc|g\+\+)\s{1,8}(?:-\S{1,80}\s{1,8}){0,8}$/;
/** A module that an example imports has to exist. */
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

/** Where both `app.py` and `src/app.py` are named, they are one file, and the longer name counts. */
function withoutShorterNames(files: Set<string>): string[] {
  return [...files].filter((file) => ![...files].some((other) => other !== file && other.endsWith(`/${file}`)));
}

/** How many characters of a sentence are read on either side of a name. */
const reach = 300;
const changing =
  /\b(?:extend|change|add|fix|mend|correct|repair|update|modify|adapt|adjust|refactor|rewrite|improve|replace|rename|remove|delete|drop|move|introduce|support|implement|put|insert|give|teach|make|let)\b|\b(?:should|must|needs?|has to|gets?|is wrong|are wrong|broken|bugs?|fails?|crash(?:es)?|misses|ignores|forgets)\b/i;
const keeping =
  /\b(?:tests? (?:for|of)|unchanged|as (?:it is|they are)|stays?|(?:not|never|n['’]t) (?:be )?(?:change|touch|modif)\w*|leave|is (?:fine|right|correct|ok)|are (?:fine|right|correct)|must (?:still )?pass)\b/i;

/** What the sentence that names a file at this position wants done with it. Undefined if it only mentions the file. */
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
