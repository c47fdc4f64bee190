import { fallbackModels } from '../../config/fallback-names.ts';
import { settingsOfPlace } from '../../config/named-models.ts';
import type { Settings } from '../../config/settings-schema.ts';
import { ModelError } from '../../llm/model-error.ts';
import { requireLocalAddress } from '../../llm/server/require-local-address.ts';
import { connectOptions } from '../connect-options.ts';

/**
 * Before anything is sent: that all that may stand in for a model has its key, and may be asked.
 * @throws MultiagentError as `fallbackModels` and `connectOptions`; ModelError `server.remote_refused`.
 */
export function requireFallbackConsent(settings: Settings): void {
  for (const { name, place } of fallbackModels(settings)) {
    const { address, servers = [], remote } = connectOptions(settingsOfPlace(settings, place));
    try {
      for (const each of [...(address === undefined ? [] : [address]), ...servers.map((server) => server.address)]) requireLocalAddress(each, remote);
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      const { kind, code, message, hint } = error;
      throw new ModelError({ kind, code, message: `fallback names ${name}. ${message}`, hint, cause: error });
    }
  }
}
