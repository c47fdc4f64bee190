import type { CallToolResult, Tool as ListedTool } from '@modelcontextprotocol/client';
import { printableLine, shorten, shownName } from '../../utils/printable.ts';
import { redactSecrets } from '../../utils/redact-secrets.ts';
import { OutputCutter } from '../output/cut-output.ts';
import type { OutputLimits } from '../output/output-limits.ts';
import type { Tool, ToolResult, ToolRisk } from '../tool.ts';
import { flatParameters } from './flat-parameters.ts';
import type { McpConnection } from './mcp-connection.ts';

export type McpToolOrNot =
  | { kind: 'tool'; tool: Tool; risk: ToolRisk }
  /** `why`: continues a sentence that begins with the tool. */
  | { kind: 'unfit'; name: string; why: string };

const longestDescription = 300;
const longestName = 61;

/**
 * A tool of an MCP server as models call it: `<server>_<tool>`. What it can do is what the person says; hints of the server about that are text from outside.
 * @param risk As the person says.
 */
export function mcpTool(connection: McpConnection, listed: ListedTool, risk: ToolRisk): McpToolOrNot {
  const name = `${connection.name}_${snakeCase(listed.name)}`;
  const unfit = (why: string): McpToolOrNot => ({ kind: 'unfit', name: shownName(listed.name), why });
  if (!/^[a-z][a-z\d_]*$/.test(name) || name.length > longestName) return unfit('has a name that cannot be written in a call');
  const flat = flatParameters(listed.inputSchema);
  if (flat.kind === 'unfit') return unfit(flat.why);
  const tool: Tool = {
    name,
    description: describe(listed),
    example: `${name}(${flat.example})`,
    parameters: flat.parameters,
    risk: () => risk,
    async execute(given, { signal, callMilliseconds, output, secrets }) {
      const values = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      const result = await connection.call(listed.name, values, { signal, milliseconds: callMilliseconds });
      return shown(result, output, [...connection.secrets, ...secrets]);
    },
  };
  return { kind: 'tool', tool, risk };
}

/** `getUser`, `get-user` and `user/get` as models write names. */
function snakeCase(name: string): string {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll(/[-./\s]/g, '_')
    .toLowerCase();
}

function describe({ description = '', title = '' }: ListedTool): string {
  const text = shorten(printableLine(description.slice(0, 10_000).trim().replaceAll(/\s+/g, ' ')), longestDescription);
  return text === '' ? shorten(printableLine(title.slice(0, 1000)), longestDescription) || 'It is not described.' : text;
}

/** The texts of a result, cut like every output. What is no text is named. */
function shown({ content, isError = false }: CallToolResult, limits: OutputLimits, secrets: readonly string[]): ToolResult {
  const cutter = new OutputCutter(limits);
  let texts = 0;
  const others = new Map<string, number>();
  for (const part of content) {
    if (part.type === 'text') {
      if (texts > 0) cutter.add(Buffer.from('\n'));
      cutter.add(Buffer.from(part.text));
      texts += 1;
    } else others.set(part.type, (others.get(part.type) ?? 0) + 1);
  }
  const { text, cut } = cutter.finish((raw) => String(redactSecrets(raw, { secrets })));
  const left = [...others].map(([type, count]) => `[left out: ${count} of the kind ${type}]`);
  const nothing = text === '' && left.length === 0 ? ['It gave nothing as text.'] : [];
  const output = [text, ...left, ...nothing].filter((line) => line !== '').join('\n');
  return { output, isError, metadata: { texts, leftOut: content.length - texts }, ...(cut === undefined ? {} : { cut }) };
}
