import { launch, type Program } from '../lib/agent/launcher/launcher.ts';

/** The agent's bundle, put here by the build. */
declare const agentProgram: Program;

launch(agentProgram, `${process.argv[1]}.compiled`);
