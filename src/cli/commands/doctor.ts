import { randomUUID } from 'node:crypto';
import process from 'node:process';
import { loadSettings } from '../../config/load-settings.ts';
import type { Settings } from '../../config/settings-schema.ts';
import { examineModel } from '../../llm/doctor/examine-model.ts';
import type { Finding } from '../../llm/doctor/finding.ts';
import { connectModel } from '../../llm/model-connection.ts';
import { connectOptions } from '../../orchestrator/connect-options.ts';
import { systemClock } from '../../utils/clock.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { checkNode, checkWorkspace } from '../doctor/check-machine.ts';
import { examineServers, type ServerExamination } from '../doctor/examine-servers.ts';
import { type DoctorReport, reportData, reportText } from '../doctor/doctor-report.ts';
import { advisedModel } from '../advised-model.ts';
import { type ExitCode, exitCode, exitCodeOf } from '../exit-code.ts';
import { type RunOptions, settingsFromOptions } from '../run-options.ts';
import { safeJson } from '../safe-json.ts';

/** One slot: each token of a run is then read once. */
const command = `llama-server -hf ${advisedModel} --jinja -c 16384 -np 1`;

/** `multiagent doctor`: 0 where nothing keeps a run from working, 1 with a problem, 3 without a server. */
export async function doctor(options: RunOptions): Promise<ExitCode> {
  const { findings, settings } = await checkSurroundings(options);
  const examined: ServerExamination =
    settings === undefined ? { findings: [], speed: {}, server: 'unknown' } : await examineServers(settings, examineServer);
  findings.push(...examined.findings);
  const report: DoctorReport = { findings, speed: examined.speed, command };
  process.stdout.write(options.json ? `${safeJson(reportData(report))}\n` : reportText(report));
  if (examined.server === 'absent') return exitCode.noServer;
  return findings.some(({ state }) => state === 'problem') ? exitCode.failed : exitCode.completed;
}

async function checkSurroundings(options: RunOptions): Promise<{ findings: Finding[]; settings?: Settings }> {
  const directory = process.cwd();
  const findings = [checkNode(process.versions.node)];
  try {
    const overrides = settingsFromOptions(options, directory);
    const { settings, configFile, warnings } = loadSettings({ path: options.config, environment: process.env, directory, overrides });
    findings.push({ check: 'settings', state: 'ok', message: configFile ?? 'no file; the defaults count' });
    for (const message of warnings) findings.push({ check: 'settings', state: 'warning', message });
    findings.push(await checkWorkspace(settings.workspace));
    return { findings, settings };
  } catch (error) {
    if (!(error instanceof MultiagentError)) throw error;
    findings.push({ check: 'settings', state: 'problem', message: error.message, mend: error.hint });
    return { findings };
  }
}

/** A server that is loading is not waited for: that is what is found. */
async function examineServer(settings: Settings): Promise<ServerExamination> {
  try {
    const connection = await connectModel({ ...connectOptions(settings), clock: systemClock, loadingTimeoutMilliseconds: 0 });
    try {
      return { ...(await examineModel({ connection, nonce: randomUUID() })), server: 'present' };
    } finally {
      await connection.close();
    }
  } catch (error) {
    if (!(error instanceof MultiagentError)) throw error;
    const finding: Finding = { check: 'server', state: 'problem', message: error.message, mend: error.hint };
    return { findings: [finding], speed: {}, server: exitCodeOf(error) === exitCode.noServer ? 'absent' : 'unknown' };
  }
}
