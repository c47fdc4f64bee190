import { textWidth } from '../views/text-width.ts';
import type { DrawnStep } from './drawn-step.ts';
import { curvedPath, pixels } from './curved-path.ts';
import { layoutGraph } from './layout-graph.ts';

/** Pixels. */
const [letterWidth, boxHeight, margin, besideGap, belowGap] = [7.3, 46, 14, 24, 34];

interface Drawing {
  width: number;
  height: number;
  /** SVG elements, drawn from the left upper corner. */
  elements: string[];
}

/** A graph as an SVG picture without anything that could be executed or loaded: every text of the file is escaped. */
export function svgGraph(title: string, steps: readonly DrawnStep[]): string {
  const { width, height, elements } = draw(steps);
  const [whole, high] = [width + 2 * margin, height + 2 * margin].map(Math.ceil);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${whole}" height="${high}" viewBox="0 0 ${whole} ${high}" role="img">
<title>${escaped(title)}</title>
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#57606a"/></marker></defs>
<rect width="${whole}" height="${high}" fill="#ffffff"/>
<g transform="translate(${margin} ${margin})" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="12" fill="#1f2328">
${elements.join('\n')}
</g>
</svg>
`;
}

function draw(steps: readonly DrawnStep[]): Drawing {
  const contents = new Map(steps.map((step) => [step.id, contentOf(step)]));
  const nodes = steps.map(({ id, dependsOn }) => ({ id, dependsOn, width: 0, height: 0, ...contents.get(id) }));
  const { width, height, boxes, lines } = layoutGraph(nodes, { beside: besideGap, below: belowGap });
  const ways = lines.map((points) => `<path d="${curvedPath(points)}" fill="none" stroke="#57606a" marker-end="url(#arrow)"/>`);
  const drawn = boxes.map(
    ({ id, x, y }) => `<g transform="translate(${pixels(x)} ${pixels(y)})">${contents.get(id)?.elements.join('') ?? ''}</g>`,
  );
  return { width, height, elements: [...ways, ...drawn] };
}

/** A step's box, with the graphs of the steps within it beside each other. */
function contentOf({ id, about, inner }: DrawnStep): Drawing {
  const lists = inner.filter(({ steps }) => steps.length > 0).map(({ name, steps }) => ({ name, ...draw(steps) }));
  const named = lists.length > 1 ? 18 : 0;
  const within = lists.reduce((sum, list) => sum + Math.max(list.width, widthOf(list.name)) + margin, lists.length === 0 ? 0 : margin);
  const width = Math.max(widthOf(id), widthOf(about), within - 2 * margin) + 2 * margin;
  const height = boxHeight + (lists.length === 0 ? 0 : Math.max(...lists.map((list) => list.height)) + named + margin);
  const fill = lists.length === 0 ? '#f6f8fa' : '#ffffff';
  const elements = [
    `<rect width="${pixels(width)}" height="${pixels(height)}" rx="6" fill="${fill}" stroke="#8c959f"/>`,
    `<text x="${margin}" y="19" font-weight="bold">${escaped(id)}</text>`,
    `<text x="${margin}" y="36" fill="#57606a">${escaped(about)}</text>`,
  ];
  let x = margin;
  for (const list of lists) {
    if (named > 0) elements.push(`<text x="${pixels(x)}" y="${boxHeight + 12}" fill="#57606a">${escaped(list.name)}</text>`);
    elements.push(`<g transform="translate(${pixels(x)} ${boxHeight + named})">${list.elements.join('')}</g>`);
    x += Math.max(list.width, widthOf(list.name)) + margin;
  }
  return { width, height, elements };
}

function widthOf(text: string): number {
  return textWidth(text) * letterWidth;
}

function escaped(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cs}\p{Bidi_Control}\u{FFFE}\u{FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
