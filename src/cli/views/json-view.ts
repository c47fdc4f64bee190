import { jsonLine } from '../safe-json.ts';
import type { View } from './view.ts';

/** One event a line, as it stands in the journal. */
export function jsonView(write: (text: string) => void): View {
  return { event: (event) => write(jsonLine(event)) };
}
