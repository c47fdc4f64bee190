import { basename } from 'node:path';
import { type Document, LineCounter, type Node, isMap, isNode, isSeq, parseDocument } from 'yaml';
import { readDefinition } from '../utils/definition-folder.ts';
import { describeError, unreadableReason } from '../utils/describe-error.ts';
import { MultiagentError } from '../utils/multiagent-error.ts';
import { type DefinitionProblem, checkDefinition } from './definition-problems.ts';
import { invalidWorkflow } from './invalid-workflow.ts';
import { shownName } from '../utils/printable.ts';
import type { StepOptionSchemas, WorkflowDefinition } from './workflow-schema.ts';

export interface LoadWorkflowOptions {
  /** Absolute: the folder that the file must be in, links followed. Absent: anywhere. */
  within?: string | undefined;
  kinds?: StepOptionSchemas | undefined;
}

/**
 * Reads a workflow from a YAML (or JSON) file: a regular file of limited size.
 * @throws MultiagentError `workflow.unreadable` if the file cannot be read, and what `parseWorkflow` throws.
 */
export function loadWorkflow(path: string, { within, kinds }: LoadWorkflowOptions = {}): WorkflowDefinition {
  let text: string;
  try {
    text = readDefinition(path, { within });
  } catch (error) {
    throw new MultiagentError({
      category: 'usage',
      code: 'workflow.unreadable',
      message: `The workflow file ${path} cannot be read: ${unreadableReason(error)}.`,
      hint: 'Give the path of a YAML file that exists and that you can read.',
      cause: error,
    });
  }
  return parseWorkflow(text, basename(path), kinds);
}

/**
 * Reads a workflow from its YAML (or JSON) text. `fileName` is only for the error.
 * @throws MultiagentError `workflow.invalid`, with the line and column of every problem.
 */
export function parseWorkflow(text: string, fileName: string, kinds?: StepOptionSchemas): WorkflowDefinition {
  const lines = new LineCounter();
  const located = (offset: number, message: string) => {
    const { line, col } = lines.linePos(offset);
    const start = lines.lineStarts[line - 1] ?? 0;
    const end = text.indexOf('\n', start);
    const written = text.slice(start, end === -1 ? undefined : end).trimEnd();
    return { line: Math.max(line, 1), column: Math.max(col, 1), text: written, message };
  };
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    throw invalidWorkflow(
      fileName,
      faults.map(({ pos, message }) => located(pos[0], shownName(message))),
    );
  }
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    // Only aliases fail here: one that expands without end, or one that is not defined.
    throw invalidWorkflow(fileName, [located(0, shownName(describeError(error).message))]);
  }
  const checked = checkDefinition(value, kinds);
  if (checked.valid) return checked.definition;
  throw invalidWorkflow(
    fileName,
    checked.problems.map((problem) => located(offsetOf(document, problem), problem.message)),
  );
}

/** The position of a problem's value, or of the nearest value around it that exists. */
function offsetOf(document: Document.Parsed, { path, at }: DefinitionProblem): number {
  let node: Node | null = document.contents;
  let offset = node?.range?.[0] ?? 0;
  for (const [depth, part] of path.entries()) {
    let next: unknown;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isNode(key) && String(key) === part);
      if (depth === path.length - 1 && at === 'key' && isNode(pair?.key)) return pair.key.range?.[0] ?? offset;
      next = pair?.value;
    } else if (isSeq(node) && typeof part === 'number') {
      next = node.items[part];
    }
    if (!isNode(next)) return offset;
    node = next;
    offset = node.range?.[0] ?? offset;
  }
  return offset;
}
