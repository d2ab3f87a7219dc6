import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { main } from '../../../lib/agent/main.ts';
import { instanceClients } from '../../../lib/aws/instance-clients.ts';
import { storeKeys } from '../../../lib/config/resource-names.ts';
import { archiveOf } from '../../support/agent/archive.ts';
import { silentBefore } from '../../support/agent/silent-server.ts';
import { Stage, site } from '../../support/agent/stage.ts';
import { overlayOf } from '../../support/agent/tarball.ts';
import { treeAt } from '../../support/agent/tree.ts';

describe('a store that falls silent is asked again', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await Stage.start();
  });
  afterEach(() => stage.stop());

  const operation = (name: string) => (request: IncomingMessage) =>
    `${request.headers['x-amz-target']}`.endsWith(name) ? 'all' : undefined;
  const object = (part: string, silence: 'half' | 'all') => (request: IncomingMessage) =>
    request.url?.includes(part) ? silence : undefined;

  it.each([
    ['before the record', operation('GetParameter'), /./],
    ['before an overlay', object('overlay.tar', 'all'), /./],
    [
      'in an overlay, which is not blamed',
      object('overlay.tar', 'half'),
      /the download was cut off \(.*inactivity/,
    ],
    ['in an archive', object('archives/', 'half'), /./],
  ])('%s', async (_, falls, told) => {
    const repository = stage.repository();
    const commit = repository.commit({ a: randomBytes(50_000).toString('hex') });
    const text = randomBytes(50_000).toString('hex');
    stage.configure({
      repositories: { site: { url: repository.url, branch: 'main', overlay: 'required' } },
    });
    const overlay = stage.store('overlay.tar', overlayOf({ b: text }));
    stage.store(storeKeys.archive('web', 'site', commit), await archiveOf(repository, commit));
    stage.record(site(commit, { overlay }), { verified: true });
    const silent = await silentBefore(stage.endpoint, falls);
    const environment = {
      AWS_ENDPOINT_URL: silent.url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    };
    const { env } = process;
    process.env = { ...env, ...environment };
    let said = '';
    const outputs = { stdout: (line: string) => (said += line), stderr: (line: string) => (said += line) };
    try {
      const words = ['deploy', '--auto', '--settings', stage.settingsFile];
      const code = await main(words, outputs, () => instanceClients(environment, 1_000));
      expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('"result":"deployed"') });
    } finally {
      process.env = env;
      silent.close();
    }
    expect(silent.wasSilent()).toBe(true);
    expect(said).toMatch(told);
    expect(treeAt(join(stage.current()))).toMatchObject({ b: `644 ${text}` });
    expect(said).toContain('"result":"taken"');
  });
});
