import type { SyntaxFinding } from './syntax-finding.ts';

/** TOML 1.0; finds the first error. */
export async function checkToml(text: string): Promise<SyntaxFinding[]> {
  const { parse, TomlError } = await import('smol-toml');
  try {
    parse(text);
    return [];
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const message = error.message.split('\n', 1)[0]!.replace(/^Invalid TOML document: /, '');
    return [{ line: error.line, column: error.column, message }];
  }
}
