/**
 * Runs before `npm start`, `npm test` and `npm run bpf-patch`, so that each of them works in a fresh clone:
 * right Node, packages as the lock file says, and with --browser a Chromium. Built-ins only (nothing is installed
 * yet), and standard output stays empty: the output of bpf-patch belongs to bpf-patch.
 *
 *   node scripts/setup.mjs [--browser] [--quiet]
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './browser.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const lockFile = join(root, 'package-lock.json');
const stampFile = join(root, 'node_modules', '.stamp');
const quiet = process.argv.includes('--quiet');

const say = (text) => process.stderr.write(`setup: ${text}\n`);
const note = (text) => quiet || say(text);

/** 2 is standard error: a child's standard output must not become ours. */
const call = (command, args, env = {}) =>
  spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, ...env } }).status ===
  0;

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  say(`Node ${process.versions.node} is too old: version 20.19 or newer is needed (https://nodejs.org).`);
  process.exit(1);
}

const stampOf = (lock) =>
  createHash('sha256').update(`${process.platform} ${process.arch}\n`).update(lock).digest('hex');

/** Whether npm's own record of what it installed names the same versions, as after `npm install` by hand. */
function installedAs(lock) {
  try {
    const record = readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8');
    const installed = JSON.parse(record).packages;
    return Object.entries(JSON.parse(lock).packages).every(
      ([path, wanted]) =>
        path === '' ||
        (path in installed ? installed[path].version === wanted.version : wanted.optional === true),
    );
  } catch {
    return false;
  }
}

function installPackages() {
  const lock = readFileSync(lockFile, 'utf8');
  const stamp = stampOf(lock);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  if (!installedAs(lock)) {
    say('installing packages (npm ci) …');
    // npm may itself be the parent: a half-set production mode would leave the tools out.
    if (!call('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], { NODE_ENV: '' })) {
      say('npm ci failed, see above. Is the package registry reachable?');
      process.exit(1);
    }
  }
  writeFileSync(stampFile, stamp);
}

/** A missing browser does not stop the other tests: the end-to-end step then fails and says so. */
function installBrowser() {
  if (findChromium()) return;
  if (process.env.CHROME_PATH) {
    say(`CHROME_PATH names ${process.env.CHROME_PATH}, which cannot be executed.`);
    return;
  }
  if (process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('installing Chromium (apt-get) …');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    if (
      call('apt-get', ['update'], env) &&
      call('apt-get', ['install', '-y', 'chromium'], env) &&
      findChromium()
    )
      return;
  }
  say(
    'no Chromium found: the end-to-end tests cannot run. Install one (package `chromium` or Google Chrome),',
  );
  say('or set CHROME_PATH to one, or run `npx playwright install --with-deps chromium`.');
}

checkNode();
installPackages();
if (process.argv.includes('--browser')) installBrowser();
note('up to date');
