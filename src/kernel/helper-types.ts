/**
 * What helper functions take and return, by id, as far as an analysis of registers asks: the order and kind of the
 * arguments, and the kind of the result. Source: the signatures in linux/include/uapi/linux/bpf.h of 6.18 and the
 * func_proto of each helper (net/core/filter.c, kernel/bpf/helpers.c, kernel/trace/bpf_trace.c of 6.18).
 *
 * One letter an argument: `c` context, `m` map, `k` key, `v` value, `V` room for a value, `r` memory that is read,
 * `w` room that is filled, `b` memory that is read and written (`s` or `z` behind them: its size; `z` may be 0),
 * `4` `8` room for one number of so many bytes, `l` size of what is allocated, `f` function, `t` its own argument,
 * `o` a pointer to some object, `a` anything. Behind `>` the result: none, or `-` no value, `M` value of the map or
 * NULL, `N` value of the map, `S` socket or NULL, `T` TCP socket or NULL, `C` common part of a socket or NULL, `R`
 * memory or NULL, `B` kernel object or NULL, `P` kernel object, `Q` one that the kernel vouches for; where nothing
 * stands, a number.
 */
const TYPES =
  '> mk>M mkva mk wza > rs > > carsa ' + // 0
  'caaaa caaaa cma>- caa > > ws c caa c ' + // 10
  'cwsa crsa ma aa c cmarz caws cma rzrza cws ' + // 20
  'crs caa ca cma c > ars ma caa ca ' + // 30
  'ca c > caa ca wza c c ca oaars ' + // 40
  'caaa maa cmaa cmka ca maws cws oaaws ca ca ' + // 50
  'cmaa ca ca caaa crs ca cawsa cwza cawsa cbsa ' + // 60
  'cmka cmka cmka cars cars caa cars c caaa c ' + // 70
  '> ma>N cmka ca crsaa>S crsaa>S o mva mV mV ' + // 80
  'caaa caaa caa o>- o>- o>S o>T c o>S crsaa>C ' + // 90
  'orsrs cbsa cws cws crs rsa8 rsa8 mova>M mo a ' + // 100
  'orsrs omarz wza wza wza wza oa a > cwza ' + // 110
  'aaws omarz c a coa > orsrz orz o oa ' + // 120
  'mrza mla>R oa>- oa>- ma ca o>B o>B o>B o>B ' + // 130
  'o>B owza cbsa crsa caa mova>M mo ows wza bsrsa ' + // 140
  'orsa c arza oa>B o>P aa mova>M mo >Q oa ' + // 150
  '> obs o>B ca4aa mfta bzarz abs rsaa a oma ' + // 160
  'of oaa o c c o>P wza rsrz o>B rsa8 ' + // 170
  'oafta afta rsa ca8 c8 c > a c caws ' + // 180
  'cars wzaoa caa obs oo>B mka>M o>B bsao maao oa>- ' + // 190
  'oa>- wzoaa oarza oal>R orz orz oo oo > mfta ' + // 200
  'mova>M mo'; // 210

/** Kinds of argument and result are characters, as above. */
export interface HelperType {
  readonly args: string;
  /** '' : a number. */
  readonly result: string;
  /** Whether pointers into the packet are worth nothing afterwards (bpf_helper_changes_pkt_data() of 6.18). */
  readonly movesPacket: boolean;
  /** Whether the result has to be given back, by a helper that `releases` it. */
  readonly acquires: boolean;
  readonly releases: boolean;
  /** Whether the result is the object that was given, seen as another type. */
  readonly casts: boolean;
  /** Whether the result is a number of bytes, at most the size that was given, or an error. */
  readonly givesSize: boolean;
}

/** Ids, by what is to be said of them. */
const MOVES_PACKET = new Set([
  ...[9, 10, 11, 12, 13, 18, 19, 31, 38, 39, 43, 44, 50, 54, 63, 65, 73, 74, 75, 76, 90, 91, 143],
]);
const ACQUIRES = new Set([84, 85, 99, 131]);
const RELEASES = new Set([86, 132, 133]);
const CASTS = new Set([95, 96, 136, 137, 138, 139, 140, 178, 196]);
const GIVES_SIZE = new Set([45, 67, 114, 115, 141]);

const HELPER_TYPES: readonly HelperType[] = TYPES.split(' ').map((text, id) => {
  const [args, result = ''] = text.split('>');
  const [movesPacket, acquires, releases] = [MOVES_PACKET, ACQUIRES, RELEASES].map((set) => set.has(id));
  return {
    args,
    result,
    movesPacket,
    acquires,
    releases,
    casts: CASTS.has(id),
    givesSize: GIVES_SIZE.has(id),
  };
});

/** Nothing is known of a function that is not in the list. */
export const helperType = (id: number): HelperType | undefined => HELPER_TYPES[id];

/** Helpers of which more is to be said than what they take and give. */
export const HELPER = {
  MAP_LOOKUP: 1,
  GET_SMP_PROCESSOR_ID: 8,
  TAIL_CALL: 12,
  FOR_EACH_MAP_ELEM: 164,
  TIMER_SET_CALLBACK: 170,
  FIND_VMA: 180,
  LOOP: 181,
  USER_RINGBUF_DRAIN: 209,
} as const;
