import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerChat, type RouteContext } from './chat-route.ts';
import type { Engine } from './engine.ts';
import { applyTemplate, countInput, describeModels, describeServer, describeSlots, tokenize } from './information-routes.ts';
import { checkLoopback, readJson, sendJson } from './json-http.ts';
import { ServerError, toServerError } from './server-error.ts';

export interface EmbeddedServerOptions {
  /** The port on the loopback address; no other address is opened. 0: any free port. */
  port?: number | undefined;
  log: (line: string) => void;
}

/** Answers everything with 503 until `serve` is called. */
export interface EmbeddedServer {
  /** The address of the OpenAI-compatible API, such as `http://127.0.0.1:40123/v1`. */
  address: string;
  /** From now on requests are answered by this engine. */
  serve(engine: Engine): void;
}

const informs: Record<string, (engine: Engine) => object> = {
  '/health': () => ({ status: 'ok' }),
  '/props': describeServer,
  '/slots': describeSlots,
  '/v1/models': describeModels,
};

const computes: Record<string, (engine: Engine, body: unknown) => object> = {
  '/v1/chat/completions/input_tokens': countInput,
  '/apply-template': applyTemplate,
  '/tokenize': tokenize,
};

/** Listens at once, so that clients can ask whether the model is loaded. Ends with the process. */
export async function listenEmbedded({ port = 0, log }: EmbeddedServerOptions): Promise<EmbeddedServer> {
  let engine: Engine | undefined;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    try {
      checkLoopback(request);
      await route({ engine: loaded(engine), request, response, log });
    } catch (error) {
      if (!(error instanceof ServerError)) log(`${request.method} ${request.url?.slice(0, 100)}: ${String(error)}`);
      const failure = toServerError(error);
      sendJson(response, failure.status, failure.toBody());
    }
  };
  const server = createServer((request, response) => void answer(request, response));
  await listen(server, port);
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    serve: (loadedEngine) => {
      engine = loadedEngine;
    },
  };
}

function loaded(engine: Engine | undefined): Engine {
  if (engine !== undefined) return engine;
  throw new ServerError({ status: 503, type: 'unavailable_error', message: 'Loading model' });
}

async function route(context: RouteContext): Promise<void> {
  const { engine, request, response } = context;
  const path = request.url?.split('?', 1)[0] ?? '';
  const inform = request.method === 'GET' && Object.hasOwn(informs, path) ? informs[path] : undefined;
  const compute = request.method === 'POST' && Object.hasOwn(computes, path) ? computes[path] : undefined;
  if (inform !== undefined) {
    sendJson(response, 200, inform(engine));
  } else if (compute !== undefined) {
    sendJson(response, 200, compute(engine, await readJson(request)));
  } else if (request.method === 'POST' && path === '/v1/chat/completions') {
    await answerChat(context);
  } else {
    throw new ServerError({ status: 404, type: 'not_found_error', message: 'File Not Found' });
  }
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1' }, resolve);
  });
}
