import type { ModelServer } from '../../llm/server/model-server.ts';
import type { Finding } from './finding.ts';
import type { ServerFacts, ServerIdentity } from './read-server-facts.ts';

/** Six steps with files in their replies do not fit into less. */
const smallContext = 8192;
const unknownHint = 'Set llm_context_tokens to its context, or no reply is planned and no prompt is known to fit.';
const wantedContext = 16_384;

export interface CheckServerOptions {
  server: ModelServer;
  model: string;
  facts?: ServerFacts | undefined;
  /** Of a server that speaks the shared protocol only. */
  identity?: ServerIdentity | undefined;
}

/** What the server says of itself, judged. */
export function checkServer({ server, model, facts = {}, identity }: CheckServerOptions): Finding[] {
  return [
    findingOfServer(server, identity),
    findingOfModel(server, model),
    findingOfContext(server, identity),
    ...findingsOfTraining(server, facts),
    ...findingsOfSlots(server, facts),
  ];
}

function findingOfServer({ address, engine, dialect, release }: ModelServer, identity: ServerIdentity | undefined): Finding {
  const check = 'server';
  if (engine === 'embedded') return { check, state: 'ok', message: 'the embedded engine runs' };
  if (dialect === 'llama-server') return { check, state: 'ok', message: `llama-server${release ? ` ${release}` : ''} at ${address}` };
  if (identity !== undefined) {
    const name = `${identity.name}${identity.release === undefined ? '' : ` ${identity.release}`}`;
    const hint =
      'It works, with less: prompts are not counted exactly, and reading shows no progress. A llama-server does more: "multiagent model start".';
    return { check, state: 'warning', message: `${name} at ${address}`, hint };
  }
  return {
    check,
    state: 'warning',
    message: `the server at ${address} tells less of itself than a llama-server (GET /props)`,
    hint: 'A llama-server tells its context, counts tokens and goes on with a reply where it was cut.',
  };
}

function findingOfModel({ models }: ModelServer, model: string): Finding {
  if (models.length === 0 || models.includes(model)) return { check: 'model', state: 'ok', message: model };
  return {
    check: 'model',
    state: 'warning',
    message: `"${model}" is none of the models that the server names: ${models.join(', ')}`,
    hint: 'Name one of them with --model or llm_model, or leave it out.',
  };
}

function findingOfContext(server: ModelServer, identity: ServerIdentity | undefined): Finding {
  const check = 'context';
  const { contextTokens, slots = 1 } = server;
  const hint = contextMend(server, identity);
  if (contextTokens === undefined) {
    const danger = identity?.name === 'Ollama' ? '; Ollama cuts the beginning of a prompt that is too long, and says nothing' : '';
    const whole = identity === undefined ? unknownHint : `${hint} Or: ${unknownHint}`;
    return { check, state: 'warning', message: `the server does not tell how many tokens it holds${danger}`, hint: whole };
  }
  const message = `${contextTokens} tokens for prompt and reply together${slots > 1 ? ` in each of ${slots} slots` : ''}`;
  if (contextTokens >= smallContext) return { check, state: 'ok', message };
  return { check, state: 'warning', message: `${message}: earlier replies will be cut to fit`, hint };
}

function contextMend({ contextTokens, slots = 1 }: ModelServer, identity: ServerIdentity | undefined): string {
  if (identity?.name === 'Ollama') return `Start it with OLLAMA_CONTEXT_LENGTH=${wantedContext}, or set num_ctx in a Modelfile.`;
  if (identity?.name === 'LM Studio')
    return `Load the model with a context length of ${wantedContext} (in its load settings, or "lms load --context-length ${wantedContext}").`;
  if (slots > 1 && contextTokens !== undefined && contextTokens * slots >= smallContext)
    return `-np ${slots} divides -c among the slots: start it with -np 1, or with -c ${slots * wantedContext}.`;
  return `Start it with a larger context: -c ${wantedContext * slots}, or as much as the memory of this machine holds.`;
}

function findingsOfTraining({ contextTokens, engine }: ModelServer, { trainedContext }: ServerFacts): Finding[] {
  if (engine === 'embedded' || contextTokens === undefined || trainedContext === undefined || contextTokens <= trainedContext) return [];
  const message = `${contextTokens} tokens are more than the ${trainedContext} that the model was made for: long conversations turn into nonsense`;
  const hint = `Start it with -c ${trainedContext}, or with a model that was made for more.`;
  return [{ check: 'training', state: 'warning', message, hint }];
}

function findingsOfSlots({ slots, engine, dialect, contextTokens }: ModelServer, { trainedContext = Infinity }: ServerFacts): Finding[] {
  if (dialect !== 'llama-server' || slots === undefined) return [];
  const message = slots === 1 ? 'one request at a time' : `${slots} requests at a time`;
  if (slots === 1 || engine === 'embedded') return [{ check: 'slots', state: 'ok', message }];
  const hint = 'If you did not choose this, start it with -np 1: one slot reads each token once.';
  // For two tasks at once each needs the smallest context, and what the slots hold may be one pool.
  if (contextTokens !== undefined && contextTokens < 2 * smallContext) {
    const more = trainedContext < 2 * smallContext ? '' : ` For two tasks at once start it with -np 2 -c ${4 * smallContext}.`;
    return [
      {
        check: 'slots',
        state: 'ok',
        message: `${message}; ${contextTokens} tokens are too few for tasks to share: runs do one at a time`,
        hint: `${hint}${more}`,
      },
    ];
  }
  return [{ check: 'slots', state: 'ok', message: `${message}; they may share the context`, hint }];
}
