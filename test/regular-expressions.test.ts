import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { findAmbiguity, hardTexts } from './support/regular-expressions/find-ambiguity.ts';
import { patternGraph, type PatternGraph } from './support/regular-expressions/pattern-graph.ts';
import { readExpressions, type WrittenExpression } from './support/regular-expressions/read-expressions.ts';

/** Expressions that are not written in our sources, with why they may be as they are. */
const allowed: Readonly<Record<string, string>> = {
  'config/setting-types.ts': 'is only compiled, to say whether it is an expression at all',
  'llm/chat/stop-token-filter.ts': 'a choice of fixed words, each escaped: no repetition',
  'llm/dialects/refused-fields.ts': 'the name of a field between fixed words',
  'llm/profile/model-profile.ts': "a person's own expression for the names of models",
  'local-engine/embedded/prompt.ts': 'a choice of the texts of control tokens, each escaped: no repetition',
};

const length = 160_000;

describe('regular expressions of the sources', () => {
  let all: (WrittenExpression & { graph?: PatternGraph })[] = [];
  beforeAll(async () => {
    const found = await readExpressions(join(import.meta.dirname, '../src'));
    all = found.map((one) => ({ ...one, ...(one.expression === undefined ? {} : { graph: patternGraph(one.expression) }) }));
  });

  it('are found, those that are put together from constants, too', () => {
    expect(all.length).toBeGreaterThan(400);
    expect(all.some(({ text, expression }) => text.startsWith('new RegExp(') && expression !== undefined)).toBe(true);
    const unknown = all.filter(({ expression }) => expression === undefined).map(({ file }) => file);
    expect([...new Set(unknown)].toSorted()).toEqual(Object.keys(allowed));
  });

  it('take time in proportion to the text, whatever it is', () => {
    const slow = all.flatMap(({ file, line, text, graph }) => {
      const found = graph === undefined ? undefined : graph.looksBackFar ? { kind: 'looks back without limit' } : findAmbiguity(graph);
      return found === undefined ? [] : [{ place: `src/${file}:${line}`, text, found }];
    });
    expect(slow).toEqual([]);
  }, 900_000);

  it('get through 160,000 characters of what gives them most to do', () => {
    let tried = 0;
    for (const { expression, graph } of all) {
      if (expression === undefined || graph === undefined) continue;
      for (const text of hardTexts(graph, length)) {
        const copy = new RegExp(expression.source, expression.flags);
        copy.test(text);
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(800);
  }, 900_000);
});

describe('findAmbiguity', () => {
  it.each([
    /(?:a+)+$/,
    /^(?:a|a)*$/,
    /^(?:a|ab?)*c/,
    /^(\w+\s?)*$/,
    /\s+$/,
    /^a*a*$/,
    /^\s*[#(]*\s*$/,
    /"(?:[^"\\]|\\.)*"/,
    /^(.*),(.*);$/,
    /(?=.*x)/,
    /^(?:(?!.*end)a)*$/,
    /x.*y/,
    /^\d+\.?\d*$/,
    /[a-z]+\d/i,
    /^\s*x/m,
    /(?<=a*)b/,
  ])('finds what makes %s slow', (expression) => {
    const graph = patternGraph(expression);
    expect(graph.looksBackFar ? 'looks back' : findAmbiguity(graph)?.kind).toBeDefined();
  });

  it.each([/(?:a+)+$/, /^(?:a|a)*$/, /^(\w+\s?)*$/])('tells that %s doubles its work with each character', (expression) => {
    expect(findAmbiguity(patternGraph(expression))?.kind).toBe('exponential');
  });

  it.each([
    /\s+/g,
    /^\s+/,
    /\b\w+=/,
    /^(?:a|b)*$/,
    /^(?:ab|ac)*$/,
    /"[^"]*"/g,
    /^\d+(?:\.\d*)?$/,
    /^[ \t]*x/m,
    /(?<!\w)\w+=/,
    /x[^\n]{0,200}y/,
    /\[.*/s,
    /^(["'`])([^"'`]+)\1/,
    /\/\*(?:[^*]|\*(?!\/))*/,
    /(\p{Lu})(?=\p{Lu}\p{Ll})/gu,
  ])('finds nothing against %s', (expression) => {
    const graph = patternGraph(expression);
    expect({ found: findAmbiguity(graph), far: graph.looksBackFar }).toEqual({ found: undefined, far: false });
  });

  it('gives a text that can be read in more ways the longer it is', () => {
    const found = findAmbiguity(patternGraph(/^x(?:\w|\d)+!/));
    expect(found?.before + found!.again.repeat(3)).toMatch(/^x\w+$/);
    expect(found?.again).toMatch(/\d/);
  });
});
