# SPDX-License-Identifier: Apache-2.0
"""What a Python program does with a server: argument host:port, a line "passed ..." for each part, exit code 0."""

import socket
import sys
import threading

from kazoo.client import KazooClient
from kazoo.exceptions import BadVersionError, NodeExistsError, NoNodeError, NotEmptyError, RolledBackError
from kazoo.protocol.states import EventType, KazooState
from kazoo.recipe.watchers import PatientChildrenWatch
from kazoo.security import make_digest_acl

SESSION_TIMEOUT = 20
TIMEOUT = 60


def connect(auth=None):
    client = KazooClient(hosts=sys.argv[1], timeout=SESSION_TIMEOUT, auth_data=auth)
    client.start(timeout=TIMEOUT)
    return client


def passed(what):
    print("passed " + what, flush=True)


def raises(error, call, *arguments, **named):
    try:
        call(*arguments, **named)
    except error:
        return
    raise AssertionError("%s not raised" % error.__name__)


def nodes(one):
    one.ensure_path("/kazoo/nodes")
    assert one.create("/kazoo/nodes/a", b"1") == "/kazoo/nodes/a"
    assert one.create("/kazoo/nodes/s", b"", sequence=True, ephemeral=True) == "/kazoo/nodes/s0000000001"
    path, stat = one.create("/kazoo/nodes/b", b"22", include_data=True)
    assert stat.data_length == 2 and stat.version == 0
    data, stat = one.get("/kazoo/nodes/a")
    assert data == b"1" and stat.ephemeralOwner == 0
    assert one.set("/kazoo/nodes/a", b"2", version=0).version == 1
    raises(BadVersionError, one.set, "/kazoo/nodes/a", b"3", version=0)
    raises(NodeExistsError, one.create, "/kazoo/nodes/a")
    raises(NoNodeError, one.get, "/kazoo/nodes/none")
    raises(NotEmptyError, one.delete, "/kazoo/nodes")
    assert sorted(one.get_children("/kazoo/nodes")) == ["a", "b", "s0000000001"]
    children, stat = one.get_children("/kazoo/nodes", include_data=True)
    assert stat.children_count == 3
    assert one.exists("/kazoo/nodes/none") is None
    assert one.sync("/kazoo/nodes") == "/kazoo/nodes"
    one.delete("/kazoo/nodes", recursive=True)
    passed("nodes")


def access_lists(one):
    owner = connect([("digest", "kazoo:secret")])
    acl = make_digest_acl("kazoo", "secret", all=True)
    owner.create("/kazoo/mine", b"x", acl=[acl])
    assert owner.get("/kazoo/mine")[0] == b"x"
    acls, _ = owner.get_acls("/kazoo/mine")
    assert acls == [acl], acls
    try:
        one.get("/kazoo/mine")
        raise AssertionError("a stranger read")
    except Exception as refused:
        assert type(refused).__name__ == "NoAuthError", refused
    owner.delete("/kazoo/mine")
    owner.stop()
    owner.close()
    passed("access lists")


def transactions(one):
    transaction = one.transaction()
    transaction.create("/kazoo/t", b"1")
    transaction.set_data("/kazoo/t", b"2")
    transaction.check("/kazoo/t", version=1)
    transaction.delete("/kazoo/t", version=1)
    results = transaction.commit()
    assert results[0] == "/kazoo/t" and results[1].version == 1 and results[2] is True, results
    transaction = one.transaction()
    transaction.create("/kazoo/u")
    transaction.delete("/kazoo/none")
    results = transaction.commit()
    assert isinstance(results[0], RolledBackError) and isinstance(results[1], NoNodeError), results
    assert one.exists("/kazoo/u") is None
    passed("transactions")


def watchers(one, two):
    one.ensure_path("/kazoo/watched")
    condition = threading.Condition()
    seen = []

    def note(what):
        with condition:
            seen.append(what)
            condition.notify_all()

    def wait_for(what):
        with condition:
            assert condition.wait_for(lambda: what in seen, TIMEOUT), (what, seen)

    two.DataWatch("/kazoo/watched", lambda data, stat: note(("data", data)))
    two.ChildrenWatch("/kazoo/watched", lambda children: note(("children", tuple(sorted(children)))))
    one.set("/kazoo/watched", b"new")
    wait_for(("data", b"new"))
    one.create("/kazoo/watched/a")
    wait_for(("children", ("a",)))
    one.create("/kazoo/watched/b")
    wait_for(("children", ("a", "b")))
    two.exists("/kazoo/watched/c", watch=lambda event: note((event.type, event.path)))
    one.create("/kazoo/watched/c")
    wait_for((EventType.CREATED, "/kazoo/watched/c"))
    patient = PatientChildrenWatch(two, "/kazoo/watched", time_boundary=0.05).start()
    children, changed = patient.get(timeout=TIMEOUT)
    assert sorted(children) == ["a", "b", "c"]
    one.delete("/kazoo/watched", recursive=True)
    changed.get(timeout=TIMEOUT)
    passed("watchers")


