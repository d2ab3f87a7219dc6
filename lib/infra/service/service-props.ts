import type { Service } from '../../config/service.ts';
import type { NetworkStack } from '../network/network-stack.ts';
import type { RolloutStack } from '../rollout/rollout-stack.ts';
import type { EnvironmentProps } from '../stack.ts';
import type { StoreStack } from '../store/store-stack.ts';

/** What the stacks of one service are made from. */
export interface ServiceStackProps extends EnvironmentProps {
  /** Name of the service. */
  service: string;
  settings: Service;
  store: StoreStack;
  network: NetworkStack;
  rollout: RolloutStack;
}
