import type { SyntaxFinding } from './syntax-finding.ts';

const isError = 1;

/** Errors at which a build would stop. Advice, such as about capital letters, is ignored. */
export async function checkDockerfile(text: string): Promise<SyntaxFinding[]> {
  const { validate } = await import('dockerfile-utils');
  return validate(text)
    .filter(({ severity }) => severity === isError)
    .map(({ range: { start }, message }) => ({
      line: start.line + 1,
      column: start.character + 1,
      message: typeof message === 'string' ? message : message.value,
    }));
}
