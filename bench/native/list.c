/*
 * The program as a linked list while it is patched, numbered once at the end: the way of the RFC of 2019. Nodes come from
 * the heap one by one and zeroed, as kernel code asks for them, or all from one block.
 */
#include <stdlib.h>

#include "rules.h"

enum { PATCHED = 1, GONE = 2, LEAD = 4, LEAVES = 8, TO_SHIFT = 4 };

struct node {
	struct insn insn;
	struct node *next;
	uint32_t orig; /* number in the source + 1; 0: it was put */
	uint32_t flags; /* with LEAVES, where its jump goes from TO_SHIFT on */
};

struct pool {
	struct node *nodes; /* NULL: each node is allocated by itself */
	size_t used;
};

static inline struct node *new_node(struct pool *pool, struct insn insn, uint32_t orig, uint32_t flags)
{
	struct node *node = pool->nodes ? &pool->nodes[pool->used++] : calloc(1, sizeof(*node));

	*node = (struct node){ .insn = insn, .orig = orig, .flags = flags };
	return node;
}

static struct node *list_of(const struct program *source, struct pool *pool)
{
	struct node *head = NULL, **end = &head;

	for (uint32_t i = 0; i < source->insn_cnt; i++) {
		*end = new_node(pool, source->insns[i], i + 1, 0);
		end = &(*end)->next;
	}
	return head;
}

/* Note where the jumps of patch k lead that leave it: `node` holds slot `slot`. */
static inline void note_leave(const struct work *work, uint32_t *leave, uint32_t k, uint32_t slot, struct node *node)
{
	const struct leave *next = &work->leaves[*leave];

	if (*leave < work->leave_cnt && next->patch == k && next->slot == slot) {
		node->flags |= LEAVES | next->to << TO_SHIFT;
		++*leave;
	}
}

/* The pass walks the list and patches it under its feet. */
static struct node *patch_list(const struct work *work, struct node *head, struct pool *pool)
{
	struct pass pass = { .work = work };
	uint32_t leave = 0;
	struct node **link = &head;

	while (*link) {
		struct node *node = *link;
		enum fate fate = work->fates[node->orig - 1];
		const struct insn *put;
		uint32_t k, len, slot = 0;

		if (fate == REMOVED)
			node->flags |= GONE;
		if (fate == KEPT || fate == REMOVED) {
			link = &node->next;
			continue;
		}
		k = pass.next;
		len = next_patch(&pass, node->insn, fate, &put);
		if (fate == REPLACED) {
			node->insn = put[0];
			node->flags |= PATCHED;
			note_leave(work, &leave, k, 0, node);
			link = &node->next;
			slot = 1;
		}
		for (; slot < len; slot++) {
			struct node *fresh = new_node(pool, put[slot], 0, fate == PREPENDED ? LEAD : 0);

			note_leave(work, &leave, k, slot, fresh);
			fresh->next = *link;
			*link = fresh;
			link = &fresh->next;
		}
		if (fate == PREPENDED)
			link = &node->next;
	}
	return head;
}

static uint32_t count_live(const struct node *node)
{
	uint32_t cnt = 0;

	for (; node; node = node->next)
		cnt += !(node->flags & GONE);
	return cnt;
}

/* Insns, records and the ways, in one walk; what was put before an insn gets its records when that insn comes. */
static void lay_down(const struct program *source, const struct node *head, struct ways *ways, struct program *result)
{
	uint32_t at = 0, lead = 0;

	for (const struct node *node = head; node;) {
		const struct record *heir;
		uint32_t t = node->orig - 1;
		bool is_touched = lead > 0 || (node->flags & PATCHED);

		if (node->flags & LEAD) {
			result->insns[at++] = node->insn;
			lead++;
			node = node->next;
			continue;
		}
		heir = &source->records[t];
		ways->outer[t] = at - lead;
		ways->inner[t] = at;
		if (node->flags & GONE) {
			node = node->next;
			continue;
		}
		for (; lead > 0; lead--)
			result->records[at - lead] = born_record(heir, result->insns[at - lead]);
		result->insns[at] = node->insn;
		node = node->next;
		while (node && node->orig == 0 && !(node->flags & LEAD)) {
			result->records[at] = born_record(heir, result->insns[at]);
			result->insns[++at] = node->insn;
			node = node->next;
		}
		result->records[at] = is_touched ? touched_record(heir, result->insns[at]) : *heir;
		at++;
	}
	ways->outer[source->insn_cnt] = ways->inner[source->insn_cnt] = at;
}

static void retarget_all(const struct node *node, const struct ways *ways, struct insn *insns)
{
	for (uint32_t at = 0; node; node = node->next) {
		if (node->flags & GONE)
			continue;
		if (node->flags & LEAVES)
			aim(&insns[at], flow_of(insns[at]), at, node->flags >> TO_SHIFT, ways);
		else if (node->orig && !(node->flags & PATCHED))
			retarget(&insns[at], node->orig - 1, at, ways);
		at++;
	}
}

static void free_list(struct node *node, struct pool *pool)
{
	if (pool->nodes) {
		free(pool->nodes);
		return;
	}
	while (node) {
		struct node *next = node->next;

		free(node);
		node = next;
	}
}

static void run(const struct work *work, struct pool *pool, struct program *result)
{
	struct node *head = patch_list(work, list_of(&work->source, pool), pool);
	struct ways ways = new_ways(work->source.insn_cnt);
	uint32_t cnt = count_live(head);

	result->insn_cnt = cnt;
	result->insns = malloc(cnt * sizeof(*result->insns));
	result->records = malloc(cnt * sizeof(*result->records));
	lay_down(&work->source, head, &ways, result);
	retarget_all(head, &ways, result->insns);
	move_tables(&work->source, &ways, result);
	free_ways(&ways);
	free_list(head, pool);
}

void malloc_list(const struct work *work, struct program *result)
{
	struct pool pool = { 0 };

	run(work, &pool, result);
}

void pooled_list(const struct work *work, struct program *result)
{
	size_t cnt = (size_t)work->source.insn_cnt + work->put_cnt;
	struct pool pool = { .nodes = malloc(cnt * sizeof(struct node)) };

	run(work, &pool, result);
}
