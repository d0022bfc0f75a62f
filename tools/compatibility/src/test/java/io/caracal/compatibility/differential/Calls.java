/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.differential;

import io.caracal.compatibility.wire.Acl;
import io.caracal.compatibility.wire.Opcode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Makes random requests of every operation. */
final class Calls
{
    private static final int EPHEMERAL = 1;
    private static final int SEQUENTIAL = 2;
    private static final int TTL = 5;
    /** The flag of a container, and flags without a meaning. */
    private static final int[] ODD_FLAGS = { 4, 7, 8, 9, -1, 256, Integer.MAX_VALUE, Integer.MIN_VALUE };
    /** Numbers whose bytes are ASCII, so that no path and no id becomes one that cannot be decoded. */
    private static final int[] BENT_NUMBERS = { 0, 1, 2, 3, 5, 1_000_000, 0x7F7F7F7F };
    /** Quota paths of one program lie beside each other. Nested quotas are a deliberate difference. */
    private static final String[][] QUOTA_PATHS = { { "/a", "/b" }, { "/a", "/b", "/c/a" }, { "/a/b", "/a/c", "/b/a" },
        { "/a/b/c", "/a/a" } };
    private static final String[] LIMITS = { "count=3,bytes=-1", "count=-1,bytes=1000",
        "count=-1,bytes=-1=;byteHardLimit=900;countHardLimit=3", "count=9,bytes=9=;byteHardLimit=3;countHardLimit=2",
        "count=1,bytes=-1=;byteHardLimit=-1;countHardLimit=1", "count=2,bytes=5=;byteHardLimit=-1;countHardLimit=4",
        "count=1", "", "count=-1,bytes=-1=;countHardLimit=+6;byteHardLimit=2000" };
    private static final String[] USAGES = { "count=0,bytes=0", "count=0,bytes=0", "count=2,bytes=100", "count=-1",
        "" };

    private static final List<Integer> LENGTHS_AROUND_LIMITS = List.of(0, 5, 899, 901, 2001);

    private final Vocabulary words;
    private final String[] quotaPaths;

    /** An operation that can stand alone or inside a multi. */
    private record Part(int opcode, String text, Call.Body body)
    {
    }

    Calls(final Vocabulary words)
    {
        this.words = words;
        quotaPaths = QUOTA_PATHS[words.below(QUOTA_PATHS.length)];
    }

    private static Call call(final Part part)
    {
        return new Call(part.opcode(), part.text(), part.body());
    }

    Call write()
    {
        return words.chance(10) ? call(setAcl()) : pipelinedWrite();
    }

    /**
     * Returns a write that may be under way together with others. Never setACL: a real server checks later requests
     * against the old list until the new one is applied, so the answers would depend on its disk.
     */
    Call pipelinedWrite()
    {
        return call(switch (words.below(9))
        {
            case 0, 1, 2, 3, 4 -> create();
            case 5, 6 -> delete();
            default -> setData();
        });
    }

    /** Returns a create of a persistent node with an open access list, which is what most of a tree consists of. */
    Call plainCreate()
    {
        return call(create(words.plainPath(), 0, Acl.OPEN));
    }

    private Part create()
    {
        final int roll = words.below(20);

        if (roll < 2)
        {
            return createTtl();
        }

        if (roll < 4)
        {
            final String path = words.path();
            final byte[] data = words.data();
            final List<Acl> acls = words.acls();
            return new Part(Opcode.CREATE_CONTAINER, "createContainer " + path + " " + acls,
                (writer, scene) -> writer.str(scene.path(path)).buf(data).acls(acls).i32(4));
        }

        // Flag 4 means something with these opcodes only within a multi, and no client uses 7 and more.
        final int flags = words.chance(3) ? ODD_FLAGS[words.below(ODD_FLAGS.length)] : words.chance(3) ? TTL +
            words.below(2) : words.below(4);
        return create((flags & SEQUENTIAL) == 0 ? words.path() : words.sequencePath(), flags, words.acls());
    }

    private Part create(final String path, final int flags, final List<Acl> acls)
    {
        final byte[] data = words.data();
        final int opcode = words.chance(50) ? Opcode.CREATE : Opcode.CREATE2;
        return new Part(opcode, (opcode == Opcode.CREATE ? "create " : "create2 ") + path + " flags " + flags + " " +
            length(data) + " " + acls,
            (writer, scene) -> writer.str(scene.path(path)).buf(data).acls(acls)
                .i32(flags));
    }

