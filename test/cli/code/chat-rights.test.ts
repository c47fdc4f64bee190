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

function rightsIn(project: string, own = new OwnPermissions(join(temporaryFolder(), 'own'))) {
  return { own, rights: new ChatRights({ allowed: new Set(), own, project }) };
}

describe('what may be called without asking', () => {
  it('is reading, until the person says more', () => {
    const { rights } = rightsIn('/project');
    expect(rights.permissions.risks).toEqual({ read: 'allow', write: 'refuse', execute: 'ask', network: 'ask' });
    expect(rights.mayWrite).toBe(false);
    rights.allow('execute');
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

  it('is kept once, however often it is allowed', () => {
    const { own, rights } = rightsIn('/project');
    rights.allowForGood(call('npm test'));
    rights.allowForGood(call('npm test'));
    expect(JSON.parse(readFileSync(own.path, 'utf8'))).toEqual({
      allowed: [{ folder: '/project', tool: 'execute_command', pattern: 'npm test' }],
    });
  });

  it.each(['', '{', '{"allowed": "all"}', '{"allowed": [{"tool": "execute_command", "pattern": "*"}]}'])(
    'is nothing that a damaged file says: %j',
    (text) => {
      const folder = join(temporaryFolder(), 'own');
      mkdirSync(folder, { recursive: true });
      const own = new OwnPermissions(folder);
      writeFileSync(own.path, text);
      expect(() => own.for('/project')).toThrow(expect.objectContaining({ code: 'permissions.unreadable' }));
    },
  );
});
