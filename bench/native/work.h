/*
 * What the yardsticks are given and what they return. A program is laid out as the kernel has it: 8 bytes an insn, 16 bytes
 * of record an insn, 16 bytes a line entry. All yardsticks are given the same work and have to return the same bytes.
 */
#ifndef WORK_H
#define WORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct insn {
	uint8_t code;
	uint8_t regs; /* dst in the lower half, src in the upper one */
	int16_t off;
	int32_t imm;
};

/* What the verifier noted about an insn. */
struct record {
	uint32_t orig_idx;
	uint32_t seen;
	uint32_t zext_dst;
	uint32_t ptr_type;
};

struct line {
	uint32_t insn_off;
	uint32_t file;
	uint32_t line;
	uint32_t col;
};

struct subprog {
	uint32_t start;
	uint32_t ident;
	uint32_t linfo_idx;
	uint32_t stack_depth;
};

struct program {
	struct insn *insns;
	struct record *records; /* one an insn */
	struct line *lines;
	struct subprog *subprogs;
	uint32_t insn_cnt;
	uint32_t line_cnt;
	uint32_t subprog_cnt;
};

/* What becomes of an insn; the numbers stand in the file of work. */
enum fate { KEPT = 0, REPLACED = 1, REMOVED = 2, PREPENDED = 3 };

/* The jump in slot `slot` of patch `patch` goes to insn `to` of the program the pass saw. */
struct leave {
	uint32_t patch;
	uint32_t slot;
	uint32_t to;
};

struct work {
	struct program source;
	uint8_t *fates; /* one an insn */
	bool is_blinding; /* patches are computed from the insn; else they are read from `put` */
	uint32_t patch_cnt;
	uint32_t *patch_len;
	uint32_t *patch_first; /* in `put` */
	struct insn *put;
	uint32_t put_cnt;
	struct leave *leaves; /* in the order of patches */
	uint32_t leave_cnt;
};

/* 0, or why the file is no work. */
const char *read_work(const char *path, struct work *work);
/* False: the file could not be written. */
bool write_program(const char *path, const struct program *program);
void free_program(struct program *program);

/* The yardsticks. Each makes the patches, carries them out and returns a program of its own. */
void malloc_list(const struct work *work, struct program *result);
void pooled_list(const struct work *work, struct program *result);
void edit_list(const struct work *work, struct program *result);
/* One edit after the other on the array. Returns how many were done when the time was up. */
uint32_t array_edits(const struct work *work, double limit_ms, struct program *result);
/* No patching: a copy of a result, byte by byte. */
void copy_program(const struct program *from, struct program *result);

double now_ms(void);

#endif
