/** What was measured, as tables for people. */
import { ALGORITHMS } from '../patch/index.ts';
import type { AlgorithmRow, Measured, Row, YardstickRow } from './bench-run.ts';

const number = (value: number): string =>
  value >= 1_000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
const megabytes = (bytes: number | undefined): string =>
  bytes === undefined ? '–' : String(Number((bytes / 1e6).toPrecision(3)));

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, k) => Math.max(cell.length, ...rows.map((row) => row[k].length)));
  const line = (cells: readonly string[]): string =>
    cells.map((cell, k) => (k === 0 ? cell.padEnd(widths[k]) : cell.padStart(widths[k]))).join('  ');
  return [line(head), ...rows.map(line)].map((text) => `  ${text.trimEnd()}\n`).join('');
}

const isAlgorithm = (row: Row): row is AlgorithmRow => row.kind === 'algorithm';
const isYardstick = (row: Row): row is YardstickRow => row.kind === 'yardstick';
const labelOf = (id: string): string => ALGORITHMS.find((one) => one.id === id)?.label ?? id;

function sectionOf({ mix, n, rows, differs }: Measured): string {
  const yardsticks = rows.filter(isYardstick);
  const head = [
    '',
    'ms',
    'ns/insn',
    'touches',
    'alloc',
    'peak MB',
    'result MB',
    ...yardsticks.map((one) => `÷ ${one.yardstick}`),
  ];
  const lines = rows
    .filter(isAlgorithm)
    .map((row) => [
      `${row.algorithm}${labelOf(row.algorithm) === row.algorithm ? '' : ` (${labelOf(row.algorithm)})`}`,
      ...[number(row.ms), number(row.nsPerInsn), number(row.work), number(row.alloc)],
      ...[megabytes(row.memory?.peakBytes), megabytes(row.memory?.resultBytes)],
      ...yardsticks.map(({ ratio }) => number(ratio[row.algorithm])),
    ]);
  const inC = yardsticks.map((row) => [
    `C ${row.yardstick}`,
    ...[number(row.ms), number(row.nsPerInsn), '', '', '', ''],
    ...yardsticks.map(() => ''),
  ]);
  const said = differs.map((name) => `  ${name} comes to another result\n`).join('');
  return `${mix.id}: ${mix.label}, ${n.toLocaleString('en')} insns\n${table(head, [...lines, ...inC])}${said}`;
}

/** `compiler`: what built the yardsticks, null when there are none. */
export function benchTables(measured: readonly Measured[], compiler: string | null): string {
  const sections = measured.map(sectionOf).join('\n');
  return compiler === null ? sections : `${sections}\nYardsticks built by ${compiler}\n`;
}
