import { MultiagentError } from '../utils/multiagent-error.ts';
import { nearestName } from '../utils/nearest-name.ts';
import { namesWithoutEntry } from './older-names.ts';
import { anyModel, modelName, type NamedModel, shortForm } from './named-model.ts';
import type { Settings } from './settings-schema.ts';
import { showValue } from './show-value.ts';

/** The model that a request goes to. */
export interface ChosenModel {
  /** Its name in the settings; `default` is the model that the `llm_…` settings describe. */
  name: string;
  /** Whose server it uses: `default`, or its own name if it has its own address or is a provider's. */
  place: string;
  /** Its name on the server; absent: the model that the server serves. */
  model?: string | undefined;
  profile?: NamedModel['profile'];
}

type Known = Pick<Settings, 'models' | 'default_model' | 'llm_model' | 'llm_provider' | 'providers'>;

/**
 * The model that a name, or no name, refers to. `work/gpt-5` is the model gpt-5 of the provider work. If the settings name no models, any other name refers to a model on
 * the only server.
 * @param by Who uses the name, for the message: "agents.developer.model".
 * @throws MultiagentError `model.unknown`, with the nearest name.
 */
export function chooseModel(settings: Known, asked?: string, by?: string): ChosenModel {
  const { models, default_model: preset } = settings;
  const model = namesAny(settings) ? undefined : settings.llm_model;
  const provider = ownServer(settings) ? undefined : settings.llm_provider;
  const known = (candidate: string | undefined) => (candidate !== undefined && Object.hasOwn(models, candidate) ? candidate : undefined);
  const name = asked ?? preset ?? known(model) ?? ofProvider(settings, model)?.name ?? provider ?? shortForm;
  const named = known(name);
  const ofServer = known(model) === undefined ? model : undefined;
  if (named !== undefined) {
    const { base_url: address, model: own, profile } = models[named] ?? {};
    const place = address === undefined ? shortForm : named;
    return { name: named, place, model: own ?? (place === shortForm ? ofServer : undefined), profile };
  }
  const provided = ofProvider(settings, name);
  // What --model names without a provider is a model of the one that is the default.
  if (provided !== undefined) return name === provider && asked === undefined ? { ...provided, model: model ?? provided.model } : provided;
  if (name === shortForm) return { name, place: shortForm, model: ofServer };
  if (Object.keys(models).length === 0 && asked !== undefined) return { name, place: provider ?? shortForm, model: asked };
  if (asked === undefined && name === provider) throw unknownProvider(name, Object.keys(settings.providers));
  throw unknownModel(name, asked === undefined ? 'default_model' : (by ?? 'The program'), [
    shortForm,
    ...Object.keys(models),
    ...Object.keys(settings.providers),
  ]);
}

/** Whether each run chooses the model of all that do not name one. A default that somebody names is no choice. */
export function choosesModels(settings: Pick<Settings, 'llm_model' | 'default_model' | 'models' | 'providers'>): boolean {
  return namesAny(settings) && settings.default_model === undefined;
}

/** Whether `llm_model` is the word for any model, and not a name that somebody has given one. */
function namesAny({ llm_model: model, models, providers }: Pick<Settings, 'llm_model' | 'models' | 'providers'>): boolean {
  return model === anyModel && !Object.hasOwn(models, anyModel) && !Object.hasOwn(providers, anyModel);
}

/** Whether the provider is, by its older name, the server that the `llm_…` settings describe. */
function ownServer({ llm_provider: provider, providers }: Pick<Settings, 'llm_provider' | 'providers'>): boolean {
  return provider === 'local' && !Object.hasOwn(providers, provider);
}

/** The model of a provider that a name refers to: the provider's name alone, or with that of a model behind a slash. */
function ofProvider({ providers }: Pick<Settings, 'providers'>, name: string | undefined): ChosenModel | undefined {
  if (name === undefined) return undefined;
  const slash = name.indexOf('/');
  const place = slash === -1 ? name : name.slice(0, slash);
  if (!Object.hasOwn(providers, place)) return undefined;
  const { model, profile } = providers[place] ?? {};
  const own = slash === -1 ? model : name.slice(slash + 1);
  // The profile is that of the model which the entry names.
  return { name, place, model: own, profile: own === model ? profile : undefined };
}

function unknownProvider(name: string, names: readonly string[]): MultiagentError {
  const known = [...new Set([...names, ...namesWithoutEntry])];
  const near = nearestName(name, known);
  return new MultiagentError({
    category: 'usage',
    code: 'provider.unknown',
    message: `llm_provider is ${showValue(name)}, which is no provider in your settings.`,
    hint: `${near === undefined ? '' : `Did you mean ${near}? `}Add it under providers in your own settings (~/.config/multiagent/config.yaml), or name one of these: ${known.join(', ')}.`,
  });
}

/** Code `model.unknown`, with the nearest of the names. @param by Who uses the name. */
export function unknownModel(name: string, by: string, names: readonly string[]): MultiagentError {
  const near = nearestName(name, names);
  return new MultiagentError({
    category: 'usage',
    code: 'model.unknown',
    message: `${by} names the model ${showValue(name)}, which is not among the models in the settings.`,
    hint: `${near === undefined ? '' : `Did you mean ${near}? `}Known models: ${names.join(', ')}. Add it under models in config.yaml (models: { ${modelName.test(name) ? name : 'coder'}: { base_url: http://127.0.0.1:8081/v1 } }), or use one of these.`,
  });
}

/** The settings as if the model of a place were the only one: its entry is moved to the `llm_…` settings. `llm_provider` is then the provider of that place, if it is one's. */
export function settingsOfPlace(settings: Settings, place: string): Settings {
  if (Object.hasOwn(settings.providers, place)) return { ...ofEntry(settings, settings.providers[place]), llm_provider: place };
  const named = place === shortForm || !Object.hasOwn(settings.models, place) ? undefined : settings.models[place];
  if (named === undefined) {
    const { model } = chooseModel(settings, shortForm);
    return { ...settings, llm_model: model, default_model: undefined, llm_provider: undefined };
  }
  return { ...ofEntry(settings, named), llm_provider: undefined };
}

/** Nothing of another server, above all not its key, is taken over. */
function ofEntry(settings: Settings, entry: Partial<Omit<NamedModel, 'profile'>> = {}): Settings {
  return {
    ...settings,
    llm_base_url: entry.base_url,
    llm_model: entry.model,
    llm_api_key: entry.api_key ?? 'not-needed',
    llm_context_tokens: entry.context_tokens,
    engine: 'server',
    model_file: undefined,
    default_model: undefined,
  };
}
