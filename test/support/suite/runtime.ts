import { createRequire } from 'node:module';
import Runtime from 'jest-runtime';

const require = createRequire(import.meta.url);

/** Takes seconds to load, and holds nothing that one test file could leave to the next. */
const shared = /^(aws-cdk-lib|constructs|cdk-nag)(\/|$)/;

/** What the shared packages read of the environment, which is else a copy for each test file. */
const read = 'CDK_VALIDATION';

/** Loads the largest packages once for all files of a worker; everything else once for each file, as jest does. */
export default class SharingRuntime extends Runtime {
  constructor(...parts: ConstructorParameters<typeof Runtime>) {
    super(...parts);
    const [, environment] = parts;
    delete process.env[read];
    Object.defineProperty(environment.global.process.env, read, {
      enumerable: true,
      get: () => process.env[read],
      set: (value) => Object.assign(process.env, { [read]: value }),
    });
  }

  override requireModuleOrMock<T>(from: string, name: string): T {
    return shared.test(name) ? (require(name) as T) : super.requireModuleOrMock<T>(from, name);
  }
}
