/**
 * What the verifier takes a register for, by number. Numbers: enum bpf_reg_type in linux/include/linux/bpf.h of 6.18.
 * Names: those its log prints (reg_type_str() in linux/kernel/bpf/log.c of 6.18). 6.19 put one more in front of the
 * last. Flags such as "may be NULL" stand above the lowest eight bits; a number with flags has no name here.
 */
const NAMES =
  '? scalar ctx map_ptr map_value map_key fp pkt_meta pkt pkt_end flow_keys sock sock_common tcp_sock tp_buffer ' +
  'xdp_sock ptr_ mem arena buf func dynptr_ptr';

const REG_TYPES: readonly string[] = NAMES.split(' ');

const byName = new Map(REG_TYPES.map((name, number) => [name, number]));
byName.delete(REG_TYPES[0]);

/** Every name that stands for a number. */
export const regTypeNames = (): Iterable<string> => byName.keys();

/** Number of a register type; -1 when there is none of that name. */
export const regTypeNumber = (name: string): number => byName.get(name) ?? -1;

/** Name of a register type, or its number where it has none: 0 (nothing is known), with flags, or out of range. */
export const regTypeText = (number: number): string =>
  number === 0 ? '0' : (REG_TYPES[number] ?? `${number}`);
