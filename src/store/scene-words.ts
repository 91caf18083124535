/** What a link holds, in the words that the page uses for it: a field that has none here does not compile. */
import type { Scene } from '../scene/scene.ts';

export const SCENE_WORDS: Readonly<Record<keyof Scene, string>> = {
  source: 'program with its patch points',
  recipe: 'recipe of a generated program',
  pass: 'passes',
  step: 'which of them is shown',
  semantics: 'rules',
  layer: 'layer',
  algorithm: 'algorithm',
  seed: 'random seed',
  moment: 'moment (op and line)',
  from: 'the moment it is compared with',
  layout: 'layout',
  race: 'place in the race',
  hidden: 'hidden changes',
  pins: 'pins',
  focus: 'selected insn',
  table: 'table',
  theme: 'theme, where it is forced',
};
