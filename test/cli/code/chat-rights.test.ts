import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ChatRights } from '../../../src/cli/code/interactive/chat-rights.ts';
import { OwnPermissions } from '../../../src/config/own-permissions.ts';
import { decide } from '../../../src/tools/policy/decide.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const call = (command: string) => ({
  tool: 'execute_command',
  risk: 'execute' as const,
  firstArgument: command,
  arguments: { command },
  execute: () => Promise.reject(new Error('not here')),
});

const other = { ...call('x'), tool: 'db_write', risk: 'write' as const, firstArgument: 'a', arguments: { text: 'a' } };

function rightsIn(project: string, own = new OwnPermissions(join(temporaryFolder(), 'own'))) {
  return { own, rights: new ChatRights({ allowed: new Set(), own, project }) };
}

describe('what may be called without asking', () => {
  it('is reading, until the person says more', () => {
    const { rights } = rightsIn('/project');
    expect(rights.permissions.risks).toEqual({ read: 'allow', write: 'refuse', execute: 'ask', network: 'ask' });
    expect(rights.mayWrite).toBe(false);
    rights.allow(call('make'));
    rights.allowWriting();
    expect([decide(call('make'), rights.permissions), rights.mayWrite]).toEqual(['allow', true]);
  });

  it('is the same command in the same project, once it was allowed for good, and no other', () => {
    const { own, rights } = rightsIn('/project');
    expect(rights.allowForGood(call('npm test'))).toBe('execute_command npm test');
    const again = rightsIn('/project', own).rights;
    expect(decide(call('npm test'), again.permissions)).toBe('allow');
    expect(decide(call('npm test; rm -rf .'), again.permissions)).toBe('ask');
    expect(decide(call('npm test'), rightsIn('/other', own).rights.permissions)).toBe('ask');
    expect(statSync(own.path).mode & 0o077).toBe(0);
  });

  it.each([
    ['in this session', (rights: ChatRights): void => rights.allow(other), 'ask'],
    ['for good', (rights: ChatRights): void => void rights.allowForGood(other), 'allow'],
  ] as const)('is a tool of others by itself, whatever its arguments, once it was allowed: %s', (_, allow, later) => {
    const { own, rights } = rightsIn('/project');
    rights.allowWriting();
    expect(decide(other, rights.ofOthers)).toBe('ask');
    allow(rights);
    expect(decide({ ...other, firstArgument: undefined }, rights.ofOthers)).toBe('allow');
    expect(decide({ ...other, tool: 'db_drop' }, rights.ofOthers)).toBe('ask');
    expect(decide({ ...other, tool: 'write_file' }, rights.permissions)).toBe('refuse');
    expect(decide(other, rightsIn('/project', own).rights.ofOthers)).toBe(later);
    expect(decide(other, rightsIn('/elsewhere', own).rights.ofOthers)).toBe('ask');
  });

  it('is of others what --yes-to allows, and no more than its risk', () => {
    const rights = new ChatRights({
      allowed: new Set(['network']),
      own: new OwnPermissions(join(temporaryFolder(), 'own')),
      project: '/p',
    });
    expect(decide({ ...other, risk: 'network' }, rights.ofOthers)).toBe('allow');
    expect(decide(other, rights.ofOthers)).toBe('ask');
  });

  it('is kept once, however often it is allowed', () => {
    const { own, rights } = rightsIn('/project');
    rights.allowForGood(call('npm test'));
    rights.allowForGood(call('npm test'));
    expect(JSON.parse(readFileSync(own.path, 'utf8'))).toEqual({
      allowed: [{ folder: '/project', tool: 'execute_command', pattern: 'npm test' }],
    });
  });

  it.each([
    '',
    '{',
    '{"allowed": "all"}',
    '{"allowed": [{"tool": "execute_command", "pattern": "*"}]}',
    '{"allowed": [{"folder": "/project", "tool": "db_write", "calls": "some"}]}',
  ])('is nothing that a damaged file says: %j', (text) => {
    const folder = join(temporaryFolder(), 'own');
    mkdirSync(folder, { recursive: true });
    const own = new OwnPermissions(folder);
    writeFileSync(own.path, text);
    expect(() => own.for('/project')).toThrow(expect.objectContaining({ code: 'permissions.unreadable' }));
  });
});
