import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { HoldfastError } from '../../release/errors.ts';
import { firstLine, type RunResult, run } from '../host/run.ts';
import { diskFull, roomComplaint } from '../host/space.ts';
import { writeWhole } from '../host/state-file.ts';
import type { Access } from './access.ts';

/** Workers that write files. Four are faster than two even on two cores, because they wait for the disk. */
const workers = Math.max(4, availableParallelism());

/**
 * The whole configuration of git. Nothing of the machine or the user applies, and no repository can make git run
 * anything: no hooks, no filters, no file system monitor, no submodules, and only three allowed protocols. HTTP is added
 * for urls of HTTP.
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

/** Variables of the agent's environment that git gets. */
const passed =
  /^(PATH|TMPDIR|SSH_AUTH_SOCK|GIT_SSL_CAINFO|GIT_HTTP_LOW_SPEED_TIME|SSL_CERT_FILE|HOLDFAST_HOME|(https?|no|all)_proxy)$/i;

/** The repository and tree that a git command works on. */
export interface GitPlace {
  /** Bare repository. */
  dir: string;
  /** Working tree, with its index. */
  tree?: { path: string; index: string };
}

export interface GitOptions {
  /** For commands that talk to the repository's host. */
  access?: Access;
  seconds?: number;
  /** Text for stdin. */
  input?: string | Buffer;
  /** Receives the output in chunks instead of having it collected. */
  onOutput?: (chunk: Buffer) => void;
}

/** Time limits of commands in seconds: local ones, and those over the network. */
const localSeconds = 900;
const networkSeconds = 1800;

/** Runs git with no configuration but its own. */
export class Git {
  readonly #config: string;
  readonly #lock: number | undefined;
  readonly #stop: AbortSignal | undefined;

  /**
   * `lock` is the descriptor of the machine's lock. Git processes of a killed agent hold it until they end. `stop` ends
   * commands; from then on each throws.
   */
  constructor(config: string, lock?: number, stop?: AbortSignal) {
    this.#config = config;
    this.#lock = lock;
    this.#stop = stop;
  }

  /** The same, whose commands a signal ends. */
  until(stop: AbortSignal): Git {
    return new Git(this.#config, this.#lock, stop);
  }

  /** Writes the configuration. Call it before the first command. */
  configure(): void {
    mkdirSync(dirname(this.#config), { recursive: true, mode: 0o700 });
    writeWhole(this.#config, configuration);
  }

  /** Runs a command and returns its result, good or bad. Throws only when the disk is full. */
  async try(place: GitPlace, args: readonly string[], options: GitOptions = {}): Promise<RunResult> {
    const { access, seconds, input, onOutput } = options;
    this.#stop?.throwIfAborted();
    const ran = await run('git', [...(access?.arguments ?? []), ...args], {
      env: this.#environment(place, access),
      ...(place.tree ? { cwd: place.tree.path } : {}),
      seconds: seconds ?? (access ? networkSeconds : localSeconds),
      ...(access?.secret === undefined ? {} : { secret: access.secret }),
      ...(input === undefined ? {} : { feed: async (stdin) => void stdin.write(input) }),
      ...(onOutput ? { onOutput } : {}),
      ...(this.#lock === undefined ? {} : { lock: this.#lock }),
      ...(this.#stop ? { stop: this.#stop } : {}),
    });
    this.#stop?.throwIfAborted();
    const full = ran.code === 0 ? undefined : roomComplaint(ran.stderr);
    if (full) throw diskFull(`git ${args[0]}: ${full}`, place.dir);
    return ran;
  }

  /** Runs a command that must succeed and returns its output without the last line end. */
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

/** The error of a git command: its first word and git's first complaint, because later ones follow from it. */
export function gitFailed(args: readonly string[], { code, stderr }: RunResult): HoldfastError {
  const complaint = complaintOf(stderr) || `exit code ${code}`;
  return new HoldfastError('GitFailed', `git ${args[0]}: ${complaint}`);
}

/** The first complaint of git, without warnings. */
export function complaintOf(stderr: string): string {
  return firstLine(stderr.replace(/^(warning|hint): .*\n?/gm, ''));
}
