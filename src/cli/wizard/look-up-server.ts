import { remoteOf } from '../../config/remote-consent.ts';
import { serversOf } from '../../config/server-addresses.ts';
import { findModelServer } from '../../llm/server/find-model-server.ts';
import type { ModelServer } from '../../llm/server/model-server.ts';
import { systemClock } from '../../utils/clock.ts';
import { loadRunSettings } from '../load-run-settings.ts';
import { loadingNotice } from '../loading-notice.ts';
import type { RunOptions } from '../run-options.ts';
import type { Ask } from './ask.ts';

export interface LookUpOptions {
  ask: Ask;
  options: RunOptions;
  directory: string;
  signal: AbortSignal;
}

/** The model server that a run with these options would find. @throws what `findModelServer` throws. */
export async function lookUpServer({ ask, options, directory, signal }: LookUpOptions): Promise<ModelServer> {
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
