/** One promise of a server that answers for agents, and what is seen of it. */
export interface BotserverCheck {
  name: string;
  promise: string;
  observe: (ask: AskBotserver) => Promise<unknown>;
  expected: unknown;
}

interface Asked {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Asks a path of a server. @returns the status and the JSON of the answer. */
export type AskBotserver = (path: string, asked?: Asked) => Promise<{ status: number; body: Record<string, unknown> }>;

/** @param root Without a slash at the end. */
export function askBotserver(root: string): AskBotserver {
  return async (path, { method, body, headers = {} } = {}) => {
    const posted = body === undefined ? {} : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) };
    const answer = await fetch(root + path, {
      ...posted,
      ...(method === undefined ? {} : { method }),
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
}

const query = { query: 'How is a list sorted in Python?' };
const codeOf = ({ status, body }: Awaited<ReturnType<AskBotserver>>) =>
  `${status} ${String((body['error'] as { code?: unknown } | undefined)?.code)}`;

export const botserverChecks: readonly BotserverCheck[] = [
  {
    name: 'health',
    promise: '`GET /health`, `/healthz` and `/api/health` say that it is well, and which agents there are',
    observe: async (ask) =>
      (await Promise.all(['/health', '/healthz', '/api/health'].map((path) => ask(path)))).map(
        ({ status, body }) => `${status} ${String(body['status'])} ${(body['agents'] as unknown[]).length}`,
      ),
    expected: ['200 ok 12', '200 ok 12', '200 ok 12'],
  },
  {
    name: 'query',
    promise: '`POST /api/botcoder/<agent>/query` with `{query}` is answered with `{output, exit_code, metadata}`',
    observe: async (ask) => {
      const { status, body } = await ask('/api/botcoder/builder/query', { body: query });
      return [status, Object.keys(body), body['exit_code'], String(body['output']) !== ''];
    },
    expected: [200, ['output', 'exit_code', 'metadata'], 0, true],
  },
  {
    name: 'metadata',
    promise: '`metadata` says who answered, in which run, how long it took, how the reply ended, and what it cost',
    observe: async (ask) => Object.keys((await ask('/api/botcoder/docs/query', { body: query })).body['metadata'] as object),
    expected: ['agent', 'role', 'run', 'duration_ms', 'finish_reason', 'usage'],
  },
  {
    name: 'numbers',
    promise: 'an agent may be called by its number',
    observe: async (ask) => ((await ask('/api/botcoder/8/query', { body: query })).body['metadata'] as Record<string, unknown>)['agent'],
    expected: 'test',
  },
  {
    name: 'unknown agent',
    promise: 'an agent that there is not is answered with 404 and the names of all',
    observe: async (ask) => codeOf(await ask('/api/botcoder/translator/query', { body: query })),
    expected: '404 agent.unknown',
  },
  {
    name: 'unknown path',
    promise: 'another path is answered with 404',
    observe: async (ask) => codeOf(await ask('/api/autotask/execute', { body: {} })),
    expected: '404 request.unknown_path',
  },
  {
    name: 'wrong method',
    promise: 'agents cannot be asked with GET',
    observe: async (ask) => codeOf(await ask('/api/botcoder/builder/query')),
    expected: '405 request.wrong_method',
  },
  {
    name: 'no question',
    promise: 'a body that holds no question is refused',
    observe: async (ask) =>
      Promise.all(
        ['{', '[]', '{}', '{"query":7}', '{"query":" "}'].map(async (body) => codeOf(await ask('/api/botcoder/2/query', { body }))),
      ),
    expected: Array<string>(5).fill('400 request.invalid'),
  },
  {
    name: 'other types',
    promise: 'a body that is not sent as JSON is refused, because a page could send it',
    observe: async (ask) => codeOf(await ask('/api/botcoder/2/query', { body: query, headers: { 'content-type': 'text/plain' } })),
    expected: '415 request.not_json',
  },
  {
    name: 'pages',
    promise: 'a request of a page in a browser is refused, whatever it asks',
    observe: async (ask) =>
      Promise.all(
        ['/health', '/api/botcoder/2/query'].map(async (path) => codeOf(await ask(path, { headers: { origin: 'http://127.0.0.1' } }))),
      ),
    expected: ['403 request.from_page', '403 request.from_page'],
  },
];
