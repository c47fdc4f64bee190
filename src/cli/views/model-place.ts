import type { EventData } from '../../events/event-registry.ts';

/** Where a run's model is, for a sentence. */
export function modelPlace({ engine, address, servers = [] }: EventData<'run.started'>['model']): string {
  if (engine === 'embedded') return 'the embedded engine';
  return servers.length > 1 ? `${servers.length} servers (${servers.map((server) => server.address).join(', ')})` : address;
}
