import { describe, expect, it } from 'vitest';
import { completeSettings } from '../../../src/config/complete-settings.ts';
import type { SettingsInput } from '../../../src/config/settings-schema.ts';
import type { ModelConnection } from '../../../src/llm/model-connection.ts';
import { ModelError } from '../../../src/llm/model-error.ts';
import { workOfUsers } from '../../../src/orchestrator/routing/foreseen-work.ts';
import { routeRun, type RouteRunOptions } from '../../../src/orchestrator/routing/route-run.ts';
import { connectionOf } from './connection-of.ts';

const user = { role: 'developer', taskType: 'implementation' };

function route(places: Record<string, ModelConnection>, settings: SettingsInput = {}, rest: Partial<RouteRunOptions> = {}) {
  const looked: string[] = [];
  const look = async (place: string) => {
    looked.push(place);
    const connection = places[place];
    if (connection === undefined)
      throw new ModelError({ kind: 'configuration', code: 'server.not_found', message: `Nobody is at ${place}.`, hint: `Start ${place}.` });
    return connection;
  };
  const routed = routeRun({
    settings: completeSettings({ llm_model: 'auto', ...settings }),
    connections: { look },
    work: () => workOfUsers([user]),
    expectsOf: () => 'files',
    input: { requirement: 'Build it.', files: [] },
    cacheFolder: undefined,
    earlier: 'new',
    signal: new AbortController().signal,
    ...rest,
  });
  return { routed, looked };
}

const names = ({ routes }: Awaited<ReturnType<typeof routeRun>>) => routes.map(({ chosen }) => chosen.name);
const two = { default: connectionOf(['small-1b', 'medium-7b']) };
const other: SettingsInput = { models: { other: { base_url: 'http://127.0.0.1:2/v1' } } };

describe('what a run asks', () => {
  it.each<[what: string, settings: SettingsInput]>([
    ['a model is named', { llm_model: 'small-1b' }],
    ['none is named', { llm_model: undefined }],
    ['a default is named', { models: { coder: { model: 'small-1b' } }, default_model: 'coder' }],
  ])('is not chosen, and nobody is looked at, where %s', async (_, settings) => {
    const { routed, looked } = route(two, settings);
    expect(await routed).toEqual({ routes: [], routed: undefined });
    expect(looked).toEqual([]);
  });

  it('is no choice where the default server has one model', async () => {
    expect(await route({ default: connectionOf(['small-1b']) }).routed).toEqual({ routes: [], routed: undefined });
  });

  it('is chosen where there are two, with what could not be asked', async () => {
    const result = await route(two, other).routed;
    expect(names(result)).toEqual(['medium-7b']);
    expect(result.routed?.leftOut).toEqual([{ name: 'other', why: 'Nobody is at other.' }]);
  });

  it('is the only one that can be asked where the default server cannot, and that is said', async () => {
    const result = await route({ other: connectionOf(['x-7b']) }, other).routed;
    expect(result.routed?.routes).toMatchObject([{ name: 'other', place: 'other', model: 'x-7b', because: 'no other can be asked' }]);
  });

  it('is an error that names each place where none can be asked, and that of the place where there is one', async () => {
    await expect(route({}, other).routed).rejects.toMatchObject({
      code: 'model.no_candidates',
      category: 'model',
      message:
        'llm_model is auto, and none of the models in your settings can be asked. default: Nobody is at default. other: Nobody is at other.',
      hint: 'Start default.',
    });
    await expect(route({}).routed).rejects.toMatchObject({ code: 'server.not_found', message: 'Nobody is at default.' });
  });

  it('stays what it was, also where another would be chosen now, and only its place is looked at', async () => {
    const { routed: earlier } = await route(two).routed;
    const better = { default: connectionOf(['small-1b', 'medium-7b', 'large-30b']), other: connectionOf(['x-70b']) };
    const { routed, looked } = route(better, other, { earlier });
    expect(await routed).toMatchObject({ routes: [{ chosen: { name: 'medium-7b' } }], routed: earlier });
    expect(looked).toEqual(['default']);
  });

  it('is chosen anew for what is gone, which is said', async () => {
    const { routed: earlier } = await route(two).routed;
    const result = await route({ default: connectionOf(['small-1b', 'tiny-0.5b']) }, {}, { earlier }).routed;
    expect(names(result)).toEqual(['small-1b']);
    expect(result.routed?.gone).toEqual([{ name: 'medium-7b', why: 'the server at http://127.0.0.1:1/v1 does not offer it.' }]);
    const dead = await route({ other: connectionOf(['x-7b']) }, other, { earlier }).routed;
    expect(names(dead)).toEqual(['other']);
    expect(dead.routed?.gone).toEqual([{ name: 'medium-7b', why: 'Nobody is at default.' }]);
  });

  it('is chosen for what has become private since then, and stays for the rest', async () => {
    const { routed: earlier } = await route(two).routed;
    const work = () => workOfUsers([user, { ...user, taskType: 'testing', private: true }]);
    const result = await route({ default: connectionOf(['small-1b', 'medium-7b', 'large-30b']) }, {}, { earlier, work }).routed;
    expect(result.routes.map(({ private: own, chosen }) => [own, chosen.name])).toEqual([
      [false, 'medium-7b'],
      [true, 'large-30b'],
    ]);
    expect(result.routed?.gone).toEqual([]);
  });

  it('stays without a choice where the run began without one, and where a person names a model now', async () => {
    expect(names(await route(two, {}, { earlier: undefined }).routed)).toEqual([]);
    const { routed: earlier } = await route(two).routed;
    expect(names(await route(two, { llm_model: 'small-1b' }, { earlier }).routed)).toEqual([]);
  });

  it('has the profile that the settings give the model', async () => {
    const settings: SettingsInput = { models: { coder: { model: 'medium-7b', profile: { temperature: 0.1 } } } };
    const result = await route(two, settings).routed;
    expect(result.routes[0]?.chosen).toEqual({ name: 'coder', place: 'default', model: 'medium-7b', profile: { temperature: 0.1 } });
  });
});
