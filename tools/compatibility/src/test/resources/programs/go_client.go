// SPDX-License-Identifier: Apache-2.0

// What a Go program does with a server: argument host:port, a line "passed ..." for each part, exit code 0.
package main

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"sync"
	"time"

	"github.com/samuel/go-zookeeper/zk"
)

const sessionTimeout = 20 * time.Second
const timeout = 60 * time.Second

var open = zk.WorldACL(zk.PermAll)

func check(condition bool, text string) {
	if !condition {
		panic(text)
	}
}

func expect(wanted, found error) {
	check(wanted == found, fmt.Sprintf("%v instead of %v", found, wanted))
}

func passed(what string) {
	fmt.Println("passed " + what)
}

// A client whose connection can be cut.
type client struct {
	*zk.Conn
	events <-chan zk.Event
	mutex  sync.Mutex
	socket net.Conn
}

func connect(host string) *client {
	made := &client{}
	dial := func(network, address string, limit time.Duration) (net.Conn, error) {
		socket, err := net.DialTimeout(network, address, limit)
		made.mutex.Lock()
		made.socket = socket
		made.mutex.Unlock()
		return socket, err
	}
	conn, events, err := zk.Connect([]string{host}, sessionTimeout, zk.WithDialer(dial), zk.WithLogInfo(false))
	expect(nil, err)
	made.Conn = conn
	made.events = events
	made.awaitSession()
	return made
}

func (one *client) awaitSession() {
	deadline := time.After(timeout)
	for {
		select {
		case event := <-one.events:
			check(event.State != zk.StateExpired, "the session expired")
			if event.State == zk.StateHasSession {
				return
			}
		case <-deadline:
			panic("no session in time")
		}
	}
}

func (one *client) cut() {
	one.mutex.Lock()
	one.socket.Close()
	one.mutex.Unlock()
	one.awaitSession()
}

func expectEvent(events <-chan zk.Event, kind zk.EventType, path string) {
	select {
	case event := <-events:
		check(event.Type == kind && event.Path == path && event.Err == nil, fmt.Sprint(event, " instead of ", kind, path))
	case <-time.After(timeout):
		panic("no event in time at " + path)
	}
}

func nodes(one *client) {
	path, err := one.Create("/go", []byte("one"), 0, open)
	check(err == nil && path == "/go", "create")
	_, err = one.Create("/go", nil, 0, open)
	expect(zk.ErrNodeExists, err)
	_, err = one.Create("/none/below", nil, 0, open)
	expect(zk.ErrNoNode, err)
	_, err = one.Create("/go/nobody", nil, 0, nil)
	expect(zk.ErrInvalidACL, err)
	path, err = one.Create("/go/s-", nil, zk.FlagSequence|zk.FlagEphemeral, open)
	check(err == nil && path == "/go/s-0000000000", "sequence")
	_, err = one.Create(path+"/below", nil, 0, open)
	expect(zk.ErrNoChildrenForEphemerals, err)
	_, stat, err := one.Get(path)
	check(err == nil && stat.EphemeralOwner == one.SessionID(), "owner")
	stat, err = one.Set("/go", []byte("two"), 0)
	check(err == nil && stat.Version == 1 && stat.DataLength == 3 && stat.NumChildren == 1, "set")
	_, err = one.Set("/go", []byte("three"), 0)
	expect(zk.ErrBadVersion, err)
	data, stat, err := one.Get("/go")
	check(err == nil && string(data) == "two" && stat.Mzxid > stat.Czxid, "get")
	found, _, err := one.Exists("/go/none")
	check(err == nil && !found, "exists")
	_, _, err = one.Get("/go/none")
	expect(zk.ErrNoNode, err)
	names, stat, err := one.Children("/go")
	check(err == nil && len(names) == 1 && names[0] == "s-0000000000" && stat.Cversion == 1, "children")
	synced, err := one.Sync("/go")
	check(err == nil && synced == "/go", "sync")
	expect(zk.ErrNotEmpty, one.Delete("/go", -1))
	expect(zk.ErrBadVersion, one.Delete(path, 7))
	expect(nil, one.Delete(path, 0))
	expect(zk.ErrNoNode, one.Delete(path, 0))
	passed("nodes")
}

