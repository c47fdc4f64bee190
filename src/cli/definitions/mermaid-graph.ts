import type { DrawnStep } from './drawn-step.ts';

/**
 * A graph as a Mermaid flowchart. Nothing that a file says becomes syntax: nodes have names of our own, and in their texts every character beyond letters,
 * digits and simple punctuation is written by its number.
 */
export function mermaidGraph(title: string, steps: readonly DrawnStep[]): string {
  const front = ['---', `title: ${JSON.stringify(title)}`, '---'];
  return [...front, 'flowchart TD', ...mermaidLines(steps, 's', '  ')].join('\n');
}

function mermaidLines(steps: readonly DrawnStep[], prefix: string, indent: string): string[] {
  const names = new Map(steps.map(({ id }, index) => [id, `${prefix}${index + 1}`]));
  const nodes = steps.flatMap(({ id, about, inner }) => {
    const name = names.get(id) ?? prefix;
    const label = `"${escaped(id)}<br/>${escaped(about)}"`;
    if (inner.every((list) => list.steps.length === 0)) return [`${indent}${name}[${label}]`];
    const lists = inner.flatMap((list, index) => {
      const within = `${name}_${index + 1}`;
      const lines = mermaidLines(list.steps, `${within}_`, `${indent}    `);
      return inner.length === 1 ? lines : [`${indent}  subgraph ${within}["${escaped(list.name)}"]`, ...lines, `${indent}  end`];
    });
    return [`${indent}subgraph ${name}[${label}]`, ...lists, `${indent}end`];
  });
  const edges = steps.flatMap(({ id, dependsOn }) => dependsOn.map((needed) => `${indent}${names.get(needed)} --> ${names.get(id)}`));
  return [...nodes, ...edges];
}

function escaped(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N} .,:/_-]/gu, (character) => `#${character.codePointAt(0) ?? 0};`);
}
