import type { ModelConnection } from '../../../llm/model-connection.ts';
import { shortModelName } from '../../../llm/server/model-key.ts';
import { printableLine } from '../../../utils/printable.ts';

/** Who answers in a session, and where. */
export function modeLines(
  { defaultModel, server, team }: Pick<ModelConnection, 'defaultModel' | 'server' | 'team'>,
  project: string,
): string[] {
  const mode = team?.(defaultModel) === undefined ? 'Local (BYOK)' : 'Multi-Agent (BotServer Facade)';
  return [
    `Mode: ${mode}`,
    `Model ${printableLine(shortModelName(defaultModel))} on ${printableLine(server.address)}, project ${printableLine(project)}`,
  ];
}
