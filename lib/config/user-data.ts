import { branchSchema } from '../release/identifiers.ts';
import { nodeSchema } from './node.ts';

/** Keys that reach instances in their user-data alone and are no part of the settings. */
export const userDataKeys = {
  configurationBranch: branchSchema.optional().meta({
    description:
      'Branch of the configuration repository whose tip instances apply, instead of the recorded commit: for development and test. Default: the recorded commit.',
  }),
  node: nodeSchema.optional().meta({
    description:
      'Node for instances whose image and distribution have none of version 24 or newer. Default: none.',
  }),
};
