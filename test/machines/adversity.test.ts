import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { launch, reportOf } from '../support/machine/launch.ts';
import { Stage } from '../support/machine/stage.ts';
import { daily } from '../support/suite/sample.ts';

const it = daily(1 / 2);

jest.setTimeout(240_000);

describe('a machine that boots in adversity', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await Stage.start();
  });
  afterEach(() => stage?.stop());

  const isReady = (id: string) => () => (reportOf(stage, id)?.result === 'ready' ? true : undefined);

  it('gets there although its agent is killed after every event, once each', async () => {
    const id = launch(stage, { userData: (text) => text.replace('\n', () => `\n${killer}\n`) });
    await stage.waitFor('the report', isReady(id), { seconds: 180, show: [id] });
    expect((await stage.ask(id)).body).toContain('release v1<');
    const killed = (await stage.run(id, 'ls /run/killed')).split('\n');
    expect(killed).toEqual(
      expect.arrayContaining(['stage-identity', 'stage-settings', 'stage-deploy', 'phase-fetch']),
    );
    expect(killed).toEqual(expect.arrayContaining(['phase-checkout', 'phase-start', 'phase-health']));
    const starts = await stage.run(
      id,
      'journalctl --unit holdfast-bootstrap --output cat --grep "event.:.phase.*identity"',
    );
    // The agent may have ended by itself when it would be killed after its last event.
    expect(starts.split('\n').length).toBeGreaterThanOrEqual(killed.length);
  });

  it('gets there when the git host comes back after a while', async () => {
    const [there, away] = ['site', 'away'].map((name) => join(stage.folder, name)) as [string, string];
    const id = launch(stage);
    renameSync(there, away);
    const complains = () =>
      /"event":"trying again".*repository site/.test(stage.hosts.console(id)) ? true : undefined;
    await stage.waitFor('a second try', complains, { show: [id] });
    renameSync(away, there);
    await stage.waitFor('the report', isReady(id), { show: [id] });
    expect((await stage.ask(id)).body).toContain('release v1<');
  });
});

/** Has systemd start the agent through a script that kills it after each event that it was not killed after before. */
const killer = `mkdir -p /run/killed /etc/systemd/system/holdfast-bootstrap.service.d
cat > /opt/killer <<'KILLER'
#!/bin/bash
mkfifo /run/events.$$
/opt/holdfast/node /opt/holdfast/holdfast-agent bootstrap --init /opt/holdfast/init.json > /run/events.$$ &
agent=$!
while read -r line; do
  echo "$line"
  event=$(sed -nE 's/.*"event":"(stage|phase)","name":"([a-z ]+)".*/\\1-\\2/p' <<< "$line" | tr ' ' -)
  if [ "$event" ] && mkdir "/run/killed/$event" 2> /dev/null; then kill -KILL "$agent" && break; fi
done < /run/events.$$
wait "$agent" || { [ "$?" != 137 ] || kill -KILL $$; exit 1; }
KILLER
chmod 755 /opt/killer
cat > /etc/systemd/system/holdfast-bootstrap.service.d/killer.conf <<'UNIT'
[Unit]
StartLimitIntervalSec=0
[Service]
ExecStart=
ExecStart=/opt/killer
UNIT`;
