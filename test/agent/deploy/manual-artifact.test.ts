import { Stage } from '../../support/agent/stage.ts';
import { overlayOf } from '../../support/agent/tarball.ts';

describe('manual mode of an artifact', () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await Stage.start();
    stage.configure({ repositories: { tools: { artifact: true } } });
  });
  afterEach(() => stage.stop());

  it('fails with 5 when none is recorded and none is given', async () => {
    expect((await stage.deploy()).code).toBe(5);
  });

  it('takes the given one and records it, then the recorded one', async () => {
    const artifact = stage.store('tools.tar.zst', overlayOf({ tool: 'x' }));
    expect((await stage.deploy('--overlay', 'tools.tar.zst')).summary.release).toEqual({
      tools: { artifact },
    });
    expect(stage.recorded().release).toEqual({ tools: { artifact } });
    expect((await stage.deploy()).summary.result).toBe('unchanged');
  });

  it('refuses a branch', async () => {
    expect((await stage.deploy('--branch', 'main')).code).toBe(2);
  });
});
