import { z } from 'zod';
import { isQuickPattern } from '../utils/is-quick-pattern.ts';
import { completeAddress, splitServers, weightRange } from './server-addresses.ts';
import { readAllowedHost } from '../utils/allowed-host.ts';
import { longestTimer } from '../utils/clock.ts';

/** Every type's only error message says what it expects, so that a problem reads `… is "abc"; expected <message>`. */
const expecting = (expected: string) => ({ error: expected });

/** Longer than any path, address or name. The limit is there because later code may take more than linear time. */
const longestText = 4096;

/** One line of text. Control characters are refused: they would reach terminals and file names. */
export const text = (expected = 'one line of text') =>
  z
    .string(expecting(expected))
    .regex(/^\P{Cc}+$/u, expecting(expected))
    .max(longestText, expecting(`at most ${longestText} characters`));

/** The name of a variable of the environment. */
export const variableName = () => {
  const expected = 'the name of a variable (WORK_KEY)';
  return text(expected).regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, expecting(expected));
};

export const textList = () => z.array(text('a list of texts'), expecting('a list of texts'));

const namedValue = () => z.union([z.string(), z.number(), z.boolean()], expecting('a text, a number, true or false'));

export const namedValues = () => z.record(z.string(), namedValue(), expecting('names with values (enable_thinking: false)'));

export const toggle = () => z.boolean(expecting('true or false'));

export const choice = <const Names extends readonly [string, ...string[]]>(names: Names) =>
  z.enum(names, expecting(`one of ${names.join(', ')}`));

export const number = () => z.number(expecting('a number'));

export const numberBetween = (low: number, high: number) => {
  const expected = expecting(`a number from ${low} to ${high}`);
  return z.number(expected).min(low, expected).max(high, expected);
};

/** @param told The whole expectation, if other values are allowed as well. */
export const wholeNumber = (low: number, told = `a whole number, at least ${low}`) => {
  const expected = expecting(told);
  return z.number(expected).int(expected).min(low, expected);
};

export const longestSeconds = Math.floor(longestTimer / 1000);

export const seconds = () => {
  const expected = expecting(`a number of seconds above 0, at most ${longestSeconds}`);
  return z.number(expected).positive(expected).max(longestSeconds, expected);
};

const isWebAddress = (address: string) => /^https?:$/.test(URL.parse(address)?.protocol ?? '');

const webAddress = () => {
  const expected = 'an address that begins with http:// or https://';
  return text(expected).refine((given) => isWebAddress(completeAddress(given)), expecting(expected));
};

const isWeight = (weight: number) => weight >= weightRange.low && weight <= weightRange.high;

/** One address, or several in one text, each optionally with its weight: `http://127.0.0.1:8080=2,http://127.0.0.1:8081`. */
const serverText = () => {
  const expected = 'an address that begins with http:// or https://';
  return text(expected)
    .refine((given) => splitServers(given).every(({ address }) => isWebAddress(address)), expecting(expected))
    .refine((given) => splitServers(given).every(({ weight }) => isWeight(weight)), expecting(weightExpected));
};

const weightExpected = `a weight from ${weightRange.low} to ${weightRange.high} after the address`;

const serverEntry = () =>
  z.union(
    [
      serverText(),
      z.strictObject(
        { address: webAddress(), weight: numberBetween(weightRange.low, weightRange.high).optional() },
        expecting('an address'),
      ),
    ],
    expecting('an address, or an address with a weight (address: http://127.0.0.1:8080, weight: 2)'),
  );

/** One model server or several. */
export const serverAddresses = () => {
  const expected = 'an address that begins with http:// or https://, or a list of such addresses';
  return z.union([serverText(), z.array(serverEntry(), expecting(expected)).min(1, expecting(expected))], expecting(expected));
};

/** Yes, no, or the hosts outside this machine that may be used, in one text with commas or as a list. */
export const remoteConsent = () => {
  const expected = 'true, false, or the hosts that may be used, each by itself (models.example.com, gpu:8080, https://models.example.com)';
  const isHost = (given: string) => readAllowedHost(given) !== undefined;
  const hosts = text(expected).refine((given) => given.split(',').every(isHost), expecting(expected));
  return z.union([z.boolean(), hosts, z.array(text(expected).refine(isHost, expecting(expected))).min(1)], expecting(expected));
};

/** An amount of US dollars, or none. */
export const budgetOrNone = () => {
  const expected = expecting('a number of US dollars (2.50), or none');
  return z.union([z.number(expected).min(0, expected).max(1_000_000, expected), z.literal('none', expected)], expected);
};

export const pattern = () => {
  const expected = 'a regular expression';
  return text(expected)
    .refine((source) => {
      try {
        return new RegExp(source, 'i') instanceof RegExp;
      } catch {
        return false;
      }
    }, expecting(expected))
    .refine(isQuickPattern, expecting('a simpler regular expression, without repeated parts that can match in several ways'));
};

const levelNames: Record<string, string> = { warning: 'warn', critical: 'error' };

/** In any case; the names of Python's logging are accepted, too. */
export const logLevel = () =>
  z.preprocess(
    (level) => (typeof level === 'string' ? (levelNames[level.toLowerCase()] ?? level.toLowerCase()) : level),
    choice(['debug', 'info', 'warn', 'error']),
  );
