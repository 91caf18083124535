/**
 * Where one build of Linux 6.18.44 for x86-64 keeps the functions that rewritten programs call and the variables that
 * they read, as its dumps of rewritten programs show them. Another build has other numbers; what is missing is not known.
 */
import type { KernelFunctions } from './functions.ts';

export const FUNCTIONS_6_18_X86_64: KernelFunctions = {
  calls: {
    bpf_ktime_get_ns: 269488,
    bpf_user_rnd_u32: 22592,
    bpf_skb_load_helper_8_no_cache: 10281584,
    bpf_skb_load_helper_16_no_cache: 10281824,
    bpf_skb_load_helper_32_no_cache: 10253424,
    bpf_sk_fullsock: 10209408,
    bpf_get_listener_sock: 10267136,
    arch_bpf_timed_may_goto: -1541856,
    __htab_map_lookup_elem: 330864,
    htab_map_update_elem: 343552,
    bpf_for_each_hash_elem: 330384,
    bpf_for_each_array_elem: 349856,
    bpf_skb_pull_data: 10268544,
  },
  addresses: {
    jiffies: 0xffffffff83009980n,
    cpu_number: 0xffffffff83b0e034n,
  },
};
