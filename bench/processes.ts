import { readdirSync, readFileSync } from 'node:fs';

/** A process as /proc shows it. */
export interface Process {
  pid: number;
  parent: number;
  /** Most memory that it ever held, in bytes (VmHWM). */
  highWater: number;
  /** Arguments, joined by spaces. */
  line: string;
}

/** Reads what `/proc/<pid>/status` says; undefined for a process that is gone or a thread of the kernel. */
export function parseStatus(pid: number, status: string, line: string): Process | undefined {
  const number = (key: string) => new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1];
  const parent = number('PPid');
  const kilobytes = number('VmHWM');
  if (parent === undefined || kilobytes === undefined) return undefined;
  return { pid, parent: Number(parent), highWater: Number(kilobytes) * 1024, line };
}

/** A process with all its descendants. */
export function family(all: readonly Process[], pid: number): Process[] {
  const self = all.filter((one) => one.pid === pid);
  const children = all.filter(({ parent }) => parent === pid);
  return [...self, ...children.flatMap((child) => family(all, child.pid))];
}

export function processes(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => parseStatus(Number(name), read(name, 'status'), read(name, 'cmdline')))
    .filter((found) => found !== undefined);
}

/** A process may end at any moment. */
function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
