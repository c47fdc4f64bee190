import { findInCatalogue } from '../machine/catalogue.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';

/** A model that is published somewhere. */
export type ModelReference = { kind: 'repository'; repository: string; quantisation: string } | { kind: 'address'; address: string };

/** The quantisation that llama-server uses if a repository is named without one. */
const usualQuantisation = 'Q4_K_M';

/**
 * Parses what people type: a name from the list, `owner/name:quantisation`, or the address of a .gguf file.
 * @throws MultiagentError `usage` for anything else.
 */
export function parseModelReference(text: string): ModelReference {
  const known = findInCatalogue(text);
  if (known !== undefined) return { kind: 'repository', repository: known.repository, quantisation: known.quantisation };
  if (/^https?:\/\//i.test(text)) return { kind: 'address', address: text };
  const [, repository, quantisation = usualQuantisation] = /^([0-9A-Za-z][\w.-]*\/[0-9A-Za-z][\w.-]*)(?::([\w.-]+))?$/.exec(text) ?? [];
  if (repository !== undefined) return { kind: 'repository', repository, quantisation };
  throw new MultiagentError({
    category: 'usage',
    code: 'usage',
    message: `"${text}" does not name a model that can be downloaded.`,
    hint: 'Give a name from "multiagent model list", a Hugging Face repository such as owner/name-GGUF:Q4_K_M, or the https address of a .gguf file.',
  });
}

/** Whether a file's name says that it holds a model at this quantisation: it ends with it. This is true of all parts of a divided model. */
export function hasQuantisation(file: string, quantisation: string): boolean {
  const name = file.replace(/^.*\//, '').toLowerCase();
  if (!name.endsWith('.gguf') || name.startsWith('mmproj')) return false;
  const stem = name.slice(0, -'.gguf'.length).replace(partMark, '');
  const wanted = quantisation.toLowerCase();
  return stem === wanted || ['-', '.', '_'].some((separator) => stem.endsWith(`${separator}${wanted}`));
}

/** The end of a file name that says which part of a divided model it is. */
export const partMark = /-(\d{5})-of-(\d{5})$/;
