import { hostsOf } from '../models/model-host.ts';
import type { RunModels } from '../models/run-models.ts';
import type { RunContext } from '../run-context.ts';
import { placeByHeld } from '../scheduling/place-by-held.ts';
import { placeByModel } from '../scheduling/place-by-model.ts';
import type { PlacementPolicy } from '../scheduling/scheduled-task.ts';

/** In which order a run begins tasks that are equal otherwise: so that servers load few models, then so that little is read again. */
export function placementOf(
  context: Pick<RunContext, 'journal' | 'preamble' | 'agentOf' | 'modelOf'>,
  { connections }: RunModels,
): PlacementPolicy {
  return placeByModel({ ...context, hosts: hostsOf(connections) }, placeByHeld(context));
}
