import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BotserverAgent, botserverAgents, knownAgent } from '../../llm/providers/botserver/botserver-agents.ts';
import type { AgentAnswer, AgentQuery } from '../../operations/answer-query.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { nearestName } from '../../utils/nearest-name.ts';
import { shownName } from '../../utils/printable.ts';
import { productVersion } from '../../utils/product-version.ts';
import { isLoopbackAddress } from '../../utils/loopback.ts';
import { checkRequest, hostsOf } from './check-request.ts';
import { Places } from './places.ts';
import { readQuery } from './read-query.ts';
import { Refusal, refusalOf } from './refusal.ts';

/** What the server tells whoever runs it. */
export type BotcoderNews =
  | { type: 'asked'; number: number; agent: BotserverAgent; characters: number; ahead: number }
  | { type: 'answered'; number: number; agent: BotserverAgent; milliseconds: number; answer: AgentAnswer }
  | { type: 'left'; number: number; agent: BotserverAgent }
  | { type: 'refused'; number: number | undefined; status: number; error: unknown };

export interface BotcoderServerOptions {
  /** Asks the team. Aborting ends it. */
  answer: (query: AgentQuery, signal: AbortSignal) => Promise<AgentAnswer>;
  /** An address of this machine. */
  host: string;
  /** 0: any free one. */
  port: number;
  /** How many questions are answered at once; the others wait. */
  most: number;
  onNews: (news: BotcoderNews) => void;
}

export interface BotcoderServer {
  /** Without a slash at the end. */
  address: string;
  /** Stops listening, ends what is under way with this reason, and resolves when all of it has ended. */
  close: (reason: Error) => Promise<void>;
}

/** Those who wait know that they do, as long as they can be counted. */
const mostWaiting = 32;

const healthPaths: ReadonlySet<string> = new Set(['/health', '/healthz', '/api/health']);

/**
 * Answers `POST /api/botcoder/<agent>/query` with agents of the team, on this machine alone. Whoever hangs up is not answered any more.
 * @throws MultiagentError `serve.not_local`, `serve.port_taken`, `serve.no_listening`.
 */
export async function startBotcoderServer(options: BotcoderServerOptions): Promise<BotcoderServer> {
  const { host } = options;
  requireThisMachine(host);
  const stop = new AbortController();
  const places = new Places({ most: options.most, mostWaiting });
  const underWay = new Set<Promise<void>>();
  let hosts: ReadonlySet<string> = new Set();
  let count = 0;

  const answerQuestion = async (agent: BotserverAgent, request: IncomingMessage, response: ServerResponse) => {
    const left = new AbortController();
    response.on('close', () => left.abort(leftReason()));
    const signal = AbortSignal.any([stop.signal, left.signal]);
    const query = await readQuery(request, signal);
    const number = (count += 1);
    const began = performance.now();
    options.onNews({ type: 'asked', number, agent, characters: query.length, ahead: places.waiting });
    try {
      using place = await places.take(signal);
      if (place === undefined) throw tooMany();
      const answer = await options.answer({ agent, query }, signal);
      signal.throwIfAborted();
      if (answer.error?.code === 'model.overflow') throw tooLong(answer.error.message);
      options.onNews({ type: 'answered', number, agent, milliseconds: performance.now() - began, answer });
      send(response, 200, shapeOf(agent, answer, performance.now() - began));
    } catch (error) {
      if (left.signal.aborted && !stop.signal.aborted) options.onNews({ type: 'left', number, agent });
      else refuse(response, error, number);
    }
  };
  const refuse = (response: ServerResponse, error: unknown, number?: number) => {
    // Nobody is there any more.
    if (response.destroyed) return;
    const { status, message, code, hint, retryAfter } = refusalOf(error);
    options.onNews({ type: 'refused', number, status, error });
    const told = { error: { code, message, ...(hint === undefined ? {} : { hint }) } };
    send(response, status, told, retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) });
  };
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    try {
      checkRequest(request, hosts);
      const { url = '/' } = request;
      const path = URL.parse(url, 'http://localhost')?.pathname ?? url;
      if (healthPaths.has(path)) {
        requireMethod(request, ['GET', 'HEAD']);
        send(response, 200, {
          status: 'ok',
          service: 'multiagent',
          version: productVersion(),
          agents: botserverAgents,
          at_work: places.taken,
          waiting: places.waiting,
        });
        return;
      }
      const asked = /^\/api\/botcoder\/([^/]{1,100})\/query$/.exec(path)?.[1];
      if (asked === undefined) throw noPath(path);
      requireMethod(request, ['POST']);
      await answerQuestion(agentOf(asked), request, response);
    } catch (error) {
      refuse(response, error);
    }
  };

  const server = createServer((request, response) => {
    const work = respond(request, response).finally(() => underWay.delete(work));
    underWay.add(work);
  });
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  hosts = hostsOf(host, port);
  return {
    address: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    async close(reason) {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      stop.abort(reason);
      await Promise.all(underWay);
      server.closeAllConnections();
      await closed;
    },
  };
}

