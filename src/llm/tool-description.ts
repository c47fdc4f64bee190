/** A tool that a model may call, as servers are told of it. */
export interface ToolDescription {
  name: string;
  description: string;
  /** JSON Schema of an object. */
  parameters: Record<string, unknown>;
}

/** The tools of a request as one text, for counting and comparing; empty without any. */
export function textOfTools(tools: readonly ToolDescription[] | undefined): string {
  return tools === undefined || tools.length === 0 ? '' : JSON.stringify(tools);
}
