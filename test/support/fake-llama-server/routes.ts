import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerChat } from './answer-chat.ts';
import { readJsonBody, readMessages, readTools, RequestError, requirePrefill } from './chat-call.ts';
import { renderChatMl } from './chat-ml.ts';
import { actOnSlot } from './act-on-slot.ts';
import { complete } from './complete.ts';
import { describeModels, describeProps, describeSlots } from './describe-server.ts';
import type { FakeMachine } from './fake-machine.ts';
import { errorOfStatus, sendError, sendJson } from './send-json.ts';

const COUNTING = ['/chat/completions/input_tokens', '/tokenize'];

/** Answers one HTTP request; paths may begin with `/v1`, as on the real server, or as those of a deployment at Azure. */
export async function answer(machine: FakeMachine, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const path = url.pathname.replace(/^\/(?:v1|openai(?:\/deployments\/[^/]+)?)(?=\/)/, '');
  const body = await readBody(request);
  machine.ledger.calls.push({ method: request.method ?? '', path: url.pathname, headers: request.headers, body });
  machine.ledger.changed();
  try {
    if (machine.state === 'loading') throw errorOfStatus(503);
    const { missingPaths, countsTokens, answers } = machine.options;
    if (missingPaths.includes(path) || (countsTokens === 'no' && COUNTING.includes(path))) throw errorOfStatus(404);
    if (request.method === 'GET' && Object.hasOwn(answers, path)) sendJson(response, answers[path]);
    else if (request.method === 'POST' && path === '/chat/completions') await answerChat(machine, request, body, response);
    else if (request.method === 'POST' && path === '/completion') await complete(machine, body, response);
    else sendJson(response, await describe(machine, `${request.method} ${path}`, body, url.searchParams.get('action')));
  } catch (error) {
    sendError(response, error instanceof RequestError ? error : new RequestError(500, 'server_error', (error as Error).message));
  }
}

async function describe(machine: FakeMachine, route: string, body: string, action: string | null): Promise<unknown> {
  switch (route) {
    case 'GET /health':
      return { status: 'ok' };
    case 'GET /props':
      return describeProps(machine);
    case 'GET /slots':
      return describeSlots(machine);
    case 'GET /models':
      return describeModels(machine);
    case 'POST /chat/completions/input_tokens':
      return { input_tokens: machine.tokenIds(readPrompt(body)).length, object: 'response.input_tokens' };
    case 'POST /apply-template':
      requirePrefill(machine, readMessages(readJsonBody(body)).at(-1));
      return { prompt: readPrompt(body) };
    case 'POST /tokenize':
      return describeTokens(machine, body);
    default: {
      const slot = /^POST \/slots\/([^/]+)$/.exec(route)?.[1];
      if (slot === undefined) throw errorOfStatus(404);
      return await actOnSlot(machine, slot, action, body);
    }
  }
}

function readPrompt(body: string): string {
  const read = readJsonBody(body);
  return renderChatMl(readMessages(read), readTools(read));
}

function describeTokens(machine: FakeMachine, text: string): unknown {
  const body = readJsonBody(text);
  const tokens = machine.tokenizer.tokenize(typeof body['content'] === 'string' ? body['content'] : '');
  return { tokens: tokens.map((token) => (body['with_pieces'] === true ? { id: token.id, piece: token.text } : token.id)) };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
