import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { HoldfastError } from '../release/errors.ts';
import { type Config, checkConfig } from './schema.ts';

/** Path of the configuration, unless the environment variable HOLDFAST_CONFIG names another. */
const defaultFile = 'holdfast.config.ts';

/** Loads and checks the configuration file: a module whose default export is the configuration. */
export async function loadConfig(environment: NodeJS.ProcessEnv, directory: string): Promise<Config> {
  const file = environment.HOLDFAST_CONFIG ?? defaultFile;
  return checkConfig(await defaultExport(resolve(directory, file), file), file);
}

async function defaultExport(path: string, file: string): Promise<unknown> {
  try {
    const module: { default?: unknown } = await import(pathToFileURL(path).href);
    return module.default;
  } catch (cause) {
    throw new HoldfastError('InvalidInput', `${file}: could not load the configuration (${cause})`, {
      cause,
    });
  }
}
