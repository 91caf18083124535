/** The recipes: one line each, in the order in which they are offered. */
import { alternating } from './alternating.ts';
import { every, some } from './bench-mix.ts';
import { cilium } from './cilium.ts';
import { constants } from './constants.ts';
import { crossing } from './crossing.ts';
import { jumpAround, jumpAroundFar } from './jump-around.ts';
import { maxJump } from './max-jump.ts';
import { nopRun } from './nop-run.ts';
import { oneTarget } from './one-target.ts';
import { random } from './random.ts';
import type { Recipe } from './recipe.ts';
import { scale1, scale2 } from './scale.ts';
import { staggered } from './staggered.ts';
import { torturous1, torturous2, torturous3 } from './torturous.ts';
import { vlan } from './vlan.ts';

export const RECIPES: readonly Recipe[] = [
  cilium,
  random,
  every,
  some,
  vlan,
  jumpAround,
  jumpAroundFar,
  constants,
  scale1,
  scale2,
  torturous1,
  torturous2,
  torturous3,
  maxJump,
  staggered,
  nopRun,
  alternating,
  oneTarget,
  crossing,
];

export const recipeById = (id: string): Recipe | undefined => RECIPES.find((one) => one.id === id);
