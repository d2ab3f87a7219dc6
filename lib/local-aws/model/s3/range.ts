import { AwsError } from '../error.ts';

export interface Slice {
  start: number;
  /** Exclusive. */
  end: number;
}

/** `bytes=0-99`, `bytes=100-` or `bytes=-100` of an object of `size` bytes. */
export function parseRange(range: string | undefined, size: number): Slice | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (start < end) return { start, end };
  throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416);
}
