import { catalogue } from '../../local-engine/machine/catalogue.ts';
import type { Place } from '../../local-engine/machine/fit-model.ts';
import { recommendModel } from '../../local-engine/machine/recommend-model.ts';
import { chooseModel } from '../model/chosen-model.ts';
import { formatBytes } from '../../utils/format-bytes.ts';
import { launchCommand, type Surroundings } from '../model/launch.ts';
import { launchSettings } from '../model/launch-settings.ts';
import { shellLine } from '../model/start-script.ts';
import type { Recommendation } from './doctor-report.ts';

const places: Record<Place, string> = {
  gpu: 'entirely on the GPU',
  divided: 'divided between GPU and memory',
  memory: 'in memory, on the processor',
  too_large: 'more than is free now',
};

/**
 * What to start on this machine: the model that LLAMA_MODEL names or that is already here, else the best one to download; the smallest if none fits.
 * @throws MultiagentError `usage`, `server.script_failed`.
 */
export async function recommendation(surroundings: Surroundings, directory: string): Promise<Recommendation | undefined> {
  const { machine, program } = surroundings;
  const settings = launchSettings({}, directory);
  const here = await chooseModel({ wanted: settings.model, machine, directory }).catch(() => undefined);
  const toFetch = here === undefined ? (recommendModel(machine) ?? catalogue.at(-1)) : undefined;
  const name = here?.name ?? toFetch?.name;
  const size = here?.size ?? toFetch;
  if (name === undefined || size === undefined) return undefined;
  const model = here?.file ?? `${toFetch?.repository}:${toFetch?.quantisation}`;
  const { command, plan } = await launchCommand({ surroundings, settings, model, size, port: settings.port ?? 8080 });
  return {
    command: shellLine(command),
    instead: [
      ...(toFetch === undefined ? [] : [`multiagent model pull ${name}`]),
      `multiagent model start ${name}${program === undefined ? ' --build' : ''}`,
    ],
    about: `${name}, about ${formatBytes(plan.need)}, ${places[plan.place]}`,
  };
}
