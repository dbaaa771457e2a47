/*
 * A disk that keeps no more than it must. Preloaded (LD_PRELOAD) into the program under test, it notes in a shadow folder what a power
 * failure at this moment would leave of the watched folder at worst:
 *
 *   - of a file, its content at its last fsync or fdatasync, or syncfs by way of its folder; nothing (an empty file) if there was none;
 *   - of a folder, its names at its last fsync: whatever was made, renamed or deleted in it since is undone;
 *   - what was there when the program started is as it was then.
 *
 * That is what POSIX promises; real file systems keep more. Writing through mmap, msync, sync_file_range, O_SYNC and sync(2) count for
 * nothing. Names belong to files (inodes), not to contents, so a rename without an fsync of the file leaves an empty file under the
 * new name. The program is killed with SIGKILL, after which the test builds the folder from the shadow:
 *
 *   root           number of the watched folder
 *   folders/N      the names in folder N: lines of "f N name" and "d N name"
 *   files/N        the content of file N
 *   pins/N         a hard link to file N, so that its number is not given to another file
 *
 * Everything in the shadow is written under another name and then renamed: the kill may come in the middle.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char watched[PATH_MAX];
static char shadow[PATH_MAX];
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

static void fail(const char *what)
{
    fprintf(stderr, "power-loss: %s: %s\n", what, strerror(errno));
    abort();
}

static char *join(const char *folder, const char *name)
{
    char *path;
    if (asprintf(&path, "%s/%s", folder, name) < 0)
        fail("memory");
    return path;
}

static char *numbered(const char *kind, ino_t number, const char *ending)
{
    char *path;
    if (asprintf(&path, "%s/%s/%llu%s", shadow, kind, (unsigned long long)number, ending) < 0)
        fail("memory");
    return path;
}

static void put_in_place(const char *kind, ino_t number, char *temporary)
{
    char *final = numbered(kind, number, "");
    if (rename(temporary, final) != 0)
        fail(final);
    free(final);
    free(temporary);
}

/* A file that nothing names any more cannot be pinned, and need not be: then no flushed folder names it either. */
static int pin(const char *path, ino_t number)
{
    char *kept = numbered("pins", number, "");
    int result = linkat(AT_FDCWD, path, AT_FDCWD, kept, AT_SYMLINK_FOLLOW);
    int pinned = result == 0 || errno == EEXIST;
    free(kept);
    return pinned;
}

static void keep_file(const char *path, ino_t number)
{
    static char buffer[1 << 18];
    if (!pin(path, number))
        return;
    char *pinned = numbered("pins", number, ""); /* it may be renamed meanwhile */
    int from = open(pinned, O_RDONLY | O_CLOEXEC);
    char *temporary = numbered("files", number, ".tmp");
    int to = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (from < 0 || to < 0)
        fail(path);
    ssize_t got;
    while ((got = read(from, buffer, sizeof buffer)) > 0)
        if (write(to, buffer, (size_t)got) != got)
            fail(temporary);
    if (got < 0)
        fail(path);
    close(from);
    close(to);
    free(pinned);
    put_in_place("files", number, temporary);
}

/* With all below it: as at the start of the program. */
static void keep_folder(const char *path, ino_t number, int all_below)
{
    char *temporary = numbered("folders", number, ".tmp");
    FILE *names = fopen(temporary, "we");
    DIR *folder = opendir(path);
    if (names == NULL || folder == NULL)
        fail(path);
    struct dirent *entry;
    while ((entry = readdir(folder)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char *name = join(path, entry->d_name);
        struct stat found;
        if (lstat(name, &found) == 0) {
            if (S_ISDIR(found.st_mode)) {
                fprintf(names, "d %llu %s\n", (unsigned long long)found.st_ino, entry->d_name);
                if (all_below)
                    keep_folder(name, found.st_ino, 1);
            } else if (S_ISREG(found.st_mode) && pin(name, found.st_ino)) {
                fprintf(names, "f %llu %s\n", (unsigned long long)found.st_ino, entry->d_name);
                if (all_below)
                    keep_file(name, found.st_ino);
            }
        }
        free(name);
    }
    closedir(folder);
    if (fclose(names) != 0)
        fail(temporary);
    put_in_place("folders", number, temporary);
}

/* Of the files in it, not of its names. */
static void keep_contents(const char *path)
{
    DIR *folder = opendir(path);
    if (folder == NULL)
        fail(path);
    struct dirent *entry;
    while ((entry = readdir(folder)) != NULL) {
        char *name = join(path, entry->d_name);
        struct stat found;
        if (lstat(name, &found) == 0 && S_ISREG(found.st_mode))
            keep_file(name, found.st_ino);
        free(name);
    }
    closedir(folder);
}

static void make_folder(const char *name)
{
    char *path = join(shadow, name);
    if (mkdir(path, 0700) != 0)
        fail(path);
    free(path);
}

__attribute__((constructor)) static void begin(void)
{
    const char *folder = getenv("POWER_LOSS_FOLDER"), *place = getenv("POWER_LOSS_SHADOW");
    struct stat root;
    if (folder == NULL || place == NULL || realpath(folder, watched) == NULL || realpath(place, shadow) == NULL || stat(watched, &root) != 0)
        fail("POWER_LOSS_FOLDER, POWER_LOSS_SHADOW");
    make_folder("files");
    make_folder("folders");
    make_folder("pins");
    keep_folder(watched, root.st_ino, 1);
    char *path = join(shadow, "root");
    FILE *file = fopen(path, "we");
    if (file == NULL || fprintf(file, "%llu", (unsigned long long)root.st_ino) < 0 || fclose(file) != 0)
        fail(path);
    free(path);
}

/* Where a file or folder is, in a buffer of PATH_MAX; 0 if it is not watched. */
static int is_watched(int descriptor, char *path)
{
    char self[64];
    snprintf(self, sizeof self, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(self, path, PATH_MAX - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    size_t prefix = strlen(watched);
    return strncmp(path, watched, prefix) == 0 && (path[prefix] == '/' || path[prefix] == 0);
}

/* 1 if it is a file or folder that is watched, which is then kept. */
static int keep(int descriptor)
{
    char path[PATH_MAX], self[64];
    struct stat found;
    if (!is_watched(descriptor, path) || fstat(descriptor, &found) != 0)
        return 0;
    snprintf(self, sizeof self, "/proc/self/fd/%d", descriptor);
    pthread_mutex_lock(&one_at_a_time);
    if (S_ISDIR(found.st_mode))
        keep_folder(path, found.st_ino, 0);
    else if (S_ISREG(found.st_mode))
        keep_file(self, found.st_ino);
    pthread_mutex_unlock(&one_at_a_time);
    return 1;
}

static int flush(const char *call, int descriptor)
{
    if (keep(descriptor))
        return 0;
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, call);
    return real(descriptor);
}

int fsync(int descriptor)
{
    return flush("fsync", descriptor);
}

int fdatasync(int descriptor)
{
    return flush("fdatasync", descriptor);
}

int syncfs(int descriptor)
{
    char path[PATH_MAX];
    if (!is_watched(descriptor, path))
        return flush("syncfs", descriptor);
    pthread_mutex_lock(&one_at_a_time);
    keep_contents(path);
    pthread_mutex_unlock(&one_at_a_time);
    return 0;
}
