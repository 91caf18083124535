/** `run`: one program in, some passes, one program out. */
import { passesNamed } from '../passes/pipelines.ts';
import type { Layer } from '../patch/algorithm.ts';
import { CATALOG, chain, RECIPES, sharingOf } from '../pipeline/index.ts';
import type { Program } from '../program/program.ts';
import { ANY_TEXT, oneOf, readCommandLine } from './command-line.ts';
import { diagnosticText, nameOf } from './diagnostics.ts';
import type { Io } from './io.ts';
import { FORMATS, type Format, programText } from './program-text.ts';

const LAYERS: readonly Layer[] = ['verifier', 'core'];
const { passes: PASSES, pipelines: PIPELINES, algorithms: ALGORITHMS, semantics: SEMANTICS } = CATALOG;
const ids = (list: readonly { id: string }[]): string => list.map(({ id }) => id).join(', ');

export const RUN_HELP = `run [FILE] --pass ID[,ID...] [OPTIONS]

Reads a program as assembly text from FILE, or from standard input when there is none or it is "-", runs the passes
in the order given, and writes the program that comes out.

  --recipe SPEC    a generated program in place of FILE, such as scale2~100000~7 (recipe, insns, seed); its own patches
                   are those of --pass edits, or it has goto +0 for --pass nops. Recipes:
                   ${ids(RECIPES)}
  --pass ID,...    ${ids(PASSES)},
                   or several by one name: ${ids(PIPELINES)}
  --algorithm ID   ${ids(ALGORITHMS)} (default ${ALGORITHMS[0].id}); all give the same result
  --semantics ID   ${ids(SEMANTICS)} (default ${SEMANTICS[0].id}); another one than the default behaves as that
                   kernel or the RFC did, bugs included, and has an algorithm of its own
  --share          all passes on one list, linearized once at the end; refused, with the reason, where a pass asks
                   for what only a linearized program has. The program that comes out is the same
  --seed N         where random numbers start, 0 to 4294967295 (default 1); the generator is splitmix32
  --layer LAYER    verifier (the whole program with its aux, the default) or core (one function as the compiler of
                   older kernels sees it: no aux)
  --prog NAME      the program to take; a text holds one, named by its first .func
  --format FORMAT  ${FORMATS.join(', ')} (default asm)

Problems go to standard error as file:line:col: error: text. Exit status: 0 done, 1 the input is wrong or a patch was
refused, 2 the command line is wrong.
`;

const idsIn = (text: string): readonly string[] => text.split(',');

const OPTIONS = {
  pass: {
    wants: `ids out of ${ids([...PASSES, ...PIPELINES])}, with commas between`,
    accepts: (text: string) =>
      idsIn(text).every((id) => [...PASSES, ...PIPELINES].some((known) => known.id === id)),
  },
  algorithm: oneOf(ALGORITHMS.map(({ id }) => id)),
  semantics: oneOf(SEMANTICS.map(({ id }) => id)),
  seed: {
    wants: 'a number from 0 to 4294967295',
    accepts: (text: string) => /^(\d{1,10}|0x[\da-f]{1,8})$/i.test(text) && Number(text) <= 0xffffffff,
  },
  layer: oneOf(LAYERS),
  recipe: ANY_TEXT,
  prog: ANY_TEXT,
  format: oneOf(FORMATS),
};

/** Why the passes cannot share one list, or null. */
function shareProblem(passes: readonly string[], semantics: string): string | null {
  if (semantics !== SEMANTICS[0].id)
    return `--semantics ${semantics} linearizes after each pass; leave --share out`;
  const named = passesNamed(passes);
  const refused = named.ok ? sharingOf(named.value).find(({ allowed }) => !allowed) : undefined;
  return refused ? `--share: ${refused.why}; leave --share out, and the list is linearized between` : null;
}

/** The name of the function the program begins with. */
const progName = ({ subprogs, strings }: Program): string => strings[subprogs.name[0]] ?? '';

export async function runCommand(args: readonly string[], io: Io): Promise<number> {
  const options = await readCommandLine('run', RUN_HELP, args, io, { values: OPTIONS, flags: ['share'] });
  if (typeof options === 'number') return options;
  const { file, values, flags } = options;
  if (values.pass === undefined) {
    await io.err(`run: --pass is missing; it wants ${OPTIONS.pass.wants}\n`);
    return 2;
  }
  const { algorithm = ALGORITHMS[0].id, seed = '1', prog, semantics = SEMANTICS[0].id } = values;
  if (values.algorithm !== undefined && semantics !== SEMANTICS[0].id) {
    await io.err(`run: --semantics ${semantics} has an algorithm of its own; leave --algorithm out\n`);
    return 2;
  }
  const share = flags.has('share');
  const problem = share ? shareProblem(idsIn(values.pass), semantics) : null;
  if (problem !== null) {
    await io.err(`run: ${problem}\n`);
    return 2;
  }
  const { recipe } = values;
  if (recipe !== undefined && file !== undefined) {
    await io.err(`run: --recipe makes the program; leave ${nameOf(file)} out\n`);
    return 2;
  }
  const source = recipe === undefined ? await io.readInput(file) : '';
  const name = recipe ?? file;
  const output = chain({
    ...(recipe !== undefined && { recipe }),
    ...{ source, passes: idsIn(values.pass), algorithm, seed: Number(seed), semantics, share },
    layer: (values.layer ?? 'verifier') as Layer,
  });
  await io.err(diagnosticText(name, source, output.diagnostics));
  if (!output.ok) return 1;
  if (prog !== undefined && prog !== progName(output.before)) {
    await io.err(`${nameOf(name)}: error: no program ${prog} here, only "${progName(output.before)}"\n`);
    return 1;
  }
  if (!output.result.ok) {
    const { code, at, message } = output.result.error;
    const where = output.assembly.line[at] ?? 1;
    await io.err(`${nameOf(name)}:${where}:1: error: ${code}: ${message}\n`);
    return 1;
  }
  const steps = output.steps.map(({ pass, editCnt, rndUsed, list }) => ({
    ...{ pass, patches: editCnt, rnd_used: rndUsed },
    ...(share && { list }),
  }));
  await io.out(
    programText(output.result.value.program, (values.format ?? 'asm') as Format, {
      semantics: output.semantics,
      passes: steps,
    }),
  );
  return 0;
}
