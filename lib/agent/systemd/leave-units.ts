import { agentEnvironment, agentLine } from './systemd.ts';
import { quoteArgument, type UnitFiles } from './unit-text.ts';

/** Pause between two looks at the metadata; a spot instance has two minutes. Seconds. */
const lookSeconds = 5;
/** How long a metadata session lasts; it is renewed well before. Seconds. */
const sessionSeconds = 21_600;

/** Script that waits for the notice. It is a shell, because it runs as long as the instance does. */
export const leaveScript = 'holdfast-leave.sh';

/**
 * Waits until the metadata announce the end of the instance, then becomes the agent. A metadata service that does not
 * answer says nothing, so it is asked again.
 */
export function scriptText(home: string, settings: string): string {
  return `#!/bin/bash
# Waits until this instance is told that it ends, then has the agent see it off.
set -u
metadata=\${AWS_EC2_METADATA_SERVICE_ENDPOINT:-http://169.254.169.254}/latest
ask() { curl --silent --fail --max-time 5 "$@"; }
about() { ask --header "X-aws-ec2-metadata-token: $token" "$metadata/meta-data/$1"; }
isLeaving() {
  case "$(about autoscaling/target-lifecycle-state)" in Terminated | Warmed:Terminated) return ;; esac
  about spot/instance-action > /dev/null
}
token='' until=0
while sleep ${lookSeconds}; do
  if [ "$SECONDS" -ge "$until" ]; then
    token=$(ask --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: ${sessionSeconds}' "$metadata/api/token") || continue
    until=$((SECONDS + ${sessionSeconds / 2}))
  fi
  if isLeaving; then exec ${agentLine(home)} leave --settings '${settings}'; fi
done
`;
}

/** The unit of the script. A failed agent is restarted through the script. */
export function leaveUnits(home: string, script: string): UnitFiles {
  return {
    'holdfast-leave.service': `[Unit]
Description=Holdfast: sees this instance off when it ends
StartLimitIntervalSec=0

[Service]
${agentEnvironment(home)}
ExecStart=/bin/bash ${quoteArgument(script)}
Restart=on-failure
RestartSec=5
SyslogIdentifier=holdfast
StandardOutput=journal+console
`,
  };
}
