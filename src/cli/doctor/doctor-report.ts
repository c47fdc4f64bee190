import { estimateRun, featureRunTokens } from '../../llm/doctor/estimate-run.ts';
import type { Finding } from '../../llm/doctor/finding.ts';
import type { SlotsSpeed } from '../../llm/doctor/probe-slots.ts';
import type { Speed } from '../../llm/doctor/probe-reading.ts';
import { printableLine } from '../../utils/printable.ts';
import { formatDuration } from '../views/format-duration.ts';

export interface DoctorReport {
  findings: Finding[];
  speed: Speed;
  allSlots?: SlotsSpeed | undefined;
  /** What to start on this machine; absent where it could not be found out. */
  recommended?: Recommendation | undefined;
}

export interface Recommendation {
  /** For a shell, complete. */
  command: string;
  /** What this program starts the same server with, and what has to be done before. */
  instead: string[];
  /** In words: which model, how much memory, where. */
  about: string;
}

/** For programs. */
export function reportData({ findings, speed, allSlots, recommended }: DoctorReport): Record<string, unknown> {
  const estimated = estimateRun(speed);
  return {
    findings: findings.map(({ check, state, message, mend = null }) => ({ check, state, message, mend })),
    read_tokens_per_second: speed.read ?? null,
    written_tokens_per_second: speed.write ?? null,
    all_slots:
      allSlots === undefined
        ? null
        : {
            slots: allSlots.slots,
            read_tokens_per_second: allSlots.read ?? null,
            written_tokens_per_second: allSlots.write ?? null,
          },
    estimated_feature_run_seconds: estimated === undefined ? null : Math.round(estimated / 1000),
    server_command: recommended?.command ?? null,
  };
}

const words = { ok: 'ok', warning: 'WARNING', problem: 'PROBLEM' };

/** For people. */
export function reportText({ findings, speed, allSlots, recommended }: DoctorReport): string {
  const lines = findings.flatMap(({ check, state, message, mend }) => [
    `${words[state].padEnd(8)} ${check.padEnd(10)} ${printableLine(message)}`,
    ...(mend === undefined ? [] : [`${' '.repeat(20)}${printableLine(mend)}`]),
  ]);
  const { read, write } = speed;
  if (read !== undefined || write !== undefined)
    lines.push('', `Speed: reads ${rounded(read)} and writes ${rounded(write)} tokens a second, one request at a time.`);
  if (allSlots?.write !== undefined) {
    const pays = write === undefined || allSlots.write > write * 1.1 ? '' : ': writing is no quicker than one alone';
    const all = `All ${allSlots.slots} slots at once read ${rounded(allSlots.read)} and write ${rounded(allSlots.write)}`;
    lines.push(`${all} tokens a second together${pays}.`);
  }
  const estimated = estimateRun(speed);
  if (estimated !== undefined) {
    const { read: tokensRead, written } = featureRunTokens;
    lines.push(
      `feature-development would take about ${formatDuration(estimated)}: an estimate, for ${tokensRead} tokens read and ${written} written.`,
    );
  }
  if (recommended !== undefined) {
    const { about, command, instead } = recommended;
    lines.push('', `To start a server on this machine (${about}):`, ...instead.map((line) => `  ${line}`), 'or, by hand:', `  ${command}`);
  }
  return `${lines.map(printableLine).join('\n')}\n`;
}

function rounded(speed: number | undefined): string {
  if (speed === undefined) return 'an unknown number of';
  return speed < 10 ? speed.toFixed(1) : String(Math.round(speed));
}
