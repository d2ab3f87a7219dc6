import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { HoldfastError } from '../../release/errors.ts';
import { firstLine, type RunResult, run } from '../host/run.ts';
import { diskFull, roomComplaint } from '../host/space.ts';
import { writeWhole } from '../host/state-file.ts';
import type { Access } from './access.ts';

/** Workers that write files. Four are faster than two even on two cores: they wait for the disk. */
const workers = Math.max(4, availableParallelism());

/**
 * All of git's configuration. Nothing of the machine's or the user's applies, so neither can a repository make git
 * run anything: no hooks, no filters, no file system monitor, no submodules, and only the four allowed protocols.
 */
const configuration = `[safe]
	directory = *
[core]
	hooksPath = /dev/null
	attributesFile = /dev/null
	excludesFile = /dev/null
	fsmonitor = false
	askPass =
[protocol]
	allow = never
[protocol "https"]
	allow = always
[protocol "http"]
	allow = always
[protocol "ssh"]
	allow = always
[protocol "file"]
	allow = always
[http]
	lowSpeedLimit = 1
	lowSpeedTime = 30
[credential]
	useHttpPath = false
[checkout]
	workers = ${workers}
[fetch]
	unpackLimit = 1
	recurseSubmodules = false
	writeCommitGraph = false
[submodule]
	recurse = false
[gc]
	auto = 0
[maintenance]
	auto = false
[advice]
	detachedHead = false
`;

/** What git takes over from the agent's environment. */
const passed =
  /^(PATH|TMPDIR|SSH_AUTH_SOCK|GIT_SSL_CAINFO|GIT_HTTP_LOW_SPEED_TIME|SSL_CERT_FILE|HOLDFAST_HOME|(https?|no|all)_proxy)$/i;

/** Where a git command works. */
export interface GitPlace {
  /** Bare repository. */
  dir: string;
  /** Tree to write files to, with the index that belongs to it. */
  tree?: { path: string; index: string };
}

export interface GitOptions {
  /** For commands that talk to the repository's host. */
  access?: Access;
  seconds?: number;
  /** What the command reads from stdin. */
  input?: string | Buffer;
  /** Gets the output in parts instead of having it collected. */
  onOutput?: (chunk: Buffer) => void;
}

/** Seconds that a command may take: those on this machine, and those over the network. */
const localSeconds = 900;
const networkSeconds = 1800;

/** Runs git, cut off from all configuration but its own. */
export class Git {
  readonly #config: string;
  readonly #lock: number | undefined;

  /** `lock` is the descriptor of the machine's lock: git left behind by a killed agent holds it until it is done. */
  constructor(config: string, lock?: number) {
    this.#config = config;
    this.#lock = lock;
  }

  /** Writes the configuration; before the first command. */
  configure(): void {
    mkdirSync(dirname(this.#config), { recursive: true, mode: 0o700 });
    writeWhole(this.#config, configuration);
  }

  /** Runs a command and gives what came of it, good or bad. That the disk is full is nothing to go on from: it throws. */
  async try(place: GitPlace, args: readonly string[], options: GitOptions = {}): Promise<RunResult> {
    const { access, seconds, input, onOutput } = options;
    const ran = await run('git', [...(access?.arguments ?? []), ...args], {
      env: this.#environment(place, access),
      ...(place.tree ? { cwd: place.tree.path } : {}),
      seconds: seconds ?? (access ? networkSeconds : localSeconds),
      ...(access?.secret === undefined ? {} : { secret: access.secret }),
      ...(input === undefined ? {} : { feed: async (stdin) => void stdin.write(input) }),
      ...(onOutput ? { onOutput } : {}),
      ...(this.#lock === undefined ? {} : { lock: this.#lock }),
    });
    const full = ran.code === 0 ? undefined : roomComplaint(ran.stderr);
    if (full) throw diskFull(`git ${args[0]}: ${full}`, place.dir);
    return ran;
  }

  /** Runs a command that has to succeed and gives its output without the last line end. */
  async run(place: GitPlace, args: readonly string[], options: GitOptions = {}): Promise<string> {
    const ran = await this.try(place, args, options);
    if (ran.code === 0) return ran.stdout.replace(/\n$/, '');
    throw gitFailed(args, ran);
  }

  #environment({ dir, tree }: GitPlace, access: Access | undefined): NodeJS.ProcessEnv {
    const taken = Object.entries(process.env).filter(([name]) => passed.test(name));
    return {
      ...Object.fromEntries(taken),
      LC_ALL: 'C',
      // Without a home there is no ~/.netrc, no ~/.config/git and no ~/.gitconfig.
      HOME: '/nonexistent',
      GIT_DIR: dir,
      GIT_CONFIG_GLOBAL: this.#config,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_ATTR_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_NO_LAZY_FETCH: '1',
      GIT_NO_REPLACE_OBJECTS: '1',
      GIT_LITERAL_PATHSPECS: '0',
      ...(tree ? { GIT_WORK_TREE: tree.path, GIT_INDEX_FILE: tree.index } : {}),
      ...access?.environment,
    };
  }
}

/** The error of a command of git: its first word and its first complaint; what git says last follows from that. */
export function gitFailed(args: readonly string[], { code, stderr }: RunResult): HoldfastError {
  const complaint = complaintOf(stderr) || `exit code ${code}`;
  return new HoldfastError('GitFailed', `git ${args[0]}: ${complaint}`);
}

/** What git complained about first, without its warnings. */
export function complaintOf(stderr: string): string {
  return firstLine(stderr.replace(/^(warning|hint): .*\n?/gm, ''));
}
