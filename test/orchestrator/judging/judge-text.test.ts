import { describe, expect, it } from 'vitest';
import { judgeText } from '../../../src/orchestrator/judging/judge-text.ts';

const requirement = 'Our choir needs a program that tells every singer where to sit, row by row, from the front to the back of the hall.';
const message = 'List what the program must do, in at most ten short lines, taken only from the requirement. No code.';
const judge = (text: string, earlier: string[] = []) => judgeText({ text, message, requirement, earlier });

describe('a reply to a step that expects text', () => {
  it.each([
    ['nothing', ''],
    ['marks without a word', '# \n\n---\n\n> - '],
    ['its own instruction', `## Task\n\n${message}`],
    ['the requirement again', `> ${requirement}`],
    ['a refusal', "I'm sorry, but I can't help with that."],
    ['another refusal', 'As an AI language model I am not able to run code.'],
    ['another language', '这个程序必须告诉每个歌手坐在哪里，从大厅的前面到后面。'],
  ])('that holds %s has no substance', (_, text) => {
    expect(judge(text).kind).toBe('no_substance');
  });

  it('that says an earlier reply again has none', () => {
    const earlier = 'The rows are called by letters and the seats in each of them are numbered from one.';
    expect(judge(`# Notes\n\n${earlier}`, ['Other.', earlier])).toEqual({
      kind: 'no_substance',
      why: 'the reply only repeated an earlier one',
    });
  });

  it.each([
    ['short', 'Three criteria.'],
    [
      'a list that takes words from the requirement',
      '- It tells every singer where to sit.\n- Rows go from the front to the back.\n- A row has a letter.',
    ],
    [
      'long, and begins like a refusal',
      `Sorry, singers are seated by voice. ${'The first row is for the sopranos, who are small. '.repeat(12)}`,
    ],
    ['with names from another script', 'The hall is called Филармония, and its rows are numbered from the front.'],
  ])('that is %s has substance', (_, text) => {
    expect(judge(text)).toEqual({ kind: 'substance' });
  });

  it.each([
    [
      'of the message, where there is no requirement',
      'Что делает `seats.py`? List files with list_files("."), and reply without any call.',
      '',
    ],
    ['of which the message speaks', 'Translate the help of `seats.py` into Russian.', ''],
    ['of which the requirement speaks', 'Write what users read.', 'The page for guests is in Ukrainian or Russian.'],
  ])('is in the language %s', (_, asked, about) => {
    const text = 'Ряды идут спереди назад, и место есть у каждого.';
    expect(judgeText({ text, message: asked, requirement: about, earlier: [] }).kind).toBe('substance');
  });

  it('is in the language of the requirement, whichever that is', () => {
    expect(
      judgeText({
        text: 'Ряды идут спереди назад, и место есть у каждого.',
        message: 'Список.',
        requirement: 'Нужна программа для хора.',
        earlier: [],
      }).kind,
    ).toBe('substance');
  });
});
