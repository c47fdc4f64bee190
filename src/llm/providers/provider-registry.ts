import { MultiagentError } from '../../utils/multiagent-error.ts';
import { nearestName } from '../../utils/nearest-name.ts';
import { anthropic } from './anthropic/anthropic.ts';
import { azure } from './azure/azure.ts';
import { botserver } from './botserver/botserver.ts';
import { llamaServer } from './llama-server/llama-server.ts';
import { openai } from './openai/openai.ts';
import type { Provider } from './provider.ts';

/** Every provider there is; a new one is a folder and a row here. */
const providers: readonly Provider[] = [llamaServer, openai, azure, anthropic, botserver];

/** The kinds that an entry of `providers` can name. */
export function providerKinds(): string[] {
  return providers.map(({ kind }) => kind);
}

/** @param name The entry's name in the settings, for the message. @throws MultiagentError `provider.unknown_kind`, with the nearest kind. */
export function findProvider(kind: string, name: string): Provider {
  const found = providers.find((provider) => provider.kind === kind);
  if (found !== undefined) return found;
  const near = nearestName(kind, providerKinds());
  throw new MultiagentError({
    category: 'usage',
    code: 'provider.unknown_kind',
    message: `providers.${name} has the kind ${JSON.stringify(kind)}, which this program does not know.`,
    hint: `${near === undefined ? '' : `Did you mean ${near}? `}Known kinds: ${providerKinds().join(', ')}.`,
  });
}
