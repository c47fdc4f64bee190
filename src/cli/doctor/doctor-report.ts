import type { ModelClass } from '../../llm/profile/model-class.ts';
import { estimateRun } from '../../operations/doctor/estimate-run.ts';
import type { Finding } from '../../operations/doctor/finding.ts';
import type { SlotsSpeed } from '../../operations/doctor/probe-slots.ts';
import type { Speed } from '../../operations/doctor/probe-reading.ts';
import { printableLine } from '../../utils/printable.ts';
import type { ServerSpeed } from './examine-servers.ts';
import { formatDuration } from '../views/format-time.ts';

export interface DoctorReport {
  findings: Finding[];
  speed: Speed;
  /** The class that the model is taken for. */
  modelClass?: ModelClass | undefined;
  allSlots?: SlotsSpeed | undefined;
  /** If several servers are named, each that is ready. The speed above is that of the first. */
  servers?: ServerSpeed[] | undefined;
  /** What to start on this machine; absent if it could not be found out. */
  recommended?: Recommendation | undefined;
}

export interface Recommendation {
  /** The complete command line for a shell. */
  command: string;
  /** The commands of this program that prepare and start the same server. */
  instead: string[];
  /** Which model, how much memory, and where, in words. */
  about: string;
}

/** The report for programs. */
export function reportData({ findings, speed, modelClass, allSlots, servers, recommended }: DoctorReport): Record<string, unknown> {
  const estimated = estimateRun(speed, modelClass);
  return {
    findings: findings.map(({ check, state, message, hint = null }) => ({ check, state, message, hint })),
    ...speedData({ speed, allSlots }),
    servers: servers?.map(({ address, ...speeds }) => ({ address, ...speedData(speeds) })) ?? null,
    estimated_feature_run_seconds: estimated === undefined ? null : Math.round(estimated.milliseconds / 1000),
    server_command: recommended?.command ?? null,
  };
}

function speedData({ speed, allSlots }: Pick<DoctorReport, 'speed' | 'allSlots'>): Record<string, unknown> {
  const data = ({ read = null, write = null }: { read?: number | null | undefined; write?: number | null | undefined }) => ({
    read_tokens_per_second: read,
    written_tokens_per_second: write,
  });
  return { ...data(speed), all_slots: allSlots === undefined ? null : { slots: allSlots.slots, ...data(allSlots) } };
}

const words = { ok: 'ok', warning: 'WARNING', problem: 'PROBLEM' };

/** The report for people. */
export function reportText({ findings, speed, modelClass, allSlots, servers, recommended }: DoctorReport): string {
  const lines = findings.flatMap(({ check, state, message, hint }) => [
    `${words[state].padEnd(8)} ${check.padEnd(10)} ${printableLine(message)}`,
    ...(hint === undefined ? [] : [`${' '.repeat(20)}${printableLine(hint)}`]),
  ]);
  const speeds = servers ?? [{ speed, allSlots }];
  const told = speeds.flatMap((each) => speedLines(each));
  if (told.length > 0) lines.push('', ...told);
  const estimated = estimateRun(speed, modelClass);
  if (estimated !== undefined) {
    const { milliseconds, read: tokensRead, written } = estimated;
    const [first, ...others] = servers ?? [];
    const where = first === undefined || others.length === 0 ? '' : ` at ${first.address}`;
    lines.push(
      `feature-development would take about ${formatDuration(milliseconds)}${where}: an estimate, for ${tokensRead} tokens read and ${written} written.`,
    );
  }
  if (recommended !== undefined) {
    const { about, command, instead } = recommended;
    lines.push('', `To start a server on this machine (${about}):`, ...instead.map((line) => `  ${line}`), 'or, by hand:', `  ${command}`);
  }
  return `${lines.map(printableLine).join('\n')}\n`;
}

function speedLines({ address, speed: { read, write }, allSlots }: Partial<ServerSpeed> & Pick<ServerSpeed, 'speed'>): string[] {
  const lines: string[] = [];
  if (read !== undefined || write !== undefined) {
    const whose = address === undefined ? 'Speed' : `Speed of ${address}`;
    lines.push(`${whose}: reads ${rounded(read)} and writes ${rounded(write)} tokens per second, one request at a time.`);
  }
  if (allSlots?.write !== undefined) {
    const pays = write === undefined || allSlots.write > write * 1.1 ? '' : ': writing is no faster than with one request';
    const all = `All ${allSlots.slots} slots at once read ${rounded(allSlots.read)} and write ${rounded(allSlots.write)}`;
    lines.push(`${address === undefined ? '' : '  '}${all} tokens per second together${pays}.`);
  }
  return lines;
}

function rounded(speed: number | undefined): string {
  if (speed === undefined) return 'an unknown number of';
  return speed < 10 ? speed.toFixed(1) : String(Math.round(speed));
}
