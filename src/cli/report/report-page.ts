import type { RunReport } from '../../operations/report/report-of-run.ts';
import { decisionSection } from './decision-section.ts';
import { egressSection } from './egress-section.ts';
import { errorSection } from './error-section.ts';
import { fileSection } from './file-section.ts';
import { graphSection } from './graph-section.ts';
import { html } from './html.ts';
import { messageSection } from './message-section.ts';
import { outcomeSection } from './outcome-section.ts';
import { pageHtml } from './page.ts';
import { repairSection } from './repair-section.ts';
import { Room } from './room.ts';
import type { SectionOf } from './section.ts';
import { speedSection } from './speed-section.ts';
import { steeringSection } from './steering-section.ts';
import { stepSection } from './step-section.ts';
import { timelineSection } from './timeline-section.ts';
import { tokenSection } from './token-section.ts';
import { brief } from './words.ts';
import { workSection } from './work-section.ts';

/** Every part of the page, in its order. */
const sections: readonly SectionOf[] = [
  outcomeSection,
  graphSection,
  timelineSection,
  tokenSection,
  speedSection,
  stepSection,
  fileSection,
  steeringSection,
  decisionSection,
  repairSection,
  workSection,
  messageSection,
  errorSection,
  egressSection,
];

/** Bytes. */
export const largestPage = 5_000_000;

/** The page about a run. The same report gives the same bytes. */
export function reportPage(report: RunReport): string {
  for (let share = 1; ; share /= 2) {
    const page = pageWith(report, new Room(share));
    if (Buffer.byteLength(page) <= largestPage || share < 0.001) return page;
  }
}

function pageWith(report: RunReport, room: Room): string {
  const { result, title } = report;
  const asked =
    result.requirement
      .trim()
      .split('\n', 1)[0]
      ?.replace(/^#+\s*/, '') ?? '';
  return pageHtml({
    title: `${brief(title, 80)}${asked === '' ? '' : `: ${brief(asked, 100)}`}`,
    about: html`<p class="quiet">A run of multiagent ${report.version}</p>`,
    sections: [
      ...sections.map((sectionOf) => sectionOf(report, room)),
      {
        id: 'left-out',
        title: 'What is not on this page',
        body: html`<ul>
          <li>
            What models were asked, and what they thought before they replied:
            <code>multiagent show ${result.workflow_id} --prompt &lt;step&gt;</code>, <code>--reasoning &lt;step&gt;</code>.
          </li>
          ${room.left.map((sentence) => html`<li>${sentence}</li>`)}
        </ul>`,
        none: '',
      },
    ],
  });
}
