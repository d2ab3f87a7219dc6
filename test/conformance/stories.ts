import { groupRequests } from './requests/groups.ts';
import { objectRequests } from './requests/objects.ts';
import { parameterRequests } from './requests/parameters.ts';
import { balancerStories } from './stories/balancer.ts';
import { executionStories } from './stories/executions.ts';
import { groupStories } from './stories/groups.ts';
import { instanceStories } from './stories/instances.ts';
import { journalStories } from './stories/journals.ts';
import { lifecycleStories } from './stories/lifecycle.ts';
import { logStories } from './stories/logs.ts';
import { metadataStories } from './stories/metadata.ts';
import { objectStories } from './stories/objects.ts';
import { parameterStories } from './stories/parameters.ts';
import { policyStories } from './stories/policies.ts';
import { ruleStories } from './stories/rules.ts';
import { secretStories } from './stories/secrets.ts';
import { stackStories } from './stories/stacks.ts';
import { targetStories } from './stories/targets.ts';
import { templateStories } from './stories/templates.ts';
import { warmPoolStories } from './stories/warm-pools.ts';
import type { Story } from './story.ts';

/** What is asked of each: first the adapters' verbs, then requests that no adapter makes. */
export const stories: Story[] = [
  ...parameterStories,
  ...objectStories,
  ...journalStories,
  ...secretStories,
  ...logStories,
  ...executionStories,
  ...templateStories,
  ...groupStories,
  ...policyStories,
  ...warmPoolStories,
  ...lifecycleStories,
  ...instanceStories,
  ...ruleStories,
  ...balancerStories,
  ...targetStories,
  ...stackStories,
  ...metadataStories,
  { name: 'requests: parameters by path, their history and deletion', tell: parameterRequests },
  { name: 'requests: objects with metadata, pages of a list, delete markers', tell: objectRequests },
  ...groupRequests,
];
