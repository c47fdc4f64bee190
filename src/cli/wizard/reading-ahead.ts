import { resolve } from 'node:path';
import process from 'node:process';
import { ownSettingsFolder } from '../../config/own-folders.ts';
import type { ForeseenRun } from '../../orchestrator/run/foresee-run.ts';
import type { ReadAhead } from '../../orchestrator/run/read-ahead.ts';
import { usesEmbeddedEngine } from '../../local-engine/connect-options.ts';
import { connectOptions } from '../../orchestrator/connect-options.ts';
import { AgentOrchestrator } from '../../orchestrator/agent-orchestrator.ts';
import { secretsOf } from '../../config/redact-settings.ts';
import { environmentWithoutSecrets } from '../../utils/environment-without-secrets.ts';
import { cacheFolder } from '../model/state-folders.ts';
import { readInputs } from '../read-inputs.ts';
import { readProjectFiles } from '../read-project-files.ts';
import { readRequirement } from '../read-requirement.ts';
import type { RunOptions } from '../run-options.ts';
import { loadRunSettings } from '../load-run-settings.ts';

export interface ReadingAhead {
  /** What is known of the run beforehand; nothing where that takes too long to find out. It never fails. */
  foreseen: Promise<ForeseenRun>;
  /**
   * Stops reading ahead. `run`: the run starts now, so this waits until the server has stopped. `nothing`: there will be no run.
   * @returns what the server has read.
   */
  stop(next: 'run' | 'nothing'): Promise<ReadAhead>;
}

const nothingForeseen: ForeseenRun = { time: undefined, cost: undefined };

/** A person waits for what is foreseen, and can do without it. */
const mostWaited = 5000;

/**
 * Lets the model server read a run's first prompt while a person answers questions, and finds out what is known of the run beforehand. It never fails: at worst nothing
 * is known, and the run reads everything itself.
 */
export function startReadingAhead(workflow: string, options: RunOptions, directory: string): ReadingAhead {
  const stop = new AbortController();
  const { settings } = loadRunSettings(options, directory);
  // The embedded engine would have to be started twice, and a replay has no server.
  if (usesEmbeddedEngine(connectOptions(settings)) || options.replay !== undefined)
    return { foreseen: Promise.resolve(nothingForeseen), stop: () => Promise.resolve({ usage: {} }) };
  const orchestrator = new AgentOrchestrator({
    config: settings,
    ownFolder: ownSettingsFolder(process.env),
    cacheFolder: cacheFolder(),
    commandEnvironment: environmentWithoutSecrets(process.env, { secrets: secretsOf(settings) }),
  });
  const prepare = async () => {
    const [requirement, given] = [await readRequirement(options), await readProjectFiles(options)];
    const definition =
      options.workflow === undefined
        ? orchestrator.workflows.get(workflow)
        : orchestrator.workflows.load(resolve(directory, options.workflow));
    return { definition, requirement, inputs: readInputs(definition, options.input ?? []), context: {}, ...given };
  };
  const prepared = prepare();
  const reading = prepared.then((run) => orchestrator.readAhead(run, { signal: stop.signal })).catch((): ReadAhead => ({ usage: {} }));
  const waited = AbortSignal.any([stop.signal, AbortSignal.timeout(mostWaited)]);
  const foreseen = prepared.then((run) => orchestrator.foreseeRun(run, { signal: waited })).catch(() => nothingForeseen);
  return {
    foreseen,
    async stop(next) {
      stop.abort();
      const [ahead] = await Promise.all([reading, foreseen]);
      if (next === 'run' && ahead.usage.readTokens !== undefined) await (await orchestrator.connect()).slots?.settled();
      await orchestrator.close();
      return ahead;
    },
  };
}
