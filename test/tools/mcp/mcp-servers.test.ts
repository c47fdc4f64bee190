import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { keepingHere, type Sending, watchingRequests } from '../../../src/llm/destinations/request-watch.ts';
import type { McpServerEntry, McpSurroundings } from '../../../src/tools/mcp/mcp-server.ts';
import { type McpOffer, McpServers } from '../../../src/tools/mcp/mcp-servers.ts';
import type { ToolResult } from '../../../src/tools/tool.ts';
import { startWebServer } from '../../llm/web-server.ts';
import { answerMcp, type Message } from '../../support/fake-mcp-server/answer-mcp.ts';
import { processesWith } from '../../support/processes-with.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { callTool, toolContext } from '../tool-context.ts';

const fake = (behaviour: string, more: Partial<McpServerEntry> = {}): McpServerEntry => ({
  command: process.execPath,
  args: [join(import.meta.dirname, '../../support/fake-mcp-server/main.ts'), behaviour, 'last'],
  ...more,
});

const never = new AbortController().signal;

function serversWith(entries: Record<string, McpServerEntry>, changed: Partial<McpSurroundings> = {}): McpServers {
  const environment = { PATH: process.env['PATH'], HOME: '/home/somebody', DB_TOKEN: 'hidden-value', OTHER_TOKEN: 'other-value' };
  const servers = new McpServers(entries, { environment, secrets: [], folder: temporaryFolder(), remote: 'refused', ...changed });
  onTestFinished(() => servers.close());
  return servers;
}

async function offerOf(entry: McpServerEntry, changed?: Partial<McpSurroundings>): Promise<McpOffer> {
  const [offer] = await serversWith({ db: entry }, changed).offers(['db'], never);
  return offer!;
}

/** A function that calls tools of one fake server by their names. */
async function called(entry: McpServerEntry = fake('well')) {
  const offer = await offerOf(entry);
  if (offer.kind === 'not_reached') throw offer.error;
  return (name: string, given: Record<string, unknown> = {}, changed: Parameters<typeof toolContext>[1] = {}): Promise<ToolResult> => {
    const found = offer.tools.find(({ tool }) => tool.name === name);
    return callTool(found!.tool, given, toolContext('/', changed));
  };
}

describe('what MCP servers offer', () => {
  it('is named by the server and the tool, with what a model has to give', async () => {
    const offer = await offerOf(fake('well', { risk: 'read', risks: { setLevel: 'write' } }));
    if (offer.kind === 'not_reached') throw offer.error;
    const [echo, level] = offer.tools;
    expect(echo?.tool).toMatchObject({ name: 'db_echo', example: 'db_echo("some text")', description: 'Says a text once more.' });
    expect(Object.keys(echo?.tool.parameters.shape ?? {})).toEqual(['text', 'times', 'loud']);
    expect([echo?.risk, level?.risk]).toEqual(['read', 'write']);
    expect(level?.tool.example).toBe('db_set_level("low")');
  });

  it('counts as reaching other machines unless the person says otherwise, whatever the server says', async () => {
    const offer = await offerOf(fake('well'));
    const risks = offer.kind === 'reached' ? offer.tools.map(({ tool, risk }) => [risk, tool.risk({})]) : [];
    expect(new Set(risks.flat())).toEqual(new Set(['network']));
  });

  it('leaves out, with why, what a model cannot call', async () => {
    expect(await offerOf(fake('well'))).toMatchObject({
      leftOut: [
        { name: 'nested', why: 'has an argument that is no text, number, yes or no, or choice (filter)' },
        { name: 'über', why: 'has a name that cannot be written in a call' },
      ],
    });
  });

  it.each([
    [
      'a program that there is not',
      { command: 'no-such-program-anywhere' },
      'cannot be started: there is no program no-such-program-anywhere',
    ],
    ['one that ends at once', fake('ends'), 'has ended: no database at this place'],
    ['a variable that is not set', fake('well', { env: ['MISSING'] }), 'needs the variable MISSING, which is not set'],
    ['another machine', { url: 'http://192.0.2.1/mcp' }, '(http://192.0.2.1/mcp) is not on this machine'],
    ['an address where nobody listens', { url: 'http://127.0.0.1:9/mcp' }, 'failed: connect ECONNREFUSED 127.0.0.1:9'],
  ] as const)('is not known of %s, and says why', async (_, entry, told) => {
    const offer = await offerOf(entry);
    expect(offer.kind === 'not_reached' ? offer.error.message : 'reached').toContain(`The MCP server db ${told}`);
  });

  it('is not waited for where a person stops', async () => {
    const stop = new AbortController();
    const offers = serversWith({ db: fake('silent') }).offers(['db'], stop.signal);
    stop.abort(new Error('stopped'));
    await expect(offers).rejects.toThrow('stopped');
  });
});

