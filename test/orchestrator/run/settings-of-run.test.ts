import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { completeSettings } from '../../../src/config/complete-settings.ts';
import type { SettingsInput } from '../../../src/config/settings-schema.ts';
import { connectOptions } from '../../../src/orchestrator/connect-options.ts';
import { isAddressAllowed } from '../../../src/llm/server/require-local-address.ts';
import { settingsOfRun } from '../../../src/orchestrator/run/settings-of-run.ts';
import type { RunOrigin } from '../../../src/state/origin/own-runs.ts';
import { foldRun } from '../../../src/state/run/run-state.ts';
import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { started, writeRun } from '../../support/run-events.ts';

const remote = 'http://models.example/v1';
const local = 'http://127.0.0.1:8080/v1';

interface Given {
  journal: SettingsInput;
  today?: SettingsInput;
  overrides?: SettingsInput;
  origin?: RunOrigin;
}

async function settings({ journal, today = {}, overrides = {}, origin = 'own' }: Given) {
  const store = new MemoryEventStore();
  await writeRun(store, 'r', [started('r')]);
  const state = { ...(await foldRun(store.read('run:r'))), settings: completeSettings(journal) };
  return settingsOfRun(state, completeSettings({ workspace: '/w', ...today }), overrides, origin);
}

it.each<RunOrigin>(['own', 'trusted', 'foreign'])(
  'that commands run without a sandbox is said today, and never by the journal of a run that is %s',
  async (origin) => {
    expect((await settings({ journal: { sandbox: 'off' }, origin })).sandbox).toBe('auto');
    expect((await settings({ journal: { sandbox: 'auto' }, today: { sandbox: 'off' }, origin })).sandbox).toBe('off');
    expect((await settings({ journal: {}, overrides: { sandbox: 'off' }, origin })).sandbox).toBe('off');
  },
);

it.each<RunOrigin>(['own', 'trusted', 'foreign'])(
  'that packages may be fetched is said today, and never by the journal of a run that is %s',
  async (origin) => {
    expect((await settings({ journal: { allow_install: true }, origin })).allow_install).toBe(false);
    expect((await settings({ journal: {}, today: { allow_install: true }, origin })).allow_install).toBe(true);
  },
);

describe('the consent to leave this machine', () => {
  it('is that of today, and never that of the journal', async () => {
    const journal = { llm_base_url: remote, allow_remote: true };
    expect(connectOptions(await settings({ journal }))).toMatchObject({ address: remote, remote: 'refused' });
    expect(connectOptions(await settings({ journal, today: { allow_remote: true } }))).toMatchObject({
      address: remote,
      remote: 'allowed',
    });
    const before = { ...journal, allow_remote: false };
    expect(connectOptions(await settings({ journal: before, today: { allow_remote: true } })).remote).toBe('allowed');
  });

  it('holds for the addresses that it names', async () => {
    const journal = { llm_base_url: remote };
    const isAllowed = async (allow_remote: SettingsInput['allow_remote']) => {
      const { address, remote: allowed } = connectOptions(await settings({ journal, today: { allow_remote } }));
      return isAddressAllowed(address ?? '', allowed);
    };
    expect(await isAllowed('http://models.example')).toBe(true);
    expect(await isAllowed(['models.example'])).toBe(true);
    expect(await isAllowed(['https://models.example'])).toBe(false);
    expect(await isAllowed('other.example')).toBe(false);
  });

  it('is for no address that only a journal from elsewhere names: a person names it, or the server of today is used', async () => {
    for (const origin of ['foreign', 'trusted'] as const) {
      const given = { journal: { llm_base_url: remote }, origin };
      expect((await settings({ ...given, today: { allow_remote: true } })).llm_base_url).toBeUndefined();
      expect((await settings({ ...given, today: { allow_remote: true, llm_base_url: local } })).llm_base_url).toBe(local);
      expect((await settings({ ...given, overrides: { llm_base_url: remote } })).llm_base_url).toBe(remote);
    }
  });
});

