/*
 * The yardsticks behind one pipe, so that whoever measures something else can take turns with them:
 *
 *     $ yardsticks WORK [fresh]      the file of work; "fresh": big blocks come from the system anew each time
 *     {"ready":true}
 *     round                          every yardstick once
 *     {"malloc-list":31.2,"pooled-list":14.1,"edit-list":5.3,"memcpy":4.9}    milliseconds
 *     array 2000                     the array way, for so many milliseconds at most
 *     {"ms":2000.3,"done":812,"of":1000000}
 *     result edit-list FILE          what it returns, as bytes
 *     {"written":true}
 */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "rules.h"

static const struct yardstick {
	const char *name;
	void (*run)(const struct work *work, struct program *result);
} yardsticks[] = {
	{ "malloc-list", malloc_list },
	{ "pooled-list", pooled_list },
	{ "edit-list", edit_list },
};
enum { YARDSTICK_CNT = sizeof(yardsticks) / sizeof(*yardsticks) };

double now_ms(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1e3 + time.tv_nsec * 1e-6;
}

/* Memory that was freed stays with the process and is used again, as a page keeps the buffers of the run before. */
static void keep_heap_warm(void)
{
	mallopt(M_MMAP_MAX, 0);
	mallopt(M_TRIM_THRESHOLD, 2000000000);
	mallopt(M_TOP_PAD, 64 << 20);
}

static void run_round(const struct work *work, const struct program *copied)
{
	struct program result;
	double start;

	putchar('{');
	for (int i = 0; i < YARDSTICK_CNT; i++) {
		start = now_ms();
		yardsticks[i].run(work, &result);
		printf("\"%s\":%.6f,", yardsticks[i].name, now_ms() - start);
		free_program(&result);
	}
	start = now_ms();
	copy_program(copied, &result);
	printf("\"memcpy\":%.6f}\n", now_ms() - start);
	free_program(&result);
}

static void run_array(const struct work *work, double limit_ms)
{
	struct program result;
	double start = now_ms();
	uint32_t done = array_edits(work, limit_ms, &result), all = 0;
	double ms = now_ms() - start;

	for (uint32_t t = 0; t < work->source.insn_cnt; t++)
		all += work->fates[t] != KEPT;
	printf("{\"ms\":%.6f,\"done\":%u,\"of\":%u}\n", ms, done, all);
	free_program(&result);
}

static bool write_result(const struct work *work, const char *name, const char *path)
{
	struct program result;
	bool is_written;

	if (!strcmp(name, "array")) {
		array_edits(work, 1e9, &result);
	} else {
		int i = 0;

		while (i < YARDSTICK_CNT && strcmp(name, yardsticks[i].name))
			i++;
		if (i == YARDSTICK_CNT)
			return false;
		yardsticks[i].run(work, &result);
	}
	is_written = write_program(path, &result);
	free_program(&result);
	return is_written;
}

int main(int argc, char **argv)
{
	struct work work;
	struct program copied;
	char command[4096], name[64], path[4000];
	const char *problem = argc < 2 ? "no file of work" : read_work(argv[1], &work);
	double limit_ms;

	if (problem) {
		fprintf(stderr, "%s\n", problem);
		return 1;
	}
	if (argc < 3 || strcmp(argv[2], "fresh"))
		keep_heap_warm();
	init_rules();
	edit_list(&work, &copied);
	puts("{\"ready\":true}");
	fflush(stdout);
	while (fgets(command, sizeof(command), stdin)) {
		if (!strncmp(command, "round", 5))
			run_round(&work, &copied);
		else if (sscanf(command, "array %lf", &limit_ms) == 1)
			run_array(&work, limit_ms);
		else if (sscanf(command, "result %63s %3999[^\n]", name, path) == 2)
			printf("{\"written\":%s}\n", write_result(&work, name, path) ? "true" : "false");
		fflush(stdout);
	}
	return 0;
}
