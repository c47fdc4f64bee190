import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allowedHosts } from '../../src/cli/allowed-hosts.ts';
import { completeSettings } from '../../src/config/complete-settings.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const settings = completeSettings({
  models: { far: { base_url: 'http://far.example:8080/v1' }, near: { model: 'small' } },
  providers: { work: { kind: 'openai', model: 'large' } },
  allow_remote: false,
});

describe('--allow-remote', () => {
  it.each<[string, Parameters<typeof allowedHosts>[0], string[]]>([
    [
      'the addresses of --base-url',
      { allowRemote: [true], baseUrl: 'http://a.example:1,http://b.example=2' },
      ['http://a.example:1', 'http://b.example'],
    ],
    ['the address of the provider that --model names', { allowRemote: [true], model: 'work' }, ['https://api.openai.com/v1']],
    ['the address of the model that --model names', { allowRemote: [true], model: 'far' }, ['http://far.example:8080/v1']],
    ['nothing that the command line does not name', { allowRemote: [true] }, []],
    ['nothing for a model of the default server', { allowRemote: [true], model: 'near' }, []],
    ['nothing for a name that nobody knows', { allowRemote: [true], model: 'gone' }, []],
    ['only the hosts where it names some', { allowRemote: ['c.example'], baseUrl: 'http://a.example', model: 'work' }, ['c.example']],
    [
      'both where it is given in both ways',
      { allowRemote: ['c.example', true], baseUrl: 'http://a.example' },
      ['c.example', 'http://a.example'],
    ],
    ['nothing where it is not given', { baseUrl: 'http://a.example' }, []],
  ])('allows %s', (_, options, expected) => {
    const load = () => completeSettings({ ...settings, llm_model: options.model });
    expect(allowedHosts(options, load)).toEqual(expected);
  });

  it('alone is for the address of the command line, not for one that the settings or the project bring into play', async () => {
    const directory = temporaryFolder();
    const own = join(directory, 'own', 'multiagent');
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'config.yaml'), 'models: { work: { base_url: "http://192.0.2.9:8080/v1" } }\n');
    writeFileSync(join(directory, 'config.yaml'), 'agents: { developer: { model: work } }\n');
    const run = (...args: string[]) =>
      runCommand(['run', 'quick-answer', 'What is a queue?', ...args], {
        directory,
        environment: { XDG_CONFIG_HOME: join(directory, 'own') },
      });
    const { code, errors } = await run('--base-url', 'http://127.0.0.1:9', '--allow-remote');
    expect(code).toBe(3);
    expect(errors).toMatch(/192\.0\.2\.9:8080\/v1 is not on this machine.*\n.*--allow-remote 192\.0\.2\.9:8080/);
  });
});
