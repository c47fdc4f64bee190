import { connectOptions } from '../../orchestrator/connect-options.ts';
import { usesEmbeddedEngine } from '../../llm/uses-embedded-engine.ts';
import { remoteOf } from '../../config/remote-consent.ts';
import { type ServerAddress, serversOf } from '../../config/server-addresses.ts';
import { findModelServer } from '../../llm/server/find-model-server.ts';
import type { ModelServer } from '../../llm/server/model-server.ts';
import { withoutCredentials } from '../../llm/server/require-local-address.ts';
import { systemClock } from '../../utils/clock.ts';
import { isLoopbackAddress } from '../../utils/loopback.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { advisedModel } from '../advised-model.ts';
import { loadingNotice } from '../loading-notice.ts';
import type { RunOptions } from '../run-options.ts';
import type { Ask } from './ask.ts';
import { nearPath } from './near-path.ts';
import type { WizardMemory } from './wizard-memory.ts';
import { loadRunSettings } from '../load-run-settings.ts';
import { shortModelName } from '../../utils/short-model-name.ts';

/** `ready`: options with which a run finds the model. */
export type ServerChoice = { kind: 'ready'; options: RunOptions } | { kind: 'demo' } | { kind: 'leave' };

export interface ChooseServerOptions {
  ask: Ask;
  options: RunOptions;
  memory: WizardMemory;
  directory: string;
  signal: AbortSignal;
}

/** Looks for a model server and tells what it found; where there is none, offers what can be done about it until there is one or the person leaves. */
export async function chooseServer({ ask, options: given, memory, directory, signal }: ChooseServerOptions): Promise<ServerChoice> {
  const { settings } = loadRunSettings(given, directory);
  const embedded = usesEmbeddedEngine(connectOptions(settings));
  if (embedded) {
    ask.say(
      `Model: the embedded engine with ${settings.model_file === undefined ? 'the tiny demo model' : nearPath(settings.model_file, directory)}.`,
    );
    return { kind: 'ready', options: given };
  }

  let options = given;
  // What was used last time goes before the usual addresses, but only on this machine and only if it still answers.
  const isLocal = serversOf(memory.address).every(({ address }) => isLoopbackAddress(address));
  if (settings.llm_base_url === undefined && memory.address !== undefined && isLocal) {
    const remembered = { ...given, baseUrl: memory.address };
    const server = await lookUp({ ask, options: remembered, directory, signal }).catch(quiet);
    if (server !== undefined) return ready(server, remembered);
  }
  for (;;) {
    try {
      return ready(await lookUp({ ask, options, directory, signal }), options);
    } catch (error) {
      if (error instanceof MultiagentError && error.code === 'server.remote_refused') {
        const servers = serversOf(loadRunSettings(options, directory).settings.llm_base_url);
        if ((await askConsent(ask, servers)) === 'yes') {
          options = { ...options, allowRemote: true };
          continue;
        }
        options = { ...options, baseUrl: undefined };
      } else if (error instanceof MultiagentError && error.code === 'server.not_found') {
        // Its hint is the question that follows.
        ask.say(`! ${error.message}`);
      } else ask.tell(error);
    }
    const next = await ask.one({ message: 'How do you want to go on?', choices: waysOn });
    if (next === 'demo' || next === 'leave') return { kind: next };
    if (next === 'start') ask.show(howToStart());
    if (next === 'start') await ask.line({ message: 'Press Enter when it has loaded its model' });
    if (next === 'address') {
      const typed = await ask.line({ message: 'Address', preset: memory.address ?? 'http://127.0.0.1:8080/v1' });
      options = { ...options, baseUrl: typed.trim(), engine: 'server', allowRemote: given.allowRemote };
    }
  }

  async function ready(server: ModelServer, options: RunOptions): Promise<ServerChoice> {
    const { settings } = loadRunSettings(options, directory);
    const others = serversOf(settings.llm_base_url).length - 1;
    const shown = `${withoutCredentials(server.address)}${others > 0 ? ` (the first of ${others + 1} that answers)` : ''}`;
    const context = server.contextTokens === undefined ? '' : `, ${server.contextTokens} tokens of context`;
    let model = options.model ?? settings.llm_model;
    if (model === undefined && server.models.length > 1) {
      ask.say(`Model server ${shown}${context}.`);
      const preset = memory.model !== undefined && server.models.includes(memory.model) ? memory.model : undefined;
      model = await ask.one({ message: 'Model', choices: server.models.map((name) => ({ name, value: name })), preset });
      return { kind: 'ready', options: { ...options, model } };
    }
    ask.say(`Model ${shortModelName(model ?? server.models[0] ?? 'without a name')} at ${shown}${context}.`);
    return { kind: 'ready', options };
  }
}

const waysOn = [
  { name: 'Start a model server now', value: 'start', description: 'Shows the command, and looks again when you press Enter.' },
  { name: 'Use another address', value: 'address', description: 'Of a server that runs already.' },
  { name: 'Try the demo', value: 'demo', description: 'A tiny model in the embedded engine and a bundled sample.' },
  { name: 'Leave', value: 'leave', description: 'Nothing is begun.' },
] as const;

interface LookUpOptions {
  ask: Ask;
  options: RunOptions;
  directory: string;
  signal: AbortSignal;
}

async function lookUp({ ask, options, directory, signal }: LookUpOptions): Promise<ModelServer> {
  const { settings } = loadRunSettings(options, directory);
  const [only, ...others] = serversOf(settings.llm_base_url).map(({ address }) => address);
  return findModelServer({
    ...(only !== undefined && others.length > 0 ? { usualAddresses: [only, ...others] } : { address: only }),
    apiKey: settings.llm_api_key,
    remote: remoteOf(settings),
    clock: systemClock,
    signal,
    onLoading: loadingNotice((sentence) => ask.say(sentence)),
  });
}

/** That the address of last time does not answer is no news. */
function quiet(error: unknown): undefined {
  if (!(error instanceof MultiagentError)) throw error;
}

function askConsent(ask: Ask, servers: readonly ServerAddress[]): Promise<'yes' | 'no'> {
  const remote = servers.filter(({ address }) => !isLoopbackAddress(address)).map(({ address }) => withoutCredentials(address));
  ask.say(
    `${remote.join(' and ')} ${remote.length === 1 ? 'is' : 'are'} not on this machine. Your requirement, the project files that you add and everything the team writes would be sent there.`,
  );
  return ask.consent({ message: 'Send them there?', preset: 'no' });
}

function howToStart(): string {
  const direct = `  llama-server --jinja -c 16384 -np 1 \\\n    -hf ${advisedModel}`;
  return `In another terminal (the first shows what fits this machine):\n\n  npx multiagent model list\n  npx multiagent model start\n\nor by hand:\n\n${direct}\n`;
}
