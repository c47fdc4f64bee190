import type { Answer, AnswerType } from '../../events/decision-events.ts';

const longestAnswer = 20_000;
const yes: ReadonlySet<string> = new Set(['yes', 'y', 'true']);
const no: ReadonlySet<string> = new Set(['no', 'n', 'false']);

/** An answer in the type that was asked for; a text is read as a person types it. Undefined: it is none. */
export function readAnswer(given: Answer, type: AnswerType): Answer | undefined {
  const text = typeof given === 'string' ? given.trim() : undefined;
  if (typeof type === 'object') return type.choice.find((one) => one === text) ?? type.choice.find((one) => sameWord(one, text));
  switch (type) {
    case 'text':
      return text !== undefined && text !== '' && text.length <= longestAnswer ? text : undefined;
    case 'number': {
      const number = text === undefined ? given : text === '' ? Number.NaN : Number(text);
      return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
    }
    default: {
      const word = text?.toLowerCase() ?? '';
      if (yes.has(word) || given === true) return true;
      return no.has(word) || given === false ? false : undefined;
    }
  }
}

/** What can be answered, as part of a sentence. */
export function answerWords(type: AnswerType): string {
  if (typeof type === 'object') return `one of: ${type.choice.join(', ')}`;
  return { text: 'a text', number: 'a number', boolean: 'yes or no' }[type];
}

function sameWord(one: string, other: string | undefined): boolean {
  return other !== undefined && one.toLowerCase() === other.toLowerCase();
}
