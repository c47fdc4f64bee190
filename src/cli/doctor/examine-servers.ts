import { type ServerAddress, serversOf } from '../../config/server-addresses.ts';
import type { Settings } from '../../config/settings-schema.ts';
import type { Examination } from '../../operations/doctor/examine-model.ts';
import type { Finding } from '../../operations/doctor/finding.ts';
import { connectModel } from '../../local-engine/connect-model.ts';
import type { ModelClass } from '../../llm/profile/model-class.ts';
import { withoutCredentials } from '../../llm/server/require-local-address.ts';
import { connectOptions } from '../../orchestrator/connect-options.ts';
import { systemClock } from '../../utils/clock.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';

/** Whether there is a model server, and what was found out about it. */
export type ServerExamination = Examination & {
  /** `refused`: the server is not on this machine, so no run can start. */
  server: 'present' | 'absent' | 'refused' | 'unknown';
  /** The class that the model is taken for. */
  modelClass?: ModelClass | undefined;
  /** If several servers are named, the speed of those that are ready. */
  servers?: ServerSpeed[] | undefined;
};

export interface ServerSpeed extends Pick<Examination, 'speed' | 'allSlots'> {
  address: string;
}

/**
 * Examines each server of the settings by itself, then whether they work together. As long as one of them is ready, a server that is not ready is only a
 * warning, because runs continue without it. A server that may not be used is always a problem.
 */
export async function examineServers(
  settings: Settings,
  examine: (settings: Settings) => Promise<ServerExamination>,
): Promise<ServerExamination> {
  const servers = serversOf(settings.llm_base_url);
  if (servers.length < 2) return examine(settings);
  const examined: { named: ServerAddress; result: ServerExamination }[] = [];
  // One after the other, because parallel measurements would slow each other down.
  for (const named of servers) examined.push({ named, result: await examine({ ...settings, llm_base_url: named.address }) });
  const present = examined.filter(({ result }) => result.server === 'present');
  const findings = examined.flatMap(({ named, result }) =>
    result.findings.map((finding): Finding => {
      const isSpared = present.length > 0 && result.server !== 'present' && result.server !== 'refused';
      const state = isSpared ? 'warning' : finding.state;
      return { ...finding, state, message: `${withoutCredentials(named.address)}: ${finding.message}` };
    }),
  );
  const isRefused = examined.some(({ result }) => result.server === 'refused');
  const together =
    present.length === 0 || isRefused ? [] : await examineTogether({ ...settings, llm_base_url: present.map(({ named }) => named) });
  return {
    findings: [...findings, ...together],
    speed: present[0]?.result.speed ?? {},
    allSlots: present[0]?.result.allSlots,
    modelClass: present[0]?.result.modelClass,
    servers: present.map(({ named, result: { speed, allSlots } }) => ({ address: withoutCredentials(named.address), speed, allSlots })),
    server:
      present.length > 0
        ? 'present'
        : examined.every(({ result }) => result.server === 'absent' || result.server === 'refused')
          ? 'absent'
          : 'unknown',
  };
}

async function examineTogether(settings: Settings): Promise<Finding[]> {
  const check = 'together';
  const findings: Finding[] = [];
  const onNotice = (message: string) => void findings.push({ check, state: 'warning', message });
  try {
    const connection = await connectModel({ ...connectOptions(settings), clock: systemClock, loadingTimeoutMilliseconds: 0, onNotice });
    const { servers = [connection.server], server, defaultModel } = connection;
    await connection.close();
    const slots = server.slots === undefined ? '' : server.slots === 1 ? ', one request at a time' : `, ${server.slots} requests at a time`;
    const context = server.contextTokens === undefined ? '' : `, ${server.contextTokens} tokens for prompt and reply`;
    const count = servers.length === 1 ? 'one server is used' : `${servers.length} servers are used`;
    return [{ check, state: 'ok', message: `${count} for ${defaultModel}${slots}${context}` }, ...findings];
  } catch (error) {
    if (!(error instanceof MultiagentError)) throw error;
    return [{ check, state: 'problem', message: error.message, hint: error.hint }];
  }
}
