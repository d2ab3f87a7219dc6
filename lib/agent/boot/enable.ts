import { HoldfastError } from '../../release/errors.ts';
import { agentEnvironment, agentLine, enableUnit, hasSystemd, systemctl } from '../systemd/systemd.ts';
import { readInit } from './init.ts';

const unit = 'holdfast-bootstrap.service';

/**
 * Makes the bootstrap a systemd unit, enabled for every boot, and starts it without waiting: the unit is ordered
 * before the end of cloud-init, which runs this.
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

/** Makes every boot run the bootstrap once there is init information. */
export async function enableBootstrap(initFile: string, home: string): Promise<void> {
  await enableUnit(home, unit, bootstrapUnit(initFile, home));
}

/**
 * The unit. A killed agent starts again; a failed one does not, because it has reported. Processes that the start
 * command leaves behind live on. The unit is ordered before the user-data: the user-data must not start the unit of a
 * baked image.
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
