import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeMachine } from './fake-machine.ts';
import type { Fault, FaultRule } from './fault.ts';
import type { Gate } from './gate.ts';
import type { Accounting } from './ledger.ts';
import { resolveOptions, type FakeLlamaServerOptions } from './options.ts';
import type { CallRecord, RequestRecord } from './request-record.ts';
import { answer } from './routes.ts';

/** A llama-server that needs no model: the protocol, the slots with their prompt caches, and faults on demand. */
export interface FakeLlamaServer extends AsyncDisposable {
  /** For clients: `http://127.0.0.1:<port>/v1`. */
  readonly address: string;
  /** The same without `/v1`. */
  readonly origin: string;
  readonly port: number;
  /** The chat requests in order of arrival; the records fill as the requests go on. */
  readonly requests: readonly RequestRecord[];
  /** Every HTTP request, in order of arrival. */
  readonly calls: readonly CallRecord[];
  /** What each generated token passes. Closed at the start with `pace: 'manual'`. */
  readonly gate: Gate;
  /** What each batch of the prompt passes. Closed at the start with `promptPace: 'manual'`. */
  readonly promptGate: Gate;
  /** Where the faults `silence…` and `pings` wait. */
  readonly silence: Gate;
  /** Prompt tokens read by the server's own completions, which are no chat requests. */
  readonly completions: { readonly readTokens: number };
  accounting(): Accounting;
  /** Resolves when the chat request of this number, from 0, has arrived. */
  waitForRequest(index: number): Promise<RequestRecord>;
  /** Resolves when it has ended in any way. */
  waitForEnd(index: number): Promise<RequestRecord>;
  /** Resolves as soon as this holds; asked whenever a record changes. */
  waitUntil(holds: (server: FakeLlamaServer) => boolean): Promise<void>;
  /** Adds a fault for the request of this number or for those that pass the test. */
  setFault(when: FaultRule['when'], fault: Fault): void;
  clearFaults(): void;
  setLoading(state: 'loading' | 'ready'): void;
  /** Drops all connections and stops listening; requests under way end as `killed`. */
  kill(): Promise<void>;
  /** Listens again on the same port after `kill`, with empty slots. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 on a free port. Close it in the test that started it, or hold it with `await using`. */
export async function startFakeLlamaServer(options: FakeLlamaServerOptions = {}): Promise<FakeLlamaServer> {
  const machine = new FakeMachine(resolveOptions(options));
  const { ledger } = machine;
  let listener: Server | undefined = await listen(machine, 0);
  const { port } = listener.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;

  const kill = async () => {
    const dying = listener;
    listener = undefined;
    if (dying === undefined) return;
    for (const record of ledger.requests) ledger.end(record, 'killed');
    await new Promise<void>((resolve) => {
      dying.close(() => resolve());
      dying.closeAllConnections();
    });
  };

  const server: FakeLlamaServer = {
    address: `${origin}/v1`,
    origin,
    port,
    requests: ledger.requests,
    calls: ledger.calls,
    completions: ledger.completions,
    gate: machine.gate,
    promptGate: machine.promptGate,
    silence: machine.silence,
    accounting: () => ledger.accounting(),
    waitForRequest: async (index) => {
      await ledger.until(() => ledger.requests[index] !== undefined);
      return ledger.requests[index] as RequestRecord;
    },
    waitForEnd: async (index) => {
      await ledger.until(() => ledger.requests[index]?.ended !== undefined);
      return ledger.requests[index] as RequestRecord;
    },
    waitUntil: async (holds) => await ledger.until(() => holds(server)),
    setFault: (when, fault) => {
      machine.faults.push({ when, fault });
    },
    clearFaults: () => {
      machine.faults.length = 0;
    },
    setLoading: (state) => {
      machine.state = state;
    },
    kill,
    restart: async () => {
      await kill();
      machine.restart();
      listener = await listen(machine, port);
    },
    close: kill,
    [Symbol.asyncDispose]: kill,
  };
  return server;
}

async function listen(machine: FakeMachine, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    answer(machine, request, response).catch(() => {
      // The client broke off while its request was being read.
      response.destroy();
    });
  });
  // As long as a test holds a connection, it stays.
  server.requestTimeout = 0;
  server.headersTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return server;
}
