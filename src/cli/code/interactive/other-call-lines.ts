import type { PreparedCall } from '../../../tools/prepare-call.ts';
import { printableLine, shorten } from '../../../utils/printable.ts';

/** Nobody reads more before they answer; that there is more is seen. */
const longestArgument = 1000;

const can = { read: 'only reads', write: 'may change things', execute: 'may run programs', network: 'may reach other machines' } as const;

/** What a person has to know of a call of a tool of others, before they allow it: it works on no copy, and what it is given leaves this program. */
export function otherCallLines({ tool, risk, arguments: given }: Pick<PreparedCall, 'tool' | 'risk' | 'arguments'>): string[] {
  const values = Object.entries(given).filter(([, value]) => value !== undefined);
  return [
    `${tool} ${can[risk]}, outside of the sandbox and of this session's copy. It is given${values.length === 0 ? ' nothing.' : ':'}`,
    ...values.map(([name, value]) => `  ${name}: ${shorten(typeof value === 'string' ? value : JSON.stringify(value), longestArgument)}`),
  ].map(printableLine);
}
