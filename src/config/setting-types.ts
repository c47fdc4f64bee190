import { z } from 'zod';

/** Every type says what it expects as its only error message, so that a problem can be told as "… is "abc"; expected <message>". */
const expecting = (expected: string) => ({ error: expected });

/** One line of text. Control characters are refused: they would reach terminals and file names. */
export const text = (expected = 'a text in one line') => z.string(expecting(expected)).regex(/^\P{Cc}+$/u, expecting(expected));

export const textList = () => z.array(text('a list of texts'), expecting('a list of texts'));

const namedValue = () => z.union([z.string(), z.number(), z.boolean()], expecting('a text, a number, true or false'));

export const namedValues = () => z.record(z.string(), namedValue(), expecting('names with values (enable_thinking: false)'));

export const toggle = () => z.boolean(expecting('true or false'));

export const choice = <const Names extends readonly [string, ...string[]]>(names: Names) =>
  z.enum(names, expecting(`one of ${names.join(', ')}`));

export const numberBetween = (low: number, high: number) => {
  const expected = expecting(`a number from ${low} to ${high}`);
  return z.number(expected).min(low, expected).max(high, expected);
};

export const wholeNumber = (low: number) => {
  const expected = expecting(`a whole number, at least ${low}`);
  return z.number(expected).int(expected).min(low, expected);
};

/** Node's timers hold no more than 2^31 - 1 milliseconds; a longer one would fire at once. */
const longestSeconds = 2_147_483;

export const seconds = () => {
  const expected = expecting(`a number of seconds above 0, at most ${longestSeconds}`);
  return z.number(expected).positive(expected).max(longestSeconds, expected);
};

export const webAddress = () => {
  const expected = 'an address that begins with http:// or https://';
  return text(expected).refine((address) => /^https?:$/.test(URL.parse(address)?.protocol ?? ''), expecting(expected));
};

export const pattern = () => {
  const expected = 'a regular expression';
  return text(expected).refine((source) => {
    try {
      return new RegExp(source, 'i') instanceof RegExp;
    } catch {
      return false;
    }
  }, expecting(expected));
};

const levelNames: Record<string, string> = { warning: 'warn', critical: 'error' };

/** Any case, and the names of Python's logging beside our own. */
export const logLevel = () =>
  z.preprocess(
    (level) => (typeof level === 'string' ? (levelNames[level.toLowerCase()] ?? level.toLowerCase()) : level),
    choice(['debug', 'info', 'warn', 'error']),
  );
