import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Forward } from '../rollout/decisions/fleet.ts';

/**
 * Actions of a rule: weights with group stickiness off, or the answer of a service that was never deployed. The
 * balancer refuses a rule whose weights are all 0 only in some places, so nobody should ask for it.
 */
export function actionsOf(weights: Forward): Action[] {
  if (weights.length === 0) {
    return [
      {
        Type: 'fixed-response',
        FixedResponseConfig: {
          StatusCode: '503',
          ContentType: 'text/plain',
          MessageBody: 'nothing is deployed yet',
        },
      },
    ];
  }
  return [
    {
      Type: 'forward',
      ForwardConfig: {
        TargetGroups: weights.map(({ targetGroup, weight }) => ({
          TargetGroupArn: targetGroup,
          Weight: weight,
        })),
        TargetGroupStickinessConfig: { Enabled: false },
      },
    },
  ];
}
