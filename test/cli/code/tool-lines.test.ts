import { join } from 'node:path';
import process from 'node:process';
import { expect, it } from 'vitest';
import { ChatRights } from '../../../src/cli/code/interactive/chat-rights.ts';
import { toolLines } from '../../../src/cli/code/interactive/tool-lines.ts';
import { completeSettings } from '../../../src/config/complete-settings.ts';
import { OwnPermissions } from '../../../src/config/own-permissions.ts';
// The servers are programs: this file waits for processes.
import { McpServers } from '../../../src/tools/mcp/mcp-servers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const entry = {
  command: process.execPath,
  args: [join(import.meta.dirname, '../../support/fake-mcp-server/main.ts'), 'well'],
};

it('a session says which tools it has, what is asked before, and which it could have', async () => {
  const rights = new ChatRights({ allowed: new Set(), own: new OwnPermissions(join(temporaryFolder(), 'own')), project: '/p' });
  const settings = completeSettings({ mcp: { servers: { db: entry } }, session_tools: ['db_echo', 'db_gone'] });
  expect(new McpServers(settings.mcp.servers, { environment: {}, secrets: [], folder: '/', remote: 'refused' }).serverOf('db_gone')).toBe(
    'db',
  );
  const lines = () => toolLines({ settings, rights, environment: { PATH: process.env['PATH'] }, signal: new AbortController().signal });
  const before = await lines();
  expect(before).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^read_file +allowed {5}\S/),
      expect.stringMatching(/^execute_command +asks first {2}/),
      expect.stringMatching(/^db_echo +asks first {2}Says a text once more\./),
      'db_gone: nobody has this tool.',
      expect.stringMatching(/^Not in this session .*: db_/),
    ]),
  );
  rights.allow({ tool: 'db_echo', risk: 'network' });
  expect(await lines()).toContainEqual(expect.stringMatching(/^db_echo +allowed /));
});
