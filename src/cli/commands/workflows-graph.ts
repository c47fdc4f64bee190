import process from 'node:process';
import { isUtf8Terminal } from '../views/look.ts';
import { cutText } from '../views/text-width.ts';
import { definitionsHere } from '../definitions/workflows-here.ts';
import { rolesHere } from '../roles-here.ts';
import { workspaceHere } from '../places-here.ts';
import { safeJson } from '../safe-json.ts';
import { drawnSteps } from '../definitions/drawn-step.ts';
import { findDefinition } from '../definitions/find-definition.ts';
import { asciiMarks, graphLines, unicodeMarks } from '../definitions/graph-lines.ts';
import { mermaidGraph } from '../definitions/mermaid-graph.ts';
import { svgGraph } from '../definitions/svg-graph.ts';
import { writeText } from '../write-folded.ts';
import type { JsonOption } from './workflows.ts';

export interface GraphOptions extends JsonOption {
  mermaid?: boolean | undefined;
  svg?: boolean | undefined;
}

/** `multiagent workflows graph <workflow>` */
export async function graphWorkflow(given: string, { mermaid, svg, json }: GraphOptions): Promise<void> {
  const workspace = await workspaceHere(process.cwd());
  const definitions = await definitionsHere(workspace);
  const definition = findDefinition(given, definitions).read();
  const roles = rolesHere(workspace);
  const steps = drawnSteps(definition.steps, {
    titleOf: (role) => (roles.whyUnclear(role) === undefined ? roles.find(role)?.title : undefined),
    innerOf: (step) => definitions.kinds.innerOf(step),
  });
  const { title } = definition;
  if (json) process.stdout.write(`${safeJson({ name: definition.name, title, steps })}\n`);
  else if (svg) process.stdout.write(svgGraph(title, steps));
  else if (mermaid) process.stdout.write(`${mermaidGraph(title, steps)}\n`);
  else writeText(`${[title, '', ...linesFor(steps)].join('\n')}\n`);
}

function linesFor(steps: ReturnType<typeof drawnSteps>): string[] {
  const { stdout, env, platform } = process;
  const unicode = !stdout.isTTY || isUtf8Terminal(env, platform);
  const lines = graphLines(steps, unicode ? unicodeMarks : asciiMarks);
  const { columns } = stdout;
  return stdout.isTTY && columns > 0 ? lines.map((line) => cutText(line, columns, unicode ? '…' : '~')) : lines;
}
