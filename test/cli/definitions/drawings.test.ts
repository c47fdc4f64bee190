import { parse } from 'parse5';
import { describe, expect, it, test } from 'vitest';
import { drawnSteps } from '../../../src/cli/definitions/drawn-step.ts';
import { mermaidGraph } from '../../../src/cli/definitions/mermaid-graph.ts';
import { svgGraph } from '../../../src/cli/definitions/svg-graph.ts';
import { drawn, nested } from './drawn-graphs.ts';

const hostile = `"]; click s1 "javascript:alert(1)" <script>alert(1)</script> %%{init}%% --> #quot; \`x\` & 'y'`;
const hostileSteps = [{ ...drawn('a'), about: hostile }, drawn('b', ['a'])];

describe('a Mermaid flowchart', () => {
  it('has a node for each step, a frame for each step that holds others, and an arrow for each dependency', () => {
    expect(mermaidGraph('Two looks', nested)).toBe(`---
title: "Two looks"
---
flowchart TD
  s1["first<br/>does first"]
  subgraph s2["rounds<br/>does rounds"]
      s2_1_1["review<br/>does review"]
      subgraph s2_1_2["choice<br/>does choice"]
        subgraph s2_1_2_1["cases#91;0#93;.steps"]
          s2_1_2_1_1["rework<br/>does rework"]
        end
        subgraph s2_1_2_2["default"]
          s2_1_2_2_1["praise<br/>does praise"]
          s2_1_2_2_2["more<br/>does more"]
          s2_1_2_2_1 --> s2_1_2_2_2
        end
      end
      s2_1_1 --> s2_1_2
  end
  s3["aside<br/>does aside"]
  s4["last<br/>does last"]
  s1 --> s2
  s1 --> s3
  s2 --> s4
  s3 --> s4`);
  });

  it('takes nothing that a file says for syntax', () => {
    const lines = mermaidGraph(hostile, hostileSteps).split('\n');
    expect(lines.slice(3)).toEqual([
      'flowchart TD',
      expect.stringMatching(/^ {2}s1\["a<br\/>[\p{L}\p{N} .,:/_#;-]+"\]$/u),
      '  s2["b<br/>does b"]',
      '  s1 --> s2',
    ]);
    expect(JSON.parse(lines[1]!.slice('title: '.length))).toBe(hostile);
  });
});

describe('an SVG picture', () => {
  it('has a box with two lines of text for each step, within the box of the step that holds it, and an arrow for each dependency', () => {
    const picture = svgGraph('Two looks', nested);
    expect(picture.match(/ font-weight="bold">[^<]*/g)?.map((text) => text.slice(20))).toEqual(
      expect.arrayContaining(['first', 'rounds', 'review', 'choice', 'rework', 'praise', 'more', 'aside', 'last']),
    );
    expect(picture.match(/marker-end=/g)).toHaveLength(6);
    expect(picture).toContain('<title>Two looks</title>');
  });

  it('holds no element, attribute or text of a file but as text', () => {
    const picture = svgGraph(hostile, hostileSteps);
    const names = new Set([...picture.matchAll(/<([a-z]+)/gi)].map(([, name]) => name));
    expect(names).toEqual(new Set(['svg', 'title', 'defs', 'marker', 'path', 'rect', 'g', 'text']));
    expect(picture.match(/ on\w+=| href=/)).toBeNull();
    expect(JSON.stringify(parse(picture), (key, value: unknown) => (key === 'parentNode' ? undefined : value))).toContain(
      JSON.stringify(hostile).slice(1, -1),
    );
  });
});

describe('what is drawn of a step', () => {
  const step = (rest: object) => ({ id: 'a', kind: 'agent', description: 'x', depends_on: [], priority: 1, ...rest });
  const titleOf = (role: string) => (role === 'developer' ? 'Developer' : undefined);

  test.each([
    [{ role: 'developer', expects: 'files' }, 'Developer, files'],
    [{ role: 'nobody', expects: { json: {} }, when: 'inputs.x' }, 'nobody, data, when inputs.x'],
    [{ kind: 'wait', seconds: 3, signal: 'go' }, 'wait, seconds 3, signal go'],
    [{ kind: 'check', role: 'developer', criteria: ['x'] }, 'check, Developer'],
    [{ kind: 'command', command: 'a\n\u001B[2Jb\u001B]0;x\u0007' }, String.raw`command, command a\nb`],
    [{ kind: 'command', command: 'x'.repeat(500) }, `command, command ${'x'.repeat(52)}…`],
  ])('%j: %s', (rest, about) => {
    expect(drawnSteps([step(rest)], { titleOf, innerOf: () => [] })[0]?.about).toBe(about);
  });

  it('is also what it holds, by the keys that lead there and the condition beside it', () => {
    const inner = [{ ...step({ role: 'developer', expects: 'text' }), id: 'b' }];
    const whole = step({ kind: 'switch', cases: [{ when: 'inputs.x > 3', steps: inner }], default: inner });
    const innerOf = ({ kind }: { kind: string }) =>
      kind === 'switch'
        ? [
            { path: ['cases', 0, 'steps'], steps: inner },
            { path: ['default'], steps: inner },
          ]
        : [];
    const [drawn] = drawnSteps([whole], { titleOf, innerOf });
    expect(drawn?.inner.map(({ name, steps }) => [name, steps.map(({ id }) => id)])).toEqual([
      ['cases[0].steps: when inputs.x > 3', ['b']],
      ['default', ['b']],
    ]);
  });
});
