import { folderTimes } from '../support/suite/folder-times.ts';

test('each folder is named with the time of its files, the longest first', () => {
  const files = [
    { path: 'test/aws/a.test.ts', seconds: 1.5 },
    { path: 'test/agent/deploy/b.test.ts', seconds: 10 },
    { path: 'test/agent/log/c.test.ts', seconds: 2.25 },
    { path: 'test/imports.test.ts', seconds: 0.1 },
  ];
  expect(folderTimes(files)).toEqual([
    '    12.3 s  test/agent (2)',
    '     1.5 s  test/aws (1)',
    '     0.1 s  test (1)',
  ]);
});
