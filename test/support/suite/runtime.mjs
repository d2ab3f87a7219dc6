import { createRequire } from 'node:module';
import Runtime from 'jest-runtime';

const require = createRequire(import.meta.url);

/** They take most of the time to load, and hold nothing that one test file could leave to the next. */
const shared = /^(aws-cdk-lib|constructs|cdk-nag|zod)(\/|$)/;

/** What the shared packages read of the environment, which is else a copy for each test file. */
const variable = 'CDK_VALIDATION';

/** Loads these packages once for all files of a worker; everything else once for each file, as jest does. */
export default class SharingRuntime extends Runtime {
  /** @param {ConstructorParameters<typeof Runtime>} parts */
  constructor(...parts) {
    super(...parts);
    const [, environment] = parts;
    delete process.env[variable];
    Object.defineProperty(environment.global.process.env, variable, {
      enumerable: true,
      get: () => process.env[variable],
      set: (value) => Object.assign(process.env, { [variable]: value }),
    });
  }

  /**
   * @param {string} from
   * @param {string} name
   */
  requireModuleOrMock(from, name) {
    return shared.test(name) ? require(name) : super.requireModuleOrMock(from, name);
  }
}
