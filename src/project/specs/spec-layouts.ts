import { openSpecContext } from './open-spec-context.ts';

/** One document of a specification, or a folder of documents of one kind. */
export interface SpecDocument {
  /** The first of them that exists counts. Relative to the specification's folder, with `/`. A folder stands for all text files in it and below it. */
  paths: readonly string[];
  /** What it holds, for the heading above it. */
  holds: string;
  /** If it is missing: `required`: nobody knows what to build; otherwise what that means, the end of a sentence. Absent: it means nothing. */
  missing?: 'required' | { means: string };
  /** What shows that it has not been filled in since a tool created it. */
  template?: RegExp;
}

export interface PartOfDocument {
  /** Empty: nothing. Undefined: it is left out. */
  read: (text: string) => string | undefined;
  /** Why it is left out, the end of a sentence. */
  whyNot: string;
}

/** A document that all specifications of a project share, or a folder of such documents. */
export interface SharedDocument extends Pick<SpecDocument, 'paths' | 'holds' | 'template'> {
  /** What of it is meant for everybody, if not all that its front matter does not keep for some. */
  part?: PartOfDocument;
}

/** How one tool lays out specifications in a project. */
export interface SpecLayout {
  tool: string;
  /** The folders that hold a folder for each specification, relative to the project; a longer one before one that it ends with. */
  collections: readonly string[];
  /** Relative to the project, in the order in which they are read. */
  shared: readonly SharedDocument[];
  /** In the order in which they are read: what to build, then how, then in which steps. */
  documents: readonly SpecDocument[];
}

const noTasks = 'the team divides the work itself';
const noDesign = 'the team decides how to build it';

/** The known layouts. Where a folder fits several, the first counts. */
export const specLayouts: readonly SpecLayout[] = [
  {
    tool: 'Kiro',
    collections: ['.kiro/specs'],
    shared: [{ paths: ['.kiro/steering'], holds: 'what holds for the whole project' }],
    documents: [
      { paths: ['requirements.md', 'bugfix.md'], holds: 'what to build', missing: 'required' },
      { paths: ['design.md'], holds: 'how to build it', missing: { means: noDesign } },
      { paths: ['tasks.md'], holds: 'the steps', missing: { means: noTasks } },
    ],
  },
  {
    tool: 'OpenSpec',
    collections: ['openspec/changes/approved', 'openspec/changes/proposed', 'openspec/changes'],
    shared: [
      {
        paths: ['openspec/project.md'],
        holds: 'what holds for the whole project',
        template: /\[Describe your project's purpose and goals\]/,
      },
      {
        paths: ['openspec/config.yaml', 'openspec/config.yml'],
        holds: 'what holds for the whole project',
        part: { read: openSpecContext, whyNot: 'it is no valid YAML' },
      },
    ],
    documents: [
      { paths: ['proposal.md'], holds: 'what to change, and why', missing: 'required' },
      { paths: ['specs'], holds: 'what changes in the behaviour', missing: { means: 'the proposal alone says what changes' } },
      { paths: ['design.md'], holds: 'how to build it' },
      { paths: ['tasks.md'], holds: 'the steps', missing: { means: noTasks } },
    ],
  },
  {
    tool: 'Spec Kit',
    collections: ['.specify/specs', 'specs'],
    shared: [
      {
        paths: ['.specify/memory/constitution.md', 'memory/constitution.md'],
        holds: 'the principles of the project',
        template: /\[PROJECT_NAME\]|\[PRINCIPLE_1_NAME\]/,
      },
    ],
    documents: [
      { paths: ['spec.md'], holds: 'what to build', missing: 'required', template: /^# Feature Specification: \[FEATURE NAME\]/m },
      { paths: ['plan.md'], holds: 'how to build it', missing: { means: noDesign }, template: /^# Implementation Plan: \[FEATURE\]/m },
      { paths: ['research.md'], holds: 'what was found out' },
      { paths: ['data-model.md'], holds: 'the data' },
      { paths: ['contracts'], holds: 'a contract' },
      { paths: ['quickstart.md'], holds: 'how to try it' },
      { paths: ['tasks.md'], holds: 'the steps', missing: { means: noTasks }, template: /^# Tasks: \[FEATURE NAME\]/m },
    ],
  },
];
