import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import process from 'node:process';
import type { Settings } from '../../config/settings-schema.ts';
import { checkClass } from '../../operations/doctor/check-class.ts';
import { checkGpus } from '../../operations/doctor/check-memory.ts';
import { examineModel } from '../../operations/doctor/examine-model.ts';
import type { Finding } from '../../operations/doctor/finding.ts';
import { findOtherServers } from '../../operations/doctor/other-servers.ts';
import type { Machine } from '../../local-engine/machine/machine.ts';
import { findModelProfile } from '../../llm/profile/model-profile.ts';
import { describeDestinations, describeFallback } from '../../operations/doctor/describe-destinations.ts';
import { type DescribedProvider, describeProviders } from '../../operations/doctor/describe-providers.ts';
import { connectModel } from '../../local-engine/connect-model.ts';
import { connectOptions } from '../../orchestrator/connect-options.ts';
import { requireAddressesHere } from '../../orchestrator/models/private-connection.ts';
import { chooseSandbox } from '../../sandbox/choose-sandbox.ts';
import { systemClock } from '../../utils/clock.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { readRecords } from '../../local-engine/managed/server-record.ts';
import { cacheFolder, serversFolder } from '../model/state-folders.ts';
import { checkDeaths, checkProgram } from '../doctor/check-program.ts';
import { checkNode, checkWorkspace } from '../doctor/check-machine.ts';
import { checkSandbox } from '../doctor/check-sandbox.ts';
import { type DoctorReport, type Recommendation, reportData, reportText } from '../doctor/doctor-report.ts';
import { examineModels } from '../doctor/examine-models.ts';
import type { ServerExamination } from '../doctor/examine-servers.ts';
import { recommendation } from '../doctor/recommendation.ts';
import { type ExitCode, exitCode, exitCodeOf } from '../exit-code.ts';
import { readSurroundings } from '../model/launch.ts';
import type { RunOptions } from '../run-options.ts';
import { safeJson } from '../safe-json.ts';
import type { LoadedSettings } from '../../config/load-settings.ts';
import { loadRunSettings } from '../load-run-settings.ts';
import { writeFolded } from '../write-folded.ts';

/** `multiagent doctor`: 0 if a run can work, 1 with a problem, 3 without a server. */
export async function doctor(options: RunOptions): Promise<ExitCode> {
  const { findings, settings } = await checkSurroundings(options);
  const machine = await checkMachine();
  findings.push(...machine.findings);
  const examined: ServerExamination =
    settings === undefined
      ? { findings: [], speed: {}, server: 'unknown' }
      : await examineModels(settings, (one) => examineServer(one, machine.machine));
  findings.push(...examined.findings);
  const { speed, modelClass, allSlots, servers } = examined;
  const report: DoctorReport = { findings, speed, modelClass, allSlots, servers, recommended: machine.recommended };
  if (options.json) process.stdout.write(`${safeJson(reportData(report))}\n`);
  else writeFolded(reportText(report));
  if (examined.server === 'absent' || examined.server === 'refused') return exitCode.noServer;
  return findings.some(({ state }) => state === 'problem') ? exitCode.failed : exitCode.completed;
}

interface MachineCheck {
  findings: Finding[];
  machine?: Machine | undefined;
  recommended?: Recommendation | undefined;
}

/** The machine, and what to start on it. */
async function checkMachine(): Promise<MachineCheck> {
  try {
    const surroundings = await readSurroundings();
    const { machine } = surroundings;
    const findings = [...checkGpus(machine), ...(await checkProgram(surroundings)), ...checkDeaths(readRecords(serversFolder()))];
    return { findings, machine, recommended: await recommendation(surroundings, process.cwd()) };
  } catch (error) {
    if (!(error instanceof MultiagentError)) throw error;
    return { findings: [{ check: 'start', state: 'warning', message: error.message, hint: error.hint }] };
  }
}

async function checkSurroundings(options: RunOptions): Promise<{ findings: Finding[]; settings?: Settings }> {
  const directory = process.cwd();
  const findings = [checkNode(process.versions.node)];
  try {
    const loaded = loadRunSettings(options, directory);
    const { settings, warnings } = loaded;
    findings.push({ check: 'settings', state: 'ok', message: settingsFiles(loaded) });
    for (const message of warnings) findings.push({ check: 'settings', state: 'warning', message });
    findings.push(await checkWorkspace(settings.workspace), ...(await checkSandbox(chooseSandbox(settings.sandbox))));
    findings.push(...describeProviders(settings.providers).map(findingOfProvider));
    for (const message of await describeDestinations(settings)) findings.push({ check: 'destination', state: 'ok', message });
    const fallback = await describeFallback(settings);
    if (fallback !== undefined) findings.push(fallback);
    return { findings, settings };
  } catch (error) {
    if (!(error instanceof MultiagentError)) throw error;
    findings.push({ check: 'settings', state: 'problem', message: error.message, hint: error.hint });
    return { findings };
  }
}

function settingsFiles({ configFile, ownFile }: LoadedSettings): string {
  if (configFile !== undefined) return ownFile === undefined ? configFile : `${configFile}, and your own in ${ownFile}`;
  return ownFile === undefined ? 'no file; the defaults are used' : `your own in ${ownFile}`;
}

/** One that cannot be used keeps nobody from using the others; where it is used, it is examined as well. */
function findingOfProvider({ text, problem }: DescribedProvider): Finding {
  return { check: 'provider', state: problem === undefined ? 'ok' : 'warning', message: text, hint: problem?.hint };
}

const startHint = 'Start one: multiagent model start (see below). Or name its address with --base-url.';

/** Does not wait for a server that is loading: that is reported as the finding. */
async function examineServer(settings: Settings, machine: Machine | undefined): Promise<ServerExamination> {
  try {
    const connecting = connectOptions(settings);
    const slotFolder = join(cacheFolder(), 'slots');
    const { address, servers = address === undefined ? [] : [{ address }] } = connecting;
    if (settings.private)
      await requireAddressesHere(
        'What is examined',
        servers.map((server) => server.address),
      );
    const connection = await connectModel({ ...connecting, slotFolder, clock: systemClock, loadingTimeoutMilliseconds: 0 });
    try {
      const examined = await examineModel({ connection, nonce: randomUUID(), apiKey: connecting.apiKey, machine });
      const profile = findModelProfile(connection.defaultModel, settings.model_profiles);
      return { ...examined, findings: [...examined.findings, checkClass(profile)], modelClass: profile.modelClass, server: 'present' };
    } finally {
      await connection.close();
    }
  } catch (error) {
    if (!(error instanceof MultiagentError)) throw error;
    const isAbsent = error.code === 'server.not_found';
    const finding: Finding = { check: 'server', state: 'problem', message: error.message, hint: isAbsent ? startHint : error.hint };
    return {
      findings: [finding, ...(isAbsent ? await findOtherServers() : [])],
      speed: {},
      server:
        error.code === 'server.remote_refused' || error.code === 'private.refused'
          ? 'refused'
          : exitCodeOf(error) === exitCode.noServer
            ? 'absent'
            : 'unknown',
    };
  }
}
