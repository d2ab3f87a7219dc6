import { execFile } from 'node:child_process';

export interface ShellResult {
  /** Exit code; 1 when it ended otherwise, for example at the time limit. */
  code: number;
  stdout: string;
  stderr: string;
}

/** Environment of a root login on the machine. */
const environment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  LANG: 'C.UTF-8',
};

/**
 * Runs a shell line in all namespaces of a process, as a login there would. Never throws for a failure of the line.
 */
export function runIn(leader: number, line: string, seconds: number): Promise<ShellResult> {
  const args = ['--target', String(leader), '--all', '--', '/bin/bash', '-c', line];
  const options = { env: environment, timeout: seconds * 1000, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile('nsenter', args, options, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : 1;
      resolve({ code: error ? code : 0, stdout, stderr });
    });
  });
}