it('a journal from elsewhere has the rights of a project: this machine, models of the workspace, words', async () => {
  const origin = 'trusted' as const;
  const own = { llm_model: 'theirs', llm_temperature: 1, model_file: '/w/m.gguf', llm_base_url: local };
  expect(await settings({ journal: own, today: { llm_base_url: 'http://127.0.0.1:1', llm_model: 'mine' }, origin })).toMatchObject(own);
  expect((await settings({ journal: { model_file: '/dev/zero' }, origin })).model_file).toBeUndefined();
  expect((await settings({ journal: { model_file: '/dev/zero' }, today: { model_file: '/mine.gguf' }, origin })).model_file).toBe(
    '/mine.gguf',
  );
});

it('a command that checks the work comes from a journal only where the run was begun here', async () => {
  const journal = { verify_command: 'theirs' };
  expect((await settings({ journal })).verify_command).toBe('theirs');
  expect((await settings({ journal, origin: 'trusted' })).verify_command).toBeUndefined();
  expect((await settings({ journal, today: { verify_command: 'mine' }, origin: 'trusted' })).verify_command).toBe('mine');
});

it('a run that was begun here goes on where it was begun', async () => {
  const journal = { llm_base_url: remote, model_file: '/elsewhere/m.gguf', output_directory: '/elsewhere' };
  const found = await settings({ journal, today: { output_directory: join('/w', 'output'), llm_api_key: 'key' } });
  expect(found).toMatchObject({ llm_base_url: remote, model_file: '/elsewhere/m.gguf', output_directory: '/w/output', llm_api_key: 'key' });
});

it.each<RunOrigin>(['own', 'trusted', 'foreign'])(
  'what stands in for a model, and the providers with their keys, are those of today, and never those of the journal of a run that is %s',
  async (origin) => {
    const journal = { fallback: ['far'], providers: { far: { kind: 'openai', base_url: remote, api_key: '***' } } };
    expect(await settings({ journal, origin })).toMatchObject({ fallback: [], providers: {} });
    const today = { fallback: ['near'], providers: { near: { kind: 'llama-server', base_url: local } } };
    expect(await settings({ journal, today, origin })).toMatchObject(today);
  },
);

it('which provider is the default is not said by a journal that was not written here', async () => {
  const today = { providers: { work: { kind: 'openai', model: 'large' } } };
  const journal = { llm_provider: 'work' };
  expect((await settings({ journal, today, origin: 'own' })).llm_provider).toBe('work');
  expect((await settings({ journal, today, origin: 'foreign' })).llm_provider).toBeUndefined();
});

it.each<RunOrigin>(['own', 'trusted', 'foreign'])(
  'a run that is %s and was begun in private goes on so, whatever is said today',
  async (origin) => {
    expect((await settings({ journal: { private: true }, today: { private: false }, overrides: { private: false }, origin })).private).toBe(
      true,
    );
    expect((await settings({ journal: { private: false }, today: { private: true }, origin })).private).toBe(true);
    expect((await settings({ journal: {}, overrides: { private: true }, origin })).private).toBe(true);
    expect((await settings({ journal: {}, origin })).private).toBe(false);
  },
);

describe('the budget of a run that is resumed', () => {
  const budgetOf = async (recorded: number | undefined, { today = {}, overrides = {}, origin = 'own' }: Omit<Given, 'journal'> = {}) => {
    const store = new MemoryEventStore();
    await writeRun(store, 'r', [started('r')]);
    const state = { ...(await foldRun(store.read('run:r'))), ...(recorded === undefined ? {} : { budget: recorded * 1e9 }) };
    return settingsOfRun(state, completeSettings({ workspace: '/w', ...today }), overrides, origin).budget;
  };

  it('is its own, or that of today where it has none', async () => {
    expect(await budgetOf(2.5, { today: { budget: 5 } })).toBe(2.5);
    expect(await budgetOf(undefined, { today: { budget: 5 } })).toBe(5);
    expect(await budgetOf(undefined)).toBe('none');
  });

  it('is what whoever resumes it says, in both directions', async () => {
    expect(await budgetOf(2.5, { overrides: { budget: 1 } })).toBe(1);
    expect(await budgetOf(2.5, { overrides: { budget: 'none' } })).toBe('none');
  });

  it.each<RunOrigin>(['trusted', 'foreign'])('is not raised by the journal of a run that is %s', async (origin) => {
    expect(await budgetOf(100, { today: { budget: 5 }, origin })).toBe(5);
    expect(await budgetOf(1, { today: { budget: 5 }, origin })).toBe(1);
  });
});
