import { type GitHost, startGitHost } from '../../support/agent/git-host.ts';
import type { Repository } from '../../support/agent/repository.ts';
import { Stage, site } from '../../support/agent/stage.ts';
import { startRedirectingHost, type TlsHost } from '../../support/git/tls-host.ts';

describe('a host of HTTPS that redirects to HTTP', () => {
  const { GIT_SSL_CAINFO } = process.env;
  let stage: Stage;
  let repository: Repository;
  let plain: GitHost;
  let host: TlsHost;

  beforeEach(async () => {
    stage = await Stage.start();
    repository = stage.repository();
    plain = await startGitHost(repository);
    const { origin, pathname } = new URL(plain.url);
    host = await startRedirectingHost(stage.folder, origin);
    process.env.GIT_SSL_CAINFO = host.authority;
    stage.configure({ repositories: { site: { url: `${host.url}${pathname}`, branch: 'main' } } });
  });
  afterEach(async () => {
    if (GIT_SSL_CAINFO === undefined) delete process.env.GIT_SSL_CAINFO;
    else process.env.GIT_SSL_CAINFO = GIT_SSL_CAINFO;
    await host.close();
    await plain.close();
    await stage.stop();
  });

  it('is not followed, neither for the tip of a branch nor for a recorded commit', async () => {
    const commit = repository.commit({ a: '1' });
    const manual = await stage.deploy();
    stage.record(site(commit));
    const auto = await stage.auto();
    for (const { code, summary } of [manual, auto])
      expect({ code, error: summary.error }).toEqual({
        code: 1,
        error: { name: 'GitFailed', message: expect.stringMatching(/protocol.*http.*(not|disabled)/i) },
      });
    expect(plain.asked).toEqual([]);
  });
});
