import { describe, expect, it } from 'vitest';
import { completeSettings } from '../../src/config/complete-settings.ts';
import { loadSettings } from '../../src/config/load-settings.ts';
import { redactSettings } from '../../src/config/redact-settings.ts';
import { failure } from './load-support.ts';
import { temporaryProject } from './temporary-project.ts';

const servers = { db: { command: 'uvx', args: ['mcp-server-sqlite'], env: ['DB_KEY'], risk: 'read', risks: { write_query: 'write' } } };

function load(files: Record<string, string>) {
  const root = temporaryProject(files);
  return loadSettings({ directory: `${root}/project`, ownFolder: `${root}/own`, environment: {} }).settings;
}

describe('MCP servers in the settings', () => {
  it("are taken from the person's own", () => {
    expect(load({ 'own/config.yaml': JSON.stringify({ mcp: { servers } }), 'project/x': '' }).mcp).toEqual({ servers });
  });

  it('are refused to a file of a project, with what to type', () => {
    const error = failure(() => load({ 'own/x': '', 'project/config.yaml': JSON.stringify({ mcp: { servers } }) }));
    expect(error.message).toContain('mcp names a server (db), but a file of the project must not decide which programs are started');
    expect(error.hint).toContain('~/.config/multiagent/config.yaml');
  });

  it('are not taken away by a project that names none', () => {
    const files = { 'own/config.yaml': JSON.stringify({ mcp: { servers } }), 'project/config.yaml': 'mcp: { servers: {} }\n' };
    expect(load(files).mcp).toEqual({ servers });
  });

  it.each([
    [{ 'My-Db': { command: 'x' } }, 'mcp.servers.My-Db'],
    [{ db: { command: 'x' }, db_two: { command: 'y' } }, 'names of which none begins with another one and _'],
    [{ db: {} }, 'expected a server with its command or its url'],
    [{ db: { command: 'x', url: 'http://127.0.0.1:1/mcp' } }, 'expected a server with its command or its url'],
    [{ db: { url: 'ftp://127.0.0.1/mcp' } }, 'expected an address that begins with http:// or https://'],
    [{ db: { url: 'http://127.0.0.1:1/mcp', args: ['x'] } }, 'command beside args or env'],
    [{ db: { command: 'x', token_env: 'TOKEN' } }, 'url beside token_env'],
    [{ db: { command: 'x', env: ['A=secret'] } }, 'expected the name of a variable'],
    [{ db: { command: 'x', risk: 'none' } }, 'expected one of read, write, execute, network'],
    [{ db: { command: 'x', comand: 'y' } }, 'mcp.servers.db.comand is not a setting'],
  ])('are refused where they cannot be meant: %j', (given, told) => {
    const error = failure(() => completeSettings({ mcp: { servers: given as never } }));
    expect(error.message).toContain(told);
  });

  it('are recorded without what looks like a secret', () => {
    const { mcp } = redactSettings(
      completeSettings({
        mcp: {
          servers: {
            a: { command: 'x', args: ['--token', 'ghp_0123456789abcdefghijklmn'] },
            b: { url: 'https://user:secret@example.com/mcp?key=secret' },
          },
        },
      }),
    );
    expect(JSON.stringify(mcp)).not.toMatch(/ghp_|secret/);
  });
});
