import { expect, it } from 'vitest';
import { requireClient } from '../../../src/tools/mcp/require-client.ts';

const missing = (name: string) => Object.assign(new Error(`Cannot find package '${name}'`), { code: 'ERR_MODULE_NOT_FOUND' });

it('says how the client is installed where it is not there', async () => {
  await expect(requireClient('db', () => Promise.reject(missing('@modelcontextprotocol/client')))).rejects.toMatchObject({
    code: 'mcp.failed',
    message: 'The MCP server db needs the package @modelcontextprotocol/client, which is not installed.',
    hint: expect.stringContaining('npm install @modelcontextprotocol/client'),
  });
});

it('hides no other fault', async () => {
  await expect(requireClient('db', () => Promise.reject(missing('another')))).rejects.toThrow("Cannot find package 'another'");
});
