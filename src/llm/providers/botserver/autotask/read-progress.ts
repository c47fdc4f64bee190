import { z } from 'zod';
import type { RemoteProgress } from '../../../remote-team.ts';
import { parseJson } from '../../../../utils/parse-json.ts';
import { lenient, someText } from './lenient.ts';

/** What a message of the progress of a task means. `ended`: it is over there, and its task says how. */
export interface ReadProgress {
  progress?: RemoteProgress | undefined;
  ended: boolean;
}

/** Shown in one line. */
const longestMessage = 500;

const stages = ['classify', 'plan', 'build', 'review', 'optimize', 'test', 'security', 'deploy', 'document'] as const;
const count = lenient(z.number().int().min(0).max(1_000_000));

const event = z.object({
  type: z.string(),
  task_id: lenient(z.union([z.string(), z.number().transform(String)])),
  step: someText,
  message: someText,
  text: someText,
  details: lenient(z.unknown()),
  current_step: count,
  total_steps: count,
  agent_id: lenient(z.union([z.string(), z.number()])),
  status: someText,
  detail: someText,
  error: someText,
  activity: lenient(z.object({ phase: someText, files_created: lenient(z.array(z.unknown())) })),
});

/** First words of a connection, and what says nothing to a person. */
const silent: ReadonlySet<string> = new Set(['connected', 'manifest_update', 'task_node', 'ping', 'heartbeat']);

/** Reads one message. Undefined: it is none, or about another task than this one. */
export function readProgress(said: string, task: string): ReadProgress | undefined {
  const { data } = event.safeParse(parseJson(said));
  if (data === undefined || (data.task_id !== undefined && data.task_id !== task)) return undefined;
  const ended = data.type === 'pipeline_complete';
  if (silent.has(data.type)) return { ended };
  const { phase, files_created: files } = data.activity ?? {};
  const words = data.message ?? data.detail ?? data.text ?? phase ?? data.status ?? data.error ?? data.step;
  const agent = agentIn(data.agent_id) ?? agentIn(data.details);
  const stage = stageIn(data.step) ?? stageIn(phase) ?? stageIn(/^\s*\[(\w{1,20})\]/.exec(words ?? '')?.[1]);
  const { current_step: now, total_steps: of } = data;
  const made = files === undefined || files.length === 0 ? '' : ` (${files.length} ${files.length === 1 ? 'file' : 'files'} so far)`;
  const progress: RemoteProgress = {
    ...(stage === undefined ? {} : { stage }),
    ...(agent === undefined ? {} : { agent }),
    message: `${(words ?? data.type).replace(/^\s*\[\w{1,20}\]\s*/, '').slice(0, longestMessage)}${made}`,
    ...(now === undefined || of === undefined || of === 0 || now > of ? {} : { step: { now, of } }),
  };
  return { progress, ended };
}

/** As in `mantis_2`, `Mantis #2`, 2. */
function agentIn(told: unknown): string | undefined {
  const number =
    typeof told === 'number'
      ? String(told)
      : typeof told === 'string'
        ? /^(?:mantis[ _#-]{0,2})?(\d{1,2})$/i.exec(told.trim())?.[1]
        : undefined;
  return number === undefined ? undefined : `Mantis #${Number(number)}`;
}

function stageIn(told: string | undefined): string | undefined {
  const words = told?.slice(0, 100).toLowerCase();
  return words === undefined ? undefined : stages.find((stage) => words.startsWith(stage))?.toUpperCase();
}
