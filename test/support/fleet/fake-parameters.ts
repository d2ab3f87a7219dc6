import type { Parameter, Parameters } from '../../../lib/aws/parameters.ts';
import { HoldfastError } from '../../../lib/release/errors.ts';

/** Parameters in memory, with all their versions. */
export class FakeParameters implements Parameters {
  readonly values = new Map<string, string[]>();
  /** Labels of versions, whichever parameter. */
  readonly labels = new Map<number, string[]>();
  /** The newest so many versions of every parameter are not shown by `get`. */
  stale = 0;
  readonly #log: string[];

  constructor(log: string[]) {
    this.#log = log;
  }

  async get(name: string): Promise<Parameter | undefined> {
    const version = (this.values.get(name) ?? []).length - this.stale;
    return version > 0 ? this.getVersion(name, version) : undefined;
  }

  async getVersion(name: string, version: number): Promise<Parameter> {
    const value = this.values.get(name)?.[version - 1];
    if (value !== undefined) return { name, value, version };
    throw new HoldfastError('NothingRecorded', `parameter ${name}: found no version ${version}`);
  }

  async together(ids: readonly string[]): Promise<Map<string, Parameter>> {
    const found = new Map<string, Parameter>();
    for (const id of ids) {
      const [name = '', version] = id.split(':');
      const values = this.values.get(name) ?? [];
      const number = version === undefined ? values.length - this.stale : Number(version);
      const value = values[number - 1];
      if (value !== undefined) found.set(id, { name, value, version: number });
    }
    return found;
  }

  async history(name: string): Promise<{ version: number; labels: string[] }[]> {
    const versions = (this.values.get(name) ?? []).map((_, index) => ({ version: index + 1, labels: [] }));
    return versions.slice(-100).map((each) => ({ ...each, labels: this.labels.get(each.version) ?? [] }));
  }

  async put(name: string, value: string): Promise<number> {
    this.#log.push(`put ${name.split('/').at(-1)}`);
    return this.set(name, value);
  }

  /** Writes without a trace in the log. */
  set(name: string, value: string): number {
    const values = [...(this.values.get(name) ?? []), value];
    this.values.set(name, values);
    return values.length;
  }
}
