import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FunctionProps } from '../../../lib/local-aws/lambda/function.ts';
import { Functions } from '../../../lib/local-aws/lambda/functions.ts';

const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:step';

describe('Lambda functions', () => {
  let folder: string;
  let functions: Functions;

  function add(code: string, props: Partial<FunctionProps> = {}): void {
    writeFileSync(join(folder, 'index.mjs'), code);
    functions.add({
      name: 'step',
      arn,
      folder,
      handler: 'index.handler',
      environment: { OWN: 'variable' },
      timeoutSeconds: 20,
      memoryMegabytes: 128,
      ...props,
    });
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
    functions = new Functions({ AWS_REGION: 'eu-west-1' });
  });

  afterEach(async () => {
    await functions.close();
    rmSync(folder, { recursive: true });
  });

  it('run with their own environment and nothing else', async () => {
    add('export const handler = async (event) => ({ event, env: process.env });');
    expect(await functions.invoke(arn, { a: 1 })).toEqual({
      event: { a: 1 },
      env: { OWN: 'variable', AWS_REGION: 'eu-west-1', AWS_LAMBDA_FUNCTION_NAME: 'step' },
    });
  });

  it('answer to the ARN of a version too, and stay warm', async () => {
    add('let calls = 0; export const handler = async () => { calls += 1; return calls; };');
    expect(await functions.invoke(`${arn}:7`, {})).toBe(1);
    expect(await functions.invoke(arn, {})).toBe(2);
  });

  it('run in parallel, one event to a worker', async () => {
    add(
      'let busy = 0; export const handler = async () => { busy += 1; await new Promise((r) => setTimeout(r, 100)); busy -= 1; return busy; };',
    );
    expect(await Promise.all([functions.invoke(arn, {}), functions.invoke(arn, {})])).toEqual([0, 0]);
  });

  it('give nothing as null, as JSON does', async () => {
    add('export const handler = async () => undefined;');
    expect(await functions.invoke(arn, {})).toBeNull();
  });

  it('fail with the name and the message of what they threw', async () => {
    add(
      'export const handler = async () => { throw Object.assign(new Error("no such thing"), { name: "Missing" }); };',
    );
    await expect(functions.invoke(arn, {})).rejects.toMatchObject({
      message: 'Missing: no such thing',
      answer: { errorType: 'Missing', errorMessage: 'no such thing', trace: expect.any(Array) },
    });
  });

  it('fail when their time is over, and work again the next time', async () => {
    add('export const handler = async (event) => event.forever ? await new Promise(() => {}) : "back";', {
      timeoutSeconds: 2,
    });
    await expect(functions.invoke(arn, { forever: true })).rejects.toThrow(
      'Sandbox.Timedout: Task timed out',
    );
    expect(await functions.invoke(arn, {})).toBe('back');
  });

  it('fail when they end the process, and when something nobody waits for throws', async () => {
    add(
      'export const handler = async ({ how }) => { if (how) process.exit(3); setTimeout(() => { throw new Error("late"); }); await new Promise(() => {}); };',
    );
    await expect(functions.invoke(arn, { how: 'exit' })).rejects.toThrow('Runtime.ExitError');
    await expect(functions.invoke(arn, {})).rejects.toThrow('Runtime.ExitError: late');
  });

  it('fail when the bundle is missing, broken, or without a handler', async () => {
    add('export const handler = 1;');
    await expect(functions.invoke(arn, {})).rejects.toThrow('exports no function handler');
    add('export const handler = ;', { arn: `${arn}2` });
    await expect(functions.invoke(`${arn}2`, {})).rejects.toThrow('SyntaxError');
    await expect(functions.invoke(`${arn}4`, {})).rejects.toThrow('Lambda.ResourceNotFoundException');
  });

  it('are refused without their bundle', () => {
    expect(() => add('', { folder: join(folder, 'none') })).toThrow('function step: found no index.mjs in');
  });

  it('keep what they log', async () => {
    add('export const handler = async () => console.log("hello from a step");');
    await functions.invoke(arn, {});
    await functions.invoke(arn, {});
    expect(functions.log('step')).toContain('hello from a step');
    expect(functions.log('other')).toBe('');
    expect(functions.names).toEqual(['step']);
  });
});