func accessLists(host string, one *client) {
	owner := connect(host)
	defer owner.Close()
	expect(nil, owner.AddAuth("digest", []byte("go:secret")))
	_, err := owner.Create("/go/mine", []byte("x"), 0, zk.AuthACL(zk.PermAll))
	expect(nil, err)
	list, _, err := owner.GetACL("/go/mine")
	check(err == nil && len(list) == 1 && list[0] == zk.DigestACL(zk.PermAll, "go", "secret")[0], "access list")
	_, _, err = one.Get("/go/mine")
	expect(zk.ErrNoAuth, err)
	_, err = one.SetACL("/go/mine", open, -1)
	expect(zk.ErrNoAuth, err)
	_, err = one.Create("/go/whose", nil, 0, zk.AuthACL(zk.PermAll))
	expect(zk.ErrInvalidACL, err)
	stat, err := owner.SetACL("/go/mine", zk.WorldACL(zk.PermRead), 0)
	check(err == nil && stat.Aversion == 1, "set access list")
	_, _, err = one.Get("/go/mine")
	expect(nil, err)
	expect(nil, one.Delete("/go/mine", -1))
	passed("access lists")
}

func transactions(one *client) {
	results, err := one.Multi(&zk.CreateRequest{Path: "/go/t", Data: []byte("1"), Acl: open},
		&zk.CreateRequest{Path: "/go/t/n-", Acl: open, Flags: zk.FlagSequence},
		&zk.SetDataRequest{Path: "/go/t", Data: []byte("22"), Version: 0},
		&zk.CheckVersionRequest{Path: "/go/t", Version: 1},
		&zk.DeleteRequest{Path: "/go/t/n-0000000000", Version: 0})
	check(err == nil && len(results) == 5, "transaction")
	check(results[0].String == "/go/t" && results[1].String == "/go/t/n-0000000000", "names of a transaction")
	check(results[2].Stat.Version == 1 && results[2].Stat.NumChildren == 1, "stat of a transaction")
	results, err = one.Multi(&zk.SetDataRequest{Path: "/go/t", Data: nil, Version: -1},
		&zk.CheckVersionRequest{Path: "/go/t", Version: 7},
		&zk.DeleteRequest{Path: "/go/t", Version: -1})
	expect(zk.ErrBadVersion, err)
	check(len(results) == 3 && results[0].Error == nil && results[1].Error == zk.ErrBadVersion, "results of a failure")
	data, _, err := one.Get("/go/t")
	check(err == nil && string(data) == "22", "all or nothing")
	expect(nil, one.Delete("/go/t", 1))
	passed("transactions")
}

func watches(one, two *client) {
	_, err := one.Create("/go/w", nil, 0, open)
	expect(nil, err)
	_, err = two.Sync("/go/w")
	expect(nil, err)
	_, _, data, err := two.GetW("/go/w")
	expect(nil, err)
	_, _, children, err := two.ChildrenW("/go/w")
	expect(nil, err)
	_, _, exists, err := two.ExistsW("/go/w/a")
	expect(nil, err)
	_, err = one.Create("/go/w/a", nil, 0, open)
	expect(nil, err)
	expectEvent(exists, zk.EventNodeCreated, "/go/w/a")
	expectEvent(children, zk.EventNodeChildrenChanged, "/go/w")
	_, err = one.Set("/go/w", []byte("x"), -1)
	expect(nil, err)
	expectEvent(data, zk.EventNodeDataChanged, "/go/w")
	_, _, exists, err = two.ExistsW("/go/w/a")
	expect(nil, err)
	expect(nil, one.Delete("/go/w/a", -1))
	expectEvent(exists, zk.EventNodeDeleted, "/go/w/a")
	expect(nil, one.Delete("/go/w", -1))
	passed("watches")
}