    private Part createTtl()
    {
        final boolean hasOddFlags = words.chance(5);
        final int flags = hasOddFlags ? words.below(TTL) : TTL + words.below(2);
        final String path = (flags & SEQUENTIAL) == 0 ? words.path() : words.sequencePath();
        final byte[] data = words.data();
        final long[] ttls = { 1_000_000, 0xFFFFFFFFFFL, 0x10000000000L, 0, -1, Long.MAX_VALUE, -2, Long.MIN_VALUE };
        // Without a TTL, such a request ends a real server.
        final long ttl = hasOddFlags ? words.below(2) : ttls[Math.min(words.below(8), words.below(8))];
        final List<Acl> acls = words.acls();
        return new Part(Opcode.CREATE_TTL, "createTTL " + path + " flags " + flags + " ttl " + ttl, (writer,
            scene) -> writer.str(scene.path(path)).buf(data).acls(acls).i32(flags).i64(ttl));
    }

    private Part delete()
    {
        final String path = words.path();
        final int version = words.version();
        return new Part(Opcode.DELETE, "delete " + path + " v" + version,
            (writer, scene) -> writer.str(scene.path(path)).i32(version));
    }

    private Part setData()
    {
        final String path = words.path();
        final byte[] data = words.data();
        final int version = words.version();
        return new Part(Opcode.SET_DATA, "setData " + path + " " + length(data) + " v" + version, (writer,
            scene) -> writer.str(scene.path(path)).buf(data).i32(version));
    }

    private static String length(final byte[] data)
    {
        return data == null ? "null" : data.length + " bytes";
    }

    /** Changes only nodes of the program's own, so that no program locks the whole tree. */
    private Part setAcl()
    {
        final String path = words.plainPath();
        final List<Acl> acls = words.acls();
        final int version = words.version();
        return new Part(Opcode.SET_ACL, "setACL " + path + " " + acls + " v" + version,
            (writer, scene) -> writer.str(scene.path(path)).acls(acls).i32(version));
    }

    private Part check()
    {
        final String path = words.path();
        final int version = words.version();
        return new Part(Opcode.CHECK, "check " + path + " v" + version, (writer, scene) -> writer.str(scene.path(path))
            .i32(version));
    }

    Call read()
    {
        final int[] opcodes = { Opcode.EXISTS, Opcode.GET_DATA, Opcode.GET_CHILDREN, Opcode.GET_CHILDREN2,
            Opcode.GET_ACL,
            Opcode.GET_ALL_CHILDREN_NUMBER, Opcode.SYNC, Opcode.GET_EPHEMERALS };
        return read(opcodes[words.below(opcodes.length)], words.chance(50));
    }

    private Call read(final int opcode, final boolean watch)
    {
        final String any = opcode == Opcode.SYNC ? words.echoedPath() : words.path();
        final String path = opcode == Opcode.GET_ALL_CHILDREN_NUMBER && "".equals(any) ? "/" :
            opcode == Opcode.GET_EPHEMERALS && words.chance(50) ? prefix(any) : any;
        final boolean hasWatch = opcode == Opcode.EXISTS || opcode == Opcode.GET_DATA ||
            opcode == Opcode.GET_CHILDREN || opcode == Opcode.GET_CHILDREN2;
        return new Call(opcode, "read " + opcode + " " + path + (hasWatch && watch ? " watched" : ""), (writer,
            scene) ->
        {
            writer.str(scene.path(path));

            if (hasWatch)
            {
                writer.bool(watch);
            }
        });
    }

    /** Part of a path, down to the empty string. */
    private String prefix(final String path)
    {
        return path == null ? null : path.substring(0, words.below(path.length() + 1));
    }

    Call watch()
    {
        final String path = words.watchPath();

        return switch (words.below(6))
        {
            case 0, 1 -> pathAndNumber(Opcode.ADD_WATCH, "addWatch", path, words.chance(95) ? words.below(2) :
                words.below(4) - 1);
            case 2 -> pathAndNumber(Opcode.REMOVE_WATCHES, "removeWatches", path, words.below(8) - 1);
            case 3 -> pathAndNumber(Opcode.CHECK_WATCHES, "checkWatches", path, words.below(8) - 1);
            case 4 -> setWatches();
            default -> read(words.chance(50) ? Opcode.GET_DATA : Opcode.GET_CHILDREN, true);
        };
    }

    private static Call pathAndNumber(final int opcode, final String name, final String path, final int number)
    {
        return new Call(opcode, name + " " + path + " " + number,
            (writer, scene) -> writer.str(scene.path(path)).i32(number));
    }

