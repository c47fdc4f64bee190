import { parseDocument } from 'yaml';
import { valueAt } from '../../utils/parse-json.ts';

/**
 * What the settings of OpenSpec (`openspec/config.yaml`) say about the project: the text of `context`. The rest is for its own tools.
 * @returns an empty text where it says nothing, undefined where the settings cannot be read.
 */
export function openSpecContext(text: string): string | undefined {
  try {
    const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent' });
    if (document.errors.length > 0) return undefined;
    // Aliases have no use here, and can expand without bound.
    const context = valueAt(document.toJS({ maxAliasCount: 0 }), ['context']);
    return typeof context === 'string' ? context.trim() : '';
  } catch {
    return undefined;
  }
}
