import { HoldfastError } from '../../release/errors.ts';
import { agentEnvironment, agentLine, enableUnit, hasSystemd, systemctl } from '../systemd/systemd.ts';
import { readInit } from './init.ts';

const unit = 'holdfast-bootstrap.service';

/**
 * Makes the bootstrap a unit of systemd, enabled for every boot, and starts it without waiting: cloud-init, which
 * came here, is a part of the boot that the unit belongs to.
 */
export async function enable(initFile: string, home: string): Promise<void> {
  readInit(initFile);
  if (!hasSystemd(home)) {
    throw new HoldfastError(
      'BootstrapFailed',
      'found no systemd on this machine, expected it to start the bootstrap at every boot; run `holdfast-agent bootstrap` yourself',
    );
  }
  await enableBootstrap(initFile, home);
  await systemctl('start', '--no-block', unit);
}

/** Has every boot run the bootstrap, as soon as there is init information. */
export async function enableBootstrap(initFile: string, home: string): Promise<void> {
  await enableUnit(home, unit, bootstrapUnit(initFile, home));
}

/**
 * The unit. An agent that is killed starts again; one that fails does not, it has reported. What its start command leaves
 * behind lives on. It comes before the user-data: what that writes must not start the unit of an image that was baked.
 */
export function bootstrapUnit(initFile: string, home: string): string {
  return `[Unit]
Description=Holdfast: builds this instance
Wants=network-online.target
After=network-online.target
Before=cloud-final.service
ConditionPathExists=${initFile}
StartLimitIntervalSec=300
StartLimitBurst=10

[Service]
Type=oneshot
${agentEnvironment(home)}
ExecStart=${agentLine(home)} bootstrap --init ${initFile}
Restart=on-abnormal
RestartSec=1
KillMode=process
StandardOutput=journal+console
StandardError=journal+console
SyslogIdentifier=holdfast

[Install]
WantedBy=multi-user.target
`;
}
