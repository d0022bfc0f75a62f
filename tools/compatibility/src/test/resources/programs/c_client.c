/* SPDX-License-Identifier: Apache-2.0 */
/* What a C program does with a server: argument host:port, a line "passed ..." for each part, exit code 0. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zookeeper/zookeeper.h>

#define SESSION_TIMEOUT_MS 20000
#define TIMEOUT_S 60
#define CHECK(condition) check((condition), #condition, __LINE__)

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int connects;
static int events;
static int last_type;
static char last_path[256];
static int completions;
static int last_rc;

static void check(int condition, const char *text, int line)
{
    if (!condition)
    {
        fprintf(stderr, "line %d: %s\n", line, text);
        exit(1);
    }
}

/* Waits until the counter has reached the number; the mutex guards it. */
static void wait_for(const int *counter, int number, int line)
{
    struct timespec deadline;
    clock_gettime(CLOCK_REALTIME, &deadline);
    deadline.tv_sec += TIMEOUT_S;
    pthread_mutex_lock(&mutex);

    while (*counter < number)
    {
        check(pthread_cond_timedwait(&changed, &mutex, &deadline) == 0, "in time", line);
    }

    pthread_mutex_unlock(&mutex);
}

static void on_event(zhandle_t *handle, int type, int state, const char *path, void *context)
{
    (void)handle;
    (void)context;
    pthread_mutex_lock(&mutex);

    if (type == ZOO_SESSION_EVENT)
    {
        connects += state == ZOO_CONNECTED_STATE;
    }
    else
    {
        last_type = type;
        snprintf(last_path, sizeof(last_path), "%s", path);
        events++;
    }

    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&mutex);
}

static void on_done(int rc, const void *context)
{
    (void)context;
    pthread_mutex_lock(&mutex);
    last_rc = rc;
    completions++;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&mutex);
}

static void on_string(int rc, const char *value, const void *context)
{
    (void)value;
    on_done(rc, context);
}

static void expect_event(int number, int type, const char *path, int line)
{
    wait_for(&events, number, line);
    check(last_type == type && strcmp(last_path, path) == 0, path, line);
}

static zhandle_t *open_handle(const char *host)
{
    const int before = connects;
    zhandle_t *handle = zookeeper_init(host, on_event, SESSION_TIMEOUT_MS, NULL, NULL, 0);
    CHECK(handle != NULL);
    wait_for(&connects, before + 1, __LINE__);
    return handle;
}

static void nodes(zhandle_t *handle)
{
    char name[256];
    char data[16];
    int length = sizeof(data);
    struct Stat stat;
    struct String_vector names;

    CHECK(zoo_create(handle, "/c", "one", 3, &ZOO_OPEN_ACL_UNSAFE, 0, name, sizeof(name)) == ZOK);
    CHECK(strcmp(name, "/c") == 0);
    CHECK(zoo_create(handle, "/c/s", NULL, -1, &ZOO_OPEN_ACL_UNSAFE, ZOO_EPHEMERAL | ZOO_SEQUENCE, name,
        sizeof(name)) == ZOK);
    CHECK(strcmp(name, "/c/s0000000000") == 0);
    CHECK(zoo_get(handle, "/c", 0, data, &length, &stat) == ZOK);
    CHECK(length == 3 && memcmp(data, "one", 3) == 0 && stat.numChildren == 1);
    length = sizeof(data);
    CHECK(zoo_get(handle, name, 0, data, &length, &stat) == ZOK && length == -1);
    CHECK(stat.ephemeralOwner == zoo_client_id(handle)->client_id);
    CHECK(zoo_set2(handle, "/c", "two", 3, 0, &stat) == ZOK && stat.version == 1);
    CHECK(zoo_set(handle, "/c", "two", 3, 0) == ZBADVERSION);
    CHECK(zoo_exists(handle, "/c/none", 0, &stat) == ZNONODE);
    CHECK(zoo_get_children2(handle, "/c", 0, &names, &stat) == ZOK && names.count == 1);
    deallocate_String_vector(&names);
    CHECK(zoo_delete(handle, "/c", -1) == ZNOTEMPTY);
    CHECK(zoo_delete(handle, name, -1) == ZOK);
    printf("passed nodes\n");
}

static void watches(zhandle_t *handle)
{
    struct Stat stat;
    struct String_vector names;

    CHECK(zoo_exists(handle, "/c/w", 1, &stat) == ZNONODE);
    CHECK(zoo_get_children(handle, "/c", 1, &names) == ZOK);
    deallocate_String_vector(&names);
    CHECK(zoo_create(handle, "/c/w", "", 0, &ZOO_OPEN_ACL_UNSAFE, 0, NULL, 0) == ZOK);
    wait_for(&events, 2, __LINE__);
    CHECK(zoo_exists(handle, "/c/w", 1, &stat) == ZOK);
    CHECK(zoo_set(handle, "/c/w", "x", 1, -1) == ZOK);
    expect_event(3, ZOO_CHANGED_EVENT, "/c/w", __LINE__);
    CHECK(zoo_exists(handle, "/c/w", 1, &stat) == ZOK);
    CHECK(zoo_delete(handle, "/c/w", -1) == ZOK);
    expect_event(4, ZOO_DELETED_EVENT, "/c/w", __LINE__);
    printf("passed watches\n");
}