    private Call setWatches()
    {
        final int opcode = words.chance(50) ? Opcode.SET_WATCHES : Opcode.SET_WATCHES2;
        final int ago = words.zxidAgo();
        final List<List<String>> lists = new ArrayList<>();

        for (int i = 0; i < (opcode == Opcode.SET_WATCHES ? 3 : 5); i++)
        {
            lists.add(words.paths(i == 0));
        }

        return new Call(opcode, words.chance(30) ? -8 : Call.ORDINARY_XID, "setWatches " + opcode + " since " + ago +
            " zxids ago " + lists, (writer, scene) ->
            {
                writer.i64(scene.zxid(ago));
                lists.forEach(list -> writer.strings(list == null ? null : list.stream().map(scene::path).toList()));
            });
    }

    Call multi()
    {
        final List<Part> parts = new ArrayList<>();
        final int count = words.chance(3) ? words.below(60) : words.below(6);

        for (int i = 0; i < count; i++)
        {
            parts.add(switch (words.below(words.chance(5) ? 5 : 4))
            {
                case 0, 1 -> create();
                case 2 -> words.chance(50) ? delete() : check();
                case 3 -> setData();
                default -> setAcl();
            });
        }

        return transaction(Opcode.MULTI, parts);
    }

    Call multiRead()
    {
        if (words.chance(5))
        {
            return transaction(Opcode.MULTI_READ, List.of(setData(), delete()));
        }

        final List<Part> parts = new ArrayList<>();
        final int count = words.below(5);

        for (int i = 0; i < count; i++)
        {
            final int opcode = words.chance(3) ? Opcode.EXISTS : words.chance(50) ? Opcode.GET_DATA :
                Opcode.GET_CHILDREN;
            final Call read = read(opcode, words.chance(20));
            parts.add(new Part(opcode, read.text(), read.body()));
        }

        return transaction(Opcode.MULTI_READ, parts);
    }

    private static Call transaction(final int opcode, final List<Part> parts)
    {
        return new Call(opcode, (opcode == Opcode.MULTI ? "multi " : "multiRead ") + parts.stream().map(Part::text)
            .toList(), (writer, scene) ->
            {
                for (final Part part : parts)
                {
                    writer.i32(part.opcode()).bool(false).i32(-1);
                    part.body().write(writer, scene);
                }

                writer.i32(-1).bool(true).i32(-1);
            });
    }

    Call session()
    {
        return switch (words.below(8))
        {
            case 0, 1, 2 -> auth(words.oneOf(Vocabulary.USERS));
            case 3 -> auth("super:secret");
            case 4 -> new Call(Opcode.WHO_AM_I, "whoAmI", (writer, scene) ->
            {
            });
            case 5 -> badAuth();
            case 6 -> new Call(Opcode.PING, "ping with an ordinary xid", (writer, scene) ->
            {
            });
            default -> words.chance(50) ? sasl() : reconfig();
        };
    }

    private static Call auth(final String user)
    {
        final Call call = Call.auth("digest", user.getBytes(StandardCharsets.UTF_8));
        return new Call(call.opcode(), call.xid(), "auth digest " + user, call.body());
    }

    private Call badAuth()
    {
        if (words.chance(50))
        {
            return auth("plain");
        }

        final String scheme = words.oneOf(new String[]{ "nonesuch", "sasl", "world", null, "digest", "ip", "ip",
            "super",
            "auth", "x509", "ensemble", "DIGEST", "" });
        return Call.auth(scheme, words.chance(50) ? null : "a:b".getBytes(StandardCharsets.UTF_8));
    }

    private static Call sasl()
    {
        return new Call(Opcode.SASL, "sasl", (writer, scene) -> writer.buf(new byte[]{ 1, 2, 3 }));
    }

    private static Call reconfig()
    {
        return new Call(Opcode.RECONFIG, "reconfig", (writer, scene) -> writer.str("server.9=127.0.0.1:1:2;3").str(null)
            .str(null).i64(-1));
    }

    /**
     * Returns a request that no client of this server sends: an unknown operation, a check alone, a record that ends
     * too early.
     */
    Call wrong()
    {
        final int[] unknown = { 0, 10, 23, 99, 108, -1, -2, Integer.MAX_VALUE, Opcode.CHECK };

        if (words.chance(15))
        {
            final int opcode = unknown[words.below(unknown.length)];
            return new Call(opcode, "opcode " + opcode, (writer, scene) -> writer.str(scene.path("/a")).i32(-1));
        }

        if (words.chance(30))
        {
            return bent();
        }

        final Call whole = words.chance(20) ? multi() : words.chance(20) ? multiRead() : words.chance(20) ? watch() :
            words.chance(20) ? session() : words.chance(50) ? write() : read();
        return words.chance(80) ? whole.cut(words.below(1000)) : whole.extended();
    }