// One connection after another takes the lock; a plain counter shows that no two held it at once.
func locks(one, two *client) {
	const rounds = 20
	counter := 0
	var both sync.WaitGroup
	for _, conn := range []*client{one, two} {
		both.Add(1)
		go func(conn *client) {
			defer both.Done()
			for i := 0; i < rounds; i++ {
				lock := zk.NewLock(conn.Conn, "/go/lock", open)
				expect(nil, lock.Lock())
				before := counter
				time.Sleep(time.Millisecond)
				counter = before + 1
				expect(nil, lock.Unlock())
			}
		}(conn)
	}
	both.Wait()
	check(counter == 2*rounds, "two held the lock")
	path, err := one.CreateProtectedEphemeralSequential("/go/lock/p-", nil, open)
	check(err == nil && bytes.HasPrefix([]byte(path), []byte("/go/lock/_c_")), "protected")
	expect(nil, one.Delete(path, -1))
	passed("locks")
}

func many(one *client) {
	const count = 1000
	_, err := one.Create("/go/many", nil, 0, open)
	expect(nil, err)
	var all sync.WaitGroup
	for i := 0; i < count; i++ {
		all.Add(1)
		go func(i int) {
			defer all.Done()
			path := fmt.Sprintf("/go/many/%d", i)
			_, err := one.Create(path, bytes.Repeat([]byte{byte(i)}, i), 0, open)
			expect(nil, err)
			data, _, err := one.Get(path)
			check(err == nil && len(data) == i && (i == 0 || data[i-1] == byte(i)), path)
		}(i)
	}
	all.Wait()
	_, stat, err := one.Children("/go/many")
	check(err == nil && stat.NumChildren == count, "many children")
	_, err = one.Set("/go/many", make([]byte, 1000000), -1)
	expect(nil, err)
	data, _, err := one.Get("/go/many")
	check(err == nil && len(data) == 1000000, "a long node")
	passed("many")
}

// Session, ephemerals, identities and watches outlive a connection that breaks, and end with the session.
func sessions(host string, one *client) {
	mover := connect(host)
	expect(nil, mover.AddAuth("digest", []byte("go:secret")))
	own := append(zk.WorldACL(zk.PermRead), zk.AuthACL(zk.PermAll)...)
	_, err := mover.Create("/go/e", nil, zk.FlagEphemeral, own)
	expect(nil, err)
	_, _, data, err := mover.GetW("/go")
	expect(nil, err)
	_, _, exists, err := mover.ExistsW("/go/later")
	expect(nil, err)
	_, _, children, err := mover.ChildrenW("/go/many")
	expect(nil, err)
	session := mover.SessionID()
	mover.cut()
	check(mover.SessionID() == session, "another session")
	_, err = mover.Set("/go/e", []byte("mine"), -1)
	expect(nil, err)
	_, err = one.Set("/go", []byte("changed"), -1)
	expect(nil, err)
	_, err = one.Create("/go/later", nil, 0, open)
	expect(nil, err)
	expect(nil, one.Delete("/go/many/0", -1))
	expectEvent(data, zk.EventNodeDataChanged, "/go")
	expectEvent(exists, zk.EventNodeCreated, "/go/later")
	expectEvent(children, zk.EventNodeChildrenChanged, "/go/many")
	found, _, gone, err := one.ExistsW("/go/e")
	expect(nil, err)
	check(found, "the ephemeral did not outlive the connection")
	mover.Close()
	expectEvent(gone, zk.EventNodeDeleted, "/go/e")
	passed("sessions")
}

// Its other words cannot read what servers say since ZooKeeper 3.5.
func words(host string) {
	check(zk.FLWRuok([]string{host}, timeout)[0], "ruok")
	passed("words")
}

func main() {
	host := os.Args[1]
	one := connect(host)
	two := connect(host)
	nodes(one)
	accessLists(host, one)
	transactions(one)
	watches(one, two)
	locks(one, two)
	many(one)
	sessions(host, one)
	words(host)
	one.Close()
	two.Close()
}
