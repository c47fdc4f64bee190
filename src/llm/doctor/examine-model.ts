import type { ModelConnection } from '../model-connection.ts';
import { ModelError } from '../model-error.ts';
import { checkCounting } from './check-counting.ts';
import { checkGrammar } from './check-grammar.ts';
import { checkPrefill } from './check-prefill.ts';
import { checkRoles } from './check-roles.ts';
import { checkServer } from './check-server.ts';
import type { Finding } from './finding.ts';
import { probeReading, type Speed } from './probe-reading.ts';

export interface ExamineModelOptions {
  connection: ModelConnection;
  nonce: string;
  signal?: AbortSignal | undefined;
}

export interface Examination {
  findings: Finding[];
  speed: Speed;
}

/**
 * What a server and its default model can do, found out by asking. Where conversations are refused nothing more is asked; a check that fails in a way of
 * its own is a problem, and ends the examination.
 * @throws the signal's reason.
 */
export async function examineModel({ connection, nonce, signal }: ExamineModelOptions): Promise<Examination> {
  const model = connection.model();
  const findings = checkServer(connection.server, connection.defaultModel);
  let speed: Speed = {};
  try {
    const roles = await checkRoles(model, signal);
    findings.push(roles);
    if (roles.state === 'problem') return { findings, speed };
    const reading = await probeReading({ model, nonce, signal });
    ({ speed } = reading);
    const { messages, promptTokens } = reading;
    findings.push(reading.finding, await checkCounting({ model, messages, promptTokens, signal }));
    findings.push(await checkPrefill(model, signal));
    findings.push(await checkGrammar(model, signal));
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    findings.push({ check: 'replies', state: 'problem', message: error.message, mend: error.hint });
  }
  return { findings, speed };
}
