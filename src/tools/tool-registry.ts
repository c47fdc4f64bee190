import { jsonSchemaForModel } from '../llm/chat/json-schema-for-model.ts';
import type { ToolDescription } from '../llm/tool-description.ts';
import { kindOf } from './arguments/parameter-kind.ts';
import type { Tool } from './tool.ts';

/** The tools that a model may call, by name. */
export class ToolRegistry {
  readonly #tools: ReadonlyMap<string, Tool>;

  /** @throws Error for two of one name, a name that no model could call, and a parameter that is no plain value: defects of the program. */
  constructor(tools: readonly Tool[]) {
    for (const { name, parameters } of tools) {
      if (!/^[a-z][a-z\d_]{0,60}$/.test(name)) throw new Error(`A tool cannot have the name ${name}.`);
      if (tools.filter((tool) => tool.name === name).length > 1) throw new Error(`There are two tools named ${name}.`);
      const nested = Object.entries(parameters.shape).find(([, schema]) => kindOf(schema) === 'other');
      if (nested !== undefined) throw new Error(`The parameter ${nested[0]} of the tool ${name} is no string, number, boolean or choice.`);
    }
    this.#tools = new Map(tools.map((tool) => [tool.name, tool]));
  }

  get(name: string): Tool | undefined {
    return this.#tools.get(name);
  }

  /** In the order in which they were given, which is that of every description: prompts stay the same. */
  get names(): string[] {
    return [...this.#tools.keys()];
  }

  /** For native calls. */
  describe(): ToolDescription[] {
    return [...this.#tools.values()].map(({ name, description, parameters }) => ({
      name,
      description,
      parameters: jsonSchemaForModel(parameters),
    }));
  }

  /** For calls in text: a line for each tool, with a call that a model may take for its pattern. A small one takes the names of arguments for values. */
  describeAsText(): string {
    return [...this.#tools.values()].map(({ example, description }) => `${example}  ${description}`).join('\n');
  }
}
