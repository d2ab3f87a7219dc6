import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Instance } from '../../support/agent/instance.ts';
import { Journal } from '../../support/agent/journal.ts';
import type { Repository } from '../../support/agent/repository.ts';
import { Service, service } from '../../support/agent/server.ts';
import { Stage, site } from '../../support/agent/stage.ts';

const logGroupName = '/holdfast/test/instances/web';

describe('the log of an instance that is built', () => {
  let stage: Stage;
  let repository: Repository;
  let instance: Instance;
  let web: Service;
  let journal: Journal;
  /** What happened, in order. */
  let told: string[];

  beforeEach(async () => {
    stage = await Stage.start();
    repository = stage.repository();
    instance = await Instance.launch(stage);
    web = await Service.in(stage);
    journal = new Journal(stage.folder);
    journal.say('what boot.sh said');
    told = [];
    stage.world.logs.createLogGroup({ logGroupName });
    stage.world.logs.createLogStream({ logGroupName, logStreamName: instance.id });
    stage.world.faults.seen = ({ operation, input }) => {
      if (operation === 'CompleteLifecycleAction') told.push(String(input.LifecycleActionResult));
      if (operation === 'PutLogEvents') told.push('log');
      if (String(input.Key).endsWith('report.json')) told.push('report');
    };
    instance.settings({
      repositories: { site: { url: repository.url, branch: 'main' } },
      start: `RUN=${stage.folder} sh start.sh`,
      port: web.port,
      health: { timeoutSeconds: 3 },
      log: { everySeconds: 30 },
    });
    installSystemd();
  });
  afterEach(async () => {
    journal.end();
    web.stop();
    instance.stop();
    await stage.stop();
  });

  /** A systemd that knows one unit: it starts that at once, waits for its end, and does not mind how that was. */
  function installSystemd(): void {
    const { home } = instance;
    mkdirSync(join(home, 'run/systemd/system'), { recursive: true });
    const agent = `${home}/opt/holdfast/node ${home}/opt/holdfast/holdfast-agent`;
    const text = `#!/bin/sh
echo "$*" >> ${home}/systemctl
if [ "$*" = 'start --no-block holdfast-bootstrap.service' ]; then
  ${agent} bootstrap --init ${home}/opt/holdfast/init.json
fi
exit 0
`;
    writeFileSync(join(stage.folder, 'journal/systemctl'), text, { mode: 0o755 });
  }

  const boot = () => instance.boot(instance.userData(instance.storeAgent()), { PATH: process.env.PATH });
  const shipped = () =>
    stage.world.logs
      .getLogEvents({ logGroupName, logStreamName: instance.id })
      .events?.map(({ message }) => message);
  const calls = () => readFileSync(join(instance.home, 'systemctl'), 'utf8');

  it('is shipped once it serves, by a timer from then on', async () => {
    stage.record(site(repository.commit(service)));
    expect((await boot()).code).toBe(0);
    expect(told).toEqual(['report', 'CONTINUE', 'log']);
    expect(shipped()).toEqual(['site[7]: what boot.sh said']);
    expect(calls()).toContain('start holdfast-log.timer');
    const timer = readFileSync(join(instance.home, 'run/systemd/system/holdfast-log.timer'), 'utf8');
    expect(timer).toContain('OnUnitInactiveSec=30');
  });

  it('is shipped before the group ends one that failed', async () => {
    stage.record(site(repository.commit({ ...service, status: '500\n' })));
    await boot();
    expect(told).toEqual(['report', 'log', 'ABANDON']);
    expect(shipped()).toEqual(['site[7]: what boot.sh said']);
  });

  it('is shipped also of one that did not get as far as its settings', async () => {
    instance.settings({ surprise: true });
    stage.record(site(repository.commit(service)));
    instance.tag('holdfast:settings', '/holdfast/test/web/settings:2');
    await boot();
    expect(told).toEqual(['report', 'log', 'ABANDON']);
  });
});
