/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.protocol;

import static io.caracal.engine.protocol.RequestSamples.bytes;
import static io.caracal.engine.protocol.RequestSamples.lastPart;
import static io.caracal.engine.protocol.RequestSamples.openAcl;
import static io.caracal.engine.protocol.RequestSamples.part;
import static io.caracal.engine.protocol.RequestSamples.path;
import static io.caracal.engine.protocol.RequestSamples.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultiRequestDecoderTest
{
    private final MultiRequestDecoder writes = MultiRequestDecoder.ofWrites();
    private final MultiRequestDecoder reads = MultiRequestDecoder.ofReads();

    private static boolean wrap(final MultiRequestDecoder decoder, final Consumer<JuteWriter> record)
    {
        final byte[] bytes = bytes(record);
        return decoder.wrap(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    private static JuteWriter create(final JuteWriter writer, final int opCode, final String path, final int flags)
    {
        return openAcl(text(text(part(writer, opCode), path), "d")).writeInt(flags);
    }

    @Test
    void shouldIterateOverWrites()
    {
        assertTrue(wrap(writes, w ->
        {
            create(w, OpCode.CREATE, "/a", CreateMode.PERSISTENT);
            create(w, OpCode.CREATE2, "/b", CreateMode.EPHEMERAL_SEQUENTIAL);
            create(w, OpCode.CREATE_CONTAINER, "/c", CreateMode.CONTAINER);
            create(w, OpCode.CREATE_TTL, "/t", CreateMode.PERSISTENT_WITH_TTL).writeLong(5);
            text(text(part(w, OpCode.SET_DATA), "/s"), "x").writeInt(1);
            text(part(w, OpCode.DELETE), "/d").writeInt(2);
            text(part(w, OpCode.CHECK), "/k").writeInt(3);
            lastPart(w);
        }));

        assertEquals(7, writes.partCount());
        assertEquals("1/a 15/b 19/c 21/t 5/s 2/d 13/k ", walk());
        writes.rewind();
        assertEquals("1/a 15/b 19/c 21/t 5/s 2/d 13/k ", walk(), "again after rewinding");
        assertEquals(3, writes.check().version());
        assertEquals(2, writes.delete().version());
        assertEquals(1, writes.setData().version());
    }

    private String walk()
    {
        final StringBuilder all = new StringBuilder();

        while (writes.next())
        {
            final PathRequestDecoder record = switch (writes.opCode())
            {
                case OpCode.DELETE -> writes.delete();
                case OpCode.SET_DATA -> writes.setData();
                case OpCode.CHECK -> writes.check();
                default -> writes.create();
            };
            all.append(writes.opCode()).append(path(record)).append(' ');
        }

        return all.toString();
    }

    @Test
    void shouldGiveTimeToLiveOfItsPart()
    {
        assertTrue(wrap(writes, w -> lastPart(create(w, OpCode.CREATE_TTL, "/t", 6).writeLong(99))));
        assertTrue(writes.next());
        assertEquals(99, writes.create().ttlMs());
        assertEquals(6, writes.create().flags());
        assertFalse(writes.next());
    }

    @Test
    void shouldIterateOverReads()
    {
        assertTrue(wrap(reads, w -> lastPart(text(part(text(part(w, OpCode.GET_DATA), "/a").writeBool(true),
            OpCode.GET_CHILDREN), "/b").writeBool(false))));

        assertEquals(2, reads.partCount());
        assertTrue(reads.next());
        assertEquals(OpCode.GET_DATA, reads.opCode());
        assertEquals("/a", path(reads.read()));
        assertTrue(reads.next());
        assertEquals(OpCode.GET_CHILDREN, reads.opCode());
        assertEquals("/b", path(reads.read()));
        assertFalse(reads.next());
    }

    @Test
    void shouldDecodeEmptyMulti()
    {
        assertTrue(wrap(writes, RequestSamples::lastPart));
        assertEquals(0, writes.partCount());
        assertFalse(writes.next());
        assertTrue(wrap(reads, RequestSamples::lastPart));
    }

    @ParameterizedTest
    @ValueSource(ints = { OpCode.EXISTS, OpCode.GET_DATA, OpCode.GET_CHILDREN, OpCode.MULTI, OpCode.SET_ACL,
        OpCode.ERROR,
        OpCode.DELETE_CONTAINER, 0, 9999, Integer.MIN_VALUE })
    void shouldRefusePartThatIsNoWrite(final int opCode)
    {
        assertFalse(wrap(writes, w -> lastPart(text(part(w, opCode), "/a").writeInt(0))));
    }

    @ParameterizedTest
    @ValueSource(ints = { OpCode.DELETE, OpCode.CHECK, OpCode.CREATE, OpCode.EXISTS, OpCode.GET_CHILDREN2,
        OpCode.ERROR })
    void shouldRefusePartThatIsNoRead(final int opCode)
    {
        assertFalse(wrap(reads, w -> lastPart(text(part(w, opCode), "/a").writeInt(0))));
    }

    @ParameterizedTest
    @ValueSource(ints = { -1, 7, 100, Integer.MAX_VALUE })
    void shouldRefuseUnknownCreateFlag(final int flags)
    {
        assertFalse(wrap(writes, w -> lastPart(create(w, OpCode.CREATE2, "/a", flags))));
    }

    /** An unknown flag of createTTL is an error of its part, not of the request. */
    @ParameterizedTest
    @ValueSource(ints = { -1, 0, 4, 7 })
    void shouldDecodeCreateTtlWithAnyFlag(final int flags)
    {
        assertTrue(wrap(writes, w -> lastPart(create(w, OpCode.CREATE_TTL, "/a", flags).writeLong(1))));
    }

    @Test
    void shouldRefuseMultiWithoutEnd()
    {
        assertFalse(wrap(writes, w -> text(part(w, OpCode.DELETE), "/a").writeInt(0)));
        assertFalse(wrap(writes, w -> lastPart(text(part(w, OpCode.DELETE), null).writeInt(0))), "null path");
        assertFalse(wrap(writes, w -> lastPart(text(part(w, OpCode.CHECK), null).writeInt(0))), "null path");
    }

    @Test
    void shouldHoldPartsAgainstElementLimit()
    {
        writes.elementLengthMax(6);
        reads.elementLengthMax(6);
        assertTrue(hold("/abcde").allMatch(isHeld -> isHeld));
        assertTrue(hold("/abcdef").noneMatch(isHeld -> isHeld));
    }

    private Stream<Boolean> hold(final String path)
    {
        return Stream.of(
            wrap(writes, w -> lastPart(create(w, OpCode.CREATE, path, CreateMode.PERSISTENT))),
            wrap(writes, w -> lastPart(create(w, OpCode.CREATE_TTL, path, CreateMode.PERSISTENT_WITH_TTL)
                .writeLong(1))),
            wrap(writes, w -> lastPart(text(part(w, OpCode.DELETE), path).writeInt(0))),
            wrap(writes, w -> lastPart(text(text(part(w, OpCode.SET_DATA), path), "x").writeInt(0))),
            wrap(writes, w -> lastPart(text(part(w, OpCode.CHECK), path).writeInt(0))),
            wrap(reads, w -> lastPart(text(part(w, OpCode.GET_DATA), path).writeBool(false))));
    }
}