def locks(one, two):
    inside = []
    most = []

    def contend(client, name):
        lock = client.Lock("/kazoo/lock", name)
        for _ in range(10):
            with lock:
                inside.append(name)
                most.append(len(inside))
                inside.pop()

    together(lambda: contend(one, "one"), lambda: contend(two, "two"))
    assert len(most) == 20 and max(most) == 1, most

    read, write = one.ReadLock("/kazoo/rw", "r"), two.WriteLock("/kazoo/rw", "w")
    assert read.acquire(timeout=TIMEOUT)
    assert not write.acquire(blocking=False)
    read.release()
    assert write.acquire(timeout=TIMEOUT)
    write.release()

    semaphore = one.Semaphore("/kazoo/semaphore", "one", max_leases=1)
    assert semaphore.acquire(timeout=TIMEOUT)
    assert not two.Semaphore("/kazoo/semaphore", "two", max_leases=1).acquire(blocking=False)
    semaphore.release()
    passed("locks")


def together(*calls):
    errors = []

    def run(call):
        try:
            call()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(call,), daemon=True) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(TIMEOUT)
        assert not thread.is_alive(), "not in time"
    if errors:
        raise errors[0]


def election(one, two):
    led = []
    together(lambda: one.Election("/kazoo/election", "one").run(lambda: led.append("one")),
             lambda: two.Election("/kazoo/election", "two").run(lambda: led.append("two")))
    assert sorted(led) == ["one", "two"], led
    passed("election")


def counters(one, two):
    def count(client, step):
        counter = client.Counter("/kazoo/counter")
        for _ in range(10):
            counter += step

    together(lambda: count(one, 1), lambda: count(two, 2))
    assert one.Counter("/kazoo/counter").value == 30
    passed("counters")


def queues(one, two):
    queue = one.Queue("/kazoo/queue")
    for i in range(10):
        queue.put(b"%d" % i, priority=100 if i % 2 else 50)
    taken = [two.Queue("/kazoo/queue").get() for _ in range(10)]
    assert taken == [b"0", b"2", b"4", b"6", b"8", b"1", b"3", b"5", b"7", b"9"], taken
    locking = one.LockingQueue("/kazoo/locking")
    locking.put_all([b"a", b"b"])
    other = two.LockingQueue("/kazoo/locking")
    assert other.get(timeout=TIMEOUT) == b"a"
    assert locking.get(timeout=TIMEOUT) == b"b"
    assert other.consume() and locking.consume()
    passed("queues")


def groups(one, two):
    entered = threading.Barrier(2)
    together(lambda: meet(one, entered), lambda: meet(two, entered))
    party = one.Party("/kazoo/party", "one")
    party.join()
    assert list(two.Party("/kazoo/party", "two")) == ["one"]
    party.leave()
    partitioner = one.SetPartitioner("/kazoo/partition", set=("x", "y"), time_boundary=0.05)
    partitioner.wait_for_acquire(TIMEOUT)
    assert partitioner.acquired and sorted(partitioner) == ["x", "y"]
    partitioner.finish()
    passed("groups")


def meet(client, entered):
    """Whoever leaves takes the sign away that all are there: another who looks for it too late waits for ever."""
    barrier = client.DoubleBarrier("/kazoo/barrier", 2)
    barrier.enter()
    entered.wait(TIMEOUT)
    barrier.leave()


def sessions(one):
    states = []
    held = connect()
    held.add_listener(states.append)
    held.create("/kazoo/held", ephemeral=True)
    assert one.exists("/kazoo/held").ephemeralOwner == held.client_id[0]
    lost = threading.Event()
    back = threading.Event()
    held.add_listener(lambda state: lost.set() if state == KazooState.SUSPENDED else
                      back.set() if state == KazooState.CONNECTED else None)
    held._connection._socket.shutdown(socket.SHUT_RDWR)
    assert back.wait(TIMEOUT), states
    assert lost.is_set() and one.exists("/kazoo/held") is not None
    held.stop()
    held.close()
    assert one.exists("/kazoo/held") is None
    passed("sessions")


def main():
    one, two = connect(), connect()
    if one.exists("/kazoo"):
        one.delete("/kazoo", recursive=True)
    nodes(one)
    access_lists(one)
    transactions(one)
    watchers(one, two)
    locks(one, two)
    election(one, two)
    counters(one, two)
    queues(one, two)
    groups(one, two)
    sessions(one)
    one.delete("/kazoo", recursive=True)
    for client in (one, two):
        client.stop()
        client.close()


main()
