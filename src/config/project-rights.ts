import { dirname } from 'node:path';
import { isLoopbackAddress } from '../utils/loopback.ts';
import { isTrulyInside } from './folders.ts';
import { namesAddress } from './remote-consent.ts';
import type { NamedModel } from './named-model.ts';
import { redactServers } from './redact-settings.ts';
import { serversOf } from './server-addresses.ts';
import type { Settings, SettingsInput } from './settings-schema.ts';
import { showName, showValue } from './show-value.ts';
import { configPathVariable } from './usual-places.ts';

/** What the rights of a project's files depend on: the settings decided so far, and where the project is. */
export interface ProjectBounds {
  /** Absolute paths of the current folder and of the folder of a settings file that a person named. */
  folders: readonly string[];
  decided: Pick<Settings, 'allow_remote' | 'llm_base_url'> & { workspace: string };
}

/** Why a file of the project may not decide something. */
export interface Refusal {
  /** Continues a sentence that begins with the setting's name. */
  why: string;
  /** What a person can type to get it. */
  instead: string;
}

/** `free`, or a function that returns undefined if the project may give the value. Paths are absolute by then. */
type Right = 'free' | ((value: never, bounds: ProjectBounds) => Refusal | undefined);

const noMatter = 'and a file of the project must not decide that';

/** A path must be in one of these folders when links are followed. */
function inside(foldersOf: (bounds: ProjectBounds) => readonly string[], instead: (path: string) => string): Right {
  return (path: string, bounds) => {
    if (foldersOf(bounds).some((folder) => isTrulyInside(folder, path))) return undefined;
    return { why: `leads out of the project, to ${showName(path)}, ${noMatter}`, instead: instead(showName(path)) };
  };
}

const inProject = ({ folders, decided }: ProjectBounds) => [...folders, decided.workspace];

/** Only host, port and path: anything else in an address could reach other things than model servers. */
function isPlainLoopback(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && isLoopbackAddress(address) && url.search === '' && url.hash === '' && url.username === '' && url.password === '';
}

function servers(value: Settings['llm_base_url'], { decided }: ProjectBounds): Refusal | undefined {
  const beyond = serversOf(value)
    .map(({ address }) => address)
    .filter((address) => !isPlainLoopback(address) && !namesAddress(decided.allow_remote, address));
  if (beyond.length === 0) return undefined;
  const shown = beyond.map((address) => showValue(redactServers(address)).slice(1, -1)).join(' and ');
  const is = beyond.length === 1 ? 'is not a plain address' : 'are not plain addresses';
  const typed = serversOf(value).map(({ address }) => redactServers(address));
  return {
    why: `names ${shown}, which ${is} on this machine, ${noMatter}`,
    instead: `If you want your work to be sent there, name it yourself: --base-url ${typed.join(',')} --allow-remote, or OPENAI_API_BASE and MULTIAGENT_ALLOW_REMOTE in your shell.`,
  };
}

function key(_: string, { decided }: ProjectBounds): Refusal | undefined {
  const remote = serversOf(decided.llm_base_url).find(({ address }) => !isLoopbackAddress(address));
  if (remote === undefined) return undefined;
  return {
    why: `would be sent to ${redactServers(remote.address)}, so that your work would be stored under somebody else's account, ${noMatter}`,
    instead: 'Set OPENAI_API_KEY in your shell to the key that you want to use there, or remove this key.',
  };
}

/** As for the default model's server, except that a key is only ever sent to the address beside it. */
function namedModel({ base_url: address, api_key: ownKey }: NamedModel, { decided, ...bounds }: ProjectBounds): Refusal | undefined {
  if (address === undefined) return undefined;
  const refusal =
    servers(address, { ...bounds, decided }) ??
    (ownKey === undefined ? undefined : key(ownKey, { ...bounds, decided: { ...decided, llm_base_url: address } }));
  return (
    refusal && {
      ...refusal,
      instead: 'If you want your work to be sent there, put this model into your own settings (~/.config/multiagent/config.yaml).',
    }
  );
}

function providers(): Refusal {
  return {
    why: 'is given, but a file of the project must not decide where your work is sent or with which key',
    instead: 'Put it into your own settings (~/.config/multiagent/config.yaml).',
  };
}

function toolAgents(value: Settings['tool_agents']): Refusal | undefined {
  return value === undefined ? undefined : providers();
}

function sessionTools(value: Settings['session_tools']): Refusal | undefined {
  if (value.length === 0) return undefined;
  return {
    why: 'is given, but a file of the project must not decide what your work is sent to',
    instead: 'Name them on the command line (--tools), or in your own settings (~/.config/multiagent/config.yaml).',
  };
}

function mcp({ servers = {} }: SettingsInput['mcp'] & object): Refusal {
  const [first = 'none'] = Object.keys(servers);
  return {
    why: `names a server (${showName(first)}), but a file of the project must not decide which programs are started and what your work is sent to`,
    instead: 'Put it into your own settings (~/.config/multiagent/config.yaml) if you want it.',
  };
}

