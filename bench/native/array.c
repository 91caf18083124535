/*
 * One edit after the other on a real array, as mainline does it: after each, the tail has moved and every jump is looked at
 * again. Expansions first, then removals, so that a jump into a hole finds its survivor. For contrast, and with a limit.
 */
#include <stdlib.h>
#include <string.h>

#include "rules.h"

/* How often the clock is asked. */
enum { EDITS_A_LOOK = 16 };

/* Insns from `behind` on have moved by `by`; jumps to an insn before which something was put skip it, calls do not. */
static void adjust(struct program *program, uint32_t from, uint32_t to, uint32_t behind, uint32_t jump_at, int32_t by)
{
	for (uint32_t i = 0; i < program->insn_cnt; i++) {
		struct insn *insn;
		enum flow flow;
		uint32_t old, target, first;

		if (i == from)
			i = to;
		if (i >= program->insn_cnt)
			break;
		insn = &program->insns[i];
		flow = flow_of(*insn);
		if (flow == FLOW_NONE)
			continue;
		old = i < from ? i : i - by;
		target = old + 1 + distance_of(*insn, flow);
		first = flow == FLOW_CALL ? behind : jump_at;
		if (target >= first)
			target += by;
		if (flow == FLOW_OFF)
			insn->off = (int16_t)(target - i - 1);
		else
			insn->imm = (int32_t)(target - i - 1);
	}
	for (uint32_t k = 0; k < program->line_cnt; k++)
		program->lines[k].insn_off += program->lines[k].insn_off >= behind ? by : 0;
	for (uint32_t k = 0; k < program->subprog_cnt; k++)
		program->subprogs[k].start += program->subprogs[k].start >= behind ? by : 0;
}

static void expand(struct program *program, uint32_t at, const struct insn *put, uint32_t len, enum fate fate)
{
	struct record heir = program->records[at];
	uint32_t moved = fate == PREPENDED ? at : at + 1;
	uint32_t by = fate == PREPENDED ? len : len - 1;
	uint32_t tail = program->insn_cnt - moved;

	memmove(program->insns + moved + by, program->insns + moved, tail * sizeof(*program->insns));
	memmove(program->records + moved + by, program->records + moved, tail * sizeof(*program->records));
	program->insn_cnt += by;
	memcpy(program->insns + at, put, len * sizeof(*put));
	for (uint32_t i = 0; i <= by; i++)
		program->records[at + i] = born_record(&heir, program->insns[at + i]);
	program->records[at + by] = touched_record(&heir, program->insns[at + by]);
	adjust(program, at, at + len, at + 1, fate == PREPENDED ? at : at + 1, (int32_t)by);
}

/* Insn `at` was cut: targets inside of the hole mean what stands there now. */
static void close_hole(struct program *program, uint32_t at)
{
	for (uint32_t i = 0; i < program->insn_cnt; i++) {
		struct insn *insn = &program->insns[i];
		enum flow flow = flow_of(*insn);
		int32_t target;

		if (flow == FLOW_NONE)
			continue;
		target = (int32_t)(i < at ? i : i + 1) + 1 + distance_of(*insn, flow);
		target -= target > (int32_t)at;
		if (flow == FLOW_OFF)
			insn->off = (int16_t)(target - (int32_t)i - 1);
		else
			insn->imm = target - (int32_t)i - 1;
	}
}

/* The line entry of a removed insn goes over to the next one, unless that has its own. */
static void cut_lines(struct program *program, uint32_t at)
{
	uint32_t kept = 0, cnt = program->line_cnt;
	struct line *lines = program->lines;

	for (uint32_t k = 0; k < cnt; k++) {
		bool is_followed = k + 1 < cnt ? lines[k + 1].insn_off == at + 1 : at == program->insn_cnt;

		if (lines[k].insn_off == at && is_followed) {
			for (uint32_t s = 0; s < program->subprog_cnt; s++)
				program->subprogs[s].linfo_idx -= program->subprogs[s].linfo_idx > k;
			continue;
		}
		lines[kept] = lines[k];
		lines[kept].insn_off -= lines[kept].insn_off > at;
		kept++;
	}
	program->line_cnt = kept;
}

static void cut_subprogs(struct program *program, uint32_t at)
{
	struct subprog *subprogs = program->subprogs;
	uint32_t kept = 0, cnt = program->subprog_cnt;

	for (uint32_t k = 0; k < cnt; k++)
		subprogs[k].start -= subprogs[k].start > at;
	for (uint32_t k = 0; k < cnt; k++) {
		uint32_t stop = k + 1 < cnt ? subprogs[k + 1].start : program->insn_cnt;

		if (subprogs[k].start < stop)
			subprogs[kept++] = subprogs[k];
	}
	program->subprog_cnt = kept;
}

static void cut(struct program *program, uint32_t at)
{
	uint32_t tail = program->insn_cnt - at - 1;

	memmove(program->insns + at, program->insns + at + 1, tail * sizeof(*program->insns));
	memmove(program->records + at, program->records + at + 1, tail * sizeof(*program->records));
	program->insn_cnt--;
	close_hole(program, at);
	cut_lines(program, at);
	cut_subprogs(program, at);
}

/* A copy with room for all that will be put. */
static void copy_with_room(const struct work *work, struct program *copy)
{
	const struct program *source = &work->source;
	size_t room = (size_t)source->insn_cnt + work->put_cnt;

	*copy = *source;
	copy->insns = malloc(room * sizeof(*copy->insns));
	copy->records = malloc(room * sizeof(*copy->records));
	copy->lines = malloc(source->line_cnt * sizeof(*copy->lines));
	copy->subprogs = malloc(source->subprog_cnt * sizeof(*copy->subprogs));
	memcpy(copy->insns, source->insns, source->insn_cnt * sizeof(*copy->insns));
	memcpy(copy->records, source->records, source->insn_cnt * sizeof(*copy->records));
	memcpy(copy->lines, source->lines, source->line_cnt * sizeof(*copy->lines));
	memcpy(copy->subprogs, source->subprogs, source->subprog_cnt * sizeof(*copy->subprogs));
}

uint32_t array_edits(const struct work *work, double limit_ms, struct program *result)
{
	const struct program *source = &work->source;
	struct pass pass = { .work = work };
	/* Where each insn of the source stands, for the removals, which come later. */
	uint32_t *place = malloc((source->insn_cnt + 1) * sizeof(*place));
	uint32_t done = 0, grown = 0, removed = 0;
	double end = now_ms() + limit_ms;

	copy_with_room(work, result);
	for (uint32_t t = 0; t < source->insn_cnt; t++) {
		enum fate fate = work->fates[t];
		const struct insn *put;
		uint32_t len;

		place[t] = t + grown;
		if (fate != REPLACED && fate != PREPENDED)
			continue;
		if (done % EDITS_A_LOOK == 0 && now_ms() > end)
			goto stop;
		len = next_patch(&pass, source->insns[t], fate, &put);
		expand(result, t + grown, put, len, fate);
		grown += fate == PREPENDED ? len : len - 1;
		done++;
	}
	for (uint32_t t = 0; t < source->insn_cnt; t++) {
		if (work->fates[t] != REMOVED)
			continue;
		if (done % EDITS_A_LOOK == 0 && now_ms() > end)
			goto stop;
		cut(result, place[t] - removed++);
		done++;
	}
stop:
	free(place);
	return done;
}
