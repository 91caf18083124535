/** A named kernel: everything about it that is not ABI and that rewritten programs depend on. */
import type { KernelFunctions } from './functions.ts';
import { FUNCTIONS_6_18_X86_64 } from './functions-6.18-x86-64.ts';
import type { MapLayout } from './map-layout.ts';
import { MAPS_6_18_X86_64 } from './map-layout-6.18-x86-64.ts';
import type { StructLayout } from './struct-layout.ts';
import { STRUCTS_6_18_X86_64 } from './structs-6.18-x86-64.ts';

export interface Kernel {
  /** Version and machine. */
  readonly name: string;
  readonly structs: StructLayout;
  readonly functions: KernelFunctions;
  readonly maps: MapLayout;
}

export const LINUX_6_18_X86_64: Kernel = {
  name: 'Linux 6.18.44, x86-64',
  structs: STRUCTS_6_18_X86_64,
  functions: FUNCTIONS_6_18_X86_64,
  maps: MAPS_6_18_X86_64,
};
