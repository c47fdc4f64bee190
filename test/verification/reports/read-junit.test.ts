import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJUnit } from '../../../src/verification/reports/read-junit.ts';

describe('a report in the XML of JUnit', () => {
  it.each<[string, string, unknown]>([
    ['of nothing', '<testsuites/>', { passed: 0, failed: 0, tests: [] }],
    [
      'with groups',
      '<testsuite><testcase classname="a" name="b"/><testcase classname="test" name="c"/></testsuite>',
      { passed: 2, tests: [{ name: 'a > b' }, { name: 'c' }] },
    ],
    [
      'with an error',
      '<testsuite><testcase name="a"><error message="m&#10;&lt;n&#x3e;">t</error></testcase></testsuite>',
      { failed: 1, tests: [{ message: 'm\n<n>\nt' }] },
    ],
    [
      'with what is printed',
      '<testsuite><testcase name="a"><system-out>Error: <![CDATA[<failure>]]></system-out></testcase></testsuite>',
      { passed: 1, failed: 0 },
    ],
    [
      'with a failure in a comment',
      '<testsuite><!-- <testcase name="a"><failure/> --><testcase name="b"/></testsuite>',
      { passed: 1, failed: 0 },
    ],
    ['with a > in a name', '<testsuite><testcase name="a > b"/></testsuite>', { tests: [{ name: 'a > b' }] }],
    [
      'several behind each other',
      '<?xml version="1.0"?><testsuite><testcase name="a"/></testsuite><?xml version="1.0"?><testsuite><testcase name="b"/></testsuite>',
      { passed: 2 },
    ],
    ['with no names', "<testsuite><testcase/><testcase name='a'/></testsuite>", { passed: 2 }],
  ])('%s', (_, report, results) => {
    expect(readJUnit(report)).toMatchObject(results as object);
  });

  it.each([
    undefined,
    '',
    'no XML',
    '<html></html>',
    '<testsuite><testcase name="a"/>',
    '<testsuite><testcase name="a',
    '<testsuite',
    '<!-- ',
  ])('that is none, or is cut off: %j', (report) => {
    expect(readJUnit(report)).toBeUndefined();
  });

  it('expands no entity of its own and fetches nothing', () => {
    const laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>';
    const results = readJUnit(`${laughs}<testsuite><testcase name="&b;"><failure message="&f;"/></testcase></testsuite>`);
    expect(results?.tests).toEqual([{ name: '&b;', outcome: 'failed', message: '&f;\n' }]);
  });

  it('of any content is read in one go', () => {
    const pieces = [
      '<',
      '>',
      '"',
      "'",
      '=',
      '&',
      ';',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<testcase',
      '<testsuite>',
      '</',
      '/>',
      ' name="',
      'x',
      '<failure>',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 200 }), (parts) => {
        const results = readJUnit(`<testsuite>${parts.join('')}`);
        expect(results?.tests.length ?? 0).toBeLessThanOrEqual(parts.length);
      }),
    );
    for (const piece of pieces) expect(readJUnit(`<p>${piece.repeat(200_000)}`)).toBeUndefined();
    readJUnit(`<testsuite><testcase ${'a="b" '.repeat(200_000)}/></testsuite>`);
  });
});
