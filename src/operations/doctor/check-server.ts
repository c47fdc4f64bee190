import type { ModelServer } from '../../llm/server/model-server.ts';
import type { Finding } from './finding.ts';
import type { ServerFacts, ServerIdentity } from './read-server-facts.ts';

/** Fewer tokens do not hold six steps with files in their replies. */
const smallContext = 8192;
const unknownHint = 'Set llm_context_tokens to its context. Without it replies cannot be planned, and nobody knows whether a prompt fits.';
const wantedContext = 16_384;

export interface CheckServerOptions {
  server: ModelServer;
  model: string;
  facts?: ServerFacts | undefined;
  /** Only for a server that speaks nothing but the shared protocol. */
  identity?: ServerIdentity | undefined;
}

/** Judges what the server says about itself. */
export function checkServer({ server, model, facts = {}, identity }: CheckServerOptions): Finding[] {
  return [
    findingOfServer(server, identity),
    findingOfModel(server, model),
    findingOfContext(server, identity),
    ...findingsOfTraining(server, facts),
    ...findingsOfSlots(server, facts),
  ];
}

function findingOfServer({ address, engine, dialect, hosted, release }: ModelServer, identity: ServerIdentity | undefined): Finding {
  const check = 'server';
  if (engine === 'embedded') return { check, state: 'ok', message: 'the embedded engine runs' };
  if (hosted !== undefined) return { check, state: 'ok', message: `${hosted} at ${address}` };
  if (dialect === 'llama-server') return { check, state: 'ok', message: `llama-server${release ? ` ${release}` : ''} at ${address}` };
  if (identity !== undefined) {
    const name = `${identity.name}${identity.release === undefined ? '' : ` ${identity.release}`}`;
    const hint =
      'It works, with limits: prompts are not counted exactly, and no progress is shown while it reads. A llama-server can do both: "multiagent model start".';
    return { check, state: 'warning', message: `${name} at ${address}`, hint };
  }
  return {
    check,
    state: 'warning',
    message: `the server at ${address} reports less about itself than a llama-server (GET /props)`,
    hint: 'A llama-server reports its context, counts tokens and continues a reply where it was cut.',
  };
}

function findingOfModel({ models }: ModelServer, model: string): Finding {
  if (models.length === 0 || models.includes(model)) return { check: 'model', state: 'ok', message: model };
  return {
    check: 'model',
    state: 'warning',
    message: `"${model}" is not among the models that the server lists: ${models.join(', ')}`,
    hint: 'Name one of them with --model or llm_model, or set neither.',
  };
}

function findingOfContext(server: ModelServer, identity: ServerIdentity | undefined): Finding {
  const check = 'context';
  const { contextTokens, slots = 1 } = server;
  const hint = contextHint(server, identity);
  if (contextTokens === undefined && server.hosted !== undefined) {
    const message = 'the provider does not say how many tokens its model takes';
    return {
      check,
      state: 'warning',
      message,
      hint: 'Set context_tokens of the provider. Without it replies cannot be planned, and nobody knows whether a prompt fits.',
    };
  }
  if (contextTokens === undefined) {
    const danger = identity?.name === 'Ollama' ? '; Ollama silently cuts the beginning of a prompt that is too long' : '';
    const whole = identity === undefined ? unknownHint : `${hint} Or: ${unknownHint}`;
    return { check, state: 'warning', message: `the server does not say how many tokens its context holds${danger}`, hint: whole };
  }
  const message = `${contextTokens} tokens for prompt and reply together${slots > 1 ? ` in each of ${slots} slots` : ''}`;
  if (contextTokens >= smallContext) return { check, state: 'ok', message };
  return { check, state: 'warning', message: `${message}: earlier replies will be cut to fit`, hint };
}

function contextHint({ contextTokens, slots = 1 }: ModelServer, identity: ServerIdentity | undefined): string {
  if (identity?.name === 'Ollama') return `Start it with OLLAMA_CONTEXT_LENGTH=${wantedContext}, or set num_ctx in a Modelfile.`;
  if (identity?.name === 'LM Studio')
    return `Load the model with a context length of ${wantedContext} (in its load settings, or "lms load --context-length ${wantedContext}").`;
  if (slots > 1 && contextTokens !== undefined && contextTokens * slots >= smallContext)
    return `-np ${slots} divides -c among the slots: start it with -np 1, or with -c ${slots * wantedContext}.`;
  return `Start it with a larger context: -c ${wantedContext * slots}, or as much as fits into this machine's memory.`;
}

function findingsOfTraining({ contextTokens, engine }: ModelServer, { trainedContext }: ServerFacts): Finding[] {
  if (engine === 'embedded' || contextTokens === undefined || trainedContext === undefined || contextTokens <= trainedContext) return [];
  const message = `${contextTokens} tokens are more than the ${trainedContext} that the model was trained for: long conversations turn into nonsense`;
  const hint = `Start it with -c ${trainedContext}, or with a model that was trained for more.`;
  return [{ check: 'training', state: 'warning', message, hint }];
}

function findingsOfSlots({ slots, engine, dialect, contextTokens }: ModelServer, { trainedContext = Infinity }: ServerFacts): Finding[] {
  if (dialect !== 'llama-server' || slots === undefined) return [];
  const message = slots === 1 ? 'one request at a time' : `${slots} requests at a time`;
  if (slots === 1 || engine === 'embedded') return [{ check: 'slots', state: 'ok', message }];
  const hint = 'If you did not choose this, start it with -np 1: one slot reads each token once.';
  // Two tasks at once need the smallest context each, and the slots may share one pool.
  if (contextTokens !== undefined && contextTokens < 2 * smallContext) {
    const more = trainedContext < 2 * smallContext ? '' : ` For two tasks at once start it with -np 2 -c ${4 * smallContext}.`;
    return [
      {
        check: 'slots',
        state: 'ok',
        message: `${message}; ${contextTokens} tokens are too few for two tasks: runs do one task at a time`,
        hint: `${hint}${more}`,
      },
    ];
  }
  return [{ check: 'slots', state: 'ok', message: `${message}; they may share the context`, hint }];
}
