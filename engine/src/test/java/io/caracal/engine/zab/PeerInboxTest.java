/* SPDX-License-Identifier: Apache-2.0 */
package io.caracal.engine.zab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.caracal.engine.zab.codec.AckEpochDecoder;
import io.caracal.engine.zab.codec.AckEpochEncoder;
import io.caracal.engine.zab.codec.BooleanType;
import io.caracal.engine.zab.codec.HeartbeatAnswerDecoder;
import io.caracal.engine.zab.codec.HeartbeatAnswerEncoder;
import io.caracal.engine.zab.codec.HeartbeatDecoder;
import io.caracal.engine.zab.codec.HeartbeatEncoder;
import io.caracal.engine.zab.codec.MessageHeaderEncoder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Messages from servers of adjacent versions are understood. A truncated message changes nothing. */
class PeerInboxTest
{
    private static final int HEARTBEAT_LENGTH_OF_VERSION_0 = 32;
    private static final int ANSWER_LENGTH_OF_VERSION_0 = 24;
    private static final int FLAGS_UNKNOWN = 255;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final CountingEvents events = new CountingEvents();
    private final PeerInbox inbox = new PeerInbox(events);
    private final PeerLinks links = new PeerLinks(new Ensemble(new long[]{ 1, 2, 3 }, new long[0]), 1);
    private final Heard heard = new Heard();

    /** Keeps the messages. */
    private static final class Heard implements PeerMessageHandler
    {
        private int count;
        private long round;
        private int isSpared;
        private int hasRoom;
        private long progress;
        private long incarnation;
        private long appliedZxid;
        private long treeBytesMax;
        private int takesSnapshot;

        @Override
        public boolean onHeartbeat(final long from, final HeartbeatDecoder message)
        {
            count++;
            round = message.round();
            isSpared = message.isSparedRaw();
            return true;
        }

        @Override
        public boolean onHeartbeatAnswer(final long from, final HeartbeatAnswerDecoder message)
        {
            count++;
            round = message.round();
            hasRoom = message.hasRoomRaw();
            progress = message.progress();
            incarnation = message.incarnation();
            appliedZxid = message.appliedZxid();
            treeBytesMax = message.treeBytesMax();
            return true;
        }

        @Override
        public boolean onAckEpoch(final long from, final AckEpochDecoder message)
        {
            count++;
            takesSnapshot = message.takesSnapshotRaw();
            return true;
        }
    }

    private int writeHeartbeat(final int blockLength)
    {
        new HeartbeatEncoder().wrapAndApplyHeader(buffer, 0, header).conversation(1).round(7).echo(0).committedZxid(9)
            .isSpared(BooleanType.T);
        header.wrap(buffer, 0).blockLength(blockLength);
        return MessageHeaderEncoder.ENCODED_LENGTH + blockLength;
    }

    private void deliver(final int length)
    {
        assertTrue(inbox.onMessage(2, buffer, 0, length, links, heard));
    }

    @Test
    void shouldUnderstandAHeartbeatOfAnOlderServer()
    {
        final int length = writeHeartbeat(HEARTBEAT_LENGTH_OF_VERSION_0);
        header.version(0);
        deliver(length);

        assertEquals(7, heard.round);
        assertEquals(FLAGS_UNKNOWN, heard.isSpared);
    }

    @Test
    void shouldUnderstandAnAnswerOfAnOlderServer()
    {
        new HeartbeatAnswerEncoder().wrapAndApplyHeader(buffer, 0, header).conversation(1).round(8).mark(1)
            .hasRoom(BooleanType.F).isForcing(BooleanType.F);
        header.wrap(buffer, 0).blockLength(ANSWER_LENGTH_OF_VERSION_0).version(0);
        deliver(MessageHeaderEncoder.ENCODED_LENGTH + ANSWER_LENGTH_OF_VERSION_0);

        assertEquals(8, heard.round);
        assertEquals(FLAGS_UNKNOWN, heard.hasRoom);
    }

    /** It neither reports its progress nor takes a snapshot where its history could continue. */
    @Test
    void shouldUnderstandALearnerOfTheVersionBefore()
    {
        new HeartbeatAnswerEncoder().wrapAndApplyHeader(buffer, 0, header).conversation(1).round(8).mark(1)
            .hasRoom(BooleanType.T).isForcing(BooleanType.T).progress(77);
        header.wrap(buffer, 0).blockLength(HeartbeatAnswerDecoder.progressEncodingOffset()).version(1);
        deliver(MessageHeaderEncoder.ENCODED_LENGTH + HeartbeatAnswerDecoder.progressEncodingOffset());
        assertEquals(8, heard.round);
        assertEquals(HeartbeatAnswerDecoder.progressNullValue(), heard.progress);
        assertEquals(HeartbeatAnswerDecoder.incarnationNullValue(), heard.incarnation);
        assertEquals(HeartbeatAnswerDecoder.appliedZxidNullValue(), heard.appliedZxid);
        assertTrue(heard.treeBytesMax < 0, "no limit is known: " + heard.treeBytesMax);

        new AckEpochEncoder().wrapAndApplyHeader(buffer, 0, header).conversation(1).epoch(5).currentEpoch(4)
            .lastZxid(9).takesSnapshot(BooleanType.T);
        header.wrap(buffer, 0).blockLength(AckEpochDecoder.takesSnapshotEncodingOffset()).version(1);
        deliver(MessageHeaderEncoder.ENCODED_LENGTH + AckEpochDecoder.takesSnapshotEncodingOffset());
        assertEquals(2, heard.count);
        assertEquals(FLAGS_UNKNOWN, heard.takesSnapshot);
    }

    @Test
    void shouldUnderstandAHeartbeatOfANewerServer()
    {
        final int longer = HeartbeatEncoder.BLOCK_LENGTH + 40;
        final int length = writeHeartbeat(longer);
        header.version(HeartbeatEncoder.SCHEMA_VERSION + 1);
        deliver(length);

        assertEquals(7, heard.round);
        assertEquals(1, heard.isSpared);
    }

    @Test
    void shouldPassOverWhatIsCutShortForeignOrUnknown()
    {
        final int whole = writeHeartbeat(HeartbeatEncoder.BLOCK_LENGTH);
        for (int length = 0; length < whole; length++)
        {
            deliver(length);
        }
        header.blockLength(HEARTBEAT_LENGTH_OF_VERSION_0 - 1);
        deliver(whole);
        writeHeartbeat(HeartbeatEncoder.BLOCK_LENGTH);
        header.templateId(999);
        deliver(whole);
        writeHeartbeat(HeartbeatEncoder.BLOCK_LENGTH);
        header.schemaId(77);
        deliver(whole);

        assertEquals(0, heard.count);
        assertEquals(whole + 3, events.passedOver);
    }
}
