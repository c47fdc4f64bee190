type Variables = Readonly<Record<string, string | undefined>>;

/** The names of providers that can be chosen without an entry of their own: their address, model and key are then in variables. `local` is the server of the `llm_…` settings. */
export const namesWithoutEntry: readonly string[] = ['local', 'openai', 'azure', 'anthropic', 'botserver'];

/** What variables with older names give, as a settings file would say it. */
export interface OlderNames {
  settings: Record<string, unknown>;
  /** The variable of a value, by its setting or by its name in an entry. */
  variables: Readonly<Record<string, string>>;
}

const ofEntry = { base_url: 'LLM_URL', model: 'LLM_MODEL', api_version: 'LLM_VERSION' } as const;
/** These are numbers; what is none is told where the entry is checked. */
const limits = { tokens_per_minute: 'LLM_TPM', min_interval: 'LLM_MIN_INTERVAL' } as const;
const ofServer = { llm_base_url: 'LLM_URL', llm_model: 'LLM_MODEL', llm_api_key: 'LLM_KEY' } as const;

/**
 * The settings that an earlier system read from the environment. Most of these names are general, so that they count only beside a provider of an older name,
 * or beside the variable that switches to a botserver.
 * @param provider The name that `llm_provider` has by any source.
 */
export function olderNames(environment: Variables, provider: unknown): OlderNames {
  const botserver = isOn(environment['ENABLE_BOTSERVER_FACADE']);
  const named = typeof provider === 'string' && namesWithoutEntry.includes(provider) ? provider : undefined;
  if (named === undefined && !botserver) return { settings: {}, variables: {} };
  const providers: Record<string, unknown> = {};
  if (named !== undefined && named !== 'local' && named !== 'botserver') providers[named] = entry(named, environment);
  if (botserver || named === 'botserver')
    // Beside another provider the key, the model and the limits are that one's.
    providers['botserver'] = {
      ...(named === 'botserver' ? entry('botserver', environment) : { kind: 'botserver' }),
      ...given(environment, botserverAddress),
    };
  return {
    settings: {
      ...(named === 'local' ? given(environment, ofServer) : {}),
      ...given(environment, { workspace: 'PROJECT_PATH' }),
      ...(botserver ? { default_model: 'botserver' } : {}),
      ...(isOn(environment['FALLBACK_TO_LOCAL']) ? standIn(botserver, named) : {}),
      ...(Object.keys(providers).length === 0 ? {} : { providers }),
    },
    variables: {
      ...ofEntry,
      ...limits,
      ...ofServer,
      ...(botserver || named === 'botserver' ? botserverAddress : {}),
      workspace: 'PROJECT_PATH',
      default_model: 'ENABLE_BOTSERVER_FACADE',
      fallback: 'FALLBACK_TO_LOCAL',
    },
  };
}

/** Behind a botserver comes what would be asked without it, and behind a provider the server of this machine. */
function standIn(botserver: boolean, named: string | undefined): Record<string, unknown> {
  const behind = botserver && named !== 'botserver' && named !== 'local' ? named : undefined;
  return !botserver && named === 'local' ? {} : { fallback: [...(behind === undefined ? [] : [behind]), 'default'] };
}

const botserverAddress = { base_url: 'BOTSERVER_URL' } as const;

function entry(kind: string, environment: Variables): Record<string, unknown> {
  const { api_version: version, ...others } = ofEntry;
  return {
    kind,
    ...given(environment, kind === 'botserver' ? { model: others.model } : others),
    ...(kind === 'azure' ? given(environment, { api_version: version }) : {}),
    ...Object.fromEntries(
      Object.entries(given(environment, limits)).map(([name, value]) => [name, Number.isNaN(Number(value)) ? value : Number(value)]),
    ),
    ...(valueOf(environment, 'LLM_KEY') === undefined ? {} : { api_key_env: 'LLM_KEY' }),
  };
}

/** The settings whose variables have a value. */
function given(environment: Variables, names: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(names).flatMap(([setting, variable]) => {
      const value = valueOf(environment, variable);
      return value === undefined ? [] : [[setting, value]];
    }),
  );
}

function valueOf(environment: Variables, variable: string): string | undefined {
  return environment[variable]?.trim() || undefined;
}

function isOn(text = ''): boolean {
  return ['true', 'yes', 'on', '1'].includes(text.trim().toLowerCase());
}
