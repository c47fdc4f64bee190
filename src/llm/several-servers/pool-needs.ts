import type { ModelServer } from '../server/model-server.ts';
import { offeredName } from '../server/model-key.ts';

/** What a server must have to be used with others. Empty until the first of them answers. */
export interface PoolNeeds {
  /** It must have at least one of these models. */
  models: string[];
  /** The smallest context of the servers that the connection began with: what fits it can continue on any of them. */
  contextTokens?: number | undefined;
}

/** Why a server that answers is not used, as the end of a sentence. Undefined if it is used. */
export function whyUnfit({ models, contextTokens }: ModelServer, needs: PoolNeeds): string | undefined {
  if (needs.models.length > 0 && needs.models.every((name) => offeredName(models, name) === undefined))
    return `it has ${models.join(', ')} and not ${needs.models.join(' or ')}`;
  if (contextTokens !== undefined && needs.contextTokens !== undefined && contextTokens < needs.contextTokens)
    return `its context of ${contextTokens} tokens is smaller than the ${needs.contextTokens} that the work was planned for`;
  return undefined;
}
