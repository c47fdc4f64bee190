import { onTestFinished } from 'vitest';
import type { SettingsInput } from '../../../src/config/settings-schema.ts';
import type { FakeLlamaServerOptions } from '../../support/fake-llama-server/options.ts';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { replyAsTeam } from '../../support/team-replies.ts';
import { teamOnFake, type TeamOnFakeOptions } from '../../support/team-on-fake.ts';

/** A dollar for a thousand tokens, so that the sums are easy to see. */
export const prices = { input: 1000, cached_input: 100, output: 1000 };

export interface PricedTeamOptions {
  /** Default: `prices`. `none`: the entry says nothing. */
  prices?: NonNullable<SettingsInput['providers']>[string]['prices'] | 'none';
  work?: FakeLlamaServerOptions;
  settings?: SettingsInput;
  orchestrator?: TeamOnFakeOptions['orchestrator'];
}

/** A team whose default model is that of the provider `work`, which is paid for. Beside it is a server that costs nothing: `default`. */
export async function pricedTeam({ prices: given = prices, work: options, settings, orchestrator }: PricedTeamOptions = {}) {
  const work = await startFakeLlamaServer({ reply: replyAsTeam(), ...options });
  onTestFinished(() => work.close());
  const entry = {
    kind: 'openai',
    base_url: work.address,
    model: 'large',
    api_key: 'key-of-work',
    ...(given === 'none' ? {} : { prices: given }),
  };
  const team = await teamOnFake({
    ...(orchestrator === undefined ? {} : { orchestrator }),
    settings: { llm_provider: 'work', providers: { work: entry }, ...settings },
  });
  return { work, ...team };
}
