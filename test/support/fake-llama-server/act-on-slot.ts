import { readJsonBody, RequestError } from './chat-call.ts';
import type { FakeMachine } from './fake-machine.ts';
import type { Slot } from './slot-pool.ts';

/** Only for show: the real size depends on the model. */
const BYTES_PER_TOKEN = 4096;

/** Saves, restores or erases a slot, once it is free. Saved slots live in memory, by file name. */
export async function actOnSlot(machine: FakeMachine, slotId: string, action: string | null, text: string): Promise<unknown> {
  if (machine.options.savesSlots === 'no') throw new RequestError(501, 'not_supported_error', 'This server does not support slots action.');
  if (!/^\d+$/.test(slotId)) throw invalid('Invalid slot ID');
  const act = ACTIONS.get(action ?? '');
  if (act === undefined) throw invalid('Invalid action');
  const filename = action === 'erase' ? '' : readFilename(text);
  const lease = await machine.pool.acquire([], Number(slotId), new AbortController().signal);
  try {
    return { id_slot: Number(slotId), ...act(machine, lease.slot, filename) };
  } finally {
    lease.release();
  }
}

type SlotAction = (machine: FakeMachine, slot: Slot, filename: string) => Record<string, unknown>;

const ACTIONS: ReadonlyMap<string, SlotAction> = new Map<string, SlotAction>([
  [
    'save',
    (machine, { tokens }, filename) => {
      machine.saved.set(filename, [...tokens]);
      return { filename, n_saved: tokens.length, n_written: tokens.length * BYTES_PER_TOKEN, timings: { save_ms: 0.1 } };
    },
  ],
  [
    'restore',
    (machine, slot, filename) => {
      const tokens = machine.saved.get(filename);
      if (tokens === undefined) throw invalid('Unable to restore slot: No available space in KV cache or invalid slot save file');
      machine.pool.replace(slot, machine.options.savesSlots === 'empty' ? [] : tokens);
      return { filename, n_restored: tokens.length, n_read: tokens.length * BYTES_PER_TOKEN, timings: { restore_ms: 0.1 } };
    },
  ],
  [
    'erase',
    (machine, slot) => {
      const erased = slot.tokens.length;
      machine.pool.cut(slot, 0);
      return { n_erased: erased };
    },
  ],
]);

function readFilename(text: string): string {
  const filename = readJsonBody(text)['filename'];
  if (typeof filename !== 'string') {
    throw new RequestError(500, 'server_error', "[json.exception.out_of_range.403] key 'filename' not found");
  }
  if (filename === '' || /[/\\]|^\.\.?$/.test(filename)) throw invalid('Invalid filename');
  return filename;
}

function invalid(message: string): RequestError {
  return new RequestError(400, 'invalid_request_error', message);
}
