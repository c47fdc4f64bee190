/** Words that say what a name in code marks is. */
const kinds = '(?:functions?|methods?|class(?:es)?|exceptions?|struct|interface|enum|type|trait|decorator|hook|component)';

/** A name without code marks that is announced as new: "add a method total(self)", not "call the method append(item)". */
const announced = new RegExp(`\\b(?:an?|new)\\s{1,3}(?:[a-z]{1,20}\\s{1,3})?${kinds}\\s{1,3}([A-Za-z_]\\w{0,80})\\(`, 'g');

/**
 * Names in code marks that a text calls a function, a class or similar, or writes with brackets: `add(name)`; then those without marks that it announces. Each once. Linear in
 * the text.
 */
export function demandedNames(text: string): string[] {
  const names = new Set<string>();
  for (const { 1: code = '', index } of text.matchAll(/`([^`\n]{1,120})`/g)) {
    const called = /^(?:new )?(?:[A-Za-z_][\w]*(?:\.|::))?([A-Za-z_]\w*)(?:<[\w, ]+>)?\(/.exec(code)?.[1];
    const plain = /^([A-Za-z_]\w*)(?:<[\w, ]+>)?$/.exec(code)?.[1];
    if (called !== undefined) names.add(called);
    else if (plain !== undefined && new RegExp(`\\b${kinds}\\s+\`$`, 'i').test(text.slice(Math.max(0, index - 40), index + 1)))
      names.add(plain);
  }
  for (const [, name = ''] of text.matchAll(announced)) names.add(name);
  return [...names].filter((name) => !notOurs.has(name));
}

/** Names that texts write with brackets only to show a result, and errors that are part of the language. */
const notOurs = new Set(
  'print println printf console log Ok Err Some None ValueError TypeError KeyError IndexError RangeError Error Exception RuntimeError ZeroDivisionError FileNotFoundError main len str int float list dict set tuple range input open import require assert'.split(
    ' ',
  ),
);