describe('a tool of an MCP server', () => {
  it.each([
    ['db_echo', { text: 'hello', times: 2 }, { output: 'hello\nhello', isError: false }],
    ['db_set_level', { level: 'high' }, { output: 'The level is high.', isError: false }],
    ['db_empty', {}, { output: 'It gave nothing as text.', isError: false }],
    ['db_fail', {}, { output: 'There is nothing.', isError: true }],
    ['db_refuse', {}, { output: expect.stringContaining('The MCP server db failed: The disk is full'), isError: true }],
    ['db_picture', {}, { output: 'A cat.\n[left out: 1 of the kind image]', isError: false }],
    ['db_garbage', {}, { output: 'It works.', isError: false }],
    ['db_ask', {}, { output: expect.stringContaining('-32601'), isError: false }],
    ['db_die', {}, { output: 'The MCP server db has ended: the token is [redacted].', isError: true }],
    ['db_flood', {}, { output: 'The MCP server db sends something else than messages of MCP, and was stopped.', isError: true }],
    ['db_big', {}, { output: 'The MCP server db sent a message of more than 8 MB, and was stopped.', isError: true }],
    ['db_set_level', { level: 'middle' }, { output: expect.stringContaining("'level' is 'middle'"), isError: true }],
    ['db_echo', { text: 'x', ['__proto__x']: 1 }, { output: expect.stringContaining("has no argument '__proto__x'"), isError: true }],
    ['db_echo', { text: ['x'] }, { output: expect.stringContaining("'text' is a list"), isError: true }],
    ['db_echo', { text: 'x'.repeat(20_000) }, { output: expect.stringContaining('at most 10000 characters'), isError: true }],
  ])('%s answers %j', async (name, given, expected) => {
    expect(await (await called())(name, given)).toMatchObject(expected);
  });

  it('is cut like every output', async () => {
    const result = await (await called())('db_echo', { text: 'a line', times: 5000 });
    expect(result.cut?.lines).toBeGreaterThan(4000);
    expect(Buffer.byteLength(result.output)).toBeLessThan(12_000);
  });

  it('that hangs is stopped when its time is over', async () => {
    const result = await (await called())('db_hang', {}, { callMilliseconds: 50 });
    expect(result).toMatchObject({ output: 'The MCP server db did not answer in time.', isError: true });
  });

  it('is ended by who called it', async () => {
    const stop = new AbortController();
    const result = (await called())('db_hang', {}, { signal: stop.signal });
    stop.abort(new Error('stopped'));
    await expect(result).rejects.toThrow('stopped');
  });

  it('can be called again after its server has died, a few times', async () => {
    const call = await called();
    for (const _ of [1, 2]) {
      expect(await call('db_die')).toMatchObject({ isError: true });
      expect(await call('db_echo', { text: 'back' })).toMatchObject({ output: 'back' });
    }
    await call('db_die');
    expect((await call('db_echo', { text: 'back' })).output).toBe('The MCP server db has ended 3 times, and is not started again.');
  });

  it('is given no secret but those that its entry names, and those stand in no output', async () => {
    const folder = temporaryFolder();
    const offer = await offerOf(fake('well', { env: ['DB_TOKEN'] }), { folder });
    if (offer.kind === 'not_reached') throw offer.error;
    const environment = offer.tools.find(({ tool }) => tool.name === 'db_environment')!.tool;
    const told = JSON.parse(
      (await callTool(environment, {}, toolContext('/', { output: { lines: 100, bytes: 50_000 } }))).output,
    ) as object;
    expect(told).toMatchObject({ HOME: '/home/somebody', DB_TOKEN: '[redacted]', arguments: ['last'] });
    expect(told).not.toHaveProperty('OTHER_TOKEN');
  });

  it('does not keep its program when all is closed, even one that heeds nothing', async () => {
    const mark = `mark-${randomUUID()}`;
    const { args = [], ...entry } = fake('stays');
    const servers = serversWith({ db: { ...entry, args: [...args, mark] } });
    await servers.offers(['db'], never);
    expect(processesWith(mark)).toHaveLength(1);
    await servers.close();
    expect(processesWith(mark)).toEqual([]);
  });
});

