/** What an MCP server answers, well or badly. By hand, and not with the package that the program speaks with. */

export interface Message {
  jsonrpc: '2.0';
  id?: number | string;
  method?: string;
  params?: { name?: string; arguments?: Record<string, unknown>; protocolVersion?: string };
  result?: unknown;
  error?: { code: number; message: string };
}

const text = (properties: Record<string, unknown>, required: string[] = []) => ({ type: 'object', properties, required });

/** The tools of the fake server, by the names that it gives them. */
export const fakeTools = [
  {
    name: 'echo',
    description: 'Says a text\u001B[31m\nonce more.',
    inputSchema: text(
      { times: { type: 'integer' }, loud: { type: ['boolean', 'null'] }, text: { type: 'string', description: 'What to say' } },
      ['text'],
    ),
    annotations: { readOnlyHint: true },
  },
  { name: 'setLevel', description: 'Sets a level.', inputSchema: text({ level: { enum: ['low', 'high'] } }, ['level']) },
  { name: 'nested', description: 'Takes an object.', inputSchema: text({ filter: { type: 'object' } }) },
  { name: 'über', description: 'Has a name that nobody writes.', inputSchema: text({}) },
  ...['fail', 'big', 'hang', 'die', 'environment', 'picture', 'ask', 'flood', 'refuse', 'garbage', 'empty'].map((name) => ({
    name,
    description: `Does ${name}.`,
    inputSchema: text({}),
  })),
];

const said = (content: unknown[], more: object = {}) => ({ content, ...more });
const says = (line: string) => said([{ type: 'text', text: line }]);

/** Answers what every well-behaved server answers, and these tools. Anything else stays unanswered. */
export function answerMcp({ id, method, params }: Message, send: (message: object) => void): void {
  const answer = (result: unknown) => send({ jsonrpc: '2.0', id, result });
  const given = params?.arguments ?? {};
  if (method === 'initialize') {
    const protocolVersion = params?.protocolVersion ?? '2025-06-18';
    answer({ protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'fake', version: '1' } });
  } else if (method === 'tools/list') answer({ tools: fakeTools });
  else if (method === 'tools/call') {
    if (params?.name === 'echo')
      answer(
        says(
          Array(Number(given['times'] ?? 1))
            .fill(String(given['text']))
            .join('\n'),
        ),
      );
    if (params?.name === 'setLevel') answer(says(`The level is ${String(given['level'])}.`));
    if (params?.name === 'empty') answer(says(''));
    if (params?.name === 'fail') answer({ ...says('There is \u001B[2Jnothing.'), isError: true });
    if (params?.name === 'refuse') send({ jsonrpc: '2.0', id, error: { code: -32_603, message: 'The disk is \u001B[2Jfull' } });
    if (params?.name === 'picture')
      answer(
        said([
          { type: 'image', data: 'AAAA', mimeType: 'image/png' },
          { type: 'text', text: 'A cat.' },
        ]),
      );
  }
}
