import { relative } from 'node:path';
import { folderTimes } from './folder-times.ts';
import { repeating } from './seed.ts';

/** What the reporter reads of jest's results. */
interface TestResult {
  testFilePath: string;
  perfStats: { start: number; end: number };
  numFailingTests: number;
  testExecError?: unknown;
}

/** Ends each run with the time of each folder, and with the command that repeats what failed. */
export default class SuiteReporter {
  onRunComplete(_: unknown, { testResults }: { testResults: TestResult[] }): void {
    const files = testResults.map((result) => ({ path: pathOf(result), seconds: secondsOf(result) }));
    const failed = testResults.filter(hasFailed).map(pathOf);
    const lines = ['', 'Time of each folder, all files one after the other:', ...folderTimes(files)];
    if (failed.length > 0) lines.push('', `Repeat what failed: ${repeating} npx jest ${failed.join(' ')}`);
    console.error(lines.join('\n'));
  }
}

const pathOf = ({ testFilePath }: TestResult) => relative('', testFilePath);
const secondsOf = ({ perfStats: { start, end } }: TestResult) => (end - start) / 1000;
const hasFailed = ({ numFailingTests, testExecError }: TestResult) =>
  numFailingTests > 0 || testExecError !== undefined;
