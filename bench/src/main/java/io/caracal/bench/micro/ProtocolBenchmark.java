/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.bench.micro;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.concurrent.TimeUnit;

import io.caracal.engine.protocol.ConnectResponseEncoder;
import io.caracal.engine.protocol.CreateRequestDecoder;
import io.caracal.engine.protocol.EventType;
import io.caracal.engine.protocol.JuteWriter;
import io.caracal.engine.protocol.OpCode;
import io.caracal.engine.protocol.PathWatchRequestDecoder;
import io.caracal.engine.protocol.Perms;
import io.caracal.engine.protocol.ReplyEncoder;
import io.caracal.engine.protocol.ReplyLength;
import io.caracal.engine.protocol.StatEncoder;
import io.caracal.engine.protocol.WatchEventEncoder;

import org.agrona.concurrent.UnsafeBuffer;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures the client protocol: decoding the most frequent requests with all their fields, and encoding replies. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProtocolBenchmark
{
    private static final int PAYLOAD_LENGTH = 100;
    private static final int NAMES = 10;
    private static final int NAME_LENGTH = 10;
    private static final int MULTI_PARTS = 5;
    private static final int TIMEOUT_MS = 30_000;
    /** Length of the open ACL: count, permissions, and two words with their lengths. */
    private static final int ACL_LENGTH = 4 + 4 + 4 + 5 + 4 + 6;
    private static final UnsafeBuffer PATH = new UnsafeBuffer("/bench/000012/0000012345".getBytes(US_ASCII));
    private static final UnsafeBuffer WORLD = new UnsafeBuffer("world".getBytes(US_ASCII));
    private static final UnsafeBuffer ANYONE = new UnsafeBuffer("anyone".getBytes(US_ASCII));

    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[PAYLOAD_LENGTH]);
    private final UnsafeBuffer read = new UnsafeBuffer(new byte[512]);
    private final UnsafeBuffer create = new UnsafeBuffer(new byte[512]);
    private final UnsafeBuffer reply = new UnsafeBuffer(new byte[512]);
    private final int readLength = encodeRead();
    private final int createLength = encodeCreate();
    private final PathWatchRequestDecoder readDecoder = new PathWatchRequestDecoder();
    private final CreateRequestDecoder createDecoder = new CreateRequestDecoder();
    private final ReplyEncoder replyEncoder = new ReplyEncoder();
    private long zxid;

    private int encodeRead()
    {
        final JuteWriter writer = new JuteWriter();
        writer.wrap(read, 0);
        writer.writeRange(PATH, 0, PATH.capacity()).writeBool(true);
        return writer.position();
    }

    private int encodeCreate()
    {
        final JuteWriter writer = new JuteWriter();
        writer.wrap(create, 0);
        writer.writeRange(PATH, 0, PATH.capacity()).writeRange(payload, 0, PAYLOAD_LENGTH).writeInt(1)
            .writeInt(Perms.ALL).writeRange(WORLD, 0, WORLD.capacity()).writeRange(ANYONE, 0, ANYONE.capacity())
            .writeInt(0);
        return writer.position();
    }

    /**
     * Decodes path and watch flag.
     *
     * @return a result that keeps the JIT compiler from removing the work.
     */
    @Benchmark
    public int decodeGetData()
    {
        readDecoder.wrap(read, 0, readLength);
        return readDecoder.pathOffset() + readDecoder.pathLength();
    }

    /**
     * Decodes path, payload, ACL and mode.
     *
     * @return a result that keeps the JIT compiler from removing the work.
     */
    @Benchmark
    public int decodeCreate()
    {
        createDecoder.wrap(create, 0, createLength);
        return createDecoder.dataOffset() + createDecoder.aclLength() + createDecoder.flags();
    }

    /**
     * Encodes header, payload and stat.
     *
     * @return a result that keeps the JIT compiler from removing the work.
     */
    @Benchmark
    public int encodeGetDataReply()
    {
        final int length = ReplyLength.ofRangeAndStat(PAYLOAD_LENGTH);
        replyEncoder.begin(reply, 0, length, 1, zxid++, 0).writeRange(payload, 0, PAYLOAD_LENGTH);
        final StatEncoder stat = replyEncoder.stat();
        stat.zxids(zxid, zxid, zxid).times(zxid, zxid).versions(1, 0, 0).ephemeralOwner(0).sizes(PAYLOAD_LENGTH, 0);
        replyEncoder.end();
        return reply.getByte(length - 1);
    }

    /**
     * Encodes header and stat: the reply to exists and setData.
     *
     * @return a result that keeps the JIT compiler from removing the work.
     */
    @Benchmark
    public int encodeStatReply()
    {
        replyEncoder.begin(reply, 0, ReplyLength.STAT, 1, zxid++, 0);
        final StatEncoder stat = replyEncoder.stat();
        stat.zxids(zxid, zxid, zxid).times(zxid, zxid).versions(1, 0, 0).ephemeralOwner(0).sizes(PAYLOAD_LENGTH, 0);
        replyEncoder.end();
        return reply.getByte(ReplyLength.STAT - 1);
    }

    /**
     * Encodes header and path: the reply to create.
     *
     * @return a result that keeps the JIT compiler from removing the work.
     */
    @Benchmark
    public int encodePathReply()
    {
        final int length = ReplyLength.ofRange(PATH.capacity());
        replyEncoder.begin(reply, 0, length, 1, zxid++, 0).writeRange(PATH, 0, PATH.capacity());
        replyEncoder.end();
        return reply.getByte(length - 1);
    }

    /**
     * Encodes the header alone: the reply to delete, and every error.
     *
     * @return a result that keeps the JIT compiler from removing the work.
     */
    @Benchmark
    public int encodeHeaderReply()
    {
        replyEncoder.begin(reply, 0, ReplyLength.HEADER, 1, zxid++, 0);
        replyEncoder.end();
        return reply.getByte(ReplyLength.HEADER - 1);
    }

    /**
     * Encodes ten names: the reply to getChildren.
     *
     * @return a result that keeps the JIT compiler from removing the work.
     */
    @Benchmark
    public int encodeChildrenReply()
    {
        final int length = (int)ReplyLength.ofStrings(NAMES, (long)NAMES * NAME_LENGTH);
        final JuteWriter body = replyEncoder.begin(reply, 0, length, 1, zxid++, 0).writeInt(NAMES);
        for (int i = 0; i < NAMES; i++)
        {
            body.writeRange(PATH, PATH.capacity() - NAME_LENGTH, NAME_LENGTH);
        }
        replyEncoder.end();
        return reply.getByte(length - 1);
    }

    /**
     * Encodes ten names and a stat: the reply to getChildren2.
     *
     * @return a result that keeps the JIT compiler from removing the work.
     */
    @Benchmark
    public int encodeChildrenAndStatReply()
    {
        final int length = (int)ReplyLength.ofStringsAndStat(NAMES, (long)NAMES * NAME_LENGTH);
        final JuteWriter body = replyEncoder.begin(reply, 0, length, 1, zxid++, 0).writeInt(NAMES);
        for (int i = 0; i < NAMES; i++)
        {
            body.writeRange(PATH, PATH.capacity() - NAME_LENGTH, NAME_LENGTH);
        }
        stat();
        replyEncoder.end();
        return reply.getByte(length - 1);
    }

    /**
     * Encodes path and stat: the reply to create2, createContainer and createTTL.
     *
     * @return a result that keeps the JIT compiler from removing the work.
     */
    @Benchmark
    public int encodePathAndStatReply()
    {
        final int length = ReplyLength.ofRangeAndStat(PATH.capacity());
        replyEncoder.begin(reply, 0, length, 1, zxid++, 0).writeRange(PATH, 0, PATH.capacity());
        stat();
        replyEncoder.end();
        return reply.getByte(length - 1);
    }

    /**
     * Encodes the open ACL and a stat: the reply to getACL.
     *
     * @return a result that keeps the JIT compiler from removing the work.
     */
    @Benchmark
    public int encodeAclReply()
    {
        final int length = ReplyLength.ofAcl(ACL_LENGTH);
        replyEncoder.begin(reply, 0, length, 1, zxid++, 0).writeInt(1).writeInt(Perms.ALL)
            .writeRange(WORLD, 0, WORLD.capacity()).writeRange(ANYONE, 0, ANYONE.capacity());
        stat();
        replyEncoder.end();
        return reply.getByte(length - 1);
    }

    /**
     * Encodes a number: the reply to getAllChildrenNumber and addWatch.
     *
     * @return a result that keeps the JIT compiler from removing the work.
     */
    @Benchmark
    public int encodeIntReply()
    {
        replyEncoder.begin(reply, 0, ReplyLength.INT, 1, zxid++, 0).writeInt(NAMES);
        replyEncoder.end();
        return reply.getByte(ReplyLength.INT - 1);
    }

    /**
     * Encodes the results of five deletes: the reply to a multi.
     *
     * @return a result that keeps the JIT compiler from removing the work.
     */
    @Benchmark
    public int encodeMultiReply()
    {
        final int length = (int)ReplyLength.ofMulti((long)MULTI_PARTS * ReplyLength.PART);
        replyEncoder.begin(reply, 0, length, 1, zxid++, 0);
        for (int i = 0; i < MULTI_PARTS; i++)
        {
            replyEncoder.part(OpCode.DELETE, 0);
        }
        replyEncoder.endOfParts();
        replyEncoder.end();
        return reply.getByte(length - 1);
    }

    /**
     * Encodes the reply to the handshake.
     *
     * @return a result that keeps the JIT compiler from removing the work.
     */
    @Benchmark
    public int encodeConnectResponse()
    {
        ConnectResponseEncoder.accept(reply, 0, true, false, TIMEOUT_MS, zxid++, payload, 0);
        return reply.getByte(ConnectResponseEncoder.length(true) - 1);
    }

    private void stat()
    {
        replyEncoder.stat().zxids(zxid, zxid, zxid).times(zxid, zxid).versions(1, 0, 0).ephemeralOwner(0)
            .sizes(PAYLOAD_LENGTH, 0);
    }

    /**
     * Encodes the event that a watcher receives.
     *
     * @return a result that keeps the JIT compiler from removing the work.
     */
    @Benchmark
    public int encodeWatchEvent()
    {
        WatchEventEncoder.encode(reply, 0, zxid++, EventType.NODE_DATA_CHANGED, PATH, 0, PATH.capacity());
        return reply.getByte(WatchEventEncoder.length(PATH.capacity()) - 1);
    }
}
