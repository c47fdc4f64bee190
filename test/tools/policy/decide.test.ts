import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/tools/policy/decide.ts';
import { defaultPermissions, type Permissions } from '../../../src/tools/policy/permissions.ts';
import type { ToolRisk } from '../../../src/tools/tool.ts';

const allowing = (tool: string, pattern: string): Permissions => ({ ...defaultPermissions, allowed: [{ tool, pattern }] });
const path = (firstArgument: string | undefined, permissions: Permissions, risk: ToolRisk = 'write') =>
  decide({ tool: 'change_file', risk, firstArgument }, permissions);
const command = (firstArgument: string, pattern: string) =>
  decide({ tool: 'execute_command', risk: 'execute', firstArgument }, allowing('execute_command', pattern));

describe('whether a call may be made', () => {
  it('is asked for all but looking, until the person has said more', () => {
    const answers = (['read', 'write', 'execute', 'network'] as const).map((risk) => path('a', defaultPermissions, risk));
    expect(answers).toEqual(['allow', 'ask', 'ask', 'ask']);
    const session: Permissions = { ...defaultPermissions, risks: { ...defaultPermissions.risks, write: 'allow', network: 'refuse' } };
    expect(path('a', session)).toBe('allow');
    expect(path('a', session, 'network')).toBe('refuse');
  });

  it.each([
    ['src/a.ts', 'src/**', 'allow'],
    ['src/deep/a.ts', 'src/**', 'allow'],
    ['src/deep/a.ts', 'src/*', 'allow'],
    ['test/a.ts', 'src/**', 'ask'],
    ['src/../.env', 'src/**', 'ask'],
    [String.raw`src\..\.env`, 'src/**', 'ask'],
    ['src/a.ts', 'src/a.ts', 'allow'],
    ['src/a.ts', '[', 'ask'],
    ['src/a.ts', 'x'.repeat(5000), 'ask'],
    [undefined, '**', 'ask'],
  ])('is decided for the path %j by the pattern %j', (name, pattern, answer) => {
    expect(path(name, allowing('change_file', pattern))).toBe(answer);
    expect(path(name, allowing('another_tool', pattern))).toBe('ask');
  });

  it.each([
    ['npm test', 'npm test', 'allow'],
    ['npm test', 'npm test *', 'ask'],
    ['npm test -- --run', 'npm test *', 'allow'],
    ['npm run lint', 'npm test *', 'ask'],
    ['cargo test --all', 'cargo * --all', 'allow'],
    ['cargo test --all', '*test*all*', 'allow'],
    ['ab', 'ab*b', 'ask'],
    ['npm testing', 'npm test', 'ask'],
    ['npm test a; rm -rf .', 'npm test *', 'ask'],
    ['npm test a && rm x', 'npm test *', 'ask'],
    ['npm test a | sh', 'npm test *', 'ask'],
    ['npm test > a', 'npm test *', 'ask'],
    ['npm test $(rm x)', 'npm test *', 'ask'],
    ['npm test `rm x`', 'npm test *', 'ask'],
    ['npm test a\nrm x', 'npm test *', 'ask'],
    ['npm test & rm x', 'npm test & rm x', 'allow'],
  ])('is decided for the command %j by the pattern %j', (text, pattern, answer) => {
    expect(command(text, pattern)).toBe(answer);
  });

  it('is allowed for all calls of a tool of others, whatever they are given, and for no other tool', () => {
    const permissions: Permissions = { ...defaultPermissions, allowed: [{ tool: 'db_write', calls: 'all' }] };
    const answers = ['db_write', 'db_writes'].map((tool) => decide({ tool, risk: 'network', firstArgument: undefined }, permissions));
    expect(answers).toEqual(['allow', 'ask']);
  });

  it('stays refused whatever the patterns say', () => {
    const permissions: Permissions = { ...allowing('change_file', '**'), risks: { ...defaultPermissions.risks, write: 'refuse' } };
    expect(path('a', permissions)).toBe('refuse');
  });

  it('is decided at once for a pattern of many stars', () => {
    expect(command(`${'a'.repeat(9000)}b`, `${'a*'.repeat(500)}c`)).toBe('ask');
  });
});