    /**
     * Returns a request in which one number, or a part of a text, is another one. Not if it makes a znode with a time
     * to live: without its flag, that request ends a real server.
     */
    private Call bent()
    {
        final Call whole = words.chance(30) ? multi() : words.chance(50) ? call(setAcl()) : pipelinedWrite();
        return whole.text().contains("createTTL") ? whole :
            whole.bent(words.below(1001), BENT_NUMBERS[words.below(BENT_NUMBERS.length)]);
    }

    /**
     * Returns a request to send among others. Either its xid is one that no client gives it, or its record ends too
     * early.
     */
    Call odd()
    {
        final Call call = words.chance(50) ? pipelinedWrite() : words.chance(50) ? read() : watch();
        return words.chance(50) ? call.xid(words.oddXid()) : call.cut(words.below(1000));
    }

    /**
     * Returns what a library sends with its handshake: its identity, its watches, and the requests that waited for a
     * connection.
     */
    List<Call> first(final boolean alone)
    {
        final List<Call> list = new ArrayList<>();

        for (int i = words.below(3); i > 0; i--)
        {
            list.add(auth(words.oneOf(Vocabulary.USERS)));
        }

        for (int i = words.below(3); i > 0; i--)
        {
            list.add(setWatches());
        }

        for (int i = words.below(4); i > 0; i--)
        {
            list.add(alone || words.chance(40) ? read() : words.chance(20) ? multi() : pipelinedWrite());
        }

        return list;
    }

    /** Returns the creates of limits for a path of the program and of the nodes above them. */
    List<Call> quota()
    {
        final String path = words.oneOf(quotaPaths);
        final List<Call> calls = new ArrayList<>();
        calls.add(quotaNode("/", "", ""));

        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1))
        {
            calls.add(quotaNode(path.substring(0, slash), "", ""));
        }

        calls.add(quotaNode(path, "", ""));
        calls.add(quotaNode(path, "/zookeeper_limits", words.oneOf(LIMITS)));
        calls.add(quotaNode(path, "/zookeeper_stats", words.oneOf(USAGES)));

        if (words.chance(20))
        {
            Collections.swap(calls, calls.size() - 2, calls.size() - 1);
        }

        return calls;
    }

    private static Call quotaNode(final String path, final String suffix, final String text)
    {
        return new Call(Opcode.CREATE, "create quota of " + path + suffix + " " + text,
            (writer, scene) -> writer
                .str("/zookeeper/quota" + (path.equals("/") ? scene.path("/") : scene.path(path)) + suffix)
                .buf(text.getBytes(StandardCharsets.UTF_8)).acls(Acl.OPEN).i32(0));
    }

    private static Part deleteOfQuota(final String node)
    {
        return new Part(Opcode.DELETE, "delete quota " + node, (writer, scene) -> writer.str("/zookeeper/quota" +
            scene.path(node)).i32(-1));
    }

    /** Deletes limits and usage together, because usage without limits is a deliberate difference. */
    private static Call deleteOfWholeQuota(final String quota)
    {
        return transaction(Opcode.MULTI, List.of(deleteOfQuota(quota + "/zookeeper_limits"), deleteOfQuota(quota +
            "/zookeeper_stats")));
    }

    Call quotaUse()
    {
        final String quota = words.oneOf(quotaPaths);
        final int roll = words.below(10);

        if (roll > 7)
        {
            final String limits = words.oneOf(LIMITS);
            return new Call(Opcode.SET_DATA, "change quota of " + quota + " to " + limits, (writer,
                scene) -> writer.str("/zookeeper/quota" + scene.path(quota) + "/zookeeper_limits")
                    .buf(limits.getBytes(StandardCharsets.UTF_8)).i32(-1));
        }

        if (roll > 5)
        {
            final int length = words.oneOf(LENGTHS_AROUND_LIMITS);
            return new Call(Opcode.SET_DATA, "set " + quota + " to " + length + " bytes",
                (writer, scene) -> writer.str(scene.path(quota)).buf(new byte[length]).i32(-1));
        }

        final String node = quota + "/zookeeper_" + words.oneOf(new String[]{ "stats", "limits" });

        if (roll == 0)
        {
            return node.endsWith("stats") ? call(deleteOfQuota(node)) : deleteOfWholeQuota(quota);
        }

        return new Call(Opcode.GET_DATA, "read quota " + node, (writer, scene) -> writer.str("/zookeeper/quota" +
            scene.path(node)).bool(roll == 1));
    }

    String garbage()
    {
        final String[] frames = { "ffffffff", "80000000", "7fffffff", "00100000", "00000000", "0000000400000001",
            "0000000700000001000000" };
        return words.oneOf(frames);
    }

    /** Returns a create of a node that is deleted with its session. */
    Call ephemeral()
    {
        return call(create(words.plainPath(), EPHEMERAL, Acl.OPEN));
    }
}