function provider(value: Settings['llm_provider']): Refusal | undefined {
  if (value === undefined) return undefined;
  return {
    why: `is ${showValue(value)}, but a file of the project must not decide where your work is sent`,
    instead: `Remove it there. Set LLM_PROVIDER=${value} in your shell (with LLM_URL, LLM_KEY and LLM_MODEL, if you use these), or put it into your own settings (~/.config/multiagent/config.yaml).`,
  };
}

function fallback(value: Settings['fallback'] | undefined): Refusal | undefined {
  if (value === undefined || value.length === 0) return undefined;
  return {
    why: 'is given, but a file of the project must not decide where your work is sent when a model is not available',
    instead: 'Put it into your own settings (~/.config/multiagent/config.yaml).',
  };
}

function consent(value: Settings['allow_remote']): Refusal | undefined {
  if (value === false) return undefined;
  return {
    why: `is ${value === true ? 'true' : 'given'}, but a file of the project must not decide this: it could send your work to any machine`,
    instead: `Remove it there. Set MULTIAGENT_ALLOW_REMOTE=true in your shell, pass --allow-remote <host>, or put it into your own settings (a file outside the project that ${configPathVariable} names).`,
  };
}

function sandbox(value: Settings['sandbox']): Refusal | undefined {
  if (value !== 'off') return undefined;
  return {
    why: 'is off, but a file of the project must not decide this: programs of the project would run as you',
    instead: `Remove it there. Pass --sandbox off, set MULTIAGENT_SANDBOX=off in your shell, or put it into your own settings (a file outside the project that ${configPathVariable} names).`,
  };
}

function verifyCommand(value: Settings['verify_command']): Refusal | undefined {
  if (value === undefined) return undefined;
  return {
    why: 'is given, but a file of the project must not decide which command is run on this machine',
    instead: `Remove it there, and say it yourself if you want it: --verify-command ${showValue(value)}, or MULTIAGENT_VERIFY_COMMAND in your shell, or settings of your own (a file outside the project that ${configPathVariable} names). A step of a workflow can name one with verify.`,
  };
}

function allowInstall(value: Settings['allow_install']): Refusal | undefined {
  if (!value) return undefined;
  return {
    why: 'is true, but a file of the project must not decide this: packages would be fetched from the network onto this machine',
    instead: `Remove it there. Pass --allow-install, set MULTIAGENT_ALLOW_INSTALL=true in your shell, or put it into your own settings (a file outside the project that ${configPathVariable} names).`,
  };
}

/**
 * What the files of a project may decide: texts, the names of models, sampling, numbers, and places inside the project. They may not decide where anything is
 * sent, with which key, or what is read or written outside the project. A new setting gets its row here.
 */
const rights: Readonly<Record<keyof Settings, Right>> = {
  workspace: inside(
    ({ folders }) => folders,
    (path) => `If you want it, pass --workspace ${path}.`,
  ),
  output_directory: inside(
    ({ decided }) => [decided.workspace],
    (path) => `If you want it, pass --output ${path}, or put output_directory into your own settings.`,
  ),
  log_file: inside(
    inProject,
    (path) => `If you want it, set LOG_FILE=${path} in your shell. Otherwise name a log_file inside the project.`,
  ),
  model_file: inside(inProject, (path) => `If you want it, pass --model-file ${path}.`),
  llm_base_url: servers,
  llm_api_key: key,
  allow_remote: consent,
  // What a person has asked for stays, see `decideSettings`.
  private: 'free',
  // The lower one counts, see `decideSettings`.
  budget: 'free',
  sandbox,
  verify: 'free',
  verify_command: verifyCommand,
  verify_timeout: 'free',
  allow_install: allowInstall,
  install_timeout: 'free',
  repair_model: 'free',
  log_level: 'free',
  llm_model: 'free',
  routing: 'free',
  llm_temperature: 'free',
  llm_max_tokens: 'free',
  llm_context_tokens: 'free',
  llm_timeout: 'free',
  llm_max_retries: 'free',
  llm_circuit_breaker_threshold: 'free',
  llm_circuit_breaker_timeout: 'free',
  max_concurrent_agents: 'free',
  task_retry_attempts: 'free',
  task_timeout: 'free',
  task_attempts: 'free',
  file_check: 'free',
  enable_message_bus: 'free',
  enable_task_persistence: 'free',
  report: 'free',
  bell: 'free',
  project: 'free',
  project_tokens: 'free',
  prompt_layout: 'free',
  engine: 'free',
  model_profiles: 'free',
  task_sampling: 'free',
  models: namedModel,
  llm_provider: provider,
  providers,
  fallback,
  mcp,
  tool_agents: toolAgents,
  session_tools: sessionTools,
  default_model: 'free',
  task_models: 'free',
  agents: 'free',
};

/** Why a file of the project may not give this value; undefined if it may. @param key Dotted. */
export function refuseToProject(key: string, value: unknown, bounds: ProjectBounds): Refusal | undefined {
  const right = rights[key.split('.')[0] as keyof Settings];
  return right === 'free' ? undefined : right(value as never, bounds);
}

/** The folders that count as the project's: the current one, and that of a settings file that a person named. */
export function projectFolders(directory: string, namedFile: string | undefined): string[] {
  return namedFile === undefined ? [directory] : [directory, dirname(namedFile)];
}
