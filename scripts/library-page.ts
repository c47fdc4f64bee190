import { writeRegions } from './generated-regions.ts';
import type { Signature } from './library-signatures.ts';

/** docs/library.md with its signatures as they are now. @throws Error as `writeRegions`. */
export function libraryPage(page: string, signatures: readonly Signature[]): string {
  const block = (kind: Signature['kind']) => () => {
    const texts = signatures.filter((signature) => signature.kind === kind).map(({ text }) => text);
    return ['```ts', texts.join('\n\n'), '```'].join('\n');
  };
  return writeRegions(page, { 'classes and functions': block('value'), types: block('type') });
}
