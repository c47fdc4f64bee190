/** Replaces a secret. */
export const redacted = '[redacted]';

export interface RedactSecretsOptions {
  /** Exact values that must never appear, whatever they look like. Values of fewer than four characters are ignored: they would match any text. */
  secrets?: readonly string[] | undefined;
}

const deepest = 12;

/** Fields whose value is a secret, told by the end of their name in lower case without separators. */
const secretName =
  /(?:apikey|(?:^|access|auth|refresh|bearer|session|hf|github|gitlab|npm)token|secret|secretkey|privatekey|password|passwd|passphrase|authorization|cookie|credentials?)$/;

/** The first group of each is the text before a secret. All of them are linear in the text. */
const secretTexts: RegExp[] = [
  /(\bauthorization\\?["']?[ \t]{0,8}[:=][ \t]{0,8}\\?["']?)[^\r\n"'\\]+/gi,
  /(\bbearer[ \t]{1,8})[\w.~+/=-]{4,}/gi,
  /()\bsk-[\w-]{8,}/g,
  /()\b(?:gh[oprsu]_\w{20,}|github_pat_\w{20,}|hf_\w{20,}|A(?:KI|SI)A[0-9A-Z]{16}|xox[a-z]-[\w-]{10,})/g,
  /()\b(?:glpat-[\w-]{20,}|npm_\w{30,}|AIza[\w-]{30,}|[prs]k_live_\w{10,})/g,
  // A token of three parts, the first two of which are JSON that begins with {".
  /()\beyJ[\w-]{10,300}\.eyJ[\w-]*(?:\.[\w-]*)?/g,
  /(-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----)[^-]+/g,
  /(\b(?:set-)?cookie[ \t]{0,8}:[ \t]{0,8})[^\r\n]+/gi,
  /(\b[a-z][a-z\d+.-]{0,20}:\/\/)[^\s/?#"'<>]+@/gi,
  /((?:api[_-]?key|(?:access|auth|refresh|bearer)[_-]?token|_token|client[_-]?secret|secret[_-]?(?:access[_-]?)?key|account[_-]?key|private[_-]?key|password|passwd|passphrase)\\?["']?[ \t]{0,8}[:=][ \t]{0,8}\\?["']?)[^\s"',;&}\\]+/gi,
  /([?&](?:token|key|secret|sig|signature)=)[^\s"'&#]+/gi,
];

/**
 * A copy of `value` as plain data, without secrets: `authorization` headers, bearer tokens, keys such as `sk-…`, user names and passwords in addresses, fields
 * named like a secret, and the exact secrets given. Errors, maps, sets and dates become plain data, too; a cycle becomes a word. Never throws, never changes
 * `value`. It is a net below the rule that nobody logs a secret, not a replacement for it.
 */
export function redactSecrets(value: unknown, { secrets = [] }: RedactSecretsOptions = {}): unknown {
  const exact = [...new Set(secrets)].filter((secret) => secret.length >= 4).flatMap((secret) => [secret, encodedForAddress(secret)]);
  // Longest first, so that a secret that contains another one is replaced as a whole.
  exact.sort((a, b) => b.length - a.length);
  return copy(value, { exact, above: new Set() });
}

interface Walk {
  exact: string[];
  /** The objects that contain the current one. */
  above: Set<object>;
}

function copy(value: unknown, walk: Walk): unknown {
  switch (typeof value) {
    case 'string':
      return redactText(value, walk.exact);
    case 'number':
    case 'boolean':
    case 'undefined':
      return value;
    case 'bigint':
    case 'symbol':
      return redactText(String(value), walk.exact);
    case 'object':
      return value === null ? null : copyObject(value, walk);
    default:
      return '[function]';
  }
}

function copyObject(value: object, walk: Walk): unknown {
  if (walk.above.has(value)) return '[circular]';
  if (walk.above.size >= deepest) return '[too deep]';
  walk.above.add(value);
  try {
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? '[no date]' : value.toISOString();
    if (value instanceof URL || value instanceof RegExp) return redactText(String(value), walk.exact);
    if (Array.isArray(value) || value instanceof Set) return Array.from(value, (item) => copy(item, walk));
    if (value instanceof Map) return copyFields([...value], walk);
    return copyFields([...errorFields(value), ...Object.keys(value).map((name) => [name, readField(value, name)] as const)], walk);
  } catch {
    return '[unreadable]';
  } finally {
    walk.above.delete(value);
  }
}

/** The parts of an error that are not listed among its fields. */
function errorFields(value: object): (readonly [string, unknown])[] {
  if (!(value instanceof Error)) return [];
  const fields = [
    ['name', value.name],
    ['message', value.message],
    ['stack', value.stack],
    ['cause', value.cause],
    ['errors', value instanceof AggregateError ? value.errors : undefined],
  ] as const;
  return fields.filter(([, field]) => field !== undefined);
}

function readField(value: object, name: string): unknown {
  try {
    return (value as Record<string, unknown>)[name];
  } catch {
    return '[unreadable]';
  }
}

function copyFields(fields: readonly (readonly [unknown, unknown])[], walk: Walk): Record<string, unknown> {
  return Object.fromEntries(
    fields.map(([key, field]) => {
      const name = typeof key === 'string' ? key : String(copy(key, walk));
      const isSecret = secretName.test(name.toLowerCase().replaceAll(/[\s_.-]/g, '')) && isFilled(field);
      return [redactText(name, walk.exact), isSecret ? redacted : copy(field, walk)];
    }),
  );
}

/** Whether a secret is set is no secret: absent, empty and boolean values stay. */
function isFilled(field: unknown): boolean {
  return field !== undefined && field !== null && field !== '' && typeof field !== 'boolean';
}

function redactText(text: string, exact: string[]): string {
  let clean = text;
  for (const secret of exact) clean = clean.replaceAll(secret, redacted);
  for (const pattern of secretTexts) {
    clean = clean.replaceAll(
      pattern,
      (match, before: string) => `${before}${redacted}${match.endsWith('@') && before.endsWith('://') ? '@' : ''}`,
    );
  }
  return clean;
}

function encodedForAddress(secret: string): string {
  return encodeURIComponent(secret.toWellFormed());
}
