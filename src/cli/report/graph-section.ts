import { curvedPath, pixels } from '../definitions/curved-path.ts';
import { layoutGraph } from '../definitions/layout-graph.ts';
import type { ReportedStep } from '../../operations/report/reported-step.ts';
import { html, type Html } from './html.ts';
import type { SectionOf } from './section.ts';
import { anchors, brief, marks, spoken } from './words.ts';

/** Pixels. */
const [letter, boxHeight, margin] = [7.4, 44, 12];
/** More boxes show nothing any more. */
const mostDrawn = 120;

/** Which step needed which, and how each ended. */
export const graphSection: SectionOf = (report, room) => {
  const { steps } = report;
  const outer = steps.filter(({ parent }) => parent === null);
  const drawn = room.first(steps.length <= mostDrawn ? steps : outer, mostDrawn, 'steps of the graph');
  if (drawn.length < steps.length && drawn.length === outer.length)
    room.left.push('The graph shows the steps of the workflow, without those that joined the run for them.');
  return {
    id: 'graph',
    title: 'Steps',
    body: drawn.length === 0 ? undefined : drawing(drawn, steps, anchors(report)),
    none: 'The run has no steps.',
  };
};

function drawing(drawn: readonly ReportedStep[], all: readonly ReportedStep[], placeOf: ReadonlyMap<string, string>): Html {
  const named = new Set(drawn.map(({ task }) => task));
  const inner = Map.groupBy(
    all.filter(({ parent }) => parent !== null),
    ({ parent }) => parent,
  );
  const nodes = drawn.map((step) => {
    const within = named.has(inner.get(step.task)?.[0]?.task ?? '') ? 0 : (inner.get(step.task)?.length ?? 0);
    const title = brief(step.task, 40);
    const who = step.role === '' ? step.kind : spoken(step.role);
    const about = `${marks[step.status] ?? ''} ${step.status}, ${who}${within === 0 ? '' : `, ${within} steps within`}`;
    const needs = step.dependsOn.filter((id) => named.has(id));
    const dependsOn = needs.length === 0 && step.parent !== null && named.has(step.parent) ? [step.parent] : needs;
    return {
      id: step.task,
      step,
      title,
      about,
      dependsOn,
      // Names of steps and roles are plain ASCII; where a journal says otherwise, a box may be too narrow, and nothing else happens.
      width: Math.max(title.length, about.length) * letter + 2 * margin,
      height: boxHeight,
    };
  });
  const { width, height, boxes, lines } = layoutGraph(nodes, { beside: 22, below: 34 });
  const [wide, high] = [Math.ceil(width + 2 * margin), Math.ceil(height + 2 * margin)];
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const links = boxes.map(({ id, x, y, width: own }) => {
    const node = byId.get(id);
    if (node === undefined) return html``;
    return html`<a href="#${placeOf.get(id)}" aria-label="${node.title}: ${node.about}"
      ><g transform="translate(${pixels(x + margin)} ${pixels(y + margin)})"
        ><title>${brief(node.step.description, 200)}</title
        ><rect class="box ${node.step.status}" width="${pixels(own)}" height="${boxHeight}" rx="6" /><text x="${margin}" y="18" class="name"
          >${node.title}</text
        ><text x="${margin}" y="35" class="about">${node.about}</text></g
      ></a
    >`;
  });
  return html`<div class="wide graph" tabindex="0" role="group" aria-label="Graph of the steps">
    <svg
      width="${wide}"
      height="${high}"
      viewBox="0 0 ${wide} ${high}"
      role="group"
      aria-label="Each step below those that it needs; a step leads to its replies"
    >
      <defs>
        <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0L8 4L0 8z" class="tip" />
        </marker>
      </defs>
      ${lines.map((points) => html`<path class="way" marker-end="url(#arrow)" d="${wayOf(points)}" />`)} ${links}
    </svg>
  </div>`;
}

function wayOf(points: readonly { x: number; y: number }[]): string {
  return curvedPath(points.map(({ x, y }) => ({ x: x + margin, y: y + margin })));
}
