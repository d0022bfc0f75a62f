/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.compatibility.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.caracal.compatibility.ServerKind;
import io.caracal.compatibility.ServerSettings;
import io.caracal.compatibility.ServerUnderTest;
import io.caracal.compatibility.wire.Acl;
import io.caracal.compatibility.wire.JuteWriter;
import io.caracal.compatibility.wire.Opcode;
import io.caracal.compatibility.wire.RawSession;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sends requests that no client sends, one by one. The error, the bytes after it, and whether a zxid is taken must be
 * the same as with ZooKeeper.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OddRequestTest
{
    /** Long enough that no session expires by itself, which would take a zxid. */
    private static final int TIMEOUT_MS = 600_000;
    private static final String NODE = "/odd";
    /** Servers of this test alone, for the same reason. */
    private static final Map<ServerKind, ServerUnderTest> SERVERS = new EnumMap<>(ServerKind.class);

    /** What is sent after the xid. */
    private record Request(int opcode, JuteWriter body)
    {
    }

    private static ServerUnderTest server(final ServerKind kind)
    {
        return SERVERS.computeIfAbsent(kind, each -> each.launch(new ServerSettings().with("maxSessionTimeout",
            Integer.toString(TIMEOUT_MS))));
    }

    @AfterAll
    static void close()
    {
        SERVERS.values().forEach(ServerUnderTest::close);
        SERVERS.clear();
    }

    static List<ServerKind> caracals()
    {
        return ServerKind.caracals();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("caracals")
    void shouldAnswerMalformedRequestsAsZooKeeperDoes(final ServerKind kind) throws IOException
    {
        assertEquals(answers(ServerKind.ZOOKEEPER, single()), answers(kind, single()));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("caracals")
    void shouldAnswerMalformedTransactionsAsZooKeeperDoes(final ServerKind kind) throws IOException
    {
        assertEquals(answers(ServerKind.ZOOKEEPER, several()), answers(kind, several()));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("caracals")
    void shouldCloseOverCredentialsThatDoNotDecode(final ServerKind kind) throws IOException
    {
        final List<Request> all = List.of(new Request(Opcode.AUTH, new JuteWriter()), new Request(Opcode.AUTH,
            new JuteWriter().i32(0).str("digest")), new Request(Opcode.SASL, new JuteWriter()),
            new Request(Opcode.SASL, new JuteWriter().i32(5).i8(1)));

        for (final Request request : all)
        {
            assertEquals("cut: closed\n", answers(ServerKind.ZOOKEEPER, Map.of("cut", request)));
            assertEquals("cut: closed\n", answers(kind, Map.of("cut", request)));
        }
    }

    /** Returns a line for each request. */
    private static String answers(final ServerKind kind, final Map<String, Request> requests) throws IOException
    {
        final StringBuilder lines = new StringBuilder();

        try (RawSession session = RawSession.open(server(kind).address(), TIMEOUT_MS))
        {
            session.create(NODE, new byte[1], 1);

            for (final Map.Entry<String, Request> entry : requests.entrySet())
            {
                lines.append(entry.getKey()).append(": ").append(answer(session, entry.getValue())).append('\n');
            }

            if (!lines.toString().endsWith(": closed\n"))
            {
                session.closeSession();
            }
        }

        return lines.toString();
    }

    private static String answer(final RawSession session, final Request request) throws IOException
    {
        final long before = zxid(session);
        final int xid = session.send(request.opcode(), request.body());
        final RawSession.Reply reply = session.receive();

        if (reply == null)
        {
            return "closed";
        }

        final String rest = HexFormat.of().formatHex(reply.body().rest());
        return reply.err() + (reply.xid() == xid ? "" : " xid " + reply.xid()) + " zxid +" + (reply.zxid() - before) +
            " takes " + (zxid(session) - before) + " " + rest;
    }

    private static long zxid(final RawSession session) throws IOException
    {
        return session.call(Opcode.EXISTS, new JuteWriter().str(NODE).bool(false)).zxid();
    }

    private static byte[] part(final int opcode)
    {
        return new JuteWriter().i32(opcode).bool(false).i32(-1).toBytes();
    }

    private static byte[] end()
    {
        return new JuteWriter().i32(-1).bool(true).i32(-1).toBytes();
    }

    private static JuteWriter create(final List<Acl> acls)
    {
        return new JuteWriter().str("/x").buf(null).acls(acls);
    }

    private static Map<String, Request> single()
    {
        final Map<String, Request> requests = new LinkedHashMap<>();
        requests.put("create empty body", new Request(Opcode.CREATE, new JuteWriter()));
        requests.put("create cut", new Request(Opcode.CREATE, new JuteWriter().str("/x").buf(null)));
        requests.put("create null path", new Request(Opcode.CREATE, new JuteWriter().str(null).buf(null).acls(Acl.OPEN)
            .i32(0)));
        requests.put("create null acl", new Request(Opcode.CREATE, create(null).i32(0)));

        for (final int count : List.of(-2, Integer.MIN_VALUE))
        {
            requests.put("create " + count + " acls", new Request(Opcode.CREATE, new JuteWriter().str("/x").buf(null)
                .i32(count).i32(0)));
            requests.put("setACL " + count + " acls", new Request(Opcode.SET_ACL, new JuteWriter().str(NODE).i32(count)
                .i32(-1)));
            requests.put("setWatches " + count + " paths", new Request(Opcode.SET_WATCHES, new JuteWriter().i64(0)
                .i32(count).strings(List.of()).i32(count)));
        }

        requests.put("create bad flags", new Request(Opcode.CREATE, create(Acl.OPEN).i32(9)));
        requests.put("create bad path", new Request(Opcode.CREATE, new JuteWriter().str("x").buf(null).acls(Acl.OPEN)
            .i32(0)));
        requests.put("create2 cut", new Request(Opcode.CREATE2, new JuteWriter().str("/x").buf(null)));
        requests.put("container cut", new Request(Opcode.CREATE_CONTAINER, new JuteWriter().str("/x").buf(null)));
        requests.put("ttl cut", new Request(Opcode.CREATE_TTL, new JuteWriter().str("/x").buf(null)));
        requests.put("ttl bad", new Request(Opcode.CREATE_TTL, create(Acl.OPEN).i32(5).i64(0)));
        requests.put("delete cut", new Request(Opcode.DELETE, new JuteWriter().str("/x")));
        requests.put("delete null", new Request(Opcode.DELETE, new JuteWriter().str(null).i32(-1)));
        requests.put("delete bad path", new Request(Opcode.DELETE, new JuteWriter().str("x").i32(-1)));
        requests.put("setData cut", new Request(Opcode.SET_DATA, new JuteWriter().str("/x")));
        requests.put("setData null", new Request(Opcode.SET_DATA, new JuteWriter().str(null).buf(null).i32(-1)));
        requests.put("setACL cut", new Request(Opcode.SET_ACL, new JuteWriter().str("/x")));
        requests.put("setACL null path",
            new Request(Opcode.SET_ACL, new JuteWriter().str(null).acls(Acl.OPEN).i32(-1)));
        requests.put("reconfig", new Request(Opcode.RECONFIG, new JuteWriter().str(null).str(null).str(null).i64(-1)));
        requests.put("reconfig cut", new Request(Opcode.RECONFIG, new JuteWriter().str(null)));
        requests.put("getData null", new Request(Opcode.GET_DATA, new JuteWriter().str(null).bool(false)));
        requests.put("exists null", new Request(Opcode.EXISTS, new JuteWriter().str(null).bool(false)));
        requests.put("children null", new Request(Opcode.GET_CHILDREN, new JuteWriter().str(null).bool(false)));
        requests.put("children2 null", new Request(Opcode.GET_CHILDREN2, new JuteWriter().str(null).bool(false)));
        requests.put("getACL null", new Request(Opcode.GET_ACL, new JuteWriter().str(null)));
        requests.put("sync null", new Request(Opcode.SYNC, new JuteWriter().str(null)));
        requests.put("sync cut", new Request(Opcode.SYNC, new JuteWriter()));
        requests.put("allChildren null", new Request(Opcode.GET_ALL_CHILDREN_NUMBER, new JuteWriter().str(null)));
        requests.put("setWatches null data", new Request(Opcode.SET_WATCHES, new JuteWriter().i64(0).strings(null)
            .strings(List.of()).strings(List.of())));
        requests.put("setWatches null element", new Request(Opcode.SET_WATCHES, new JuteWriter().i64(0).i32(1).str(null)
            .strings(List.of()).strings(List.of())));
        requests.put("ping xid 5", new Request(Opcode.PING, new JuteWriter()));
        requests.put("getEphemerals null", new Request(Opcode.GET_EPHEMERALS, new JuteWriter().str(null)));

        for (final String prefix : List.of("", "/", " \t", " / ", "/ ", "//", "\u00e4", "/od", " /od", "/odder"))
        {
            requests.put("getEphemerals '" + prefix + "'",
                new Request(Opcode.GET_EPHEMERALS, new JuteWriter().str(prefix)));
        }

        return requests;
    }

    private static Map<String, Request> several()
    {
        final Map<String, Request> requests = new LinkedHashMap<>();
        requests.put("multi empty body", new Request(Opcode.MULTI, new JuteWriter()));
        requests.put("multi cut header", new Request(Opcode.MULTI, new JuteWriter().i32(1).bool(false)));
        requests.put("multi cut op", new Request(Opcode.MULTI, new JuteWriter().raw(part(Opcode.CREATE)).str("/x")));
        requests.put("multi no terminator",
            new Request(Opcode.MULTI, new JuteWriter().raw(part(Opcode.DELETE)).str("/x").i32(-1)));
        requests.put("multi unknown type", new Request(Opcode.MULTI, new JuteWriter().raw(part(77)).raw(end())));
        requests.put("multi setACL", new Request(Opcode.MULTI, new JuteWriter().raw(part(Opcode.SET_ACL)).str("/x")
            .acls(Acl.OPEN).i32(-1).raw(end())));
        requests.put("multi mixed kinds", new Request(Opcode.MULTI, new JuteWriter().raw(part(Opcode.DELETE)).str("/x")
            .i32(-1).raw(part(Opcode.GET_DATA)).str("/x").bool(false).raw(end())));
        requests.put("multi reads only", new Request(Opcode.MULTI, new JuteWriter().raw(part(Opcode.GET_DATA)).str("/x")
            .bool(false).raw(end())));
        requests.put("multi bad flag", new Request(Opcode.MULTI,
            new JuteWriter().raw(part(Opcode.CREATE)).raw(create(Acl.OPEN).toBytes()).i32(9).raw(end())));
        requests.put("multi null acl", new Request(Opcode.MULTI,
            new JuteWriter().raw(part(Opcode.CREATE)).raw(create(null).toBytes()).i32(0).raw(end())));
        requests.put("multi null acl second", new Request(Opcode.MULTI, new JuteWriter().raw(part(Opcode.DELETE))
            .str("/x").i32(-1).raw(part(Opcode.CREATE)).raw(create(null).toBytes()).i32(0).raw(end())));
        requests.put("multi -2 acls", new Request(Opcode.MULTI,
            new JuteWriter().raw(part(Opcode.CREATE)).str("/x").buf(null).i32(-2).i32(0).raw(end())));
        requests.put("multi empty acl", new Request(Opcode.MULTI,
            new JuteWriter().raw(part(Opcode.CREATE)).raw(create(List.of()).toBytes()).i32(0).raw(end())));
        requests.put("multi null path create", new Request(Opcode.MULTI,
            new JuteWriter().raw(part(Opcode.CREATE)).str(null).buf(null).acls(Acl.OPEN).i32(0).raw(end())));
        requests.put("multi null path delete",
            new Request(Opcode.MULTI, new JuteWriter().raw(part(Opcode.DELETE)).str(null).i32(-1).raw(end())));
        requests.put("multi null path check",
            new Request(Opcode.MULTI, new JuteWriter().raw(part(Opcode.CHECK)).str(null).i32(-1).raw(end())));
        requests.put("multi null path set", new Request(Opcode.MULTI,
            new JuteWriter().raw(part(Opcode.SET_DATA)).str(null).buf(null).i32(-1).raw(end())));
        requests.put("multi null path, then null acl",
            new Request(Opcode.MULTI, new JuteWriter().raw(part(Opcode.CHECK)).str(null).i32(-1)
                .raw(part(Opcode.CREATE)).raw(create(null).toBytes()).i32(0).raw(end())));
        requests.put("multi null path, then cut", new Request(Opcode.MULTI, new JuteWriter().raw(part(Opcode.CHECK))
            .str(null).i32(-1).raw(part(Opcode.CREATE)).str("/x")));
        requests.put("multi null path, then bad flag",
            new Request(Opcode.MULTI,
                new JuteWriter().raw(part(Opcode.CHECK)).str(null).i32(-1).raw(part(Opcode.CREATE))
                    .raw(create(Acl.OPEN).toBytes()).i32(9)
                    .raw(end())));
        requests.put("multi ttl bad", new Request(Opcode.MULTI,
            new JuteWriter().raw(part(Opcode.CREATE_TTL)).raw(create(Acl.OPEN).toBytes()).i32(5).i64(0).raw(end())));
        requests.put("multi ttl flag by create", new Request(Opcode.MULTI, new JuteWriter().raw(part(Opcode.CREATE))
            .raw(create(Acl.OPEN).toBytes()).i32(5).raw(end())));
        requests.put("multi empty", new Request(Opcode.MULTI, new JuteWriter().raw(end())));
        requests.put("multiRead empty body", new Request(Opcode.MULTI_READ, new JuteWriter()));
        requests.put("multiRead cut",
            new Request(Opcode.MULTI_READ, new JuteWriter().raw(part(Opcode.GET_DATA)).str(NODE)));
        requests.put("multiRead writes",
            new Request(Opcode.MULTI_READ, new JuteWriter().raw(part(Opcode.DELETE)).str("/x").i32(-1).raw(end())));
        requests.put("multiRead write without a path",
            new Request(Opcode.MULTI_READ, new JuteWriter().raw(part(Opcode.SET_DATA)).str(null).buf(null).i32(-1)
                .raw(part(Opcode.DELETE)).str("/x").i32(-1).raw(end())));
        requests.put("multiRead create without a path", new Request(Opcode.MULTI_READ,
            new JuteWriter().raw(part(Opcode.CREATE)).str(null).buf(null).acls(Acl.OPEN).i32(0).raw(end())));
        requests.put("multiRead mixed", new Request(Opcode.MULTI_READ, new JuteWriter().raw(part(Opcode.GET_DATA))
            .str("/x").bool(false).raw(part(Opcode.DELETE)).str("/x").i32(-1).raw(end())));
        requests.put("multiRead exists",
            new Request(Opcode.MULTI_READ, new JuteWriter().raw(part(Opcode.EXISTS)).str("/x").bool(false).raw(end())));
        requests.put("multiRead null path", new Request(Opcode.MULTI_READ, new JuteWriter().raw(part(Opcode.GET_DATA))
            .str("/x").bool(false).raw(part(Opcode.GET_DATA)).str(null).bool(false).raw(end())));
        requests.put("multiRead null children", new Request(Opcode.MULTI_READ,
            new JuteWriter().raw(part(Opcode.GET_CHILDREN)).str(null).bool(false).raw(end())));
        return requests;
    }
}
