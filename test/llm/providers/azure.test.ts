import type { IncomingMessage, RequestListener } from 'node:http';
import { describe, expect, it, onTestFinished, test } from 'vitest';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { streamed } from '../model-on-fake.ts';
import { startWebServer } from '../web-server.ts';
import { connectWork, refusal } from './connect-support.ts';

/**
 * Answers in the shapes that Azure's reference of its REST API documents for chat completions (2024-10-21): they were written from that description, not
 * recorded, because a resource of one's own is needed for that.
 */
const documented = {
  missingDeployment: {
    status: 404,
    body: {
      error: {
        code: 'DeploymentNotFound',
        message:
          'The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.',
      },
    },
  },
  missingVersion: { status: 404, body: { error: { code: '404', message: 'Resource not found' } } },
  noMessages: {
    status: 400,
    body: { error: { code: null, message: '[] is too short - "messages"', param: null, type: 'invalid_request_error' } },
  },
  busy: {
    status: 429,
    body: {
      error: {
        code: '429',
        message:
          'Requests to the ChatCompletions_Create Operation have exceeded the token rate limit of your tier. Please retry after 6 seconds.',
      },
    },
  },
  filteredPrompt: {
    status: 400,
    body: {
      error: {
        message: "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
        type: null,
        param: 'prompt',
        code: 'content_filter',
        status: 400,
        innererror: {
          code: 'ResponsibleAIPolicyViolation',
          content_filter_result: {
            hate: { filtered: false, severity: 'safe' },
            jailbreak: { filtered: true, detected: true },
            violence: { filtered: true, severity: 'high' },
          },
        },
      },
    },
  },
} as const;

/** The first chunk has what the filter says of the prompt, and no choice. */
const chunks = (end: string) => [
  { choices: [], created: 0, id: '', model: '', object: '', prompt_filter_results: [{ prompt_index: 0, content_filter_results: {} }] },
  {
    choices: [
      {
        content_filter_results: {},
        delta: { content: '', refusal: null, role: 'assistant' },
        finish_reason: null,
        index: 0,
        logprobs: null,
      },
    ],
  },
  { choices: [{ content_filter_results: {}, delta: { content: 'Hello.' }, finish_reason: null, index: 0, logprobs: null }] },
  { choices: [{ content_filter_results: {}, delta: {}, finish_reason: end, index: 0, logprobs: null }] },
  { choices: [], usage: { completion_tokens: 3, prompt_tokens: 20, total_tokens: 23, prompt_tokens_details: { cached_tokens: 0 } } },
];

type Documented = (typeof documented)[keyof typeof documented];

/** A resource whose deployment `large` answers the empty chat as documented, then as given. */
async function resource(answer: Documented | string, first: Documented = documented.noMessages) {
  const seen: { url: string; headers: IncomingMessage['headers'] }[] = [];
  const listener: RequestListener = (request, response) => {
    seen.push({ url: request.url ?? '', headers: request.headers });
    const next = seen.length === 1 ? first : answer;
    if (typeof next !== 'string') {
      response.writeHead(next.status, { 'content-type': 'application/json' }).end(JSON.stringify(next.body));
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end([...chunks(next).map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`), 'data: [DONE]\n\n'].join(''));
  };
  const server = await startWebServer(listener);
  onTestFinished(() => server[Symbol.asyncDispose]());
  return { address: new URL(server.address).origin, seen };
}

describe('the provider azure', () => {
  it('asks the deployment by its path and version, with the key in its own header', async () => {
    const { address, seen } = await resource('stop');
    const connection = await connectWork('azure', { address, model: 'large', apiVersion: '2024-05-01-preview' });
    const { text, end } = await streamed(connection.model());
    expect([text, end?.finishReason, end?.usage.promptTokens]).toEqual(['Hello.', 'stop', 20]);
    const path = '/openai/deployments/large/chat/completions?api-version=2024-05-01-preview';
    expect(seen.map(({ url }) => url)).toEqual([path, path]);
    for (const { headers } of seen) {
      expect(headers['api-key']).toBe('key-of-work');
      expect(headers.authorization).toBeUndefined();
    }
  });

  it('asks another deployment by its name, and the version that is no preview unless another is named', async () => {
    const { address, seen } = await resource('stop');
    await streamed((await connectWork('azure', { address, model: 'large' })).model('small model'));
    expect(seen[1]?.url).toBe('/openai/deployments/small%20model/chat/completions?api-version=2024-10-21');
  });

  test.each(['', '/', '/openai', '/openai/v1/', '/openai/deployments/large/chat/completions?api-version=2023-05-15'])(
    'takes the address of the resource with "%s" behind it',
    async (more) => {
      const { address, seen } = await resource('stop');
      await connectWork('azure', { address: `${address}${more}`, model: 'large' });
      expect(seen[0]?.url).toBe('/openai/deployments/large/chat/completions?api-version=2024-10-21');
    },
  );

  it('tells a deployment that does not exist before the run begins', async () => {
    const { address } = await resource('stop', documented.missingDeployment);
    const { code, text } = await refusal(connectWork('azure', { address, model: 'lrage' }));
    expect(code).toBe('provider.no_deployment');
    expect(text).toMatch(
      /^The provider work \(Azure OpenAI at .*\) has no such deployment: The API deployment for this resource does not exist/,
    );
    expect(text).toContain('--model work/<deployment>');
  });

  it('tells an address or version that it does not know', async () => {
    const { address } = await resource('stop', documented.missingVersion);
    const { code, text } = await refusal(connectWork('azure', { address, model: 'large' }));
    expect(code).toBe('model.not_found');
    expect(text).toContain('api_version of providers.work');
  });

  it('tells what its content filter refuses, and does not ask again', async () => {
    const { address } = await resource(documented.filteredPrompt);
    const { error } = await streamed((await connectWork('azure', { address, model: 'large' })).model());
    expect(error).toMatchObject({ kind: 'refused', code: 'provider.filtered' });
    expect((error as Error).message).toMatch(
      /^The content filter of the provider work .* refuses the prompt \(jailbreak, violence\) \(HTTP 400\): The response was filtered/,
    );
  });

  it('gives a reply that the filter cut as one that is not whole', async () => {
    const { address } = await resource('content_filter');
    const { end } = await streamed((await connectWork('azure', { address, model: 'large' })).model());
    expect(end?.finishReason).toBe('content_filter');
  });

  it('waits as long as a busy deployment says, at the beginning, too', async () => {
    const { address } = await resource(documented.busy, documented.busy);
    const { error } = await streamed((await connectWork('azure', { address, model: 'large' })).model());
    expect(error).toMatchObject({ kind: 'transient', retryAfter: 6000 });
  });

  it('needs the name of a deployment, and an address', async () => {
    expect((await refusal(connectWork('azure', { address: 'http://127.0.0.1:1' }))).text).toMatch(
      /^No deployment of the provider work .*\n.*model: <deployment>/,
    );
    expect((await refusal(connectWork('azure', { model: 'large' }))).text).toMatch(/^The provider work \(Azure OpenAI\) needs an address/);
  });

  it('asks the resource, not the deployment, whether a silent call is alive', async () => {
    await using server = await startFakeLlamaServer({
      reply: () => 'Late.',
      faults: [{ when: 0, fault: { kind: 'silence_before_headers' } }],
    });
    const connection = await connectWork('azure', { address: server.address, model: 'large', timeoutMilliseconds: 50 });
    const reading = streamed(connection.model());
    await server.waitUntil(({ calls }) => calls.some(({ path }) => path === '/openai/models'));
    server.silence.open();
    expect((await reading).text).toBe('Late.');
  });
});
