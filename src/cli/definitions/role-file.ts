import { stringify } from 'yaml';
import type { InstructionText } from '../../agents/instruction-text.ts';
import type { Role } from '../../agents/role.ts';

/** The front matter of a role, with everything that it takes from others filled in. */
export function roleFrontMatterOf({
  id,
  agentId,
  title,
  order,
  skills,
  model,
  sampling,
  private: isPrivate,
  specialist,
  tools,
  settings,
  persona,
  tasks,
}: Role): Record<string, unknown> {
  const { full: _, ...shorter } = forms(persona);
  const taskTypes = [...tasks].map(([type, task]) => [type, { description: task.description, expects: task.expects, ...forms(task) }]);
  return {
    name: id,
    title,
    agent_id: agentId,
    order,
    skills,
    model,
    sampling,
    ...(isPrivate ? { private: true } : {}),
    ...(specialist ? { specialist } : {}),
    ...(tools.length === 0 ? {} : { tools }),
    settings,
    ...shorter,
    task_types: Object.fromEntries(taskTypes) as unknown,
  };
}

/** A role as one Markdown file. Read as a role it is the same one. */
export function roleFile(role: Role): string {
  return `---\n${stringify(roleFrontMatterOf(role), { blockQuote: 'literal', lineWidth: 0 })}---\n\n${role.persona.full}\n`;
}

/** A shorter form that is the same as the next longer one is left out. */
function forms({ full, brief, plain }: InstructionText): { full: string; brief?: string; plain?: string } {
  return { ...(brief === full ? {} : { brief }), ...(plain === brief ? {} : { plain }), full };
}
