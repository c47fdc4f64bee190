import type { ModelServer } from '../server/model-server.ts';
import type { Generation } from '../slots/measure-parallel.ts';
import type { GenerateOptions } from '../slots/slot-requests.ts';
import { SlotSupport, type SlotSupportOptions } from '../slots/slot-support.ts';
import { offeredName } from '../server/model-key.ts';
import type { PooledServer } from './pooled-server.ts';

export interface PooledSlotsOptions extends Pick<SlotSupportOptions, 'model' | 'cacheFolder' | 'clock' | 'onMeasuring'> {
  members: readonly PooledServer[];
  /** All of them as one. */
  server: ModelServer;
}

/**
 * The slots of several servers as those of one. A measurement fills them as calls do, one server after the other and all of them at once, so that servers on
 * one machine do not seem faster than they are together.
 */
export function pooledSlots({ members, server, ...options }: PooledSlotsOptions): SlotSupport {
  const atWork = new Map<PooledServer, number>();
  const count = (member: PooledServer, change: 1 | -1) => atWork.set(member, (atWork.get(member) ?? 0) + change);
  const up = () => members.filter(({ state }) => state === 'up');
  const free = () => up().find((member) => (atWork.get(member) ?? 0) < (member.server?.slots ?? 1)) ?? up()[0];
  return new SlotSupport({
    ...options,
    // The key of a stored speed consists of all addresses.
    server: {
      ...server,
      address: up()
        .map(({ address }) => address)
        .join(' '),
    },
    keeper: {
      // Branches stay on one server as long as it has slots.
      canFork: async (signal) => {
        const found = await Promise.all(up().map(async ({ slots }) => (await slots?.canFork(signal)) ?? false));
        return found.length > 0 && found.every(Boolean);
      },
    },
    requests: {
      async generate(wanted: GenerateOptions): Promise<Generation> {
        const member = free();
        if (member?.slots === undefined) throw new Error('a server tells nothing of its slots');
        count(member, 1);
        try {
          const name = offeredName(member.server?.models ?? [], wanted.model);
          return await member.slots.generate({ ...wanted, model: name ?? wanted.model });
        } finally {
          count(member, -1);
        }
      },
      async idle(signal) {
        const all = await Promise.all(up().map(async ({ slots }) => slots?.idle(signal)));
        return all.includes(undefined) ? undefined : all.flatMap((idle) => idle ?? []);
      },
    },
  });
}
