import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingsPage } from '../../scripts/settings-page.ts';
import { loadSettings } from '../../src/config/load-settings.ts';
import { fields as settingFields, rolesOf } from '../config/load-support.ts';
import { temporaryProject } from '../config/temporary-project.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/settings.md'), 'utf8');
const examples = [...page.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, text = '']) => text);

describe('docs/settings.md', () => {
  it('is what the code says (else: npm run docs:settings)', () => {
    expect(settingsPage(page)).toBe(page);
  });

  it.each(settingFields.map((field) => [field.key, field] as const))('has a line for %s', (key, { description, environment = '' }) => {
    const line = page.split('\n').find((other) => other.startsWith(`| \`${key}\` |`));
    expect(line).toContain(description);
    expect(line).toContain(environment);
  });

  it.each(examples)('shows only examples that work: %s', (text) => {
    const directory = temporaryProject({ 'config.yaml': text });
    expect(loadSettings({ rolesOf, environment: {}, directory }).configFile).toBeDefined();
  });

  it('shows examples', () => {
    expect(examples.length).toBeGreaterThan(3);
  });
});

describe('settingsPage', () => {
  it('writes what is stale anew and keeps what is written by hand', () => {
    const stale = page.replace('| `llm_timeout` | `300` |', '| `llm_timeout` | `1` |');
    expect(stale).not.toBe(page);
    expect(settingsPage(stale)).toBe(page);
    expect(settingsPage(`By hand.\n${page}By hand.\n`)).toBe(`By hand.\n${page}By hand.\n`);
  });

  it.each([
    ['lacks a region', page.replace('<!-- generated: team -->', ''), /0 places for "team"/],
    ['has a region twice', page + page, /2 places/],
    ['asks for what nobody knows', page.replace('generated: team', 'generated: weather'), /"weather"/],
  ])('refuses a page that %s', (_, broken, message) => {
    expect(() => settingsPage(broken)).toThrow(message);
  });
});
