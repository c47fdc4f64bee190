import type { CatalogueEntry, ToldError } from './error-catalogue.ts';
import { writeRegions } from './generated-regions.ts';

/** docs/errors.md with all errors as they are now. @throws Error as `writeRegions`. */
export function errorsPage(page: string, catalogue: readonly CatalogueEntry[]): string {
  return writeRegions(page, { errors: () => catalogue.map(section).join('\n\n') });
}

function section({ code, told }: CatalogueEntry): string {
  const exitCodes = [...new Set(told.map(({ exitCode }) => exitCode))].toSorted((a, b) => a - b);
  return [`### \`${code}\``, `Exit code ${exitCodes.join(' or ')}.`, ['```text', told.map(shown).join('\n\n'), '```'].join('\n')].join(
    '\n\n',
  );
}

/** As a terminal shows it. */
function shown({ sentence, hint }: ToldError): string {
  const lines = [`Error: ${sentence}`, ...(hint === undefined ? [] : [`  ${hint}`])];
  return lines.map((line) => line.replaceAll('\n', '\n  ').trimEnd()).join('\n');
}
