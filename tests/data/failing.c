/* Makes writes fail, for tests/faults.rs: loaded before the C library, it lets calls that write below one
 * folder fail as a full or broken disk would. Counted are all such calls of the process:
 *
 *   FAULT_BELOW   the folder
 *   FAULT_FIRST   number of the first call that fails; 0 for none
 *   FAULT_TIMES   how many fail from there on
 *   FAULT_ERRNO   with which error
 *   FAULT_STRUCK  a file that is made when the first one has failed
 *   FAULT_COUNT   a file that the number of calls is written to at the end
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static const char *below;
static long first, times, error_number;
static atomic_long count;

static long number(const char *name) {
    const char *text = getenv(name);
    return text ? atol(text) : 0;
}

__attribute__((constructor)) static void begin(void) {
    below = getenv("FAULT_BELOW");
    first = number("FAULT_FIRST");
    times = number("FAULT_TIMES");
    error_number = number("FAULT_ERRNO");
}

static void leave(const char *variable, long value) {
    const char *path = getenv(variable);
    char text[32];
    if (!path) return;
    int file = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0) return;
    int length = snprintf(text, sizeof text, "%ld", value);
    syscall(SYS_write, file, text, length);
    syscall(SYS_close, file);
}

__attribute__((destructor)) static void end(void) { leave("FAULT_COUNT", atomic_load(&count)); }

static int is_below(const char *path) { return below && strncmp(path, below, strlen(below)) == 0; }

static int is_ours(int file) {
    char link[64], path[PATH_MAX];
    if (!below) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_below(path);
}

static int fails(void) {
    long n = atomic_fetch_add(&count, 1) + 1;
    if (!first || n < first || n - first >= times) return 0;
    if (n == first) leave("FAULT_STRUCK", n);
    errno = (int)error_number;
    return 1;
}

#define NEXT(name) \
    static __typeof__(&name) next; \
    if (!next) next = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

#define ON_FILE(type, name, parameters, arguments) \
    type name parameters { \
        NEXT(name); \
        if (is_ours(file) && fails()) return -1; \
        return next arguments; \
    }

ON_FILE(ssize_t, write, (int file, const void *bytes, size_t size), (file, bytes, size))
ON_FILE(ssize_t, pwrite, (int file, const void *bytes, size_t size, off_t at), (file, bytes, size, at))
ON_FILE(ssize_t, pwrite64, (int file, const void *bytes, size_t size, off64_t at), (file, bytes, size, at))
ON_FILE(int, fsync, (int file), (file))
ON_FILE(int, fdatasync, (int file), (file))
ON_FILE(int, ftruncate, (int file, off_t size), (file, size))
ON_FILE(int, ftruncate64, (int file, off64_t size), (file, size))
ON_FILE(int, fallocate, (int file, int mode, off_t at, off_t size), (file, mode, at, size))

ssize_t copy_file_range(int from, off64_t *at, int file, off64_t *to, size_t size, unsigned flags) {
    NEXT(copy_file_range);
    if (is_ours(file) && fails()) return -1;
    return next(from, at, file, to, size, flags);
}

int rename(const char *from, const char *to) {
    NEXT(rename);
    if (is_below(to) && fails()) return -1;
    return next(from, to);
}

int mkdir(const char *path, mode_t mode) {
    NEXT(mkdir);
    if (is_below(path) && access(path, F_OK) != 0 && fails()) return -1;
    return next(path, mode);
}

#define OPENS(name) \
    int name(const char *path, int flags, ...) { \
        NEXT(name); \
        va_list rest; \
        va_start(rest, flags); \
        mode_t mode = va_arg(rest, mode_t); \
        va_end(rest); \
        if ((flags & O_CREAT) && is_below(path) && access(path, F_OK) != 0 && fails()) return -1; \
        return next(path, flags, mode); \
    }

OPENS(open)
OPENS(open64)
