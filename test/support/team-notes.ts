import { variedWords } from './varied-words.ts';

/** Steps that are answered with text. */
export type TextTaskType =
  | 'requirements_analysis'
  | 'architecture_design'
  | 'bug_analysis'
  | 'infrastructure_design'
  | 'documentation_requirements'
  | 'technical_review'
  | 'requirements_gathering'
  | 'technical_feasibility'
  | 'infrastructure_assessment'
  | 'final_analysis';

interface Outline {
  title: string;
  /** Headings with what stands under them; `*` is the subject. */
  sections: readonly (readonly [heading: string, text: string])[];
}

const OUTLINES: Readonly<Record<TextTaskType, Outline>> = {
  requirements_analysis: {
    title: 'Requirements: *',
    sections: [
      ['User stories', '1. As a user, I can create a * with a name.\n2. As a user, I can list and delete each *.'],
      ['Acceptance criteria', '- A * without a name is rejected.\n- Deleting an unknown * changes nothing.'],
    ],
  },
  architecture_design: {
    title: 'Architecture: *',
    sections: [
      ['Components', '- `src/*_store.py`: keeps every * in memory.\n- `tests/test_*_store.py`: its tests.'],
      ['Decisions', 'The store hands out ids in order; nothing is written to disk.'],
    ],
  },
  bug_analysis: {
    title: 'Bug analysis: *',
    sections: [
      ['To reproduce', '1. Create a *.\n2. Delete it twice.\n3. The second deletion fails.'],
      ['Cause', '`remove` asks for the * without checking that it exists.'],
    ],
  },
  infrastructure_design: {
    title: 'Infrastructure: *',
    sections: [
      ['Services', '- One container for the * service.\n- One volume for its data.'],
      ['Network', 'Only port 8000 is reachable from outside.'],
    ],
  },
  documentation_requirements: {
    title: 'Documentation needs: *',
    sections: [
      ['Readers', '- People who install the * service.\n- People who call it.'],
      ['Pages', '- A readme.\n- A guide for each task.'],
    ],
  },
  technical_review: {
    title: 'Technical review: *',
    sections: [
      ['Findings', '- The examples for the * match the code.\n- The port in the guide is correct.'],
      ['Verdict', 'The documents can be published.'],
    ],
  },
  requirements_gathering: {
    title: 'Gathered requirements: *',
    sections: [
      ['Goals', '- Every * can be found within a second.'],
      ['Open questions', '- Who may delete a *?'],
    ],
  },
  technical_feasibility: {
    title: 'Technical feasibility: *',
    sections: [
      ['Assessment', 'A * store in memory is feasible with the standard library.'],
      ['Risks', '- Data is lost when the process ends.'],
    ],
  },
  infrastructure_assessment: {
    title: 'Infrastructure assessment: *',
    sections: [
      ['Needs', '- One small machine serves the * service.'],
      ['Costs', 'No licence is needed.'],
    ],
  },
  final_analysis: {
    title: 'Final analysis: *',
    sections: [
      ['Summary', 'The * service is feasible on one machine.'],
      ['Recommendation', 'Build it in two steps: the store, then the interface.'],
    ],
  },
};

/** Markdown with headings; each unit adds one line to a list at its end. */
export function teamNotes(taskType: TextTaskType, subject: string, units: number): string {
  const { title, sections } = OUTLINES[taskType];
  const parts = [`## ${title}`, ...sections.flatMap(([heading, text]) => [`### ${heading}`, text])];
  // Each step says something else.
  const from = 1000 * Object.keys(OUTLINES).indexOf(taskType);
  const details = Array.from({ length: units }, (_, index) => `- Point ${index + 1}: every * keeps ${variedWords(from + index, 6)}.`);
  if (details.length > 0) parts.push('### Details', details.join('\n'));
  return `${parts.join('\n\n').replaceAll('*', subject)}\n`;
}
