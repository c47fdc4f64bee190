import { estimateRun, featureRunTokens } from '../../llm/doctor/estimate-run.ts';
import type { Finding } from '../../llm/doctor/finding.ts';
import type { Speed } from '../../llm/doctor/probe-reading.ts';
import { printableLine } from '../../utils/printable.ts';
import { formatDuration } from '../views/format-duration.ts';

export interface DoctorReport {
  findings: Finding[];
  speed: Speed;
  /** What to start on this machine. */
  command: string;
}

/** For programs. */
export function reportData({ findings, speed, command }: DoctorReport): Record<string, unknown> {
  const estimated = estimateRun(speed);
  return {
    findings: findings.map(({ check, state, message, mend = null }) => ({ check, state, message, mend })),
    read_tokens_per_second: speed.read ?? null,
    written_tokens_per_second: speed.write ?? null,
    estimated_feature_run_seconds: estimated === undefined ? null : Math.round(estimated / 1000),
    server_command: command,
  };
}

const words = { ok: 'ok', warning: 'WARNING', problem: 'PROBLEM' };

/** For people. */
export function reportText({ findings, speed, command }: DoctorReport): string {
  const lines = findings.flatMap(({ check, state, message, mend }) => [
    `${words[state].padEnd(8)} ${check.padEnd(10)} ${printableLine(message)}`,
    ...(mend === undefined ? [] : [`${' '.repeat(20)}${printableLine(mend)}`]),
  ]);
  const { read, write } = speed;
  if (read !== undefined || write !== undefined)
    lines.push('', `Speed: reads ${rounded(read)} and writes ${rounded(write)} tokens a second, one request at a time.`);
  const estimated = estimateRun(speed);
  if (estimated !== undefined) {
    const { read: tokensRead, written } = featureRunTokens;
    lines.push(
      `feature-development would take about ${formatDuration(estimated)}: an estimate, for ${tokensRead} tokens read and ${written} written.`,
    );
  }
  return `${[...lines, '', 'To start a server on this machine:', `  ${command}`].join('\n')}\n`;
}

function rounded(speed: number | undefined): string {
  if (speed === undefined) return 'an unknown number of';
  return speed < 10 ? speed.toFixed(1) : String(Math.round(speed));
}
