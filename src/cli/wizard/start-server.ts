import { catalogue, type CatalogueModel } from '../../local-engine/machine/catalogue.ts';
import { fitModel } from '../../local-engine/machine/fit-model.ts';
import type { Machine } from '../../local-engine/machine/machine.ts';
import { recommendModel, usualContext } from '../../local-engine/machine/recommend-model.ts';
import { isAlive, readRecords } from '../../local-engine/managed/server-record.ts';
import { formatBytes } from '../../utils/format-bytes.ts';
import { enginePlace } from '../engine/engine-place.ts';
import { localFile, tinyModelName } from '../model/chosen-model.ts';
import { readSurroundings } from '../model/launch.ts';
import { launchSettings } from '../model/launch-settings.ts';
import { serversFolder } from '../model/state-folders.ts';
import type { Ask, Choice } from './ask.ts';

export interface StartServerOptions {
  ask: Ask;
  directory: string;
  signal: AbortSignal;
}

/**
 * Starts a llama-server, as "multiagent model start" does. A missing model or a missing program is downloaded first, each after a question.
 * @returns the server's address; undefined if the person said no.
 * @throws MultiagentError if the server cannot be started.
 */
export async function startServer({ ask, directory, signal }: StartServerOptions): Promise<string | undefined> {
  const { machine, program } = await readSurroundings({ signal });
  const named = launchSettings({}, directory).model;
  const choices = modelChoices(machine, named);
  const model = await ask.one({ message: 'Which model?', choices, preset: choices[0]?.value });
  const listed = catalogue.find(({ name }) => name === model);
  if (listed !== undefined && localFile(listed) === undefined) {
    await (await import('../commands/model-pull.ts')).modelPull(listed.name, {});
    if (localFile(listed) === undefined) return undefined;
  }
  const build = program === undefined;
  if (build && (await agreeToCompile(ask)) === 'no') return undefined;
  await (await import('../commands/model-start.ts')).modelStart({ name: model, flags: [], build });
  const running = readRecords(serversFolder()).filter(isAlive);
  return running.toSorted((first, second) => second.startedAt - first.startedAt)[0]?.address;
}

/** First the model in the settings, then models that are here, then models to download, each group with the best for this machine first. */
function modelChoices(machine: Machine, named: string | undefined): Choice<string>[] {
  const fits = (model: CatalogueModel) => fitModel({ machine, model, contextTokens: usualContext, when: 'now' }).place !== 'too_large';
  const fitting = catalogue.filter(fits);
  const best = recommendModel(machine, fitting);
  const praise = best === recommendModel(machine) ? 'the best for this machine' : 'the best of those that fit beside what runs now';
  const rank = (model: CatalogueModel) => (localFile(model) === undefined ? 2 : 0) + (model === best ? 0 : 1);
  const listed = fitting.toSorted((first, second) => rank(first) - rank(second));
  return [
    ...(named === undefined || named === tinyModelName
      ? []
      : [{ name: named, value: named, description: 'The model that LLAMA_MODEL names.' }]),
    ...listed.map((model) => ({
      name: `${model.name} (${localFile(model) === undefined ? `${formatBytes(model.fileBytes)} to download` : 'is here'}${model === best ? `; ${praise}` : ''})`,
      value: model.name,
      description: model.goodAt,
    })),
    { name: tinyModelName, value: tinyModelName, description: 'Comes with this program. Only for trying it.' },
  ];
}

async function agreeToCompile(ask: Ask): Promise<'yes' | 'no'> {
  ask.say('No llama-server was found on this machine. Install a package of llama.cpp, or compile one now.');
  const message = 'Compile one? It takes a few minutes, and needs cmake and a C++ compiler.';
  if ((await ask.consent({ message, preset: 'yes' })) === 'no') return 'no';
  // Its package holds the source.
  if (enginePlace() === undefined) await (await import('../engine/install-engine.ts')).installEngine('ask');
  return enginePlace() === undefined ? 'no' : 'yes';
}
