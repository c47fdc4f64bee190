import type { Result } from './results/result-schema.ts';

/** One attempt in one line. */
export function progressLine({ subject, task, repeat, check, tokens, seconds, status, violations }: Result): string {
  const { read, cached, written } = tokens;
  const known = (count: number | null) => (count === null ? '?' : String(count));
  const parts = [
    `${task} · ${subject} · ${repeat}`,
    check.kind === 'scored' ? `${check.passed}/${check.total}` : `${check.kind}: ${check.reason}`,
    `${known(read)} read, ${known(cached)} cached, ${known(written)} written`,
    `${seconds} s`,
    status,
    ...violations.map(({ kind, note }) => `! ${kind}: ${note}`),
  ];
  return parts.join(' · ');
}