/** `{output, exit_code, metadata}`, as whoever asks agents of a botserver expects it. */
function shapeOf(
  agent: BotserverAgent,
  { output, exitCode, finishReason, run, role, usage, error }: AgentAnswer,
  milliseconds: number,
): object {
  const { promptTokens, replyTokens } = usage;
  return {
    output,
    exit_code: exitCode,
    metadata: {
      agent,
      role,
      run,
      duration_ms: Math.round(milliseconds),
      // Whoever asked can ask for the rest.
      finish_reason: finishReason === 'stop' ? 'stop' : 'length',
      usage: {
        ...(promptTokens === undefined ? {} : { prompt_tokens: promptTokens }),
        ...(replyTokens === undefined ? {} : { completion_tokens: replyTokens }),
      },
      ...(error === undefined ? {} : { error }),
    },
  };
}

function send(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  if (response.headersSent || response.destroyed) return;
  const text = JSON.stringify(body);
  // A body that was not read ends the connection.
  const end = response.req.complete || response.req.method !== 'POST' ? {} : { connection: 'close' };
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...end,
    ...headers,
  });
  response.end(response.req.method === 'HEAD' ? undefined : text);
}

function agentOf(asked: string): BotserverAgent {
  const known = knownAgent(asked);
  if (known !== undefined) return known;
  const near = nearestName(asked, botserverAgents);
  throw new Refusal(404, {
    code: 'agent.unknown',
    message: `There is no agent "${shownName(asked)}".`,
    hint: `${near === undefined ? '' : `Did you mean ${near}? `}There are ${botserverAgents.join(', ')}, or their numbers from 1 to ${botserverAgents.length}.`,
  });
}

function noPath(path: string): Refusal {
  return new Refusal(404, {
    code: 'request.unknown_path',
    message: `There is nothing at ${shownName(path)}.`,
    hint: 'Agents are asked with POST /api/botcoder/<agent>/query; /health says whether the server is well.',
  });
}

function requireMethod({ method = '' }: IncomingMessage, methods: readonly string[]): void {
  if (methods.includes(method)) return;
  throw new Refusal(405, {
    code: 'request.wrong_method',
    message: `This is asked with ${methods.join(' or ')}, not with ${shownName(method)}.`,
  });
}

function tooMany(): Refusal {
  return new Refusal(429, {
    code: 'server.busy',
    message: `More than ${mostWaiting} questions wait already.`,
    hint: 'Ask again later.',
    retryAfter: 10,
  });
}

/** By the name that clients of models know: they can shorten what they ask. */
function tooLong(message: string): Refusal {
  return new Refusal(400, { code: 'context_length_exceeded', message, hint: 'Ask with fewer words.' });
}

/** A run whose asker has gone ends for good. */
function leftReason(): MultiagentError {
  return new MultiagentError({ category: 'stopped', code: 'run.cancelled', message: 'Whoever asked has hung up.' });
}

function requireThisMachine(host: string): void {
  const bare = host.includes(':') ? `[${host}]` : host;
  if (isLoopbackAddress(`http://${bare}`) && URL.parse(`http://${bare}`)?.hostname === bare) return;
  throw new MultiagentError({
    category: 'usage',
    code: 'serve.not_local',
    message: `The server answers on this machine alone, and ${shownName(host)} is not an address of it alone.`,
    hint: 'Leave --host out, or use 127.0.0.1, ::1 or localhost. For other machines, put a program in front of it that knows who may ask.',
  });
}

async function listen(server: Server, { host, port }: BotcoderServerOptions): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject).listen(port, host, resolve);
  try {
    await promise;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new MultiagentError({
      category: 'usage',
      code: code === 'EADDRINUSE' ? 'serve.port_taken' : 'serve.no_listening',
      message:
        code === 'EADDRINUSE'
          ? `The port ${port} is taken by another program.`
          : `Nothing can listen at ${host}, port ${port}: ${message}.`,
      hint: 'Choose another port with --port; 0 takes any that is free.',
      cause: error,
    });
  }
}
