import { sameText, wordRuns } from './word-runs.ts';

export type TextVerdict = { kind: 'substance' } | { kind: 'no_substance'; why: string };

export interface JudgeTextOptions {
  /** The reply without its wrapper. */
  text: string;
  /** What was asked, without what stood before it. */
  message: string;
  requirement: string;
  /** Replies of earlier steps, as far as they are like it. */
  earlier: readonly string[];
}

/** A text with fewer letters says nothing. */
const fewestLetters = 5;
/** A refusal is short; a long reply that begins like one says something. */
const longestRefusal = 400;
/** Two short texts may well be alike. */
const fewestRuns = 8;

/** Whether a reply to a step that expects text says something of its own. Linear in the texts. */
export function judgeText({ text, message, requirement, earlier }: JudgeTextOptions): TextVerdict {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters < fewestLetters) return nothing(emptyText);
  if (text.length <= longestRefusal && refusal.test(text)) return nothing('the model refused');
  if (foreignLetters(text) > 0.3 && !allowsOtherScripts({ message, requirement })) return nothing('the reply was in another language');
  const runs = wordRuns(text);
  if (shared(runs, wordRuns(message)) >= sameText) return nothing('the reply only repeated what was asked');
  if (shared(runs, wordRuns(requirement)) >= sameText) return nothing('the reply only repeated the requirement');
  if (runs.size >= fewestRuns && earlier.some((other) => shared(runs, wordRuns(other)) >= sameText))
    return nothing('the reply only repeated an earlier one');
  return { kind: 'substance' };
}

export const emptyText = 'the reply was empty';

const refusal = /^\W*(?:i['’]?m sorry|sorry,|i (?:can(?:no|['’])t|am unable|am not able)|as an ai\b|unfortunately, i\b|i apologi[sz]e)/i;

function nothing(why: string): TextVerdict {
  return { kind: 'no_substance', why };
}

/** Whether what was asked is written in another script than Latin, or wants something in a language that is. In a session the message is all that there is, with our own words around it. */
function allowsOtherScripts({ message, requirement }: Pick<JudgeTextOptions, 'message' | 'requirement'>): boolean {
  return foreignLetters(requirement) >= 0.05 || foreignWord.test(message) || otherLanguage.test(message) || otherLanguage.test(requirement);
}

const foreignWord = /[^\P{L}\p{Script=Latin}]{2}/u;
const otherLanguage =
  /\b(?:Amharic|Arabic|Armenian|Belarusian|Bengali|Bulgarian|Burmese|Cantonese|Chinese|Georgian|Greek|Gujarati|Hebrew|Hindi|Japanese|Kannada|Kazakh|Khmer|Korean|Kyrgyz|Lao|Macedonian|Malayalam|Mandarin|Marathi|Mongolian|Nepali|Pashto|Persian|Farsi|Punjabi|Russian|Serbian|Sinhala|Tamil|Telugu|Thai|Tibetan|Ukrainian|Urdu|Yiddish)\b/i;

/** The part of the letters that belongs to no Latin script. */
function foreignLetters(text: string): number {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return letters === 0 ? 0 : (letters - latin) / letters;
}

function shared(runs: ReadonlySet<number>, others: ReadonlySet<number>): number {
  if (runs.size === 0) return 0;
  let count = 0;
  for (const run of runs) if (others.has(run)) count += 1;
  return count / runs.size;
}