describe('a server with an address', () => {
  /** Answers as JSON, or in a stream, as servers may. */
  async function webServer(answer: (method: string, response: ServerResponse) => boolean, heard: IncomingHttpHeaders[] = []) {
    const respond = async (request: IncomingMessage, response: ServerResponse) => {
      heard.push(request.headers);
      if (request.method !== 'POST') {
        response.writeHead(405).end();
        return;
      }
      const message = JSON.parse(await text(request)) as Message;
      if (answer(message.params?.name ?? message.method ?? '', response)) return;
      if (message.id === undefined) response.writeHead(202).end();
      answerMcp(message, (reply) => {
        const isStream = message.method === 'tools/call';
        response.writeHead(200, { 'content-type': isStream ? 'text/event-stream' : 'application/json' });
        response.end(isStream ? `event: message\ndata: ${JSON.stringify(reply)}\n\n` : JSON.stringify(reply));
      });
    };
    const server = await startWebServer((request, response) => void respond(request, response));
    onTestFinished(() => server[Symbol.asyncDispose]());
    return server.address;
  }

  it('is asked with its token, and told of as a request', async () => {
    const heard: IncomingHttpHeaders[] = [];
    const sent: Sending[] = [];
    const url = await webServer(() => false, heard);
    const result = await watchingRequests(
      async (sending) => void sent.push(sending),
      async () => (await called({ url, token_env: 'DB_TOKEN' }))('db_echo', { text: 'hidden-value and more' }),
    );
    expect(result).toMatchObject({ output: '[redacted] and more', isError: false });
    expect(new Set(heard.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer hidden-value']));
    expect(new Set(sent.map(({ where }) => where))).toEqual(new Set(['this_machine']));
    expect(sent.reduce((sum, { bytes }) => sum + bytes, 0)).toBeGreaterThan(100);
  });

  it.each([
    [
      'a redirect',
      (response: ServerResponse) => response.writeHead(307, { location: 'http://192.0.2.1/mcp' }).end(),
      'unexpected redirect',
    ],
    ['an error', (response: ServerResponse) => response.writeHead(500).end('the \u001B[2Jdisk is full'), 'the disk is full'],
    ['a page', (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'), 'text/html'],
    ['a broken connection', (response: ServerResponse) => response.destroy(), 'other side closed'],
    [
      'an endless answer',
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.on('error', () => undefined);
        const pour = () => {
          while (!response.destroyed && response.write('x'.repeat(1024 * 1024)));
        };
        response.on('drain', pour);
        pour();
      },
      'it answers with more than 8 MB',
    ],
  ])('that answers a call with %s is an error for the model', async (_, answer, told) => {
    const url = await webServer((method, response) => method === 'echo' && (answer(response), true));
    const result = await (await called({ url }))('db_echo', { text: 'x' });
    expect(result).toMatchObject({ isError: true });
    expect(result.output).toContain('The MCP server db failed: ');
    expect(result.output).toContain(told);
  });

  it('elsewhere is asked nothing by a private step, even where it is allowed', async () => {
    const [offer] = await keepingHere('The step build', () =>
      serversWith({ db: { url: 'http://192.0.2.1/mcp' } }, { remote: 'allowed' }).offers(['db'], never),
    );
    expect(offer?.kind === 'not_reached' ? offer.error.message : '').toContain(
      'The step build is private, and 192.0.2.1 is not this machine',
    );
  });
});
