#include <stdlib.h>

#include "rules.h"

uint8_t flow_by_code[256];

void init_rules(void)
{
	for (int code = 0; code < 256; code++) {
		int class = code & 7, op = code & 0xf0;

		if ((class == 5 || class == 6) && op != 0x80 && op != 0x90)
			flow_by_code[code] = FLOW_OFF;
	}
	flow_by_code[0x06] = FLOW_IMM; /* gotol */
	flow_by_code[0x0d] = FLOW_NONE; /* gotox */
	flow_by_code[0x85] = FLOW_CALL;
	flow_by_code[0x18] = FLOW_CALL;
}

struct ways new_ways(uint32_t insn_cnt)
{
	size_t size = ((size_t)insn_cnt + 1) * sizeof(uint32_t);

	return (struct ways){ .outer = malloc(size), .inner = malloc(size) };
}

void free_ways(struct ways *ways)
{
	free(ways->outer);
	free(ways->inner);
}

static bool is_removed(const struct ways *ways, uint32_t t)
{
	return ways->outer[t] == ways->outer[t + 1];
}

/* Of each run of removed insns only the last entry may live, on the next insn that does, if that has none of its own. */
static void move_lines(const struct program *source, const struct ways *ways, struct program *result, uint32_t *kept_before)
{
	uint32_t cnt = source->line_cnt, kept = 0, live = 0;
	struct line *lines = malloc(cnt * sizeof(*lines));

	for (uint32_t k = 0; k < cnt; k++) {
		uint32_t t = source->lines[k].insn_off;

		kept_before[k] = kept;
		if (is_removed(ways, t)) {
			live = live > t ? live : t;
			while (live < source->insn_cnt && is_removed(ways, live))
				live++;
			if (live == source->insn_cnt || (k + 1 < cnt && source->lines[k + 1].insn_off <= live))
				continue;
			t = live;
		}
		lines[kept] = source->lines[k];
		lines[kept++].insn_off = ways->outer[t];
	}
	kept_before[cnt] = kept;
	result->lines = lines;
	result->line_cnt = kept;
}

/* A subprogram dies when all its insns are removed. */
static void move_subprogs(const struct program *source, const struct ways *ways, struct program *result, const uint32_t *kept_before)
{
	uint32_t cnt = source->subprog_cnt, kept = 0;
	struct subprog *subprogs = malloc(cnt * sizeof(*subprogs));

	for (uint32_t k = 0; k < cnt; k++) {
		const struct subprog *old = &source->subprogs[k];
		uint32_t stop = k + 1 < cnt ? old[1].start : source->insn_cnt;

		if (old->start != stop && ways->outer[old->start] == ways->outer[stop])
			continue;
		subprogs[kept] = *old;
		subprogs[kept].start = ways->outer[old->start];
		subprogs[kept++].linfo_idx = kept_before[old->linfo_idx];
	}
	result->subprogs = subprogs;
	result->subprog_cnt = kept;
}

void move_tables(const struct program *source, const struct ways *ways, struct program *result)
{
	uint32_t *kept_before = malloc((source->line_cnt + 1) * sizeof(*kept_before));

	move_lines(source, ways, result, kept_before);
	move_subprogs(source, ways, result, kept_before);
	free(kept_before);
}
