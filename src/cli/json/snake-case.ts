/** The same with names of properties as documents have them: `contextTokens` becomes `context_tokens`. For records only: names that are data must not pass through it. */
export function snakeCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snakeCase);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [nameOf(name), snakeCase(part)]));
}

function nameOf(name: string): string {
  return name.replaceAll(/(?<=[a-z\d])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
