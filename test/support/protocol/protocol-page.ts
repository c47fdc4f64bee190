import { anthropicChecks } from './checks/anthropic-checks.ts';
import { botserverChecks } from './checks/botserver-checks.ts';
import { kindsOnFake, providerRows } from '../../llm/providers/provider-conformance.ts';
import { protocolChecks } from './conformance.ts';
import type { ProtocolCheck, ServerKind } from './protocol-check.ts';

const names: Record<ServerKind, string> = {
  'llama-server': 'llama-server',
  embedded: 'The embedded server',
  fake: 'The fake server of the tests',
};

/** docs/protocol.md, written from the table that the servers are held against. */
export function protocolPage(): string {
  const checks = Object.values(protocolChecks).flat();
  return `${[
    '# The protocol',
    '',
    'What this product relies on in a model server. The reference is the llama-server of the llama.cpp release that comes with `node-llama-cpp`; the embedded server and the fake',
    'server of the tests speak the same protocol. Every line is a test: `npm test` holds the embedded and the fake server against it, `npm run test:llama` the real one.',
    '',
    'This page is written from the table in `test/support/protocol`: change that, then run `npx vitest run test/support/protocol --update`.',
    ...Object.entries(protocolChecks).flatMap(([topic, rows]) => [
      '',
      `## ${topic}`,
      '',
      '| what | promise |',
      '|---|---|',
      ...rows.map(row),
    ]),
    '',
    "## Anthropic's protocol",
    '',
    'What the provider `anthropic` relies on. `npm test` holds the fake server of that protocol against it, `npm run test:llama` the `/v1/messages` of the real llama-server.',
    '',
    '| what | promise |',
    '|---|---|',
    ...anthropicChecks.map(row),
    '',
    '## Questions to agents',
    '',
    'What `multiagent serve --botcoder` answers, and what the provider `botserver` relies on. `npm test` holds the server against it; the provider is tested with it, and with a fake',
    'server that answers otherwise.',
    '',
    '| what | promise |',
    '|---|---|',
    ...botserverChecks.map(row),
    '',
    '## Providers',
    '',
    'What the team may rely on at a [provider](providers.md) of each kind. Every cell is a test against the fake server, which speaks each of these dialects; the answers of Azure are',
    'written from its reference and not recorded. A kind whose protocol is another one has tests of its own.',
    'Every fault of the matrix of a llama-server (broken connections, silence, garbled streams, answers of every status) is also met at `openai`, `azure` and, in its own protocol, `anthropic`. `npm run test:llama` asks the real llama-server through `openai` and `anthropic`, too.',
    '',
    `| what | promise | ${kindsOnFake.join(' | ')} |`,
    `|---|---|${kindsOnFake.map(() => '---|').join('')}`,
    ...providerRows.map(
      ({ name, promise, expected }) => `| ${name} | ${promise} | ${kindsOnFake.map((kind) => cell(expected[kind])).join(' | ')} |`,
    ),
    '',
    '## Known differences',
    '',
    ...differences(checks),
    '',
    '## Recorded streams',
    '',
    'Raw answers of the real server lie in `test/fixtures/llama-server`. Tests compare the fake server with them: the same keys, the same kinds of chunks in the same order.',
    'Record them again with `node test/llama/record-streams.ts http://127.0.0.1:8080` against a server with `models/tiny-team.gguf` and one slot.',
  ].join('\n')}\n`;
}

/** Yes, no, or what there is. */
function cell(value: unknown): string {
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : `\`${String(value)}\``;
}

function row({ name, promise }: Pick<ProtocolCheck, 'name' | 'promise'>): string {
  return `| ${name} | ${promise} |`;
}

function differences(checks: readonly ProtocolCheck[]): string[] {
  const rows = checks.flatMap(({ name, expected, differences: known = {} }) =>
    (['embedded', 'fake'] as const).flatMap((kind) => {
      const difference = known[kind];
      return difference === undefined
        ? []
        : [`| ${names[kind]} | ${name} | ${json(expected)} | ${json(difference.expected)} | ${difference.because} |`];
    }),
  );
  return ['| server | what | llama-server | instead | because |', '|---|---|---|---|---|', ...rows];
}

function json(value: unknown): string {
  return `\`${JSON.stringify(value)}\``;
}
