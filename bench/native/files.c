/* Work is read from a file and results are written to one: 32-bit little-endian numbers, one column after the other. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "work.h"

/* "BPFW" */
enum { MAGIC = 0x57465042 };

enum header { H_MAGIC, H_INSNS, H_LINES, H_SUBPROGS, H_IS_BLINDING, H_PATCHES, H_PUT, H_LEAVES, HEADER_CNT };

static void *read_column(FILE *file, size_t cnt, size_t size, bool *is_short)
{
	void *column = malloc(cnt * size + 1);

	if (fread(column, size, cnt, file) != cnt)
		*is_short = true;
	return column;
}

const char *read_work(const char *path, struct work *work)
{
	FILE *file = fopen(path, "rb");
	uint32_t header[HEADER_CNT];
	struct program *source = &work->source;
	bool is_short = false;

	if (!file)
		return "the file of work cannot be read";
	if (fread(header, sizeof(header), 1, file) != 1 || header[H_MAGIC] != MAGIC) {
		fclose(file);
		return "this is no file of work";
	}
	source->insn_cnt = header[H_INSNS];
	source->line_cnt = header[H_LINES];
	source->subprog_cnt = header[H_SUBPROGS];
	work->is_blinding = header[H_IS_BLINDING];
	work->patch_cnt = header[H_PATCHES];
	work->put_cnt = header[H_PUT];
	work->leave_cnt = header[H_LEAVES];
	source->insns = read_column(file, source->insn_cnt, sizeof(*source->insns), &is_short);
	source->records = read_column(file, source->insn_cnt, sizeof(*source->records), &is_short);
	source->lines = read_column(file, source->line_cnt, sizeof(*source->lines), &is_short);
	source->subprogs = read_column(file, source->subprog_cnt, sizeof(*source->subprogs), &is_short);
	work->patch_len = read_column(file, work->patch_cnt, sizeof(*work->patch_len), &is_short);
	work->patch_first = read_column(file, work->patch_cnt, sizeof(*work->patch_first), &is_short);
	work->put = read_column(file, work->put_cnt, sizeof(*work->put), &is_short);
	work->leaves = read_column(file, work->leave_cnt, sizeof(*work->leaves), &is_short);
	work->fates = read_column(file, source->insn_cnt, 1, &is_short);
	fclose(file);
	return is_short ? "the file of work ends too early" : NULL;
}

/* Counts, insns, records, and of line entries and subprograms what patching moves. */
bool write_program(const char *path, const struct program *program)
{
	FILE *file = fopen(path, "wb");

	if (!file)
		return false;
	fwrite(&program->insn_cnt, 4, 1, file);
	fwrite(&program->line_cnt, 4, 1, file);
	fwrite(&program->subprog_cnt, 4, 1, file);
	fwrite(program->insns, sizeof(*program->insns), program->insn_cnt, file);
	fwrite(program->records, sizeof(*program->records), program->insn_cnt, file);
	fwrite(program->lines, sizeof(*program->lines), program->line_cnt, file);
	fwrite(program->subprogs, sizeof(*program->subprogs), program->subprog_cnt, file);
	return fclose(file) == 0;
}

void free_program(struct program *program)
{
	free(program->insns);
	free(program->records);
	free(program->lines);
	free(program->subprogs);
}

static void *copied(const void *from, size_t size)
{
	return memcpy(malloc(size), from, size);
}

void copy_program(const struct program *from, struct program *result)
{
	*result = *from;
	result->insns = copied(from->insns, from->insn_cnt * sizeof(*from->insns));
	result->records = copied(from->records, from->insn_cnt * sizeof(*from->records));
	result->lines = copied(from->lines, from->line_cnt * sizeof(*from->lines));
	result->subprogs = copied(from->subprogs, from->subprog_cnt * sizeof(*from->subprogs));
}
