/*
 * The edits beside the array, then one pass over both: the way of this project's batch, as C would have it. What an edit
 * puts is copied into an arena while the pass walks, as it must be when patches are made on the way.
 */
#include <stdlib.h>
#include <string.h>

#include "rules.h"

struct edits {
	uint32_t *len; /* insns put, by patch */
	uint32_t *first; /* in `arena`, by patch */
	struct insn *arena;
	struct ways ways;
	uint32_t new_cnt;
};

static void note_edits(const struct work *work, struct edits *edits)
{
	const struct program *source = &work->source;
	struct pass pass = { .work = work };
	uint32_t used = 0, at = 0;

	edits->len = malloc((work->patch_cnt + 1) * sizeof(uint32_t));
	edits->first = malloc((work->patch_cnt + 1) * sizeof(uint32_t));
	edits->arena = malloc((size_t)work->put_cnt * sizeof(struct insn) + 1);
	edits->ways = new_ways(source->insn_cnt);
	for (uint32_t t = 0; t < source->insn_cnt; t++) {
		enum fate fate = work->fates[t];
		const struct insn *put;
		uint32_t k = pass.next, len = 0;

		if (fate == REPLACED || fate == PREPENDED) {
			len = next_patch(&pass, source->insns[t], fate, &put);
			memcpy(edits->arena + used, put, len * sizeof(*put));
			edits->len[k] = len;
			edits->first[k] = used;
			used += len;
		}
		edits->ways.outer[t] = at;
		edits->ways.inner[t] = fate == PREPENDED ? at + len : at;
		at += fate == REPLACED ? len : fate == REMOVED ? 0 : len + 1;
	}
	edits->ways.outer[source->insn_cnt] = edits->ways.inner[source->insn_cnt] = at;
	edits->new_cnt = at;
}

/* The patch of insn t, at `at`; its last record is the heir's when it replaces. */
static void put_patch(const struct edits *edits, uint32_t k, const struct record *heir, bool replaces, uint32_t at, struct program *result)
{
	const struct insn *put = edits->arena + edits->first[k];
	uint32_t len = edits->len[k], born = replaces ? len - 1 : len;

	for (uint32_t i = 0; i < len; i++)
		result->insns[at + i] = put[i];
	for (uint32_t i = 0; i < born; i++)
		result->records[at + i] = born_record(heir, put[i]);
	if (replaces)
		result->records[at + born] = touched_record(heir, put[born]);
}

static void carry_out(const struct work *work, const struct edits *edits, struct program *result)
{
	const struct program *source = &work->source;
	uint32_t k = 0, leave = 0;

	for (uint32_t t = 0; t < source->insn_cnt; t++) {
		const struct record *heir = &source->records[t];
		enum fate fate = work->fates[t];
		uint32_t at = edits->ways.inner[t];

		if (fate == REMOVED)
			continue;
		if (fate == REPLACED || fate == PREPENDED) {
			uint32_t from = edits->ways.outer[t];

			put_patch(edits, k, heir, fate == REPLACED, from, result);
			for (; leave < work->leave_cnt && work->leaves[leave].patch == k; leave++) {
				struct insn *insn = &result->insns[from + work->leaves[leave].slot];

				aim(insn, flow_of(*insn), insn - result->insns, work->leaves[leave].to, &edits->ways);
			}
			k++;
		}
		if (fate == REPLACED)
			continue;
		result->insns[at] = source->insns[t];
		result->records[at] = fate == PREPENDED ? touched_record(heir, source->insns[t]) : *heir;
		retarget(&result->insns[at], t, at, &edits->ways);
	}
}

void edit_list(const struct work *work, struct program *result)
{
	struct edits edits;

	note_edits(work, &edits);
	result->insn_cnt = edits.new_cnt;
	result->insns = malloc(edits.new_cnt * sizeof(*result->insns));
	result->records = malloc(edits.new_cnt * sizeof(*result->records));
	carry_out(work, &edits, result);
	move_tables(&work->source, &edits.ways, result);
	free_ways(&edits.ways);
	free(edits.len);
	free(edits.first);
	free(edits.arena);
}
