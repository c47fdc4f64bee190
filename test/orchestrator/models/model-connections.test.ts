import { describe, expect, it } from 'vitest';
import { completeSettings } from '../../../src/config/complete-settings.ts';
import type { SettingsInput } from '../../../src/config/settings-schema.ts';
import { ModelConnections } from '../../../src/orchestrator/models/model-connections.ts';
import type { Route } from '../../../src/orchestrator/models/routes.ts';
import { connectionOf } from '../routing/connection-of.ts';

const providers: SettingsInput['providers'] = { work: { kind: 'openai', base_url: 'http://127.0.0.1:2/v1', model: 'gpt-x' } };
const signal = new AbortController().signal;

/** The models that each place was opened with, where a run looks at these and is then given what it has chosen. */
async function opened(models: Record<string, string[]>, chosen: { place: string; model: string }, users: { model?: string }[] = [{}]) {
  const names: string[] = [];
  const connections = new ModelConnections(completeSettings({ llm_model: 'auto', providers }), async (settings) => {
    const place = settings.llm_provider ?? 'default';
    names.push(`${place}: ${settings.llm_model ?? 'any'}`);
    return connectionOf(models[place] ?? []);
  });
  for (const place of Object.keys(models)) await connections.look(place, signal);
  const route: Route = { private: false, chosen: { name: chosen.model, ...chosen } };
  const asking = users.map((user) => ({ role: 'developer', taskType: 'implementation', ...user }));
  await connections.for(asking, [route], { signal });
  return names;
}

describe('the connections of a run that has chosen', () => {
  it.each<[what: string, models: Record<string, string[]>, chosen: { place: string; model: string }]>([
    ['a server or an engine with one model', { default: ['only-7b'], work: ['gpt-x'] }, { place: 'default', model: 'only-7b' }],
    ['a provider whose model the settings name', { default: ['only-7b'], work: ['gpt-x', 'gpt-y'] }, { place: 'work', model: 'gpt-x' }],
  ])('are those that were looked at, for %s', async (_, models, chosen) => {
    expect(await opened(models, chosen)).toEqual(['default: any', 'work: gpt-x']);
  });

  it('are opened with the model that was chosen of several, of which the server tells something else', async () => {
    const names = await opened({ default: ['a-7b', 'b-7b'] }, { place: 'default', model: 'a-7b' });
    expect(names).toEqual(['default: any', 'default: a-7b']);
  });

  it('are opened with what a step names beside it at the same place', async () => {
    const names = await opened({ default: ['only-7b'] }, { place: 'default', model: 'only-7b' }, [{}, { model: 'other-1b' }]);
    expect(names).toEqual(['default: any', 'default: only-7b']);
  });
});
