import { AwsError } from '../error.ts';

/** Bytes of an execution's input. */
const mostInputBytes = 262_144;

export function checkName(name: string): string {
  if (/^[A-Za-z0-9_-]{1,80}$/.test(name)) return name;
  throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
}

/** Gives the text back when it is JSON and not too long. */
export function checkInput(text: string): string {
  try {
    JSON.parse(text);
  } catch (error) {
    throw new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: ${error}`);
  }
  if (Buffer.byteLength(text) <= mostInputBytes) return text;
  throw new AwsError('InvalidExecutionInput', `The input is longer than ${mostInputBytes} bytes`);
}
