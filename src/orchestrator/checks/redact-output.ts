import { redactSecrets, type RedactSecretsOptions } from '../../utils/redact-secrets.ts';

const gap = /\n… \d{1,15} bytes left out …\n/g;
/** Longer ones are no secrets. */
const longestWord = 1000;

/** What a command printed without its secrets, also where its middle was left out: half of a secret would not be known for one, so the words beside the gap go, too. */
export function redactOutput(output: string, options: RedactSecretsOptions): string {
  let clean = '';
  let from = 0;
  for (const { 0: mark, index } of output.matchAll(gap)) {
    clean += withoutLastWord(output.slice(from, index)) + mark;
    from = index + mark.length;
    from += lengthOfFirstWord(output.slice(from, from + longestWord));
  }
  return String(redactSecrets(clean + output.slice(from), options));
}

function withoutLastWord(text: string): string {
  let end = text.length;
  while (end > 0 && text.length - end < longestWord && !/\s/.test(text[end - 1]!)) end -= 1;
  return text.slice(0, end);
}

function lengthOfFirstWord(text: string): number {
  const end = text.search(/\s/);
  return end === -1 ? text.length : end;
}
