/* What all yardsticks do alike: the patches of a pass, where jumps lead, and what hangs on insns. */
#ifndef RULES_H
#define RULES_H

#include "work.h"

/* Which field of an insn says where it leads. */
enum flow { FLOW_NONE, FLOW_OFF, FLOW_IMM, FLOW_CALL };

/* By opcode; FLOW_CALL for opcodes of which some `src` are entry references. Filled by init_rules(). */
extern uint8_t flow_by_code[256];

/* Where insns came to stand; both have an entry for the end of the program. */
struct ways {
	uint32_t *outer; /* before what was prepended: calls, line entries, subprograms */
	uint32_t *inner; /* behind it: jumps */
};

void init_rules(void);
struct ways new_ways(uint32_t insn_cnt);
void free_ways(struct ways *ways);
/* Line entries and subprograms of the result. */
void move_tables(const struct program *source, const struct ways *ways, struct program *result);

static inline enum flow flow_of(struct insn insn)
{
	enum flow flow = flow_by_code[insn.code];

	if (flow != FLOW_CALL)
		return flow;
	/* BPF_PSEUDO_CALL of a call, BPF_PSEUDO_FUNC of a 64-bit constant. */
	return (insn.regs >> 4) == (insn.code == 0x85 ? 1 : 4) ? FLOW_CALL : FLOW_NONE;
}

/* Whether an insn defines 32 bits, so that the upper half has to be cleared. */
static inline uint32_t defines32(struct insn insn)
{
	bool is_narrow = (insn.code & 0x18) != 0x18;
	uint8_t mode = insn.code & 0xe0;

	switch (insn.code & 7) {
	case 0:
		return mode != 0;
	case 1:
		return is_narrow;
	case 3:
		return is_narrow && mode == 0xc0 && (insn.imm & 1);
	case 4:
		return (insn.code & 0xf0) != 0xd0 || insn.imm != 64;
	default:
		return 0;
	}
}

/* A record for an insn that was put in the place of one whose record is `heir`. */
static inline struct record born_record(const struct record *heir, struct insn insn)
{
	return (struct record){ .seen = heir->seen, .zext_dst = defines32(insn) };
}

/* The record goes on with another insn, or behind others. */
static inline struct record touched_record(const struct record *heir, struct insn insn)
{
	struct record record = *heir;

	record.zext_dst = defines32(insn);
	return record;
}

static inline int32_t distance_of(struct insn insn, enum flow flow)
{
	return flow == FLOW_OFF ? insn.off : insn.imm;
}

static inline void aim(struct insn *insn, enum flow flow, uint32_t at, uint32_t to, const struct ways *ways)
{
	int32_t distance = (int32_t)((flow == FLOW_CALL ? ways->outer : ways->inner)[to] - at - 1);

	if (flow == FLOW_OFF)
		insn->off = (int16_t)distance;
	else
		insn->imm = distance;
}

/* The kept insn `old` of the source stands at `at` now. */
static inline void retarget(struct insn *insn, uint32_t old, uint32_t at, const struct ways *ways)
{
	enum flow flow = flow_of(*insn);

	if (flow != FLOW_NONE)
		aim(insn, flow, at, old + 1 + distance_of(*insn, flow), ways);
}

/* A walk of the pass: which patch is the next one. */
struct pass {
	const struct work *work;
	uint32_t next;
	struct insn made[3];
};

/* Two insns put a constant together; then the insn that uses it, unless that one stays. */
static inline uint32_t blinding(struct pass *pass, struct insn insn, enum fate fate)
{
	uint32_t random = (uint32_t)insn.imm * 2654435761u;

	pass->made[0] = (struct insn){ 0xb7, 9, 0, (int32_t)((uint32_t)insn.imm ^ random) };
	pass->made[1] = (struct insn){ 0xa7, 9, 0, (int32_t)random };
	if (fate == PREPENDED)
		return 2;
	if (insn.code == 0x95)
		pass->made[2] = insn;
	else
		pass->made[2] = (struct insn){ insn.code | 8, (uint8_t)((insn.regs & 0xf) | 0x90), 0, 0 };
	return 3;
}

/* The patch of an insn that has one: how many insns it puts, and where they are to be read. */
static inline uint32_t next_patch(struct pass *pass, struct insn insn, enum fate fate, const struct insn **put)
{
	const struct work *work = pass->work;
	uint32_t k = pass->next++;

	if (work->is_blinding) {
		*put = pass->made;
		return blinding(pass, insn, fate);
	}
	*put = work->put + work->patch_first[k];
	return work->patch_len[k];
}

#endif
