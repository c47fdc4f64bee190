import { describe, expect, it } from 'vitest';
import { pricesFor } from '../../src/config/prices-for.ts';
import { temporaryProject } from './temporary-project.ts';
import { loadSettings } from '../../src/config/load-settings.ts';
import { failure } from './load-support.ts';

const one = { input: 1.25, cached_input: 0.125, output: 10 };

function loadOwn(prices: string) {
  const root = temporaryProject({
    'own/config.yaml': `providers:\n  work: { kind: openai, model: large, prices: ${prices} }\n`,
    'project/a.txt': '',
  });
  return loadSettings({ directory: `${root}/project`, ownFolder: `${root}/own`, environment: {} }).settings.providers['work']?.prices;
}

describe('the prices of a provider', () => {
  it('are the same for all its models, or each its own', () => {
    const all = loadOwn(JSON.stringify(one));
    expect(pricesFor(all, 'large')).toEqual(one);
    expect(pricesFor(all, 'any')).toEqual(one);
    const each = loadOwn(JSON.stringify({ large: one, 'org/small:1': { input: 0, output: 0 } }));
    expect(pricesFor(each, 'large')).toEqual(one);
    expect(pricesFor(each, 'org/small:1')).toEqual({ input: 0, output: 0 });
    expect(pricesFor(each, 'other')).toBeUndefined();
    expect(pricesFor(each, 'toString')).toBeUndefined();
    expect(pricesFor(undefined, 'large')).toBeUndefined();
  });

  it.each([
    ['{ input: 1 }', 'providers.work.prices.output is missing; expected a number from 0 to 100000'],
    ['{ input: 1, output: ten }', 'providers.work.prices.output is "ten"; expected a number from 0 to 100000'],
    ['{ input: 1, output: -1 }', 'providers.work.prices.output is -1; expected a number from 0 to 100000'],
    ['{ inputs: 1, output: 2 }', 'did you mean providers.work.prices.input?'],
    ['{ large: { input: 1, output: 2 }, small: { input: x, output: 2 } }', 'providers.work.prices.small.input is "x"'],
    ['{ large: { input: 1 } }', 'providers.work.prices.large.output is missing'],
    ['5', 'expected prices in US dollars per million tokens'],
  ])('that say %s are told', (prices, told) => {
    expect(failure(() => loadOwn(prices)).message).toContain(told);
  });

  it('cannot be said by a project, which has no providers at all', () => {
    const root = temporaryProject({ 'config.yaml': 'providers:\n  work: { kind: openai, prices: { input: 0, output: 0 } }\n' });
    expect(failure(() => loadSettings({ directory: root, environment: {} })).message).toContain('providers.work is given');
  });
});
