import { printableLine } from '../utils/printable.ts';
import { redacted, redactSecrets } from '../utils/redact-secrets.ts';

const longest = 60;

/** A value from a file or a variable for a message: short, on one line, safe to print, and without anything that looks like a secret, such as a password in an address. */
export function showValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a group of names';
  if (typeof value !== 'string') return String(value);
  const open = String(redactSecrets(printableLine(value).replace(/\/\/[^/\s]*@/, `//${redacted}@`)));
  return `"${open.length > longest ? `${open.slice(0, longest)}…` : open}"`;
}

/** A name or path for a message: unchanged if it is plain, else as `showValue` shows it. */
export function showName(name: string): string {
  return /^[\w./\\:-]{1,200}$/.test(name) ? name : showValue(name);
}
