/** How far a sentence is looked at from a name in it. */
const reach = 300;
const changing =
  /\b(?:extend|change|add|fix|mend|correct|repair|update|modify|adapt|adjust|refactor|rewrite|improve|replace|rename|remove|delete|drop|move|introduce|support|implement|put|insert|give|teach|make|let)\b|\b(?:should|must|needs?|has to|gets?|is wrong|are wrong|broken|bugs?|fails?|crash(?:es)?|misses|ignores|forgets)\b/i;
const keeping =
  /\b(?:tests? (?:for|of)|unchanged|as (?:it is|they are)|stays?|(?:not|never|n['’]t) (?:be )?(?:change|touch|modif)\w*|leave|is (?:fine|right|correct|ok)|are (?:fine|right|correct)|must (?:still )?pass)\b/i;

/** What the sentence in which a text names a file, at this place, wants of it; undefined where it only speaks of it. */
export function wishForFile(text: string, at: number): 'change' | 'keep' | undefined {
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
