/** What was measured, as Markdown for docs/PERFORMANCE.md: the machine, the goals beside what came out, and all figures. */
import { cpus } from 'node:os';

const short = (value) =>
  !Number.isFinite(value)
    ? '–'
    : value >= 1_000
      ? Math.round(value).toLocaleString('en')
      : String(Number(value.toPrecision(3)));
const megabytes = (bytes) => short(bytes / 1e6);

const table = (head, rows) =>
  [head, head.map((_, k) => (k === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

/** `atMost`: less is better. Without a figure nothing is claimed. */
function goalRow(what, goal, isMost, values) {
  const cells = values.map(({ value, unit = '' }) => (value === undefined ? '–' : `${short(value)}${unit}`));
  const missed = values.filter(({ value }) => value !== undefined && (isMost ? value > goal : value < goal));
  const measured = values.some(({ value }) => value !== undefined);
  const said = !measured ? 'not measured' : missed.length === 0 ? 'met' : '**missed**';
  return [what, `${isMost ? '≤' : '≥'} ${short(goal)}${values[0].unit ?? ''}`, ...cells, said];
}

const find = (rows, mix, n) =>
  rows.find((row) => row.algorithm === 'stream' && row.mix === mix && row.n === n);
const speed = (speeds, what) => speeds.find((one) => one.what === what);
const millions = (one, of) => one && one[of] / one.ms / 1e3;

function goalTable({ alone, unread, node, browser }) {
  const [every, some] = ['every', 'some'].map((mix) => find(alone, mix, 1_000_000));
  const nops = alone.find((row) => row.algorithm === 'stream' && row.mix === 'nops');
  const inBrowser = (mix) => browser?.rows.findLast((row) => row.algorithm === 'stream' && row.mix === mix); // the biggest
  const ratio = (mix, name, of) => [
    { value: of?.ratio[name] },
    { value: unread.find((row) => row.algorithm === 'stream' && row.mix === mix)?.ratio[name] },
    { value: inBrowser(mix)?.ratio[name] },
  ];
  const both = (of, unit) => [{ value: of(node), unit }, {}, { value: browser && of(browser.speeds), unit }];
  const everyText = '1M insns, every one ×3';
  return table(
    ['', 'goal', 'Node', 'Node, columns unread', 'Chromium worker', ''],
    [
      goalRow(`${everyText} ÷ malloc list`, 0.25, true, ratio('every', 'malloc-list', every)),
      goalRow(`${everyText} ÷ pooled list`, 0.65, true, ratio('every', 'pooled-list', every)),
      goalRow(`${everyText} ÷ memcpy`, 4, true, ratio('every', 'memcpy', every)),
      goalRow('1M insns, 20 % + 5 % deleted ÷ malloc list', 0.35, true, ratio('some', 'malloc-list', some)),
      goalRow('131,072 `ja +0` removed', 5, true, [
        { value: nops?.ms, unit: ' ms' },
        {},
        { value: inBrowser('nops')?.ms, unit: ' ms' },
      ]),
      goalRow('1M insns, memory over input and output', 100, true, [
        { value: every?.memory && (every.memory.peakBytes - every.memory.resultBytes) / 1e6, unit: ' MB' },
        {},
        {},
      ]),
      goalRow(
        'lexer, millions of characters a second',
        250,
        false,
        both((all) => millions(speed(all, 'lexer'), 'chars')),
      ),
      goalRow(
        'assemble, millions of lines a second',
        1,
        false,
        both((all) => millions(speed(all, 'assemble'), 'cnt')),
      ),
      goalRow(
        'disassemble, millions of lines a second',
        1,
        false,
        both((all) => millions(speed(all, 'disassemble'), 'cnt')),
      ),
      goalRow(
        'a frame at any of 1M ops, the slowest of 400',
        16,
        true,
        both((all) => speed(all, 'seek')?.worstMs, ' ms'),
      ),
    ],
  );
}

const RATIOS = ['malloc-list', 'pooled-list', 'edit-list', 'memcpy'];

const algorithmTable = (rows) =>
  table(
    ['mix', 'insns', 'algorithm', 'ns/insn', 'touches', 'peak MB', ...RATIOS.map((name) => `÷ ${name}`)],
    rows.map(({ mix, n, algorithm, nsPerInsn, work, memory, ratio }) => [
      ...[mix, n.toLocaleString('en'), algorithm, short(nsPerInsn), short(work)],
      memory ? megabytes(memory.peakBytes) : '–',
      ...RATIOS.map((name) => (ratio[name] === undefined ? '–' : short(ratio[name]))),
    ]),
  );

const browserTable = ({ rows }) =>
  table(
    ['mix', 'insns', 'algorithm', 'ns/insn', ...Object.keys(rows[0].ratio).map((name) => `÷ ${name}`)],
    rows.map(({ mix, n, algorithm, ms, ratio }) => [
      ...[mix, n.toLocaleString('en'), algorithm, short((ms * 1e6) / n)],
      ...Object.keys(rows[0].ratio).map((name) => (ratio[name] === undefined ? '–' : short(ratio[name]))),
    ]),
  );

const WORDS = {
  lexer: (one) => `${short(one.chars / one.ms / 1e3)} million characters a second`,
  assemble: (one) => `${short(one.cnt / one.ms)} thousand lines a second, with diagnostics`,
  disassemble: (one) => `${short(one.cnt / one.ms)} thousand lines a second`,
  trace: (one) => `${short((one.ms * 1e6) / one.cnt)} ns an op`,
  seek: (one) => `the slowest of ${one.cnt} frames at random moments ${short(one.worstMs)} ms`,
};

const speedTable = (named) =>
  table(
    ['', 'what', 'insns', 'median ms', ''],
    named.flatMap(([where, speeds]) =>
      speeds.map((one) => [where, one.what, one.n.toLocaleString('en'), short(one.ms), WORDS[one.what](one)]),
    ),
  );

export function report(measured) {
  const { rows, node, browser, compiler, said, load } = measured;
  const [cpu] = cpus();
  const machine = [
    `${cpu?.model.trim() ?? 'a processor that does not say its name'}, ${cpus().length} cores, load ${load.toFixed(1)} when it began`,
    `Node ${process.versions.node}`,
    ...(compiler === null ? ['no cc, so no yardsticks in C'] : [compiler]),
    ...(browser === null ? [] : [browser.browser]),
  ];
  return [
    `Measured on ${machine.join('; ')}.`,
    '### Goals',
    goalTable(measured),
    ...(rows.length === 0 ? [] : ['### Node', algorithmTable(rows)]),
    ...(said.length === 0 ? [] : [said.map((text) => `- ${text}`).join('\n')]),
    ...(browser === null || browser.rows.length === 0
      ? []
      : ['### A worker in Chromium', browserTable(browser)]),
    '### Text, traces, frames',
    speedTable([['Node', node], ...(browser === null ? [] : [['Chromium', browser.speeds]])]),
  ].join('\n\n');
}
