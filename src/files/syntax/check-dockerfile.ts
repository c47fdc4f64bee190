import type { SyntaxFinding } from './syntax-finding.ts';

const isError = 1;

/** What a build would stop at. Advice, such as one about capital letters, is none of our business. */
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
