import { chooseModel, settingsOfPlace } from '../../config/named-models.ts';
import type { Settings } from '../../config/settings-schema.ts';
import type { Finding } from '../../operations/doctor/finding.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { examineServers, type ServerExamination } from './examine-servers.ts';

/** Examines the servers of the default model, then those of each model with its own address, and checks that every model name in the settings is known. */
export async function examineModels(
  settings: Settings,
  examine: (settings: Settings) => Promise<ServerExamination>,
): Promise<ServerExamination> {
  const wrong = unknownNames(settings);
  if (wrong.some(({ by }) => by === undefined)) return { findings: wrong.map(({ finding }) => finding), speed: {}, server: 'unknown' };
  const { place } = chooseModel(settings);
  const first = await examineServers(settingsOfPlace(settings, place), examine);
  const others = Object.entries(settings.models).filter(([name, { base_url: address }]) => address !== undefined && name !== place);
  const findings = [...first.findings, ...wrong.map(({ finding }) => finding)];
  // One after the other, because parallel measurements would slow each other down.
  for (const [name] of others) {
    const examined = await examineServers(settingsOfPlace(settings, name), examine);
    findings.push(...examined.findings.map((finding) => ({ ...finding, message: `models.${name}: ${finding.message}` })));
  }
  return { ...first, findings };
}

function unknownNames(settings: Settings): { by: string | undefined; finding: Finding }[] {
  const asked: [by: string | undefined, name: string | undefined][] = [
    [undefined, undefined],
    ...Object.entries(settings.agents).map(([role, { model }]): [string, string | undefined] => [`agents.${role}.model`, model]),
    ...Object.entries(settings.task_models).map(([type, name]): [string, string] => [`task_models.${type}`, name]),
  ];
  return asked.flatMap(([by, name]) => {
    if (by !== undefined && name === undefined) return [];
    try {
      chooseModel(settings, name, by);
      return [];
    } catch (error) {
      if (!(error instanceof MultiagentError)) throw error;
      return [{ by, finding: { check: 'models', state: 'problem' as const, message: error.message, hint: error.hint } }];
    }
  });
}
