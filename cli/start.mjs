/**
 * The first step of every command: runs on a plain Node 20 with nothing installed, sets up what is missing, says so
 * on standard error, and hands over to the command itself under the Node that the project brings.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const BIN = join(ROOT, 'node_modules', '.bin');
const NODE = join(BIN, process.platform === 'win32' ? 'node.cmd' : 'node');
/** Commands of the public contract that this version does not have yet. */
const NOT_YET = ['verify', 'rejudge', 'compare', 'merge'];
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const SOURCES = ['entrypoints', 'components', 'lib', 'public', 'wxt.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json'];

const [command = '', ...args] = process.argv.slice(2);
process.chdir(ROOT);

if (NOT_YET.includes(command)) fail(2, `npm run ${command}: not available in this version.`);
installPackages();
const environment = {
  // What was compiled once starts in half the time: https://nodejs.org/api/module.html#module-compile-cache
  NODE_COMPILE_CACHE: join(ROOT, 'node_modules', '.cache', 'node'),
  ...process.env,
  PATH: `${BIN}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`,
};
if (command === 'screenshots' || command === 'bench') await buildExtension('chrome');
if (command === 'audit') await buildExtension(wantsFirefox() ? 'firefox' : 'chrome');
if (command === 'test' || command === 'build') {
  await buildExtension('chrome');
  await buildExtension('firefox');
}
if (command === 'dev' || command === 'zip')
  process.exitCode = await wxt(
    command === 'dev'
      ? [args]
      : [
          ['zip', '-b', 'chrome', '--mv3'],
          ['zip', '-b', 'firefox', '--mv3'],
        ],
  );
else if (command !== 'build')
  process.exitCode = await run(NODE, ['--disable-warning=ExperimentalWarning', join('cli', `${command}.ts`), ...args], 'inherit');

/** WXT's own commands, one after the other. */
async function wxt(calls) {
  for (const parameters of calls) {
    const code = await run(NODE, [join('node_modules', 'wxt', 'bin', 'wxt.mjs'), ...parameters], 'inherit');
    if (code !== 0) return code;
  }
  return 0;
}

/** Only a look: the command itself reads its options, and says what is wrong with them. */
function wantsFirefox() {
  return args.some((arg, at) => arg === '--browser=firefox' || (arg === 'firefox' && args[at - 1] === '--browser'));
}

function installPackages() {
  const stamp = join('node_modules', '.consent-audit-stamp');
  const wanted = hashOf(['package-lock.json']);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(NODE)) return;
  say('Installing packages (npm ci) …');
  const result = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) fail(3, 'The packages could not be installed: "npm ci" failed, see above. It needs access to an npm registry.');
  writeFileSync(stamp, wanted);
}

/** Builds once per state of the sources; the stamp is also the build that an audit names. */
async function buildExtension(browser) {
  const output = join('.output', `${browser}-mv3`);
  const stamp = join('.output', `${browser}.stamp`);
  const wanted = hashOf(SOURCES);
  environment.CONSENT_AUDIT_BUILD = `sha256:${wanted}`;
  if (existsSync(join(output, 'manifest.json')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say(`Building the extension for ${browser} …`);
  const code = await run(NODE, [join('node_modules', 'wxt', 'bin', 'wxt.mjs'), 'build', '-b', browser, '--mv3'], ['ignore', 2, 2]);
  if (code === 130) fail(130, 'Interrupted.');
  if (code !== 0) fail(3, 'The extension could not be built, see above.');
  mkdirSync('.output', { recursive: true });
  writeFileSync(stamp, wanted);
}

function run(file, parameters, stdio) {
  return new Promise((resolve) => {
    const child = spawn(file, parameters, { stdio, env: environment, shell: process.platform === 'win32' });
    // What an interruption means is for the command to decide. A console of Windows tells it by itself, and `kill` would end it there.
    const passOn = (signal) => (process.platform === 'win32' && signal === 'SIGINT' ? undefined : child.kill(signal));
    for (const signal of SIGNALS) process.on(signal, passOn);
    child.on('error', (error) => fail(3, `${file} could not be started: ${error.message}`));
    child.on('exit', (code, signal) => {
      for (const one of SIGNALS) process.off(one, passOn);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143));
    });
  });
}

/** SHA-256 over names and contents of files and folders. */
function hashOf(paths) {
  const hash = createHash('sha256');
  const add = (path) => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name));
    else hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  };
  paths.forEach(add);
  return hash.digest('hex');
}

function say(text) {
  process.stderr.write(`${text}\n`);
}

function fail(code, text) {
  say(text);
  process.exit(code);
}
