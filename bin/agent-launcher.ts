import { launch } from '../lib/agent/launcher.ts';

/** The agent's bundle and its digest, put here by the build. */
declare const agentText: string;
declare const agentDigest: string;

launch({ text: agentText, digest: agentDigest }, `${process.argv[1]}.compiled`);
