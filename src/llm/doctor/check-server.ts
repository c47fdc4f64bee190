import type { ModelServer } from '../model-server.ts';
import type { Finding } from './finding.ts';

/** Six steps with files in their replies do not fit into less. */
const smallContext = 8192;
const unknownMend = 'Set llm_context_tokens to its context, or no reply is planned and no prompt is known to fit.';
const contextMend = 'Start it with a larger context: -c 16384, or as much as the memory of this machine holds.';

/** What the server says of itself, judged. */
export function checkServer(server: ModelServer, model: string): Finding[] {
  return [findingOfServer(server), findingOfModel(server, model), findingOfContext(server), ...findingsOfSlots(server)];
}

function findingOfServer({ address, engine, dialect, release }: ModelServer): Finding {
  const check = 'server';
  if (engine === 'embedded') return { check, state: 'ok', message: 'the embedded engine runs' };
  if (dialect === 'llama-server') return { check, state: 'ok', message: `llama-server${release ? ` ${release}` : ''} at ${address}` };
  return {
    check,
    state: 'warning',
    message: `the server at ${address} tells less of itself than a llama-server (GET /props)`,
    mend: 'A llama-server tells its context, counts tokens and goes on with a reply where it was cut.',
  };
}

function findingOfModel({ models }: ModelServer, model: string): Finding {
  if (models.length === 0 || models.includes(model)) return { check: 'model', state: 'ok', message: model };
  return {
    check: 'model',
    state: 'warning',
    message: `"${model}" is none of the models that the server names: ${models.join(', ')}`,
    mend: 'Name one of them with --model or llm_model, or leave it out.',
  };
}

function findingOfContext({ contextTokens }: ModelServer): Finding {
  const check = 'context';
  if (contextTokens === undefined)
    return { check, state: 'warning', message: 'the server does not tell how many tokens it holds', mend: unknownMend };
  const message = `${contextTokens} tokens for prompt and reply together`;
  if (contextTokens >= smallContext) return { check, state: 'ok', message };
  return { check, state: 'warning', message: `${message}: earlier replies will be cut to fit`, mend: contextMend };
}

function findingsOfSlots({ slots, engine, dialect }: ModelServer): Finding[] {
  if (dialect !== 'llama-server' || slots === undefined) return [];
  const message = slots === 1 ? 'one request at a time' : `${slots} requests at a time`;
  if (slots === 1 || engine === 'embedded') return [{ check: 'slots', state: 'ok', message }];
  const mend = 'If you did not choose this, start it with -np 1: one slot reads each token once.';
  return [{ check: 'slots', state: 'ok', message: `${message}; they may share the context`, mend }];
}
