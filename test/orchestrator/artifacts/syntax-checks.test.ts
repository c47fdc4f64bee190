import { expect, it } from 'vitest';
import { hashContent } from '../../../src/utils/hash-content.ts';
import type { CheckSyntaxOptions } from '../../../src/files/syntax/check-syntax.ts';
import { SyntaxChecks } from '../../../src/orchestrator/artifacts/syntax-checks.ts';

function counted() {
  const checked: string[] = [];
  const checks = new SyntaxChecks(async ({ path }: CheckSyntaxOptions) => {
    checked.push(path);
    return { kind: 'unchecked', reason: 'language' };
  });
  const check = async (path: string, text: string) => {
    const content = Buffer.from(text);
    return checks.check({ path, content, sha256: hashContent(content) });
  };
  return { checks, checked, check };
}

it('a file that was checked when it arrived is not checked again when it is written', async () => {
  const { checks, checked, check } = counted();
  await checks.begin({ path: 'a.py', content: 'x = 1\n' });
  await checks.begin({ path: 'a.py', content: 'x = 1\n' });
  expect(checked).toEqual(['a.py']);
  expect(await check('a.py', 'x = 1\n')).toEqual({ kind: 'unchecked', reason: 'language' });
  expect(checked).toEqual(['a.py']);
});

it('a file that was written with another content or under another name is checked anew', async () => {
  const { checks, checked, check } = counted();
  await checks.begin({ path: 'a.py', content: 'x = 1\n' });
  await check('a.py', 'x = 2\n');
  await check('b.py', 'x = 1\n');
  expect(checked).toEqual(['a.py', 'a.py', 'b.py']);
});

it('files that arrive faster than they are checked wait for the end, and answers that nobody asks for do not pile up', async () => {
  const open: (() => void)[] = [];
  const checks = new SyntaxChecks(async () => {
    await new Promise<void>((resolve) => open.push(resolve));
    return { kind: 'unchecked', reason: 'language' };
  });
  const begun = Array.from({ length: 1000 }, (_, number) => checks.begin({ path: `${number}.py`, content: `x = ${number}` }));
  expect(open.length).toBeLessThan(10);
  for (const end of open) end();
  await Promise.all(begun);

  const { checks: quick, checked, check } = counted();
  for (let number = 0; number < 1000; number += 1) await quick.begin({ path: `${number}.py`, content: '' });
  expect(checked).toHaveLength(1000);
  await check('999.py', '');
  expect(checked).toHaveLength(1000);
  await check('0.py', '');
  expect(checked).toHaveLength(1001);
});
