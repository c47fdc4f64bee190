import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readValues } from '../../src/config/read-values.ts';
import { fields as settingFields, rolesOf } from './load-support.ts';
import { settingsJsonSchema } from '../../src/config/settings-json-schema.ts';

interface Node {
  description?: string;
  default?: unknown;
  type?: unknown;
  properties?: Record<string, Node>;
  additionalProperties?: boolean;
}

const schema = JSON.parse(JSON.stringify(settingsJsonSchema(rolesOf()))) as Node;

/** The node at a path of names. */
function nodeAt(path: readonly string[]): Node | undefined {
  return path.reduce<Node | undefined>((node, name) => node?.properties?.[name], schema);
}

/** Whether the schema accepts a file: judged by a validator that knows nothing of our own schema. */
const accepts = (file: unknown) => z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(file).success;

describe('the JSON Schema of settings', () => {
  it.each(settingFields.map((field) => [field.key, field] as const))('describes %s with its default and variable', (_, field) => {
    const node = nodeAt(field.path);
    expect(node?.description).toContain(field.description);
    expect(node?.description?.includes(`variable: ${field.environment}.`)).toBe(field.environment !== undefined);
    expect(node?.default).toEqual(field.default);
  });

  it('describes every group', () => {
    const groups = (node: Node): Node[] => (node.properties ? [node, ...Object.values(node.properties).flatMap(groups)] : []);
    expect(groups(schema)).toHaveLength(3 + 3 * rolesOf().length);
    expect(groups(schema).filter(({ description }) => !description)).toEqual([]);
  });

  it('holds nothing that is our own note', () => {
    expect(JSON.stringify(schema)).not.toMatch(/"secret":|"environment":|9007199254740991/);
  });

  it('accepts the shipped config.yaml', () => {
    expect(accepts(parse(readFileSync(join(import.meta.dirname, '../../config.yaml'), 'utf8')))).toBe(true);
  });

  it.each([
    ['nothing', {}],
    ['its own address', { $schema: './config.schema.json' }],
    ['log levels in any case', { log_level: 'Warning' }],
    ['a group without lines', { agents: { developer: null } }],
    ['auto or a number of agents', { max_concurrent_agents: 'auto' }],
    ['the nested form of a role', { agents: { developer: { config: { languages: ['Go'] } } } }],
    ['the short form of a role', { agents: { developer: { languages: ['Go'], model: 'x' } } }],
    [
      'several models',
      {
        models: { coder: { base_url: 'localhost:8081', profile: { instructions: 'brief' } }, 'b-2': { model: 'x' } },
        default_model: 'coder',
      },
    ],
    ['models without lines', { models: null }],
    ['a profile', { model_profiles: [{ match: '^q', seed: 1 }] }],
    ['an address', { llm_base_url: 'HTTPS://example.com/v1' }],
    ['addresses as people type them', { llm_base_url: ['localhost:8080', '8081', '[::1]:8082', 'gpu-box:8080/v1'] }],
    ['addresses with and without a weight', { llm_base_url: ['http://127.0.0.1:1', { address: 'http://127.0.0.1:2', weight: 2 }] }],
  ])('accepts %s, as the program does', (_, file) => {
    expect(readValues(file, rolesOf()).problems).toEqual([]);
    expect(accepts(file)).toBe(true);
  });

  it.each([
    ['an unknown setting', { llm_timout: 1 }],
    ['an unknown role', { agents: { tester: {} } }],
    ['an option of another role', { agents: { business_analyst: { platforms: [] } } }],
    ['a wrong type', { llm_timeout: '300' }],
    ['a number out of range', { llm_temperature: 3 }],
    ['an endless timeout', { llm_timeout: 2 ** 31 }],
    ['an unknown log level', { log_level: 'loud' }],
    ['an address of another kind', { llm_base_url: 'ftp://localhost:8080' }],
    ['a word in place of an address', { llm_base_url: 'embedded' }],
    ['no address at all', { llm_base_url: [] }],
    ['a weight without an address', { llm_base_url: [{ weight: 2 }] }],
    ['an unknown name beside an address', { llm_base_url: [{ address: 'http://127.0.0.1:1', wieght: 2 }] }],
    ['control characters', { llm_model: 'a\u{1b}[2J' }],
    ['a model called as the short form', { models: { default: { model: 'x' } } }],
    ['a model with capitals', { models: { Coder: { model: 'x' } } }],
    ['an unknown name in a model', { models: { coder: { model: 'x', adress: 'y' } } }],
    ['a profile without its model', { model_profiles: [{ top_p: 1 }] }],
  ])('refuses %s, as the program does', (_, file) => {
    expect(readValues(file, rolesOf()).problems).toHaveLength(1);
    expect(accepts(file)).toBe(false);
  });
});
