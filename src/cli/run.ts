/** `run`: one program in, some passes, one program out. */
import { ALGORITHMS, chain, type LayerChoice, PASSES } from '../pipeline.ts';
import type { Program } from '../program/program.ts';
import { diagnosticText, nameOf } from './diagnostics.ts';
import type { Io } from './io.ts';
import { FORMATS, type Format, programText } from './program-text.ts';

const LAYERS: readonly LayerChoice[] = ['auto', 'verifier', 'core'];
const ids = (list: readonly { id: string }[]): string => list.map(({ id }) => id).join(', ');

export const RUN_HELP = `run [FILE] --pass ID[,ID...] [OPTIONS]

Reads a program as assembly text from FILE, or from standard input when there is none or it is "-", runs the passes
in the order given, and writes the program that comes out.

  --pass ID,...    ${ids(PASSES)}
  --algorithm ID   ${ids(ALGORITHMS)} (default ${ALGORITHMS[0].id}); all give the same result
  --seed N         where random numbers start, 0 to 4294967295 (default 1); the generator is splitmix32
  --layer LAYER    auto (the whole program with its aux, the default), verifier (the same), core (one function as
                   the compiler of older kernels sees it: no aux)
  --prog NAME      the program to take; a text holds one, named by its first .func
  --format FORMAT  ${FORMATS.join(', ')} (default asm)

Problems go to standard error as file:line:col: error: text. Exit status: 0 done, 1 the input is wrong or a patch was
refused, 2 the command line is wrong.
`;

interface Options {
  file?: string;
  pass?: string;
  algorithm?: string;
  seed?: string;
  layer?: string;
  prog?: string;
  format?: string;
}
const NAMES = ['pass', 'algorithm', 'seed', 'layer', 'prog', 'format'] as const;

/** The options, or what is wrong with them. Both `--name value` and `--name=value` are read. */
function readOptions(args: readonly string[]): Options | string {
  const options: Options = {};
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === '-' || !arg.startsWith('-')) {
      if (options.file !== undefined) return `one file at most: ${arg}`;
      options.file = arg;
      continue;
    }
    const eq = arg.indexOf('=');
    const name = NAMES.find((one) => `--${one}` === (eq < 0 ? arg : arg.slice(0, eq)));
    if (!name) return `unknown option ${arg}`;
    if (eq < 0 && i + 1 === args.length) return `--${name} wants a value`;
    options[name] = eq < 0 ? args[++i] : arg.slice(eq + 1);
  }
  return options;
}

interface Asked {
  readonly file: string | undefined;
  readonly prog: string | undefined;
  readonly passes: readonly string[];
  readonly algorithm: string;
  readonly seed: number;
  readonly layer: LayerChoice;
  readonly format: Format;
}

/** What is asked for, or what is wrong with it. */
function readAsked(args: readonly string[]): Asked | string {
  const options = readOptions(args);
  if (typeof options === 'string') return options;
  if (options.pass === undefined) return `--pass is missing; there are: ${ids(PASSES)}`;
  const passes = options.pass.split(',').filter((id) => id !== '');
  const wrong = passes.find((id) => !PASSES.some((pass) => pass.id === id));
  if (wrong !== undefined) return `there is no pass ${wrong}; there are: ${ids(PASSES)}`;
  const { algorithm = ALGORITHMS[0].id, format = 'asm', layer = 'auto', seed = '1' } = options;
  if (!ALGORITHMS.some(({ id }) => id === algorithm))
    return `there is no algorithm ${algorithm}; there are: ${ids(ALGORITHMS)}`;
  if (!FORMATS.some((one) => one === format))
    return `there is no format ${format}; there are: ${FORMATS.join(', ')}`;
  if (!LAYERS.some((one) => one === layer))
    return `there is no layer ${layer}; there are: ${LAYERS.join(', ')}`;
  if (!/^(\d{1,10}|0x[\da-f]{1,8})$/i.test(seed) || Number(seed) > 0xffffffff)
    return `--seed wants a number from 0 to 4294967295, not ${seed}`;
  return {
    ...{ file: options.file, prog: options.prog, passes, algorithm, seed: Number(seed) },
    ...{ layer: layer as LayerChoice, format: format as Format },
  };
}

/** The name of the function the program begins with. */
const progName = ({ subprogs, strings }: Program): string => strings[subprogs.name[0]] ?? '';

export async function runCommand(args: readonly string[], io: Io): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    await io.out(RUN_HELP);
    return 0;
  }
  const asked = readAsked(args);
  if (typeof asked === 'string') {
    await io.err(`run: ${asked}\n`);
    return 2;
  }
  const { file, prog, passes, algorithm, seed, layer, format } = asked;
  const source = await io.readInput(file);
  const output = chain({ source, passes, algorithm, seed, layer });
  await io.err(diagnosticText(file, source, output.diagnostics));
  if (!output.ok) return 1;
  if (prog !== undefined && prog !== progName(output.before)) {
    await io.err(`${nameOf(file)}: error: no program ${prog} here, only "${progName(output.before)}"\n`);
    return 1;
  }
  if (!output.result.ok) {
    const { code, at, message } = output.result.error;
    const where = output.assembly.line[at] ?? 1;
    await io.err(`${nameOf(file)}:${where}:1: error: ${code}: ${message}\n`);
    return 1;
  }
  const steps = output.steps.map(({ pass, editCnt, rndUsed }) => ({
    pass,
    patches: editCnt,
    rnd_used: rndUsed,
  }));
  await io.out(programText(output.result.value, format, { passes: steps }));
  return 0;
}
