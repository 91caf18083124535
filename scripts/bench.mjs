/**
 * What patching costs, for people: the same programs through every algorithm in one run. Algorithms take turns, a
 * round each, and a ratio is the median of the ratios within a round, so that it means something on a noisy machine.
 * Work units are exact and the same everywhere; times are medians.
 *
 *   npm run bench [sizes]      sizes such as 1000,10000,100000
 *
 * Three tables: all algorithms; what the memory pool is worth to the list; what it is worth to keep one list for two
 * sets of edits.
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

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const rounded = (value, digits = 2) => Number(value.toFixed(digits));

function timed(work) {
  const start = performance.now();
  const value = work();
  return { ms: performance.now() - start, value };
}

/** Each job once to warm up, then all of them in turn; `once`: too slow for more than one run. */
function measure(jobs) {
  const measured = jobs.map(({ work, once = false }) => {
    const first = timed(work);
    return { value: first.value, times: once ? [first.ms] : [] };
  });
  for (let round = 0; round < RUNS; round++)
    for (const [k, { work, once }] of jobs.entries()) if (!once) measured[k].times.push(timed(work).ms);
  return measured;
}

/** How many times as long as the other, round by round. */
const ratioOf = (a, b) =>
  median(Array.from({ length: Math.min(a.times.length, b.times.length) }, (_, k) => a.times[k] / b.times[k]));

function patchedBy(result) {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const all = [];
const pool = [];
const keeping = [];

/** Linearized between two sets of edits, or one list for both. */
function twice(algorithm, program, edits, more) {
  const apart = () => {
    const between = patchedBy(applyEdits(algorithm, program, edits, 'verifier'));
    const last = patchedBy(applyEdits(algorithm, between.program, more, 'verifier'));
    return {
      touches: touchesOf(between.work) + touchesOf(last.work),
      alloc: between.work.alloc + last.work.alloc,
    };
  };
  const shared = () => {
    const patching = algorithm.open(program, { layer: 'verifier' });
    patchedBy(patching.apply(edits));
    patching.peek(); // the second pass reads the list
    patchedBy(patching.apply(more));
    const { work } = patchedBy(patching.finish());
    return { touches: touchesOf(work), alloc: work.alloc };
  };
  return measure([{ work: apart }, { work: shared }]);
}

function compare(n, mix) {
  const program = programOf(n);
  const edits = editsOf(program, mix);
  const ran = ALGORITHMS.filter((one) => !one.readsAllPerEdit || n * edits.cnt <= ARRAY_MAX);
  const measured = measure(
    ran.map((algorithm) => ({
      work: () => patchedBy(applyEdits(algorithm, program, edits, 'verifier')),
      once: algorithm.readsAllPerEdit,
    })),
  );
  const byId = new Map(ran.map(({ id }, k) => [id, measured[k]]));
  for (const { id } of ran) {
    const { times, value } = byId.get(id);
    all.push({
      ...{
        n,
        mix,
        algorithm: id,
        ms: rounded(median(times)),
        'ns/insn': Math.round((median(times) * 1e6) / n),
      },
      'times batch': rounded(ratioOf(byId.get(id), byId.get('stream'))),
      ...{ touches: touchesOf(value.work), alloc: value.work.alloc },
    });
  }
  const [list, pooled] = [byId.get('list'), byId.get('list-pooled')];
  pool.push({
    ...{ n, mix, 'list ms': rounded(median(list.times)), 'pooled ms': rounded(median(pooled.times)) },
    'list / pooled': rounded(ratioOf(list, pooled)),
    ...{ 'list alloc': list.value.work.alloc, 'pooled alloc': pooled.value.work.alloc },
    'other work': touchesOf(list.value.work) === touchesOf(pooled.value.work) ? 'same' : 'differs',
  });
  if (n !== sizes.at(-1)) return;
  const more = editsOf(byId.get('stream').value.program, 'some');
  for (const algorithm of ran.filter((one) => !one.readsAllPerEdit)) {
    const [apart, shared] = twice(algorithm, program, edits, more);
    keeping.push({
      ...{ n, mix, algorithm: algorithm.id, 'one list / two': rounded(ratioOf(shared, apart)) },
      ...{ 'touches, two lists': apart.value.touches, 'touches, one': shared.value.touches },
      ...{ 'alloc, two': apart.value.alloc, 'alloc, one': shared.value.alloc },
    });
  }
}

for (const n of sizes) for (const mix of Object.keys(MIXES)) compare(n, mix);
console.table(all);
console.log('\nlist and pooled list: the same steps, nodes allocated one by one or all at once');
console.table(pool);
console.log('\none list kept for two sets of edits, or linearized between them');
console.table(keeping);
