import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { refuseToProject } from '../../src/config/project-rights.ts';
import { fields as settingFields } from './load-support.ts';

const bounds = { folders: ['/p'], decided: { workspace: '/p', allow_remote: true, llm_base_url: undefined } };

it('only these settings have bounds for a project; a new one that names a place or another machine belongs to them', () => {
  const hostile: Record<string, unknown> = {
    workspace: '/elsewhere',
    output_directory: '/elsewhere',
    log_file: '/elsewhere/log',
    model_file: '/elsewhere/m.gguf',
    llm_base_url: 'http://elsewhere.example',
    allow_remote: true,
    fallback: ['elsewhere'],
    tool_agents: 'elsewhere',
    session_tools: ['elsewhere_send'],
    mcp: { servers: { elsewhere: { command: 'elsewhere' } } },
  };
  const refused = settingFields.filter(({ key }) => refuseToProject(key, hostile[key], bounds) !== undefined).map(({ key }) => key);
  expect(refused.sort()).toEqual(Object.keys(hostile).sort());
});

it('no spelling of an address outside this machine gets through, and the refusal says what to type', () => {
  const host = fc.oneof(
    fc.domain(),
    fc.ipV4().filter((address) => !address.startsWith('127.')),
    fc.ipV6().map((address) => `[${address}]`),
  );
  const address = fc
    .tuple(fc.constantFrom('http', 'https'), host, fc.webPath())
    .map(([protocol, name, path]) => `${protocol}://${name}${path}`);
  fc.assert(
    fc.property(address, (given) => {
      fc.pre(URL.canParse(given) && !/^\[::1\]$|^127\.|^localhost\.?$|^\[::ffff:7f/.test(new URL(given).hostname));
      for (const value of [given, `http://127.0.0.1:1,${given}`, [given], [{ address: given }]])
        expect(refuseToProject('llm_base_url', value, bounds)?.instead).toContain('--base-url');
    }),
  );
});
