import { isLoopbackAddress } from '../../utils/loopback.ts';
import type { ModelConnection } from '../../llm/model-connection.ts';
import { ModelError } from '../../llm/model-error.ts';
import { checkCalls } from './check-calls.ts';
import { checkCounting } from './check-counting.ts';
import type { Machine } from '../../local-engine/machine/machine.ts';
import { checkForking } from './check-forking.ts';
import { checkGrammar } from './check-grammar.ts';
import { checkMemory } from './check-memory.ts';
import { checkPrefill } from './check-prefill.ts';
import { checkRoles } from './check-roles.ts';
import { checkServer } from './check-server.ts';
import { checkDrafting, checkTemplate } from './check-facts.ts';
import type { Finding } from './finding.ts';
import { identifyServer, readServerFacts } from './read-server-facts.ts';
import { probeReading, type Speed } from './probe-reading.ts';
import { probeSlots, type SlotsSpeed } from './probe-slots.ts';

export interface ExamineModelOptions {
  connection: ModelConnection;
  nonce: string;
  apiKey?: string | undefined;
  /** If the server runs on it, whether the model fits into its memory is checked, too. */
  machine?: Machine | undefined;
  /** A clock in milliseconds, for what is measured by time. */
  now?: (() => number) | undefined;
  signal?: AbortSignal | undefined;
}

export interface Examination {
  findings: Finding[];
  speed: Speed;
  /** Only if the server has more than one slot. */
  allSlots?: SlotsSpeed | undefined;
}

/** No team writes more replies at once. */
const mostAtOnce = 8;

/**
 * Finds out by asking what a server and its default model can do. If the server refuses conversations, nothing more is asked. A check that fails
 * unexpectedly is a problem, and ends the examination.
 * @throws the signal's reason.
 */
export async function examineModel(options: ExamineModelOptions): Promise<Examination> {
  const { connection, nonce, signal, now = () => performance.now() } = options;
  const { server, defaultModel } = connection;
  const model = connection.model();
  const findings = await examineServer(options);
  let speed: Speed = {};
  let allSlots: SlotsSpeed | undefined;
  try {
    const roles = await checkRoles(model, signal);
    findings.push(roles);
    if (roles.state === 'problem') return { findings, speed };
    const reading = await probeReading({ model, nonce, signal });
    ({ speed } = reading);
    const { messages, promptTokens, conversation, ownTokens } = reading;
    findings.push(reading.finding, await checkCounting({ hosted: server.hosted, model, messages, promptTokens, signal }));
    findings.push(await checkPrefill(model, signal));
    findings.push(await checkGrammar(model, server.hosted, signal));
    findings.push(...(await checkForking({ connection, beginning: conversation, ownTokens, signal })));
    findings.push(await checkCalls(model, signal));
    const { slots = 1 } = server;
    if (slots > 1)
      allSlots = await probeSlots({ model: connection.model(defaultModel), slots: Math.min(slots, mostAtOnce), nonce, now, signal });
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    findings.push({ check: 'replies', state: 'problem', message: error.message, hint: error.hint });
  }
  return { findings, speed, allSlots };
}

/** What can be found out without a reply of the model. */
async function examineServer({ connection, apiKey, machine, signal }: ExamineModelOptions): Promise<Finding[]> {
  const { server, defaultModel: model } = connection;
  const asked = { address: server.address, apiKey, signal };
  if (server.engine === 'embedded' || server.hosted !== undefined) return checkServer({ server, model });
  if (server.dialect !== 'llama-server') return checkServer({ server, model, identity: await identifyServer(asked) });
  const facts = await readServerFacts(asked);
  return [
    ...checkServer({ server, model, facts }),
    ...(machine === undefined || !isLoopbackAddress(server.address) ? [] : checkMemory({ server, facts, machine })),
    ...checkTemplate(facts),
    ...checkDrafting(facts),
  ];
}
