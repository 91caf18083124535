/**
 * What patching costs, for people: the same programs through every algorithm in one run, so that ratios mean
 * something on a noisy machine. Work units are exact and the same everywhere; times are medians.
 *
 *   npm run bench [sizes]      sizes such as 1000,10000,100000
 *
 * From a key to the picture in a real browser: node scripts/keystroke.mjs
 */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const outfile = join(root, '.cache', 'bench.mjs');
mkdirSync(dirname(outfile), { recursive: true });
await build({
  stdin: {
    contents: `
      export { makeProgram } from './src/program/program.ts';
      export { editBuilder } from './src/patch/edit-list.ts';
      export { applyEdits } from './src/patch/apply-edits.ts';
      export { ALGORITHMS } from './src/patch/index.ts';
      export { touchesOf } from './src/patch/work.ts';
    `,
    resolveDir: root,
    loader: 'ts',
  },
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  logLevel: 'error',
});
const { makeProgram, editBuilder, applyEdits, ALGORITHMS, touchesOf } = await import(
  pathToFileURL(outfile).href
);

const sizes = (process.argv[2] ?? '1000,10000,100000').split(',').map(Number);
/** Above this many insns times patches the array way is left out. */
const ARRAY_MAX = 2e8;
const RUNS = 7;

/** 14 % of the insns jump, up to a hundred either way; a line entry every third insn. */
function programOf(n) {
  const insns = new Int32Array(2 * n);
  let state = 12345;
  const random = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  for (let i = 0; i < n; i++) {
    const isJump = random() % 100 < 14;
    const to = Math.max(0, Math.min(n - 1, i + 1 + (random() % 200) - 100));
    insns[2 * i] = isJump ? 0x15 | ((to - i - 1) << 16) : 0x07 | ((random() % 10) << 8);
    insns[2 * i + 1] = random() | 0;
  }
  const lines = Math.ceil(n / 3);
  const column = (value) => Int32Array.from({ length: lines }, (_, i) => value(i));
  const zero = new Int32Array(lines);
  return makeProgram({
    insns,
    lineInfo: { insnOff: column((i) => 3 * i), file: zero, line: column((i) => i), col: zero, text: zero },
    aux: {
      origIdx: Int32Array.from({ length: n }, (_, i) => i),
      seen: new Int32Array(n).fill(1),
      zextDst: new Uint8Array(n),
      ptrType: new Int32Array(n),
      ctxFieldSize: new Int32Array(n),
      aluState: new Int32Array(n),
    },
  });
}

/** `every`: each insn becomes three; `some`: 20 % patched, 5 % deleted. */
const MIXES = { every: () => 'patch', some: (i) => (i % 20 === 7 ? 'remove' : i % 5 === 0 ? 'patch' : null) };

function editsOf({ insns }, mix) {
  const edits = editBuilder();
  for (let i = 0; i < insns.length / 2; i++) {
    const kind = MIXES[mix](i);
    if (kind === 'remove') edits.remove(i, 1);
    if (kind !== 'patch') continue;
    const isJump = (insns[2 * i] & 7) === 5;
    if (isJump) edits.prepend(i);
    else edits.replace(i);
    edits.put(0x0bb7, insns[2 * i + 1] ^ 0x5bd1e995);
    edits.put(0x0ba7, 0x5bd1e995);
    if (!isJump) edits.put(insns[2 * i] | 0xb008, 0);
  }
  return edits.finish();
}

const median = (times) => times.toSorted((a, b) => a - b)[times.length >> 1];

const rows = [];
for (const n of sizes)
  for (const mix of Object.keys(MIXES)) {
    const program = programOf(n);
    const edits = editsOf(program, mix);
    let stream = 0;
    for (const algorithm of ALGORITHMS) {
      if (algorithm.readsAllPerEdit && n * edits.cnt > ARRAY_MAX) continue;
      const times = [];
      let touches = 0;
      for (let run = 0; run < (algorithm.readsAllPerEdit ? 1 : RUNS); run++) {
        const start = performance.now();
        const result = applyEdits(algorithm, program, edits, 'verifier');
        times.push(performance.now() - start);
        if (!result.ok) throw new Error(result.error.message);
        touches = touchesOf(result.value.work);
      }
      const ms = median(times);
      if (algorithm.id === 'stream') stream = ms;
      rows.push({
        n,
        mix,
        algorithm: algorithm.id,
        ms: Number(ms.toFixed(2)),
        'ns/insn': Math.round((ms * 1e6) / n),
        'times stream': Number((ms / stream).toFixed(1)),
        touches,
      });
    }
  }
console.table(rows);
