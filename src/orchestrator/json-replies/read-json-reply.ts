import { unwrapText } from '../../files/unwrap-text.ts';
import { parseJson } from '../../utils/parse-json.ts';

/**
 * The JSON value in a reply: the whole reply, what it wraps in a fence, or what stands between the first opening and the last closing bracket, where a model has
 * put words around it. Undefined where none of these is JSON.
 */
export function readJsonReply(text: string): unknown {
  const start = text.search(/[{[]/);
  const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'));
  const candidates = [text, unwrapText(text), ...(start >= 0 && end > start ? [text.slice(start, end + 1)] : [])];
  for (const candidate of candidates) {
    const value = parseJson(candidate);
    if (value !== undefined) return value;
  }
  return undefined;
}
