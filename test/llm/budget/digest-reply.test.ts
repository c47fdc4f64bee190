import { describe, expect, it } from 'vitest';
import { digestReply } from '../../../src/llm/budget/digest-reply.ts';

describe('digestReply', () => {
  it('keeps headings, files and where the whole text is', () => {
    const reply = '# Design\n\ntext\n\n## Parts ##\n\n```python:a.py\n# a comment, no heading\n```\n';
    expect(digestReply({ reply, files: ['a.py'], savedAs: '02-architecture_design.md' })).toBe(
      '(This reply was shortened to fit.)\n\nHeadings:\n- Design\n- Parts\n\nFiles:\n- a.py\n\nThe full text is in 02-architecture_design.md.',
    );
  });

  it('stays short, however many headings there are', () => {
    const reply = Array.from({ length: 500 }, (_, index) => `# Heading ${index}`).join('\n');
    expect(digestReply({ reply, files: [] }).length).toBeLessThan(400);
  });
});
