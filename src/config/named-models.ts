import { MultiagentError } from '../utils/multiagent-error.ts';
import { nearestName } from '../utils/nearest-name.ts';
import { modelName, type NamedModel, shortForm } from './named-model.ts';
import type { Settings } from './settings-schema.ts';
import { showValue } from './show-value.ts';

/** The model that a request goes to. */
export interface ChosenModel {
  /** Its name in the settings; `default` is the model that the `llm_…` settings describe. */
  name: string;
  /** Whose server it uses: `default`, or its own name if it has its own address. */
  place: string;
  /** Its name on the server; absent: the model that the server serves. */
  model?: string | undefined;
  profile?: NamedModel['profile'];
}

/**
 * The model that a name, or no name, refers to. If the settings name no models, any name refers to a model on the only server.
 * @param by Who uses the name, for the message: "agents.developer.model".
 * @throws MultiagentError `model.unknown`, with the nearest name.
 */
export function chooseModel(settings: Pick<Settings, 'models' | 'default_model' | 'llm_model'>, asked?: string, by?: string): ChosenModel {
  const { models, default_model: preset, llm_model: model } = settings;
  const known = (candidate: string | undefined) => (candidate !== undefined && Object.hasOwn(models, candidate) ? candidate : undefined);
  const name = asked ?? preset ?? known(model) ?? shortForm;
  const named = known(name);
  const ofServer = known(model) === undefined ? model : undefined;
  if (named !== undefined) {
    const { base_url: address, model: own, profile } = models[named] ?? {};
    const place = address === undefined ? shortForm : named;
    return { name: named, place, model: own ?? (place === shortForm ? ofServer : undefined), profile };
  }
  if (name === shortForm) return { name, place: shortForm, model: ofServer };
  if (Object.keys(models).length === 0 && asked !== undefined) return { name, place: shortForm, model: asked };
  throw unknownModel(name, asked === undefined ? 'default_model' : (by ?? 'The program'), [shortForm, ...Object.keys(models)]);
}

function unknownModel(name: string, by: string, names: readonly string[]): MultiagentError {
  const near = nearestName(name, names);
  return new MultiagentError({
    category: 'usage',
    code: 'model.unknown',
    message: `${by} names the model ${showValue(name)}, which is not among the models in the settings.`,
    hint: `${near === undefined ? '' : `Did you mean ${near}? `}Known models: ${names.join(', ')}. Add it under models in config.yaml (models: { ${modelName.test(name) ? name : 'coder'}: { base_url: http://127.0.0.1:8081/v1 } }), or use one of these.`,
  });
}

/** The settings as if the model of a place were the only one: its entry is moved to the `llm_…` settings. */
export function settingsOfPlace(settings: Settings, place: string): Settings {
  const named = place === shortForm || !Object.hasOwn(settings.models, place) ? undefined : settings.models[place];
  if (named === undefined) {
    const { model } = chooseModel(settings, shortForm);
    return { ...settings, llm_model: model, default_model: undefined };
  }
  return {
    ...settings,
    llm_base_url: named.base_url,
    llm_model: named.model,
    llm_api_key: named.api_key ?? 'not-needed',
    llm_context_tokens: named.context_tokens,
    engine: 'server',
    model_file: undefined,
    default_model: undefined,
  };
}
