import { choosesModels } from '../../config/named-models.ts';
import { connectOptions } from '../../orchestrator/connect-options.ts';
import { usesEmbeddedEngine } from '../../local-engine/connect-options.ts';
import { type ServerAddress, serversOf } from '../../config/server-addresses.ts';
import type { ModelServer } from '../../llm/server/model-server.ts';
import { withoutCredentials } from '../../llm/server/require-local-address.ts';
import { hostToAllow } from '../../utils/allowed-host.ts';
import { isLoopbackAddress } from '../../utils/loopback.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { shortModelName } from '../../llm/server/model-key.ts';
import { loadRunSettings } from '../load-run-settings.ts';
import type { RunOptions } from '../run-options.ts';
import type { Ask } from './ask.ts';
import { lookUpServer } from './look-up-server.ts';
import { nearPath } from '../asking/complete-path.ts';
import { shownServers } from './run-command-line.ts';
import { startServer } from './start-server.ts';
import { WizardBack } from './walk-steps.ts';
import type { WizardMemory } from './wizard-memory.ts';

/** The model that people without a model server are advised to start with. The start script and the documentation name the same one. */
export const advisedModel = 'unsloth/Devstral-Small-2-24B-Instruct-2512-GGUF:UD-Q4_K_XL';

/** `ready`: options with which a run finds the model. */
export type ServerChoice = { kind: 'ready'; options: RunOptions } | { kind: 'demo' } | { kind: 'leave' };

export interface ChooseServerOptions {
  ask: Ask;
  options: RunOptions;
  memory: WizardMemory;
  directory: string;
  signal: AbortSignal;
  /** `back`: the person came back to choose another server, so they are asked before anything is looked for. */
  way: 'on' | 'back';
  /** Whether a person is asked for what the command line leaves open, or wants the defaults. Nothing is sent elsewhere by default. */
  rest: 'asked' | 'by_default';
}

/** Whether the command line or the settings say that no server is wanted. Nothing is asked then. */
export function wantsNoServer(options: RunOptions, directory: string): boolean {
  return usesEmbeddedEngine(connectOptions(loadRunSettings(options, directory).settings));
}

