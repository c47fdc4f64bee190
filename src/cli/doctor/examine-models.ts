import { chooseModel, choosesModels, settingsOfPlace } from '../../config/named-models.ts';
import type { Settings } from '../../config/settings-schema.ts';
import { shippedModelQuality } from '../../llm/routing/model-quality.ts';
import type { Finding } from '../../operations/doctor/finding.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { examineServers, type ServerExamination } from './examine-servers.ts';

/**
 * Examines the servers of the default model, then those of each model with its own address and of each provider that the settings use, and checks that every
 * model name in the settings is known.
 */
export async function examineModels(
  settings: Settings,
  examine: (settings: Settings) => Promise<ServerExamination>,
): Promise<ServerExamination> {
  const wrong = unknownNames(settings);
  if (wrong.some(({ by }) => by === undefined)) return { findings: wrong.map(({ finding }) => finding), speed: {}, server: 'unknown' };
  const { place, model } = chooseModel(settings);
  const first = await examineServers({ ...settingsOfPlace(settings, place), llm_model: model }, examine);
  const models = Object.entries(settings.models).flatMap(([name, { base_url: address }]) => (address === undefined ? [] : [name]));
  const others: [name: string, group: string][] = [
    ...models.map((name): [string, string] => [name, 'models']),
    ...(choosesModels(settings) ? Object.keys(settings.providers) : providersInUse(settings)).map((name): [string, string] => [
      name,
      'providers',
    ]),
  ];
  const choice = choosesModels(settings) ? [choiceOf([place, ...others.map(([name]) => name)])] : [];
  const findings = [...first.findings, ...choice, ...wrong.map(({ finding }) => finding)];
  // One after the other, because parallel measurements would slow each other down.
  for (const [name, group] of others.filter(([other]) => other !== place)) {
    const examined = await examineServers(settingsOfPlace(settings, name), examine);
    findings.push(...examined.findings.map((finding) => ({ ...finding, message: `${group}.${name}: ${finding.message}` })));
  }
  return { ...first, findings };
}

/** That each run chooses its models, where, and by which figures. */
function choiceOf(places: readonly string[]): Finding {
  const { date, models } = shippedModelQuality();
  const count = Object.keys(models).length;
  const measured = `${count} ${count === 1 ? 'model was' : 'models were'} measured (evaluation of ${date}), of others the size in the name counts`;
  const where = [...new Set(places)].join(', ');
  return {
    check: 'models',
    state: 'ok',
    message: `llm_model is auto: each run chooses among the models of ${where}, as far as they can be asked; ${measured}`,
  };
}

/** Each name of a model in the settings, with what names it. */
function namesIn(settings: Settings): [by: string, name: string | undefined][] {
  return [
    ...Object.entries(settings.agents).map(([role, { model }]): [string, string | undefined] => [`agents.${role}.model`, model]),
    ...Object.entries(settings.task_models).map(([type, name]): [string, string] => [`task_models.${type}`, name]),
    ['repair_model', settings.repair_model],
    ...settings.fallback.map((name): [string, string] => ['fallback', name]),
  ];
}

/** Those that a name leads to. */
function providersInUse(settings: Settings): string[] {
  const places = namesIn(settings).flatMap(([by, name]) => {
    if (name === undefined) return [];
    try {
      return [chooseModel(settings, name, by).place];
    } catch {
      // A name that is unknown has its own finding.
      return [];
    }
  });
  return [...new Set(places)].filter((place) => Object.hasOwn(settings.providers, place));
}

function unknownNames(settings: Settings): { by: string | undefined; finding: Finding }[] {
  const asked: [by: string | undefined, name: string | undefined][] = [[undefined, undefined], ...namesIn(settings)];
  return asked.flatMap(([by, name]) => {
    if (by !== undefined && name === undefined) return [];
    try {
      chooseModel(settings, name, by);
      return [];
    } catch (error) {
      if (!(error instanceof MultiagentError)) throw error;
      return [{ by, finding: { check: 'models', state: 'problem' as const, message: error.message, hint: error.hint } }];
    }
  });
}
