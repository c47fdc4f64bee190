import { type FoundSecret, isPlaceholder } from '../../../project/choosing/find-secret.ts';

/** A name before a colon or an equals sign. */
const assigned = /([A-Za-z_][\w-]{0,60})["']?[ \t]{0,4}[:=]/g;
/** What keys and passwords are made of, in one word. */
const oneWord = /^[\w+/=.~!@#%^&*-]{16,200}$/;
const secretName = /(?:password|passwd|passphrase|pwd|secret|token|(?:api|access|secret|private|auth)[_-]?key|credentials?)$/i;
/** What a program writes where it gets the value from elsewhere: `config.auth.token`, `process.env.API_TOKEN`, `settings/token.txt`. */
const elsewhere = /^(?:[A-Za-z_]\w*[./]){1,12}[A-Za-z_]\w*$/;
/** Longer lines are not written by people, who give passwords. */
const longestLine = 1000;
/** A name or a sentence has less, a random text of this length more. In bits for each character. */
const leastEntropy = 3.3;

/** Values that look random and stand under a name such as `db_password`, where no known shape of a key gives them away. */
export function* assignedSecrets(text: string): Generator<FoundSecret> {
  let line = 0;
  for (const content of text.split('\n')) {
    line += 1;
    if (content.length > longestLine) continue;
    for (const { 0: found, 1: name = '', index } of content.matchAll(assigned)) {
      if (!secretName.test(name) || !looksRandom(valueIn(content.slice(index + found.length)))) continue;
      yield { what: `a value that looks random, with the name ${name}`, line };
      break;
    }
  }
}

/** What is assigned: in quotes up to the next of them, else the first word. @param rest Of the line. */
function valueIn(rest: string): string {
  const value = rest.replace(/^[=\s]{1,10}/, '');
  const quote = value[0] ?? '';
  if (`"'\``.includes(quote)) return value.slice(1).split(quote, 1)[0] ?? '';
  return value.split(/[\s,;)}]/, 1)[0] ?? '';
}

function looksRandom(value: string): boolean {
  if (!oneWord.test(value) || isPlaceholder(value) || elsewhere.test(value) || !/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  return entropyOf(value) >= leastEntropy;
}

/** Of the characters of a text, in bits for each (Shannon). */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
