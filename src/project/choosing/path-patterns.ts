import picomatch from 'picomatch';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { shownName } from '../../utils/printable.ts';

/** Longer than what a person writes. */
const longestPattern = 1000;

/** Names that begin with a dot match like any other; what may not be read is decided elsewhere. */
const options = { dot: true, nonegate: true, maxLength: longestPattern };

/** A pattern with wildcards, such as `src/*.ts`. */
export interface PathPattern {
  /** The folder that all matches are in; empty for the root. */
  base: string;
  matches: (path: string) => boolean;
}

/** @returns undefined for a plain path. @throws MultiagentError `files.pattern` for what is no pattern. */
export function readPattern(pattern: string): PathPattern | undefined {
  if (pattern.length > longestPattern) throw unusable(pattern, `it is longer than ${longestPattern} characters`);
  const { isGlob, base } = picomatch.scan(pattern);
  if (!isGlob) return undefined;
  try {
    return { base: base.includes('\\') ? '' : base, matches: picomatch([pattern, `${pattern}/**`], options) };
  } catch (cause) {
    throw unusable(pattern, 'it is no glob', cause);
  }
}

/** Whether a path matches one of these, or lies in a folder that does. */
export function pathMatcher(patterns: readonly string[]): (path: string) => boolean {
  const matchers = patterns.map((pattern) => {
    const matches = readPattern(pattern)?.matches;
    return (path: string) => path === pattern || path.startsWith(`${pattern}/`) || matches?.(path) === true;
  });
  return (path) => matchers.some((matches) => matches(path));
}

function unusable(pattern: string, why: string, cause?: unknown): MultiagentError {
  return new MultiagentError({
    category: 'usage',
    code: 'files.pattern',
    message: `The pattern ${shownName(pattern)} cannot be used: ${why}.`,
    hint: 'A pattern looks like "src/**/*.ts".',
    cause,
  });
}
