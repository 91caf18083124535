/**
 * The house rules as data: who may import whom, only downwards and only as listed. A file belongs to the first row
 * whose name is its folder (or its own name) in src. `types` may be imported as types only.
 */
export interface Room {
  readonly room: string;
  readonly may: readonly string[];
  readonly types?: readonly string[];
  /** Packages from outside; 'node:' stands for what Node has built in. */
  readonly packages?: readonly string[];
  readonly why: string;
}

export const ROOMS: readonly Room[] = [
  { room: 'base', may: [], why: 'it knows no BPF, so that anything can stand on it' },
  { room: 'isa', may: [], why: 'the instruction set is the same under every kernel and every program' },
  { room: 'kernel', may: [], why: 'Linux facts are data; what is done with them is said elsewhere' },
  { room: 'program', may: ['base', 'isa'], why: 'the Program is a value: it knows neither text nor patches' },
  {
    room: 'asm',
    may: ['base', 'isa', 'kernel', 'program'],
    why: 'text is turned into a Program and back, and nothing else',
  },
  {
    room: 'analysis',
    may: ['base', 'isa', 'kernel', 'program'],
    why: 'it answers what the verifier would know, before any patch',
  },
  {
    room: 'patch',
    may: ['base', 'isa', 'program'],
    why: 'an algorithm never knows which pass made its edits',
  },
  {
    room: 'passes',
    may: ['base', 'isa', 'kernel', 'program', 'analysis', 'patch'],
    why: 'a pass returns edits; it sees a Program and facts, never the text',
  },
  {
    room: 'recipes',
    may: ['base', 'isa', 'kernel', 'program', 'patch'],
    why: 'a generated program is a Program and edits, and needs neither text nor pass',
  },
  {
    room: 'figures',
    may: ['base', 'isa', 'program', 'asm', 'patch'],
    why: 'a figure is a pure function of trace and moment, without a DOM',
  },
  {
    room: 'scene',
    may: [],
    packages: ['fflate'],
    why: 'ids are strings, so that an old link never breaks the build',
  },
  { room: 'examples', may: [], why: 'an example is text and ids: what a person could have typed' },
  {
    room: 'pipeline',
    may: ['base', 'isa', 'kernel', 'program', 'asm', 'analysis', 'patch', 'passes', 'recipes'],
    why: 'the app in one sentence; it runs anywhere, so it knows neither pictures nor links',
  },
  {
    room: 'bench',
    may: ['base', 'isa', 'program', 'asm', 'analysis', 'patch', 'passes', 'recipes'],
    why: 'it measures the engine; who measures brings the clock and the memory',
  },
  {
    room: 'cli',
    may: ['bench', 'pipeline', 'asm', 'program', 'patch', 'passes', 'analysis', 'isa', 'base'],
    packages: ['node:'],
    why: 'the same engine from a shell, down to one pass on one case; what the page shows must not be needed for it',
  },
  {
    room: 'worker',
    may: ['base', 'pipeline'],
    why: 'it carries runs to another thread and back, and knows nothing of what they mean',
  },
  {
    room: 'store',
    may: [
      'base',
      'isa',
      'scene',
      'program',
      'asm',
      'analysis',
      'patch',
      'recipes',
      'figures',
      'worker',
      'examples',
    ],
    types: ['pipeline'],
    packages: ['zustand'],
    why: 'it wires pure functions and talks to the worker; the computing is done there',
  },
  {
    room: 'views',
    may: ['base', 'kernel', 'program', 'asm', 'patch', 'recipes', 'figures', 'examples', 'pipeline', 'store'],
    packages: ['react', 'd3', 'monaco-editor'],
    why: 'views draw marks and dispatch intents; the command line is another house',
  },
  {
    room: 'main.tsx',
    may: ['store', 'views'],
    packages: ['react-dom'],
    why: 'it mounts, that is all',
  },
];
