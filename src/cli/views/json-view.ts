import { jsonLine } from '../safe-json.ts';
import type { View } from './view.ts';

/** One event per line, as in the journal. */
export function jsonView(write: (text: string) => void): View {
  return { event: (event) => write(jsonLine(event)) };
}
