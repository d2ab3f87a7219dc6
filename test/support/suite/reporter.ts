import { relative } from 'node:path';
import { folderTimes } from './folder-times.ts';
import { repeating } from './seed.ts';

/** What the reporter reads of jest's results. */
interface Test {
  fullName: string;
  status: string;
}

interface TestResult {
  testFilePath: string;
  perfStats: { start: number; end: number };
  numFailingTests: number;
  testExecError?: unknown;
  testResults: Test[];
}

/** Ends each run with the time of each folder, and with the command that repeats what failed. */
export default class SuiteReporter {
  onRunComplete(_: unknown, { testResults }: { testResults: TestResult[] }): void {
    const files = testResults.map((result) => ({ path: pathOf(result), seconds: secondsOf(result) }));
    const failed = testResults.filter(hasFailed).map(pathOf);
    const lines = ['', 'Time of each folder, all files one after the other:', ...folderTimes(files)];
    lines.push(...skippedLines(testResults.flatMap((result) => result.testResults)));
    if (failed.length > 0) lines.push('', `Repeat what failed: ${repeating} npx jest ${failed.join(' ')}`);
    console.error(lines.join('\n'));
  }
}

/** A line for each thing that tests lack here. */
function skippedLines(tests: readonly Test[]): string[] {
  const needs = tests
    .filter(({ status }) => status === 'pending')
    .flatMap(({ fullName }) => /\(skipped: needs ([^)]+)\)/.exec(fullName)?.[1] ?? []);
  return [...new Set(needs)].map(
    (need) => `Skipped ${needs.filter((each) => each === need).length} tests: they need ${need}`,
  );
}

const pathOf = ({ testFilePath }: TestResult) => relative('', testFilePath);
const secondsOf = ({ perfStats: { start, end } }: TestResult) => (end - start) / 1000;
const hasFailed = ({ numFailingTests, testExecError }: TestResult) =>
  numFailingTests > 0 || testExecError !== undefined;