/** Looks for a model server and says what it found. If there is none, it offers ways to get one until there is one or the person leaves. */
export async function chooseServer({
  ask,
  options: given,
  memory,
  directory,
  signal,
  way,
  rest,
}: ChooseServerOptions): Promise<ServerChoice> {
  const { settings } = loadRunSettings(given, directory);
  if (wantsNoServer(given, directory)) {
    const model = settings.model_file === undefined ? 'the tiny demo model' : nearPath(settings.model_file, directory);
    ask.say(`Model: the embedded engine with ${model}.`);
    return { kind: 'ready', options: given };
  }

  let options = given;
  const look = (at: RunOptions) => lookUpServer({ ask, options: at, directory, signal });
  // The address of last time is tried before the usual ones, but only if it is on this machine and still answers.
  const isLocal = serversOf(memory.address).every(({ address }) => isLoopbackAddress(address));
  if (way === 'on' && settings.llm_base_url === undefined && memory.address !== undefined && isLocal) {
    const remembered = { ...given, baseUrl: memory.address };
    const server = await look(remembered).catch(quiet);
    if (server !== undefined) options = remembered;
  }
  for (let next: WayOn | undefined = way === 'on' ? 'again' : undefined; ; next = undefined) {
    next ??= await ask.one({ message: 'How do you want to continue?', choices: waysOn });
    if (next === 'demo' || next === 'leave') return { kind: next };
    try {
      if (next === 'address') {
        const preset = (options.baseUrl && shownServers(options.baseUrl)) ?? memory.address ?? 'http://127.0.0.1:8080/v1';
        const typed = await ask.line({ message: 'Address', preset, check: (text) => checkAddress(text, given, directory) });
        options = { ...options, baseUrl: typed.trim(), engine: 'server', allowRemote: given.allowRemote };
      }
      if (next === 'start') {
        const address = await startServer({ ask, directory, signal }).catch(tellHowElse);
        if (address === undefined) continue;
        options = { ...options, baseUrl: address, engine: 'server' };
      }
      return await ready(await look(options), options);
    } catch (error) {
      if (error instanceof WizardBack) continue;
      if (error instanceof MultiagentError && error.code === 'server.remote_refused') {
        const remote = serversOf(loadRunSettings(options, directory).settings.llm_base_url).filter(
          ({ address }) => !isLoopbackAddress(address),
        );
        const consent = await askConsent(ask, remote);
        if (consent === 'yes') {
          options = {
            ...options,
            allowRemote: [...(options.allowRemote ?? []), ...remote.flatMap(({ address }) => hostToAllow(address) ?? [])],
          };
          const choice = await look(options).then((server) => ready(server, options), tell);
          if (choice !== undefined) return choice;
        }
      } else tell(error);
    }
  }

  function tell(error: unknown): undefined {
    // Instead of this error's hint, the next question follows.
    if (error instanceof MultiagentError && error.code === 'server.not_found') ask.say(`! ${error.message}`);
    else ask.tell(error);
  }

  function tellHowElse(error: unknown): undefined {
    tell(error);
    ask.show(howToStart());
  }

  async function ready(server: ModelServer, options: RunOptions): Promise<ServerChoice> {
    const { settings } = loadRunSettings(options, directory);
    const others = serversOf(settings.llm_base_url).length - 1;
    const shown = `${withoutCredentials(server.address)}${others > 0 ? ` (the first of ${others + 1} that answers)` : ''}`;
    const context = server.contextTokens === undefined ? '' : `, ${server.contextTokens} tokens of context`;
    let model = options.model ?? settings.llm_model;
    if (choosesModels({ ...settings, llm_model: model })) {
      ask.say(`Model server ${shown}${context}. Each run chooses its models.`);
      return { kind: 'ready', options };
    }
    if (model === undefined && server.models.length > 1) {
      ask.say(`Model server ${shown}${context}.`);
      const preset = memory.model !== undefined && server.models.includes(memory.model) ? memory.model : undefined;
      if (rest === 'asked')
        model = await ask.one({ message: 'Model', choices: server.models.map((name) => ({ name, value: name })), preset });
      else ask.answered('Model', (model = preset ?? server.models[0] ?? ''));
      return { kind: 'ready', options: { ...options, model } };
    }
    ask.say(`Model ${shortModelName(model ?? server.models[0] ?? 'without a name')} at ${shown}${context}.`);
    return { kind: 'ready', options };
  }
}

const waysOn = [
  {
    name: 'Start a model server now',
    value: 'start',
    description: 'Asks which model, downloads what is missing, and waits until it is loaded.',
  },
  { name: 'Use another address', value: 'address', description: 'The address of a server that is already running.' },
  { name: 'Try the demo', value: 'demo', description: 'A tiny model in the embedded engine and a bundled sample.' },
  { name: 'Look again', value: 'again', description: 'For a server that you have started in the meantime.' },
  { name: 'Leave', value: 'leave', description: 'Nothing is started.' },
] as const;

type WayOn = (typeof waysOn)[number]['value'];

/** What is wrong with an address that was typed; undefined if nothing is. */
function checkAddress(text: string, options: RunOptions, directory: string): string | undefined {
  try {
    loadRunSettings({ ...options, baseUrl: text.trim(), engine: 'server' }, directory);
    return undefined;
  } catch {
    return 'That is not an address. Type one such as localhost:8080 or http://127.0.0.1:8080/v1.';
  }
}

/** An address of last time that does not answer is not reported. */
function quiet(error: unknown): undefined {
  if (!(error instanceof MultiagentError)) throw error;
}

async function askConsent(ask: Ask, servers: readonly ServerAddress[]): Promise<'yes' | 'no'> {
  const remote = servers.map(({ address }) => withoutCredentials(address));
  ask.say(
    `${remote.join(' and ')} ${remote.length === 1 ? 'is' : 'are'} not on this machine. Your requirement, the project files that you add and everything the team writes would be sent there.`,
  );
  return ask.consent({ message: 'Send them there?', preset: 'no' }).catch((error: unknown) => {
    if (error instanceof WizardBack) return 'no';
    throw error;
  });
}

function howToStart(): string {
  const direct = `  llama-server --jinja -c 16384 -np 1 \\\n    -hf ${advisedModel}`;
  return `By hand, in another terminal (the first command shows what fits this machine):\n\n  multiagent model list\n  multiagent model start\n\nor:\n\n${direct}\n`;
}
