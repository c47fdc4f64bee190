import type { Settings } from '../../../config/settings-schema.ts';
import { type ListedTool, listTools } from '../../../operations/list-tools.ts';
import { decide } from '../../../tools/policy/decide.ts';
import type { PolicyAnswer } from '../../../tools/policy/permissions.ts';
import { printableLine } from '../../../utils/printable.ts';
import { stepTools, usualTools } from '../../../workflows/workflow-schema.ts';
import type { ChatRights } from './chat-rights.ts';

export interface ToolLinesOptions {
  settings: Settings;
  rights: ChatRights;
  /** All variables of the person. */
  environment: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal;
}

const words: Readonly<Record<PolicyAnswer, string>> = { allow: 'allowed', ask: 'asks first', refuse: 'refused' };

/** What a session's agent can call, and whether it asks before; then what could be named, that of others first. The servers of the settings are started or asked for it. @throws the signal's reason. */
export async function toolLines({ settings, rights, environment, signal }: ToolLinesOptions): Promise<string[]> {
  const { tools, notReached } = await listTools(settings, { environment, signal });
  const has = (name: string) => [...usualTools, ...settings.session_tools].includes(name);
  const own = tools.filter(({ name }) => has(name));
  const width = Math.max(...own.map(({ name }) => name.length));
  const ofOthers = tools.filter(({ name, executor }) => executor !== 'local' && !has(name));
  const others = [...ofOthers, ...tools.filter(({ name }) => !has(name) && stepTools.some((tool) => tool === name))];
  const lost = settings.session_tools.filter((name) => !tools.some((tool) => tool.name === name));
  return [
    ...own.map((tool) => `${tool.name.padEnd(width)}  ${words[answerTo(tool, rights)].padEnd(10)}  ${tool.description}`),
    ...lost.map((name) => `${name}: nobody has this tool.`),
    ...notReached.map(({ why, hint }) => [why, hint ?? ''].join(' ').trim()),
    ...(others.length === 0
      ? []
      : ['', `Not in this session (--tools or session_tools name them): ${others.map(({ name }) => name).join(', ')}`]),
    '',
    'A model of up to about 3 billion parameters is offered none: it does worse with them.',
  ].map(printableLine);
}

/** Before its arguments are known. Agents are asked without a word: the person has named them for tools. */
function answerTo({ name, risks: [risk = 'network'], executor }: ListedTool, rights: ChatRights): PolicyAnswer {
  if (executor === 'agent') return 'allow';
  return decide({ tool: name, risk, firstArgument: undefined }, executor === 'local' ? rights.permissions : rights.ofOthers);
}