static void transactions(zhandle_t *handle)
{
    char name[256];
    struct Stat stat;
    zoo_op_t ops[4];
    zoo_op_result_t results[4];

    zoo_create_op_init(&ops[0], "/c/t", "1", 1, &ZOO_OPEN_ACL_UNSAFE, 0, name, sizeof(name));
    zoo_set_op_init(&ops[1], "/c/t", "2", 1, 0, &stat);
    zoo_check_op_init(&ops[2], "/c/t", 1);
    zoo_delete_op_init(&ops[3], "/c/t", 1);
    CHECK(zoo_multi(handle, 4, ops, results) == ZOK);
    CHECK(strcmp(name, "/c/t") == 0 && stat.version == 1);
    zoo_check_op_init(&ops[2], "/c/t", 9);
    CHECK(zoo_multi(handle, 4, ops, results) == ZBADVERSION);
    CHECK(results[0].err == ZOK && results[2].err == ZBADVERSION && results[3].err == ZRUNTIMEINCONSISTENCY);
    CHECK(zoo_exists(handle, "/c/t", 0, &stat) == ZNONODE);
    printf("passed transactions\n");
}

static void access_lists(zhandle_t *handle, const char *host)
{
    char data[16];
    int length = sizeof(data);
    struct ACL_vector acls;
    struct Stat stat;
    zhandle_t *stranger = open_handle(host);

    CHECK(zoo_add_auth(handle, "digest", "c:secret", 8, on_done, NULL) == ZOK);
    wait_for(&completions, 1, __LINE__);
    CHECK(last_rc == ZOK);
    CHECK(zoo_create(handle, "/c/mine", "x", 1, &ZOO_CREATOR_ALL_ACL, 0, NULL, 0) == ZOK);
    CHECK(zoo_get(stranger, "/c/mine", 0, data, &length, &stat) == ZNOAUTH);
    CHECK(zoo_get_acl(handle, "/c/mine", &acls, &stat) == ZOK && acls.count == 1);
    CHECK(strncmp(acls.data[0].id.id, "c:", 2) == 0);
    deallocate_ACL_vector(&acls);
    CHECK(zoo_set_acl(handle, "/c/mine", 0, &ZOO_OPEN_ACL_UNSAFE) == ZOK);
    CHECK(zoo_delete(stranger, "/c/mine", -1) == ZOK);
    CHECK(zookeeper_close(stranger) == ZOK);
    printf("passed access lists\n");
}

static void many(zhandle_t *handle)
{
    const int before = completions;
    int i;

    for (i = 0; i < 1000; i++)
    {
        char path[32];
        snprintf(path, sizeof(path), "/c/m%d", i);
        CHECK(zoo_acreate(handle, path, "", 0, &ZOO_OPEN_ACL_UNSAFE, 0, on_string, NULL) == ZOK);
    }

    for (i = 0; i < 1000; i++)
    {
        char path[32];
        snprintf(path, sizeof(path), "/c/m%d", i);
        CHECK(zoo_adelete(handle, path, 0, on_done, NULL) == ZOK);
    }

    CHECK(zoo_async(handle, "/c", on_string, NULL) == ZOK);
    wait_for(&completions, before + 2001, __LINE__);
    CHECK(last_rc == ZOK);
    printf("passed many\n");
}

static void sessions(zhandle_t *handle, const char *host)
{
    struct Stat stat;
    zhandle_t *mortal = open_handle(host);

    CHECK(zoo_create(mortal, "/c/held", "", 0, &ZOO_OPEN_ACL_UNSAFE, ZOO_EPHEMERAL, NULL, 0) == ZOK);
    CHECK(zoo_exists(handle, "/c/held", 0, &stat) == ZOK);
    CHECK(zookeeper_close(mortal) == ZOK);
    CHECK(zoo_exists(handle, "/c/held", 0, &stat) == ZNONODE);
    printf("passed sessions\n");
}

int main(int count, char **arguments)
{
    zhandle_t *handle;

    if (count != 2)
    {
        return 2;
    }

    setvbuf(stdout, NULL, _IOLBF, 0);
    zoo_set_debug_level(ZOO_LOG_LEVEL_ERROR);
    handle = open_handle(arguments[1]);
    nodes(handle);
    watches(handle);
    transactions(handle);
    access_lists(handle, arguments[1]);
    many(handle);
    sessions(handle, arguments[1]);
    CHECK(zoo_delete(handle, "/c", -1) == ZOK);
    CHECK(zookeeper_close(handle) == ZOK);
    return 0;
}
